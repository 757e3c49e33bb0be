package extract

import "regexp"

// databaseCodes are the codes of databases, caches and brokers.
var databaseCodes = []*regexp.Regexp{
	// MySQL: code: 'ER_ACCESS_DENIED_ERROR'   ERROR 1045 (28000)   (1045, "Access…   [1045] Access
	regexp.MustCompile(`\b(ER_(?:\w+_)?ACCESS_DENIED\w*)\b`),
	regexp.MustCompile(`(?:ERROR |Error |Error Code: |SQL Error: |\(|\[)(1044|1045|1142|1143|1227|1698|3118|3159|1251|2059)\b`),
	// SQL Server: Error: 18456, Severity: 14   Error Number:18456   Msg 18456
	regexp.MustCompile(`(?:Error: |Error Number: ?|Msg |error )(184\d\d|4060|233|916|229)\b`),
	// PostgreSQL and SQL at large: SQLSTATE 28P01   SQLState: 28P01   code: '28P01'   [28000]
	regexp.MustCompile(`(?i)SQL ?STATE["']?[\s:=\[(]+["']?(\w{5})\b`),
	regexp.MustCompile(`(?:code["']?\s*[:=]\s*["']?|[\[(]'?)(28P01|28000|42501|3D000)\b`),
	// Oracle
	regexp.MustCompile(`\b(ORA-(?:01017|01031|01005|01045|28000|28001|28009))\b`),
	// MongoDB: code: 18, codeName: 'AuthenticationFailed'   error 18 (AuthenticationFailed)   (AtlasError) bad auth
	regexp.MustCompile(`(?s)code["']?\s*:\s*(?:Int32\()?(\d{1,5})\)?,\s*["']?codeName`),
	regexp.MustCompile(`(?s)codeName["']?\s*:\s*["']\w+["'],\s*["']?code["']?\s*:\s*(\d{1,5})`),
	regexp.MustCompile(`failed with error (\d{1,5}) \(`),
	regexp.MustCompile(`: \((AuthenticationFailed|AtlasError|Unauthorized)\) `),
	// ClickHouse, Cassandra, Snowflake, Neo4j, ZooKeeper
	regexp.MustCompile(`\bCode: (\d{1,4})\. DB::Exception`),
	regexp.MustCompile(`\bcode=(0100|2100) \[`),
	regexp.MustCompile(`\b(\d{6}) \((?:08001|08004|28000)\)`),
	regexp.MustCompile(`\b(Neo\.ClientError\.Security\.\w+)`),
	regexp.MustCompile(`KeeperErrorCode = (\w+)`),
	// Redis
	regexp.MustCompile(`\b(WRONGPASS|NOAUTH|NOPERM|DISABLEDUSER)\b`),
	regexp.MustCompile(`\b(ERR) (?:invalid password|AUTH |Client sent AUTH)`),
	// Kafka
	regexp.MustCompile(`\b(\w+_AUTHORIZATION_FAILED|SASL_AUTHENTICATION_FAILED|_AUTHENTICATION)\b`),
	// AMQP
	regexp.MustCompile(`\b((?i:access[-_]refused))\b`),
	// Elasticsearch, OpenSearch
	regexp.MustCompile(`\b(security_exception)\b`),
}
