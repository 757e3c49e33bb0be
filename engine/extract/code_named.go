package extract

// refusal are the words in the name of an error that is about a refusal.
const refusal = `Unauthorized|Unauthenticated|Forbidden|AccessDenied|PermissionDenied|NoPermission|Authenticat|Authoriz|` +
	`Credential|Token|Jwt|JWT|JOSE|Signature|Sasl|SASL|Security|Login|Auth|AccessControl|MissingFile`

// constantNouns are what constants that name a refusal are about.
const constantNouns = `AUTH|AUTHN|AUTHZ|PREAUTH|AUTHENTICATE|AUTHENTICATION|AUTHENTICATED|AUTHORIZATION|AUTHORIZED|ACCESS|PERMISSIONS?|PRIVILEGES?|LOGIN|LOGON|LOGGED_IN|` +
	`SIGNIN|TOKEN|CREDENTIALS?|PASSWORD|SESSION|API_?KEYS?|ACCESS_?KEY|SIGNATURE|JWT|SCOPES?|TICKET`

// namedCodes are names that only look like codes: fields called so, and classes
// of errors named for a refusal. They are the last resort.
var namedCodes = forms(
	// errorCode: 'AuthorizationFailed'   "code":"UNAUTHORIZED"
	"code",
	`(?i:error_?code|\bcode)["']?\s*[:=]\s*["']?(\w*(?i:auth(?:oriz|enticat|fail)|denied|forbidden|credential|token|jwt|jws|expired|signature)\w*)`,
	// AppSync, Lambda: "errorType":"Unauthorized"
	"errortype", `"errorType":\s?"(\w*(?:Unauthori[sz]ed|Denied|Forbidden|Credential|Token|Expired|Signature|NotAuthori[sz]ed)\w*)"`,
	// GraphQL: "extensions":{"code":"PERMISSION_ERROR"}
	"extensions", `"extensions":\s?\{"code":\s?"([A-Z_]*(?:PERMISSION|AUTH|TOKEN|FORBIDDEN)[A-Z_]*)"`,
	// Binance: {"code":-2014,"msg":…}   APIError(code=-1022)
	"code|error -", `(?:"code":\s?|\(code=|\bError )(-\d{4})(?:,\s?"msg"|\)|: )`,
	// Fields of WordPress, Moodle, Rundeck, Heroku: {"code":"rest_forbidden", …
	"code|id", `(?i:\b(?:error_?)?code|\bid)["']?\s*[:=]\s*["']((?:[a-z_]+\.)*[a-z_]*(?:unauthori[sz]ed|forbidden|denied|cannot_view|cannot_edit|cannot_create|cannot_delete|incorrect_password|invalidtoken)[a-z_]*)["']`,
	// Hasura: "code":"access-denied"
	"code", `["']code["']\s?:\s?["']((?:[a-z]+-)*(?:access-denied|permission-denied|unauthori[sz]ed|invalid-(?:jwt|token|headers|credentials)))["']`,
	"err_ngrok_", `\b(ERR_NGROK_\d+)\b`,
	`"code"`, `"code"\s?:\s?"([A-Z]+(?:\.[A-Z]+)+)"`, // FedEx
	"[code=", `\[code=(permission-denied|unauthenticated)\]`, // Firebase
	"type", `\btype["']?: ["']((?:user|general)_\w*(?:unauthori[sz]ed|invalid|blocked)\w*)["']`, // Appwrite
	"svn: e", `\bsvn: (E\d{6}): `,
	// Apple's push service: "reason": "InvalidProviderToken"
	"providertoken", `\b((?:Invalid|Expired|Missing)ProviderToken)\b`,
	// Constants: ACCESS_DENIED: …   TOKEN_EXPIRED   NOT_YET_LOGIN   but no setting, NO_AUTH=1
	"denied|fail|unable_|violation|expired|invalid|required|revoked|refused|rejected|disabled|locked|missing|mismatch|bad_|wrong_|not_|no_|insufficient|incorrect|unauth|forbidden",
	`(?:^|[\s"'(\[:=>])((?:[A-Z0-9]+_)*(?:`+constantNouns+`)_(?:[A-Z]+_)*(?:FAILED|FAILURE|FAIL|DENIED|EXPIRED|INVALID|REQUIRED|REVOKED|REFUSED|REJECTED|DISABLED|LOCKED|MISSING|MISMATCH|UNAUTHORIZED)|`+
		`(?:[A-Z0-9]+_)*PERMISSIONS?_VIOLATION|`+ // NATS
		`(?:[A-Z0-9]+_)*(?:UNABLE_TO|INVALID|BAD|WRONG|NO|NOT|MISSING|EXPIRED|UNKNOWN|UNAUTHORIZED|INSUFFICIENT|INCORRECT|LOCKED)_(?:[A-Z]+_)*(?:`+constantNouns+`)|`+
		`(?:[A-Z0-9]+_)+(?:UNAUTHORIZED|UNAUTHENTICATED|UNAUTHORISED|FORBIDDEN))(?:["'\s)\]:;,.]|$)`,
	// Registries: UNAUTHORIZED: You don't have …   DENIED: Permission …
	"unauthorized: |denied: ", `(?:^|[:\])] |["'])(UNAUTHORIZED|DENIED): \w`,
	// Azure: LinkedAuthorizationFailed: The client …
	"auth", `\b((?:Linked)?AuthorizationFailed|AuthorizationPermissionMismatch|(?:Invalid|Expired)AuthenticationToken\w*|InsufficientAccountPermissions|KeyBasedAuthenticationNotPermitted)\b`,
	// Azure's command line: (AuthorizationFailed) The client …   but not Elixir: ** (RuntimeError) …
	"(forbidden) |(unauthorized) ", `(?:^|[:] )\((Forbidden|Unauthorized)\) [A-Z]`,
	"(", `\*\* \(|(?:^|[\s"'])\(([A-Z][a-z]+(?:[A-Z][a-z]+)+)\) [A-Z]`,
	// com.auth0.jwt.exceptions.TokenExpiredException   Faraday::ForbiddenError
	// Firebase\JWT\ExpiredException   JWT::ExpiredSignature
	"jwt", `\b(JWT::[A-Z]\w+|(?:[A-Z]\w*\\)+JWT\w*\\(?:\w+\\)*\w+Exception)\b`,
	"exception|error|err", `\b((?:[A-Z]\w*(?:::|\\))*(?:[A-Z]\w*)?(?:`+refusal+`)\w*(?:Exception|Error|Err)\d?)\b`,
	// Ruby's classes without that end: Octokit::Unauthorized   PG::InsufficientPrivilege
	"::", `\b((?:[A-Z]\w*::)+\w*(?:Unauthori[sz]ed|Unauthenticated|Forbidden|Denied|Auth\w*Fail(?:ed|ure)|LoginFail(?:ed|ure)|LogonFail(?:ed|ure)|`+
		`InsufficientPrivilege|InvalidPassword|InvalidAuthorizationSpecification|(?:Invalid|Expired|Bad)(?:Token|Signature|Credentials?|ApiKey)))\b`,
	// Stripe's of Node.js, Atlassian's: StripePermissionError; Python's PermissionError alone is of a file
	"permissionerror", `\b([A-Z][a-z]\w*PermissionError)\b`,
	"notbeforeerror", `\b(NotBeforeError): `, // jsonwebtoken
	"signature", `(?:^|[\s"':(])((?:Expired|Immature|Invalid)Signature)(?:["'\s)]|$)`, // its namesake in Rust
	"err_j", `\b(ERR_J(?:OSE|WT|WS|WE|WK|WKS)_[A-Z_]+)\b`, // jose
	// Salesforce: INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY
	"insufficient_access", `\b(INSUFFICIENT_ACCESS(?:_[A-Z]+)*)\b`,
	"hcloud: ", `\bhcloud: [^\n]{1,80} \(([a-z_]+)[,)]`,
	// Python's: discord.errors.LoginFailure   homeassistant.exceptions.ConfigEntryAuthFailed
	".", `\b(?:[a-z_]\w*\.)+((?:[A-Z]\w*)?(?:Auth\w*(?:Fail(?:ed|ure)|Required)|LoginFail(?:ed|ure)|LoginRequired|(?:Invalid|Expired|Bad|Missing|Unknown|Revoked)(?:Token|Grant|Signature|Credentials?|ApiKey|Auth|Login|Password)|`+
		`(?:Token|Credentials?|Session|Signature)(?:Expired|Revoked|Invalid|Missing)|AccessDenied|PermissionDenied|NotAuthori[sz]ed|NotAuthenticated|NotLoggedIn|Unauthori[sz]ed|Unauthenticated|Forbidden))(?:[:(\s]|$)`,
	// Hugging Face: GatedRepoError   Paramiko: BadAuthenticationType   New Relic: "error_type":"NewRelic::Agent::LicenseException"
	"gatedrepo|authenticationtype", `\b(GatedRepoError|BadAuthenticationType)\b`,
	"error_type", `error_type["']?\s*[:=]\s*["']?([A-Z]\w*(?:::\w+)+)`,
	// botocore.exceptions.MetadataRetrievalError
	"botocore.exceptions.", `\bbotocore\.exceptions\.(\w+)`,
	// jwt.exceptions.InvalidAudienceError   com.auth0.jwt.exceptions.InvalidClaimException
	"jwt|jose", `\b(?:jwt|jose)\.(?:exceptions|errors)\.([A-Z]\w+)`,
	// .NET: Operation returned an invalid status code 'Forbidden'
	"status code '", `status code '(Forbidden|Unauthorized)'`,
	// … from http://169.254.170.2/…, TooManyRequestsException
	"toomanyrequests|throttl", `(?:^|[\s,(])(TooManyRequestsException|ThrottlingException|Throttling)\b`,
	// google.api_core.exceptions.PermissionDenied
	"exceptions.", `\bexceptions\.(Unauthenticated|PermissionDenied|Unauthorized|Forbidden)\b`,
	// An exception without its package, as AWS prints its codes, before its message.
	"exception: ", `(?:^|[\s:("'])([A-Z][a-z]\w*Exception): `,
	// Contentful: AccessTokenInvalid: …   "name":"AccessTokenInvalid"   Discord: Error [TokenInvalid]: …
	"tokeninvalid|tokenexpired|tokenrevoked", `(?:^|[\s"'\[])((?:[A-Z][a-z]+)?Token(?:Invalid|Expired|Revoked))["\]:]`,
)
