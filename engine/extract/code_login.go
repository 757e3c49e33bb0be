package extract

// loginCodes are the codes of mail servers, directories and identity providers.
var loginCodes = forms(
	// LDAP: err=49   error code 49   resultCode=49   Invalid credentials (49)   LDAP… - 49 -
	"ldap|err=|resultcode",
	`(?i)(?:\berr=|LDAP: error code |LDAP Result Code |resultCode=|LDAP\w* - |ldap[^\n]{0,60}\()(49|50|48|8|13|53)\b`,
	// SMTP: 535 5.7.8   535-5.7.8   535: 5.7.8   (535): 5.7.8   (535, b'5.7.8   535 Authentication…   FTP: 530 Login…
	".", `\b([45]\d\d)(?:[ -]#?|, b?["']|\)?: )[45]\.\d{1,3}\.\d{1,3}\b`,
	"auth|login|logged|access denied", `(?i)\b(53[0458]|454|554)[ -](?:[^\n]{0,20}authenticat|login|not logged|access denied)`,
	// IMAP: NO [AUTHENTICATIONFAILED]
	"failed]", `\[(AUTHENTICATIONFAILED|AUTHORIZATIONFAILED)\]`,
	// Kerberos, SMB
	"_err_|status_",
	`\b(KDC_ERR_\w+|KRB5\w*_ERR_\w+|KRB_AP_ERR_\w+|(?:NT_)?STATUS_(?:LOGON_FAILURE|ACCESS_DENIED|WRONG_PASSWORD))\b`,
	// OAuth 2, OpenID Connect, RFC 6750; Slack; OpenAI
	"invalid_|insufficient|unauthorized_client|unsupported|_required|expired_token|access_denied|not_authed|token_|account_|missing_scope",
	`\b(invalid_grant|invalid_client|invalid_token|invalid_scope|insufficient_scope|unauthorized_client|`+
		`unsupported_grant_type|interaction_required|login_required|consent_required|expired_token|access_denied|`+
		`invalid_auth|not_authed|token_expired|token_revoked|account_inactive|missing_scope|invalid_api_key)\b`,
	"error", `\berror["']?\s*[:=]\s*["']?(invalid_request|unauthorized|forbidden)\b`,
	"exception: [", `Exception: \[([a-z]+(?:_[a-z]+)+)\]`, // Spring Security
	// Microsoft Entra, Okta, Salesforce
	"aadsts", `\b(AADSTS\d{4,7})\b`,
	"e0000", `\b(E0000\d{3})\b`,
	"invalid_", `\b(INVALID_LOGIN|INVALID_SESSION_ID|INVALID_CREDENTIALS)\b`,
	// gRPC: code = Unauthenticated   16 UNAUTHENTICATED:   StatusCode.PERMISSION_DENIED
	"code = ", `code = (Unauthenticated|PermissionDenied)\b`,
	"unauthenticated|permission_denied", `\b(UNAUTHENTICATED|PERMISSION_DENIED)\b`,
	// Kubernetes
	"error from server", `Error from server \((\w+)\)`,
	// Microsoft's IdentityModel
	"idx1", `\b(IDX1\d{4})\b`,
	// npm; tedious, nodemailer
	"code e40", `\bcode (E40[13])\b`,
	"elogin|eauth|eneedauth|e40", `\bcode["']?\s*[:=]\s*["'](ELOGIN|EAUTH|ENEEDAUTH|E40[13])["']`,
)
