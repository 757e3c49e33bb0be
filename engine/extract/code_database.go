package extract

// databaseCodes are the codes of databases, caches and brokers.
var databaseCodes = forms(
	// MySQL: code: 'ER_ACCESS_DENIED_ERROR'   ERROR 1045 (28000)   (1045, "Access…   [1045] Access
	"er_", `\b(ER_(?:\w+_)?ACCESS_DENIED\w*)\b`,
	"104|114|1227|1698|3118|3159|1251|2059",
	`(?:ERROR |Error |Error Code: |SQL Error: |\(|\[)(1044|1045|1142|1143|1227|1698|3118|3159|1251|2059)\b`,
	// SQL Server: Error: 18456, Severity: 14   Error Number:18456   Msg 18456
	"184|4060|233|916|229", `(?:Error: |Error Number: ?|Msg |error )(184\d\d|4060|233|916|229)\b`,
	// PostgreSQL and SQL at large: SQLSTATE 28P01   SQLState: 28P01   code: '28P01'   [28000]
	"sqlstate|sql state", `(?i)SQL ?STATE["']?[\s:=\[(]+["']?(\w{5})\b`,
	"28p01|28000|42501|3d000", `(?:code["']?\s*[:=]\s*["']?|[\[(]'?)(28P01|28000|42501|3D000)\b`,
	// Npgsql: 28P01: password…   JDBC: (state=08S01,code=0)
	"28p01|28000|42501|3d000", `(?:^|[\s("'])(28P01|28000|42501|3D000): `,
	// Postgrex: FATAL 28P01 (invalid_password) …
	"28p01|28000|42501|3d000", `(?:FATAL|ERROR) (28P01|28000|42501|3D000) \(`,
	"(state=", `\(state=(\w{5}),code=`,
	// Oracle
	"ora-", `\b(ORA-(?:01017|01031|01005|01045|28000|28001|28009))\b`,
	// MongoDB: code: 18, codeName: 'AuthenticationFailed'   error 18 (AuthenticationFailed)   (AtlasError) bad auth
	"code", `(?s)code["']?\s*:\s*(?:Int32\()?(\d{1,5})\)?,\s*["']?codeName`,
	"codename", `(?s)codeName["']?\s*:\s*["']\w+["'],\s*["']?code["']?\s*:\s*(\d{1,5})`,
	"failed with error", `failed with error (\d{1,5}) \(`,
	"authenticationfailed|atlaserror|unauthorized", `: \((AuthenticationFailed|AtlasError|Unauthorized)\) `,
	// ClickHouse, Cassandra, Snowflake, Neo4j, ZooKeeper
	"db::exception", `\bCode: (\d{1,4})\. DB::Exception`,
	"0100|2100", `\bcode=(0100|2100) \[`,
	"08001|08004|28000", `\b(\d{6}) \((?:08001|08004|28000)\)`,
	"neo.clienterror", `\b(Neo\.ClientError\.Security\.\w+)`,
	"keepererrorcode", `KeeperErrorCode = (\w+)`,
	// Redis
	"wrongpass|noauth|noperm|disableduser", `\b(WRONGPASS|NOAUTH|NOPERM|DISABLEDUSER)\b`,
	"err ", `\b(ERR) (?:invalid password|AUTH |Client sent AUTH)`,
	// Kafka
	"_authorization_failed|_authentication", `\b(\w+_AUTHORIZATION_FAILED|SASL_AUTHENTICATION_FAILED|_AUTHENTICATION)\b`,
	// AMQP
	"refused", `\b((?i:access[-_]refused))\b`,
	// Elasticsearch, OpenSearch
	"security_exception", `\b(security_exception)\b`,
)
