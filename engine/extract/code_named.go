package extract

// refusal are the words in the name of an error that is about a refusal.
const refusal = `Unauthorized|Unauthenticated|Forbidden|AccessDenied|PermissionDenied|Authenticat|Authoriz|` +
	`Credential|Token|Jwt|JWT|Signature|Sasl|SASL|Security|Login|Auth|AccessControl|MissingFile`

// namedCodes are names that only look like codes: fields called so, and classes
// of errors named for a refusal. They are the last resort.
var namedCodes = forms(
	// errorCode: 'AuthorizationFailed'   "code":"UNAUTHORIZED"
	"code",
	`(?i:error_?code|\bcode)["']?\s*[:=]\s*["']?(\w*(?i:auth(?:oriz|enticat|fail)|denied|forbidden|credential|token|jwt|jws|expired|signature)\w*)`,
	// Registries: UNAUTHORIZED: You don't have …   DENIED: Permission …
	"unauthorized: |denied: ", `(?:^|[:\])] |["'])(UNAUTHORIZED|DENIED): \w`,
	// Azure: LinkedAuthorizationFailed: The client …
	"auth", `\b((?:Linked)?AuthorizationFailed|AuthorizationPermissionMismatch|(?:Invalid|Expired)AuthenticationToken\w*|InsufficientAccountPermissions|KeyBasedAuthenticationNotPermitted)\b`,
	// Azure's command line: (AuthorizationFailed) The client …   but not Elixir: ** (RuntimeError) …
	"(", `\*\* \(|(?:^|[\s"'])\(([A-Z][a-z]+(?:[A-Z][a-z]+)+)\) [A-Z]`,
	// com.auth0.jwt.exceptions.TokenExpiredException   Faraday::ForbiddenError
	// Firebase\JWT\ExpiredException   JWT::ExpiredSignature
	"jwt", `\b(JWT::[A-Z]\w+|(?:[A-Z]\w*\\)+JWT\w*\\(?:\w+\\)*\w+Exception)\b`,
	"exception|error|err", `\b((?:[A-Z]\w*(?:::|\\))*(?:[A-Z]\w*)?(?:`+refusal+`)\w*(?:Exception|Error|Err))\b`,
	// botocore.exceptions.MetadataRetrievalError
	"botocore.exceptions.", `\bbotocore\.exceptions\.(\w+)`,
	// jwt.exceptions.InvalidAudienceError   com.auth0.jwt.exceptions.InvalidClaimException
	"jwt|jose", `\b(?:jwt|jose)\.(?:exceptions|errors)\.([A-Z]\w+)`,
	// google.api_core.exceptions.PermissionDenied
	"exceptions.", `\bexceptions\.(Unauthenticated|PermissionDenied|Unauthorized|Forbidden)\b`,
	// An exception without its package, as AWS prints its codes, before its message.
	"exception: ", `(?:^|[\s:("'])([A-Z][a-z]\w*Exception): `,
)
