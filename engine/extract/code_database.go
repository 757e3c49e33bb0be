package extract

// mysqlNumbers and mssqlNumbers are the numbers of the servers' messages for
// refused logins and commands.
const (
	mysqlNumbers = `(1044|1045|1129|1130|1141|1142|1143|1211|1227|1370|1410|1419|1698|1820|1862|1873|3118|3159|4151|1251|2059|2061)`
	mssqlNumbers = `(184\d\d|4060|4064|40615|40532|47072|47073|233|916|229|230|262|297|300|15247|17892|10302)`
)

// databaseCodes are the codes of databases, caches and brokers.
var databaseCodes = forms(
	// MySQL: code: 'ER_ACCESS_DENIED_ERROR'   ERROR 1045 (28000)   (1045, "Access…   [1045] Access
	"er_", `\b(ER_(?:\w*(?:ACCESS_?DENIED|_PRIVILEGED|KILL_DENIED)\w*|MUST_CHANGE_PASSWORD\w*|ACCOUNT_HAS_BEEN_LOCKED|HOST_IS_BLOCKED|NOT_SUPPORTED_AUTH_MODE))\b`,
	"104|11|12|1370|1419|1698|18|2059|2061|31|4151",
	`(?:(?i:\berror |error code: ?|sql error: |errno["']?[:=] ?)|\(|(?:^|\W)\[)`+mysqlNumbers+`\b`,
	"access denied", `\b`+mysqlNumbers+`[:,] Access denied for user`, // ProxySQL
	// MySQL's error log, and replication: Error_code: MY-001045
	"my-001|my-003", `(?i:error_code: )(MY-0\d{5})\b`,
	// PHP: SQLSTATE[42000]: Syntax error or access violation: 1142 SELECT…   (HY000/1045): …
	"sqlstate[", `SQLSTATE\[(?:28000|42000|HY000)\][^\n\d]{0,60}[: \[]`+mysqlNumbers+`\b`,
	"(28000/|(42000/|(hy000/", `\((?:28000|42000|HY000)/`+mysqlNumbers+`\)`,
	// Connector/Python, and clients in other languages: 1370 (42000): …
	"(28000)|(42000)|(hy000)", `\b`+mysqlNumbers+` \((?:28000|42000|HY000)\)`,
	// SQL Server: Error: 18456, Severity: 14   Error Number:18456   Msg 18456   (18456, b"Login failed…
	"184|4060|4064|406|405|4707|233|916|229|230|262|297|300|15247|17892|10302",
	`(?:Error: |Error Number: ?|Msg |[Ee]rror |Number: )`+mssqlNumbers+`\b`,
	"184|4060|916|229|262", `\((184\d\d|4060|916|229|262), b?["']`,
	// The same in other languages: エラー: 18456、重大度: 14   Meldung 229, Ebene 14
	"184", `[:：] ?(184\d\d)[,，、]`,
	// DB2: SQL0551N   DB2 SQL Error: SQLCODE=-551, SQLSTATE=42501
	"sql0|sql1|sql3", `\b(SQL(?:30082N|05(?:51|52|54|67)N|1060N|1092N))\b`,
	"sqlcode", `SQLCODE\s?[=:]\s?(-(?:55[124]|567|922|30082|1060|1092))\b`,
	"errorcode", `\bERRORCODE=(-4214)\b`,
	// Snowflake: 003001 (42501): SQL access control error   "code":"390100"
	"(02000)|(08001)|(08004)|(28000)|(42501)|(42s02)|(none)|(n/a)", `\b(\d{6}) \((?:02000|08001|08004|28000|42501|42S02|None|n/a)\)`,
	"39", `(?i)\bcode["']?\s*[:=]\s*["']?(39\d{4})\b`,
	// Prisma
	"p10", `\b(P1000|P1010)\b`,
	// PostgreSQL and SQL at large: SQLSTATE 28P01   SQLState: 28P01   code: '28P01'   [28000]
	"sqlstate|sql state|state_code|sql_state", `(?i)(?:SQL[ _]?STATE|state_code)["']?[\s:=\[(]+["']?(\w{5})\b`,
	"28p01|28000|42501|3d000", `(?:code["']?\s*[:=]\s*["']?|[\[(]'?)(28P01|28000|42501|3D000)\b`,
	// pg8000: ProgrammingError('FATAL', '28P01', 'password…
	"28p01|28000|42501|3d000", `['"](?:FATAL|ERROR)['"], ['"](28P01|28000|42501|3D000)['"]`,
	// The fields of the protocol, as Redshift's client prints them: {'S': 'FATAL', 'C': '28000', 'M': …
	"28p01|28000|42501|3d000", `["']C["']: ?["'](28P01|28000|42501|3D000)["']`,
	// tokio-postgres: SqlState(E28P01)
	"(e28|(e42", `SqlState\(E(28P01|28000|42501)\)`,
	// Npgsql: 28P01: password…   JDBC: (state=08S01,code=0)
	"28p01|28000|42501|3d000", `(?:^|[\s("'])(28P01|28000|42501|3D000): `,
	// PostgreSQL's log as CSV: …,FATAL,28P01,"password…
	"28p01|28000|42501|3d000", `,"?(?:FATAL|ERROR)"?,"?(28P01|28000|42501|3D000)"?,`,
	// … behind the message: permission denied for table orders (42501)
	"(28p01)|(28000)|(42501)|(3d000)", `[a-z"'] \((28P01|28000|42501|3D000)\)`,
	// Postgrex: FATAL 28P01 (invalid_password) …
	"28p01|28000|42501|3d000", `(?:FATAL|ERROR):? +(28P01|28000|42501|3D000)\b`,
	"(state=", `\(state=(\w{5}),code=`,
	// SQL Server by ODBC, without its state: Login failed for user 'ada'. (18456) (SQLDriverConnect)
	"(184", `\. \((184\d\d)\)`,
	// H2: Wrong user name or password [28000-200]
	"[28000-|[90096-", `\[((?:28000|90096)-\d{3})\]`,
	// psycopg and asyncpg, which make the SQLSTATE a class
	"invalidpassword|invalidauth|insufficientprivilege",
	`\b(?:errors|exceptions)\.((?:InvalidPassword|InvalidAuthorizationSpecification|InsufficientPrivilege)(?:Error)?)\b`,
	"[security.", `\[(Security\.[A-Z]\w+)\]`, // Neo4j, without its name space
	"(version ", `\(version [^\n]{1,60}\) \((\d{3})\)`, // ClickHouse
	// Oracle and its drivers
	"ora-", `\b(ORA-0?(?:1004|1005|1017|1031|1045|1720|1919|1924|1950|1988|2004|6598))\b`,
	"ora-", `\b(ORA-(?:12506|12631|12638|12640|12641|17067|24247|28000|28001|28009|28030|28040|28043|28150|28221|41900))\b`,
	"dpy-", `\b(DPY-4001)\b`,
	// SAP HANA, Teradata
	"]: ", `\[(10|258)\]: (?:insufficient|authentication)`,
	"[error ", `\[Error (8017|3523|3524)\]`,
	// MongoDB: code: 18, codeName: 'AuthenticationFailed'   error 18 (AuthenticationFailed)   (AtlasError) bad auth
	"code", `(?s)code["']?\s*:\s*(?:Int32\()?(\d{1,5})\)?,\s*["']?codeName`,
	"codename", `(?s)codeName["']?\s*:\s*["']\w+["'],\s*["']?code["']?\s*:\s*(\d{1,5})`,
	"full error", `full error: \{[^\n]{0,300}?'code': (\d{1,5})\b`, // its driver for Python
	":unauthorized]|:authenticationfailed]", `\[(\d{1,5}):(?:Unauthorized|AuthenticationFailed)\]`, // Ruby
	"failed with error ", `Command failed with error (\d{1,5}):`, // its driver for Java
	"mongo", `(?s)\bMongo\w*Error\b.{0,400}?\bcode: (\d{1,5})\b`, // Node.js
	"<<", `<<\\?"code\\?">>\s?=>\s?(\d{1,5})`, // Erlang
	"failed with error", `failed with error (\d{1,5}) \(`,
	"(unauthorized)|(authenticationfailed)|(usernotfound)|(atlaserror)", `\berror (\d{1,5}) \((?:Unauthorized|AuthenticationFailed|UserNotFound|AtlasError)\)`,
	"authenticationfailed|atlaserror|unauthorized", `(?:^|[\s:"'])\((AuthenticationFailed|AtlasError|Unauthorized|UserNotFound)\) \w`,
	"error[", `\bMongo\w*Error\[(AuthenticationFailed|AtlasError|Unauthorized|UserNotFound)\]`,
	// mongod before 4.4, and its shell: …; AuthenticationFailed: SCRAM authentication failed   Error: 18 Authentication failed
	"authenticationfailed|usernotfound", `; (AuthenticationFailed|UserNotFound): `,
	"not authorized on", `(?:^|[\s:"'])(Unauthorized): not authorized on `,
	// Python's database modules: hdbcli.dbapi.Error: (10, 'authentication failed')
	"dbapi|hdbcli|tarantool|mysql", `\b(?:dbapi|hdbcli|tarantool|\w*mysql\w*)[\w.]*Error: \((\d{1,6}), ["']`,
	// Firebird's: - SQLCODE: -902
	"sqlcode: -9", `\bSQLCODE: (-9\d\d)\b`,
	"authentication failed", `\bError: (18) Authentication failed`,
	// ClickHouse, Cassandra, Snowflake, Neo4j, ZooKeeper
	"db::exception", `\bCode: (\d{1,4})[.,]\s+(?:e\.displayText\(\) = )?DB::Exception`,
	"code: ", `\bcode: (497|516|19[2-5]), message:`,
	"0100|2100", `\bcode=(0100|2100) \[`,
	"neo.clienterror", `\b(Neo\.ClientError\.Security\.\w+)`,
	"keepererrorcode", `KeeperErrorCode = (\w+)`,
	// Redis
	"wrongpass|noauth|noperm|disableduser", `\b(WRONGPASS|NOAUTH|NOPERM|DISABLEDUSER)\b`,
	"err ", `\b(ERR) (?:invalid password|AUTH |Client sent AUTH)`,
	// Kafka
	"_authorization_failed|_authentication", `\b(\w+_AUTHORIZATION_FAILED|SASL_AUTHENTICATION_FAILED|_AUTHENTICATION)\b`,
	"kafka error -", `\bkafka error (-1\d\d)\b`, // rsyslog
	"] topic|] group|] cluster|] sasl", `\[(29|30|31|53|58)\] (?:Topic|Group|Cluster|Transactional|SASL)`,
	// Confluent's Schema Registry, REST proxy, ksqlDB
	"error code: 40|error_code", `(?i)error[_ ]code["']?\s?:\s?(40[13]\d\d)\b`,
	// Hive's class, which is not named for the refusal
	"hiveaccesscontrol", `\b(HiveAccessControlException)\b`,
	// JMS: ActiveMQ Artemis names what failed and then why; IBM MQ
	"amq119|amq219|amq229", `\b(AMQ(?:119|219|229)\d{3})\b`,
	"amq222", `\b(AMQ222\d{3})\b`,
	"jmswmq", `\b(JMSWMQ\d{4})\b`,
	"mqrc_", `\b(MQRC_(?:NOT_AUTHORIZED|SECURITY_ERROR))\b`,
	"amq", `\b(AMQ(?:55|80|95|97)\d\d[EWI]|AMQ4036)\b`,
	// AMQP
	"not_allowed", `\b(NOT_ALLOWED) - (?:access|vhost)`,
	"amqp:unauth", `\b(amqp:unauthorized-access)\b`,
	"refused", `\b((?i:access[-_]refused))\b`,
	"exception (", `Exception \((40[0-6]|530|541)\) Reason: `, // Go, before the text that AMQP lacks a name for
	// Elasticsearch, OpenSearch
	"security_exception", `\b(security_exception)\b`,
)
