package literal

// signatures are literals of the kind the rules ask for: a stand-in that keeps
// this package's tests and benchmarks independent of the rules.
var signatures = []string{
	"AccessDenied", "is not authorized to perform", "UnauthorizedAccess", "UnauthorizedOperation",
	"AuthFailure", "AuthorizationError", "not authorized to access", "with an explicit deny",
	"ExpiredToken", "security token included in the request is", "InvalidIdentityToken",
	"InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "SignatureDoesNotMatch",
	"RequestTimeTooSkewed", "Signature expired", "MissingAuthenticationToken", "IncompleteSignature",
	"Unable to locate credentials", "NoCredentialProviders", "Unable to load credentials",
	"Could not load credentials from any providers", "failed to refresh cached credentials",
	"no EC2 IMDS role found", "CredentialRetrievalError", "169.254.170.2", "169.254.170.23",
	"ResourceInitializationError", "unable to pull secrets", "KMS.DisabledException", "kms:Decrypt",
	"authentication failed", "authentication failure", "password authentication failed for user",
	"Access denied for user", "no pg_hba.conf entry", "NOAUTH", "WRONGPASS", "NOPERM",
	"28P01", "ORA-01017", "Login failed for user", "SASL authentication", "SCRAM",
	"403 forbidden", "401 unauthorized", "status code: 403", "status code: 401", "HTTP 403", "HTTP 401",
	"invalid_grant", "invalid_client", "invalid_token", "insufficient_scope", "token has expired", "jwt expired",
	"invalid signature", "PERMISSION_DENIED", "UNAUTHENTICATED", "permission denied", "535 5.7.8",
	"x509: certificate has expired", "Permission denied (publickey", "no basic auth credentials",
	"pull access denied", "bad credentials", "invalid api key", "incorrect api key",
}
