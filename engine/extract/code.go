package extract

import (
	"bytes"
	"regexp"
)

// A codeForm is one way to print an error code. Group 1 holds the code.
type codeForm struct {
	needs string // a phrase without which the form cannot be there; "" if none
	re    *regexp.Regexp
}

// codeForms are tried in order: a service's own code, as an SDK quotes it, goes
// before the class that carries it, and that before a name that only looks like
// an error.
var codeForms = []codeForm{
	// botocore, CLI: An error occurred (CODE) when calling the … operation
	{"when calling", regexp.MustCompile(`\(([\w.]+)\)\s+when\s+calling\s+the\s`)},
	// … in the CLI's other languages
	{"(", regexp.MustCompile(`(?i:erreur s'est produite|verificato un errore|producido un error|ocorreu um erro|fehler aufgetreten|` +
		`エラーが発生しました|发生错误|出现错误|發生錯誤|오류가 발생했습니다)[^()\n]{0,40}\(([A-Z][A-Za-z.]+)\)`)},
	// Java v1: (Service: Amazon S3; Status Code: 403; Error Code: CODE; …
	// .NET: Error making request with Error Code CODE and Http Status Code …
	{"Error Code", regexp.MustCompile(`Error Code:? ([A-Za-z][\w.]*|[45]\d\d [A-Z][a-z]+(?: [A-Z][a-z]+)*)(?:[;,)\n]| and |$)`)},
	// Go v2: api error CODE: …   RequestID: …, CODE: …
	{"api error ", regexp.MustCompile(`api error ([A-Za-z][\w.]*)`)},
	{"operation error ", regexp.MustCompile(`RequestID: [\w-]*, (?:HostID: [^,]*, )?([A-Z]\w+):`)},
	// PHP: … 403 CODE (client): …
	{"):", regexp.MustCompile(`\b([A-Z]\w+) \((?:client|server)\):`)},
	// XML bodies of S3, EC2, STS, SQS
	{"<Code>", regexp.MustCompile(`<Code>\s*([A-Za-z][\w.]*)\s*</Code>`)},
	// Headers and JSON bodies of the JSON protocols: com.amazonaws.x#CODE, CODE:http://…
	{"rror", regexp.MustCompile(`(?i:x-amzn-errortype)["']?\s*[:=]\s*["'\[]*(?:[\w.]+#)?([A-Za-z]\w+)`)},
	{"__type", regexp.MustCompile(`__type["']?\s*[:=]\s*["']?(?:[\w.]+#)?([A-Za-z]\w+)`)},
	// fluentd: error_class="Aws::X::Errors::CODE"
	{"error_class", regexp.MustCompile(`error_class=["']?Aws::(?:\w+::)*([A-Z]\w+)`)},
	// Ruby: Aws::S3::Errors::CODE
	{"Aws::", regexp.MustCompile(`\b(Aws::(?:\w+::)*Errors::\w+)`)},
	// PHP: Aws\Exception\CredentialsException
	{`Aws\`, regexp.MustCompile(`\b(Aws\\(?:\w+\\)*\w*(?:Credential|Unauthorized|AccessDenied|Token)\w*Exception)\b`)},
	// Rust: code: Some("CODE")
	{"Some(", regexp.MustCompile(`code: Some\("(\w+)"\)`)},
	// C++: Exception name: CODE
	{"Exception name", regexp.MustCompile(`Exception name: ([A-Za-z]\w+)`)},
	// Fluent Bit: responded with error='CODE'
	{"responded with error", regexp.MustCompile(`responded with error=['"]?(\w+)`)},
	// amazonka: ErrorCode "CODE"
	{"ErrorCode", regexp.MustCompile(`ErrorCode "(\w+)"`)},

	// Lambda, whose sentences lack a blank: KMS Exception: CODEKMS Message: …
	{"KMS Exception: ", regexp.MustCompile(`KMS Exception: ([A-Z]\w*?Exception)`)},

	{"", serviceCodes},
	{"", clientCodes},

	// Go v1: CODE: … ⏎ status code: 403, request id: …
	{"status code: ", regexp.MustCompile(`(?:^|[:\s"])(Forbidden|BadRequest|NotFound|[A-Z][a-z]+(?:[A-Z][a-z]+)+): [^\n]{0,400}\s+status code: \d{3}`)},
}

// serviceCodes are the codes by which AWS refuses a caller, wherever they stand.
var serviceCodes = regexp.MustCompile(`\b(AccessDenied(?:Exception|Fault)?|AuthFailure|UnauthorizedOperation|UnauthorizedAccess|` +
	`UnauthorizedException|NotAuthorized(?:Exception)?|AuthorizationError(?:Exception)?|AuthorizationHeaderMalformed|` +
	`ExpiredToken(?:Exception)?|RequestExpired|TokenRefreshRequired|` +
	`InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClientException|InvalidToken|InvalidSecurity|` +
	`InvalidIdentityToken(?:Exception)?|IDPCommunicationError|IDPRejectedClaim|` +
	`SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature(?:Exception)?|` +
	`MissingAuthenticationToken(?:Exception)?|RequestTimeTooSkewed|OptInRequired|SubscriptionRequiredException|` +
	`AccountProblem|AllAccessDisabled|ForbiddenException|KMSAccessDeniedException|` +
	`InvalidParameterException|DecryptionFailure|DisabledException|KMSInvalidStateException)\b`)

// clientCodes are the SDKs' own, for failures before or around a call. They
// often wrap a service's code and so come second.
var clientCodes = regexp.MustCompile(`\b(NoCredentialProviders|CredentialsProviderError|CredentialsError|CredentialRetrievalError|` +
	`NoCredentialsError|CredentialsEndpointError|WebIdentityErr|EC2RoleRequestError)\b`)

// errorCode returns the code that the text names, "" if it names none. Numbers
// of databases and directories come before names, because a name is often the
// client library's and the number the server's.
func errorCode(text []byte) string {
	for _, form := range codeForms {
		if form.needs != "" && !bytes.Contains(text, []byte(form.needs)) {
			continue
		}
		if code := first(form.re, text); code != "" {
			return code
		}
	}
	for _, forms := range [...][]*regexp.Regexp{databaseCodes, loginCodes, namedCodes} {
		for _, form := range forms {
			if code := first(form, text); code != "" {
				return code
			}
		}
	}
	return ""
}
