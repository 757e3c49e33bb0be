package extract

// loginCodes are the codes of mail servers, directories and identity providers.
var loginCodes = forms(
	// LDAP: err=49   error code 49   resultCode=49   Invalid credentials (49)   LDAP… - 49 -   Bind failed: 49:
	"ldap|err=|result",
	`(?i)(?:\berr=|LDAP: error code |\bresult[ _]?code["']?[:=]? ?|'result': |LDAP\w* - |ldap[^\n]{0,120}[ (])\(?(49|50|48|53|13|8|7)\)?(?:[\s,;:)\["']|$)`,
	// SSSD: Invalid credentials(49)
	"invalid credentials|insufficient access|inappropriate auth|stronger auth|unwilling to",
	`(?i)\b(?:invalid credentials|insufficient access|inappropriate authentication|stronger auth\w*(?: is)? required|server is unwilling to perform) ?\((49|50|48|53|8)\)`,
	"code=", `(?i)\bldap\b[^\n]{0,200}\bcode=(49|50|48|53|13|8)\b`, // Ruby's Net::LDAP
	"bind failed", `(?i)bind failed: (?:code: )?(\d\d?)\b`,
	"ldap|invalidcredentials", `(?is)(?:ldap|InvalidCredentialsError|InsufficientAccessRightsError).{0,800}\bcode["']?: ?(49|50|48|53|13|8)\b`,
	`"code":`, `"code":(49|50|48|53|13|8),"name":"(?:\w*Credentials|InsufficientAccess|StrongAuth|Inappropriate)\w*Error"`, // ldapjs
	"not successful - ", `not successful - (invalidCredentials|insufficientAccessRights|inappropriateAuthentication|strongerAuthRequired|confidentialityRequired)\b`,
	// SMTP: 535 5.7.8   535-5.7.8   535: 5.7.8   (535): 5.7.8   (535, b'5.7.8   535 Authentication…   FTP: 530 Login…
	".", `\b([45]\d\d)(?:[ -]#?|, b?["']|\)?: )[45]\.\d{1,3}\.\d{1,3}\b`,
	"auth|login|logged|access denied", `(?i)\b(53[0458]|454|554)[ -](?:[^\n]{0,20}authenticat|login|not logged|access denied)`,
	// … in the words of a client: SMTPAuthenticationError: (535, b'…   AuthenticationFailedException: 550 …
	// got code "535"   responseCode: 535   SMTP (535)   message: 554 …
	"auth|smtp|mail|code", `(?i)(?:Auth\w*(?:Error|Exception)|SendFailedException|SMTP\w*Exception|SMTP[ _]?\w*|response ?code|got code|server message|status)`+
		`["']?[:=]? ?[("']{0,2}(53[0458]|550|55[34]|454|432|421)(?:["'),:\s;-]|$)`,
	"smtp|mail|imap|login|auth", `(?i)(?:^|[\s("'>])(53[458])(?: [a-df-ln-z]|[\])"',:;-]|$)`,
	// The enhanced code alone: The server response was: 5.7.57 Client not authenticated…
	"respon|reply", `(?i)\b(?:response|reply|responded|replied)(?: was| with)?: ?["']?([45]\.[57]\.\d{1,3})\b`,
	"access denied: 5", `(?i)access denied: (53[05])\b`, // curl
	"with code: 5", `(?i)\bftps?://\S+ with code: (53[02])\b`, // Camel
	"message rejected|mailbox", `\b(55[0-4]) (?:Message rejected|Mailbox unavailable|Access denied|Relaying denied|Relay access denied)`,
	// IMAP: NO [AUTHENTICATIONFAILED]   POP3: -ERR [AUTH]   fetchmail: Query status=3 (AUTHFAIL)
	"failed]", `\[(AUTHENTICATIONFAILED|AUTHORIZATIONFAILED)\]`,
	"textcode", `\btextCode["']?: ?["']([A-Z]+)["']`, // Node's client
	"(authfail)", `\((AUTHFAIL)\)`,
	"-err [", `-ERR \[(AUTH|SYS/PERM|LOGIN-DELAY)\]`,
	// Kerberos: names, MIT's numbers, Java's numbers
	// MIT's KDC: AS_REQ (8 etypes {…}) 10.0.0.5: PREAUTH_FAILED: ada@EXAMPLE for …
	"_req (", `\b(?:AS|TGS)_REQ \([^\n]{0,160}?: ([A-Z]+(?:[_ ][A-Z]+)+): `,
	"_err_|kdc", `\b(KDC_ERR_\w+|KRB5\w*_ERR_\w+|KRB_AP_ERR_\w+|KRB_ERR_\w+)\b`,
	"-1765", `\[(-1765\d{6})\]`,
	"krbexception|loginexception|mechanism level", `(?:KrbException|LoginException|Mechanism level): [^\n(]{3,120}\((\d{1,2})\)(?:\s|$|["',.)])`,
	// SMB, Windows: names before numbers
	"status_", `NT_STATUS_OK\b|\b(NT_STATUS_[A-Z_]+|STATUS_(?:LOGON_FAILURE|ACCESS_DENIED|WRONG_PASSWORD|ACCOUNT_\w+|PASSWORD_\w+|NO_SUCH_USER|LOGON_TYPE_NOT_GRANTED|INVALID_LOGON_HOURS|TRUSTED_\w+))\b`,
	"0xc000|0x8007", `(?i)\b(0xC00000(?:22|6[4-9A-F]|7[0-2]|DC)|0xC000(?:0133|015B|0190|0193|0224|0234|0413)|0x8007(?:052E|0005|0532|0775))\b`,
	"wsmanfault", `WSManFault[^>\n]{0,80}Code=["'](\d{1,10})["']`,
	"132|133|138|190|1907", `(?i)(?:win32\w*|system error|error(?: code)?|errno)[ :=]*\(?(132[678]|133[01]|1385|190[79])\b`,
	// OAuth 2, OpenID Connect, RFC 6750; Slack; OpenAI
	// The same within a name space, which stands in quotes: code: 'oidc.invalid_client'
	"code", `\bcode["']?\s*[:=]\s*["']((?:[a-z_]+\.)+(?:invalid|expired|insufficient|unauthorized|access_denied|unsupported|forbidden)\w*)["']`,
	"invalid_|insufficient|unauthorized_client|unsupported|_required|expired_token|access_denied|not_authed|token_|account_|missing_scope",
	`\b(invalid_grant|invalid_client|invalid_token|invalid_scope|insufficient_scope|unauthorized_client|`+
		`unsupported_grant_type|interaction_required|login_required|consent_required|expired_token|access_denied|`+
		`invalid_auth|not_authed|token_expired|token_revoked|account_inactive|missing_scope|invalid_api_key)\b`,
	"error", `\berror["']?\s*[:=]\s*["']?(invalid_request|unauthorized|forbidden)\b`,
	"error: (", `Error: \((invalid_request|mismatching_state|missing_token|token_expired)\) `, // oauthlib
	"(40", `\(40[0-9] ([a-z]+(?:_[a-z]+)+)\)`, // Backblaze: … has expired (401 expired_auth_token)
	"['", `\['(invalid_response|invalid_logout_(?:response|request)|not_authenticated)'\]`, // OneLogin's SAML
	"exception: [", `Exception: \[([a-z]+(?:_[a-z]+)+)\]`, // Spring Security
	"authentication failure! ", `Authentication failure! (\w+): `, // OmniAuth
	"xmpp-sasl", `xmpp-sasl["']>\s*<([a-z]+(?:-[a-z]+)*)\s?/>`, // RFC 6120
	// Microsoft Entra, Okta, Salesforce, Matrix
	"_error", `\btype="?(?:CLIENT_LOGIN|CODE_TO_TOKEN|REFRESH_TOKEN|TOKEN_EXCHANGE)_ERROR\b[^\n]*?\berror="?([a-z_]+)`, // Keycloak
	"aadsts", `\b(AADSTS\d{4,7})\b`,
	"e0000", `\b(E0000\d{3})\b`,
	"invalid_", `\b(INVALID_LOGIN|INVALID_SESSION_ID|INVALID_CREDENTIALS)\b`,
	"m_", `\b(M_(?:FORBIDDEN|UNKNOWN_TOKEN|MISSING_TOKEN|UNAUTHORIZED|UNAUTHORISED|GUEST_ACCESS_FORBIDDEN|USER_DEACTIVATED|USER_LOCKED))\b`,
	// Anthropic, OpenAI, Stripe: "error":{"type":"authentication_error", …
	"_error|auth_invalid", `\btype["']?\s*[:=]\s*["']?(auth_invalid|authentication_error|permission_error|authorization_error|permission_denied_error)\b`,
	"auth/|messaging/", `\b((?:auth|messaging)/(?:[a-z]+-)+[a-z]+)\b`, // Firebase: auth/invalid-credential
	// gRPC: code = Unauthenticated   16 UNAUTHENTICATED:   StatusCode.PERMISSION_DENIED
	// Status(StatusCode="PermissionDenied", …   status: Unauthenticated, message: …
	"code = ", `code = (Unauthenticated|PermissionDenied)\b`,
	"unauthenticated|permissiondenied", `\b(?:StatusCode=["']|status: |code: ["']?)(Unauthenticated|PermissionDenied)\b`,
	"unauthenticated|permission_denied", `\b(UNAUTHENTICATED|PERMISSION_DENIED)\b`,
	"erroraccessdenied", `\b(ErrorAccessDenied)\b`, // Exchange, Microsoft Graph
	"grpc status code", `(?i)\bgrpc status code:? (7|16)\b`,
	"autherror('", `\bAuthError\('([a-z]+(?:_[a-z]+)+)'`, // Dropbox
	"alert_", `\b(TLSV1\d?_ALERT_[A-Z_]+)\b`, // OpenSSL
	"err access-", `\bERR (ACCESS-DENIED)\b`, // Network UPS Tools
	"logged in to the server (", `logged in to the server \((\w+)\)`,
	// Kubernetes: kubectl, and the Status object of its API
	"error from server", `Error from server \((\w+)\)`,
	`"kind":`, `(?s)"kind":\s?"Status".{0,1000}?"reason":\s?"(Forbidden|Unauthorized)"`,
	"tf", `\b(TF\d{6}): `, // Azure DevOps
	"api.err.", `\b(api\.err\.\w+)`, // UniFi
	"errinvalid|errperm|errauth|erruser", `\b(Err(?:Invalid|Permission|Auth|User)\w*)\b`, // Go's names for errors, as etcd's clients print them
	"sasl(", `\bSASL\((-\d{1,2})\)`, // Cyrus
	// VMware
	"invalidlogin", `\b(InvalidLogin): `,
	"fault.", `\b((?:vim|vmodl)\.fault\.(?:NoPermission|InvalidLogin|NotAuthenticated|InvalidPrivilege))\b`,
	// Google's client in Go puts the reason behind its message: …, accessDenied
	"googleapi: error 40", `, (accessDenied|forbidden|insufficientPermissions|insufficientFilePermissions|authError|required|expired|notAuthorized|`+
		`accountDisabled|accountDeleted|accessNotConfigured|domainPolicy|keyInvalid|keyExpired|ipRefererBlocked|lockedDomainExpired)(?:["'\s\])]|$)`,
	// … or in a field: Reason: insufficientPermissions   "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
	"reason", `(?i:\breason)["']?\s?[:=]\s?["']?(accessDenied|insufficientPermissions|insufficientFilePermissions|authError|accountDisabled|accessNotConfigured|`+
		`ACCESS_TOKEN_[A-Z]+(?:_[A-Z]+)*|API_KEY_(?:INVALID|SERVICE_BLOCKED|HTTP_REFERRER_BLOCKED|IP_ADDRESS_BLOCKED)|CREDENTIALS_MISSING|ACCOUNT_STATE_INVALID)\b`,
	// Azure's storage library in C++: (ServiceCode=AuthenticationFailed)
	"servicecode=", `\bServiceCode=([A-Z]\w+)`,
	// InfluxDB
	"unauthorized: ", `: (unauthorized): unauthorized access`,
	// PPP and its MS-CHAP; iSCSI
	"e=6|e=7", `\bE=(64[6-9]|691|709)\b`,
	"reported error (", `\breported error \((\d{1,3}) - `,
	// IPsec, OpenVPN
	"auth", `(?:^|[\s\[(])(AUTHENTICATION_FAILED|AUTH_FAILED)\b`,
	// MQTT: the broker's return code, 3.1 and 5
	"mqtt|not authori|paho", `(?is)(?:mqtt|not authori[sz]ed|connection failed|connection refused|connack).{0,200}\b(?:reason)?(?:code|rc)["']? ?[:=] ?(4|5|134|135)\b`,
	"mqttsecurityexception", `MqttSecurityException: [^\n(]{0,80}\((\d)\)`,
	// Microsoft's IdentityModel
	"idx1", `\b(IDX1\d{4})\b`,
	// npm; yarn; tedious, nodemailer
	"code e40", `\bcode (E40[13])\b`,
	"error nu", `\berror (NU\d{4}): `, // NuGet
	"yn00", `\b(YN00(?:33|35|41))\b`,
	"elogin|eauth|eneedauth|e40", `\bcode["']?\s*[:=]\s*["'](ELOGIN|EAUTH|ENEEDAUTH|E40[13])["']`,
)

// numberCodes are the numbers that interfaces of the web give to their errors,
// of more digits than a status has.
var numberCodes = forms(
	// Twilio, Cloudflare, Discord: code: 20003   "code":10000   (error code: 50013)
	// WeChat, DingTalk, Feishu: errcode=40001   code=99991663
	"code", `(?i)(?:err(?:or)?[ _]?|\b)code["']?\s*(?:[:=]|=>)\s*["']?([1-9]\d{3,7})\b`,
	// Authentication error (SNYK-0005)
	"-", `(?i:auth|token|login|credential|permission)[^()\n]{0,40} \(([A-Z]{2,10}-\d{3,6})\)`,
	// … Error: 10000: Authentication error   HTTP ERROR 401: 20003: Authenticate
	"error|fatal", `(?i)\b(?:error|fatal):? (?:[45]\d\d: )?([1-9]\d{3,5}): ["']?[a-z]`,
	// {"code":124,"message":"Invalid access token."}, of fewer digits
	`"code"`, `"code"\s?:\s?([1-3]?\d{1,2}),\s*"(?:message|msg|error|errmsg)"\s?:\s?"[^"]{0,80}(?i:token|auth|credential|log ?in|password|permission|api ?key|signature|denied)`,
	// Facebook: "type":"OAuthException","code":190
	"oauthexception", `OAuthException["']?,\s*["']?code["']?\s*[:=]\s*(\d{1,5})\b`,
	// Cloudflare: Invalid access token (9109)   Twilio: Authenticate (20003)
	"token|authenticat|authoriz|credential|permission", `(?i)(?:token|authenticate|authentication|authorized|credentials|permissions?)[^()\n]{0,20} \(([1-9]\d{3,5})\)`,
)
