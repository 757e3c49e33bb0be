package extract

import "regexp"

// otherCodeForms are the error codes of everything that is not AWS: databases,
// mail, directories, brokers, OAuth. Numbers stand before names, because the
// name is often the client library's and the number the server's.
var otherCodeForms = []*regexp.Regexp{
	// node-mysql
	regexp.MustCompile(`\b(ER_(?:\w+_)?ACCESS_DENIED\w*)\b`),
	// MySQL: ERROR 1045 (28000)   (1045, "Access…   [1045] Access
	regexp.MustCompile(`(?:ERROR |Error |Error Code: |\(|\[)(1044|1045|1142|1143|1227|1698|3118|3159|1251|2059)\b`),
	// SQL Server: Error: 18456, Severity: 14   Error Number:18456   Msg 18456
	regexp.MustCompile(`(?:Error: |Error Number: ?|Msg |error )(184\d\d|4060|233|916|229)\b`),
	// SQLSTATE 28P01   SQLSTATE[28000]   SQLState: 28P01   code: '28P01'   [28000]
	regexp.MustCompile(`(?i)SQL ?STATE["']?[\s:=\[(]+["']?(\w{5})\b`),
	regexp.MustCompile(`(?:code["']?\s*[:=]\s*["']?|[\[(]'?)(28P01|28000|42501|3D000)\b`),
	// Oracle
	regexp.MustCompile(`\b(ORA-(?:01017|01031|01005|01045|28000|28001|28009))\b`),
	// ClickHouse, Cassandra, Snowflake, Neo4j
	regexp.MustCompile(`\bCode: (\d{1,4})\. DB::Exception`),
	regexp.MustCompile(`\bcode=(0100|2100) \[`),
	regexp.MustCompile(`\b(\d{6}) \((?:08001|08004|28000)\)`),
	regexp.MustCompile(`\b(Neo\.ClientError\.Security\.\w+)`),
	// MongoDB: code: 18, codeName: 'AuthenticationFailed'
	regexp.MustCompile(`(?s)code["']?\s*:\s*(?:Int32\()?(\d{1,5})\)?,\s*["']?codeName`),
	regexp.MustCompile(`(?s)codeName["']?\s*:\s*["']\w+["'],\s*["']?code["']?\s*:\s*(\d{1,5})`),
	// LDAP: err=49   error code 49   Invalid credentials (49)
	regexp.MustCompile(`(?i)(?:\berr=|LDAP: error code |LDAP Result Code |ldap[^\n]{0,60}\()(49|50|48|8|13|53)\b`),
	// SMTP: 535 5.7.8   535-5.7.8   (535, b'5.7.8
	regexp.MustCompile(`\b([45]\d\d)(?:[ -]#?|, b?["'])[45]\.\d{1,3}\.\d{1,3}\b`),
	regexp.MustCompile(`(?i)\b(53[0458]|454)[ -](?:[^\n]{0,20}authenticat|login|not logged)`),
	// Redis
	regexp.MustCompile(`\b(WRONGPASS|NOAUTH|NOPERM|DISABLEDUSER)\b`),
	// Kafka
	regexp.MustCompile(`\b(\w+_AUTHORIZATION_FAILED|SASL_AUTHENTICATION_FAILED|_AUTHENTICATION)\b`),
	// AMQP
	regexp.MustCompile(`\b((?i:access[-_]refused))\b`),
	// OAuth 2, OpenID Connect
	regexp.MustCompile(`\b(invalid_grant|invalid_client|invalid_token|invalid_scope|insufficient_scope|unauthorized_client|` +
		`unsupported_grant_type|interaction_required|login_required|consent_required|expired_token|access_denied|invalid_api_key)\b`),
	regexp.MustCompile(`Exception: \[([a-z]+(?:_[a-z]+)+)\]`), // Spring Security
	// Microsoft Entra
	regexp.MustCompile(`\b(AADSTS\d{4,7})\b`),
	// gRPC: code = Unauthenticated   16 UNAUTHENTICATED:   StatusCode.PERMISSION_DENIED
	regexp.MustCompile(`code = (Unauthenticated|PermissionDenied)\b`),
	regexp.MustCompile(`\b(UNAUTHENTICATED|PERMISSION_DENIED)\b`),
	// Elasticsearch, OpenSearch
	regexp.MustCompile(`\b(security_exception)\b`),
	// A field: errorCode: 'AuthorizationFailed'   "code":"UNAUTHORIZED"
	regexp.MustCompile(`(?i:error_?code|\bcode)["']?\s*[:=]\s*["']?(\w*(?:Auth|AUTH|Denied|DENIED|Forbidden|FORBIDDEN|Credential|Token|TOKEN)\w*)`),
	// A class named for a refusal: com.auth0.jwt.exceptions.TokenExpiredException
	regexp.MustCompile(`\b((?:[A-Z]\w*::)*(?:[A-Z]\w*)?(?:Unauthorized|Unauthenticated|Forbidden|AccessDenied|PermissionDenied|Authenticat|Authoriz|Credential|Token|Jwt|JWT|` +
		`Signature|Sasl|SASL|Security|Login|Auth|MissingFile)\w*(?:Exception|Error|Err))\b`),
	regexp.MustCompile(`\bexceptions\.(Unauthenticated|PermissionDenied|Unauthorized|Forbidden)\b`),
}

// bareException is the last resort: an exception printed without its package,
// as AWS prints its codes, in front of its message.
var bareException = regexp.MustCompile(`(?:^|[\s:("'])([A-Z][a-z]\w*Exception): `)
