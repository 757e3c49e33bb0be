package extract

import "strconv"

// httpForms are the ways in which programs print the status of a failed
// request, the least mistakable first.
var httpForms = forms(
	// StatusCode: 403   status code 403   httpStatusCode: 400   "statusCode":401
	"http_status_", `(?i)\bhttp_status_(\d{3})\b`,
	"status", `(?i)status[ _-]?codes?["']?(?:\s*[:=(]\s*["']?|\s+(?:was |is |of )?)(\d{3})\b`,
	// HTTP 403   HTTP/1.1 403   HTTP status=403   HTTP-Code: 403   http_error, 403
	"http",
	`(?i)\bhttp(?:/\d(?:\.\d)?)?[ _-]?(?:response[ _-]?|error[ _-]?)?(?:status|code|status[ _-]code)?["']?(?:\s*[:=,]\s*["']?|\s+)(\d{3})\b`,
	// 403 Forbidden   403 (Forbidden)   (401) Unauthorized
	"bad request|unauthorized|forbidden|not found|authentication required|timeout|too many|server error|gateway|unavailable",
	`(?i)\b(\d{3})[)\]]?[ :-]+\(?(?:bad request|unauthorized|forbidden|not found|proxy authentication required|`+
		`request timeout|too many requests|internal server error|bad gateway|service unavailable|gateway timeout)\b`,
	// System.Net.WebException: … (403) …, in any language
	"webexception", `WebException: [^\n()]{0,160}\((\d{3})\)`,
	"(40", `\((40[13]) (?:GET|HEAD|POST|PUT|PATCH|DELETE) https?://`, // Airflow: (403 POST https://bigquery…: Access Denied: …)
	"(40", `\((40[13]) [("][A-Z]`, // s3cmd: (403 (SignatureDoesNotMatch): …   Ruby: Net::HTTPClientException (403 "Forbidden")
	"msg=40", `\bmsg=(40[13])\b`, // goofys
	"code 4", `\berror: code (4\d\d)\b`, // Harbor
	", message=", `(?:^|[:\s"=] ?)(4\d\d), message=`, // aiohttp
	"(code 4", `\(code (4\d\d)\)`,
	"request had invalid", `\b(401) Request had invalid`, // Google
	"status (", `(?i)\bstatus \((40[13])\)`, // PagerDuty
	"\", 40", `", (40[13]), (?:GET|HEAD|POST|PUT|PATCH|DELETE), `, // Hadoop's client of Azure's storage
	"httpcode(", `\bHttpCode\((\d{3})\)`, // IBM
	"by server: 40", `\bby server: (40[13])\b`,
	"error 40", `Error (40[13]): [A-Z]`, // PocketBase
	"stat: 40", `: Stat: (40[13])\b`, // restic
	// reqwest::Error { kind: Status(403), …
	"status(", `\bStatus\((\d{3})\)`,
	// GET https://api.example.com/orders: 401 Bad credentials   rejected by https://… (403)
	"://", `https?://[^\s"']+:? \(?(40\d)\b`,
	// [AWS ec2 403 0.238s 0 retries]   [Aws::S3::Client 403 0.238 0 retries]
	"[aws", `\[A(?:WS |ws::)\S+ (\d{3}) [\d.]+s? `,
	// An error occurred (403) when calling the HeadObject operation
	"when", `\((\d{3})\)\s+when\s+calling\s`,
	// Client error: 403   non 200 response 400   returned error: 403   returned 401
	"error|response|returned|responded|resulted|got|received|answered",
	`(?i)(?:client error|server error|response(?: code)?|returned(?: an error)?|responded(?: with)?|resulted in|got|received|answered)`+
		`(?: status)?[: ]+\(?(\d{3})\b`,
	"responsecode", `(?i)responsecode["']?\s?[:=]\s?["']?(\d{3})\b`, // StarRocks: SdkResponseCode=403
	"response code", `(?i)response code ["'](\d{3})["']`,
	// PermissionDeniedError: 403 You don't …   ApiException: (403)   TransportError(403, …
	"error|exception|unauthorized|unauthenticated|forbidden|denied",
	`(?:Error|Exception|Unauthorized|Unauthenticated|Forbidden|Denied)(?:: \(?|\()(4(?:0[0-9]|29))(?:\s|$|[:,)])`,
	// Unauthorized (401)   Error 403: …   a 401 response
	"unauthorized|forbidden|error", `(?i)(?:unauthorized|forbidden|\berror)[: ]+\(?(40[0-9]|429)\b`,
	"40|429", `(?i)\b(40[0-9]|429) (?:response|error|status)\b`,
	"error code", `(?i)\berror code:? (40[0-9]|429)\b`, // MLflow; Confluent's Schema Registry
	"ms - 40", `\bafter [\d.]+ms - (40[13])\b`, // .NET's HttpClient
	"] 40", `\[[A-Z]\w+\] (40[13]): `, // Segment
	" - 40", `\b(?:GET|PUT|POST|HEAD) https?://\S+ - (40[13])\b`, // Bun
	"-> 40", `(?:https?://\S+|\b(?:GET|HEAD|POST|PUT|PATCH|DELETE) [^\n>]{1,120}) -> (40[13])\b`, // Elixir's Tesla, scripts
	"unexpected code", `\bUnexpected code (4\d\d)\b`, // OkHttp
	"returned code 4|got code 4", `(?i)\b(?:returned|got) code (4\d\d)\b`, // Mastodon, Bugsnag
	"server: 4", `\bfrom server: (4\d\d) / `, // Keycloak's client
	"resource: 40", `\bresource: (40[13]) \[\{`, // Spring's OAuth
	"status code, 4", `\bstatus code, (4\d\d)\b`, // Telegraf
	"number value (", `\bfrom Number value \((4\d\d)\)`, // Jackson
	"unauthorized - 401|forbidden - 403", `(?i)\b(?:unauthorized|forbidden) - (40[13])\b`, // pnpm
	"returned a 40|too many 40", `\b(?:returned a|too many) (40[13])\b`, // yarn, urllib3
	"not accessible", `\b(403) Resource not accessible\b`, // GitHub
	"failed: 40", `(?i)\bfailed: (40[13])\b`,
	"with 40|said 40", `\b(?:failed with|said) (40[13]): [A-Z]`, // failed with 401: Jwt is missing
	"_by_name: 40", `\b\w+_by_name: (40[13]): `, // Backblaze
	"response '40", `\bresponse '(40[137])' received\b`, // Asterisk
	"', 40", `', (40[13]), '`, // Mastodon.py: ('… returned error', 401, 'Unauthorized', …
	// error="[403] "   "status":403   status 403   Code: 403
	// … : (403) Unzulässig, the .NET runtime in any language
	"(401)|(403)", `: \((40[13])\) \p{L}`,
	"[code 4", `\[code (4\d\d)\]`,
	"(40", `\((40[13]), ["']?[A-Z]`, // Okta: Invalid token provided (401, E0000011)
	"client error|server failed", `(?i)\b(4\d\d) (?:client error|server failed)`, // Python's requests: 403 Client Error: …
	"description=4", `\bDescription=(4\d\d) [A-Z]`, // Azure's storage library: Description=403 This request …
	"code is|with code", `(?i)\b(?:code is:?|failed with code) (4\d\d)\b`, // Maven; the crate rust-s3
	"(40", `\((40[0-9]) [a-z]+(?:_[a-z]+)+\)`, // Backblaze: … has expired (401 expired_auth_token)
	"[4", `(?:^|["' ])\[(40[0-9]|429)\]`,
	"status", `(?i)(?:\b|_)status["']?(?:\s*(?:=>|[:=])\s*["']?|\s+)([45]\d\d)\b`,
	"code", `(?i)(?:\b|error_?)code["']?\s*(?:=>|[:=])\s*["']?(40[0-9]|429)\b`,
	// SignatureDoesNotMatch (403)   "POST /v1/me HTTP/1.1" 403   <-- 401 https://…
	" (40", `\b(?:[A-Z][a-z]+){2,} \((40[0-9])\)`,
	"\" 4", `"(?:GET|HEAD|POST|PUT|PATCH|DELETE) [^"\n]+" (4\d\d)\b`,
	"<-- 4", `<-- (4\d\d) https?://`,
	// A body behind the status: 403, '<?xml …   A message before it: … (or it may not exist)., 401
	"40|429", `(?:^|[: "])(40[0-9]|429):? (?:- )?\{["\s]`, // … from source registry: 401 {"errors":[{"code":…
	"<?xml", `\b([45]\d\d),?\s["']?<\?xml`,
	", 40", `[.)], (40[13])(?:["'\s]|$)`,
	"(401)|(403)", `[a-z.}] \((40[13])\)(?:[\s"'.,;]|$)`, // unauthorized access (401)
)

// httpStatus returns the status of the failed request, 0 when the text names
// none. Statuses below 300 belong to other requests, those from 530 on to mail. A
// server that fails for a refusal that it met goes behind the refusal.
func httpStatus(s source) int {
	status := s.status(300, 529)
	if status >= 500 {
		if refused := s.status(401, 403); refused != 0 {
			return refused
		}
	}
	return status
}

// status returns the first status from least to most, 0 when there is none.
func (s source) status(least, most int) int {
	status, _ := strconv.Atoi(s.firstThat(func(digits string) bool {
		n, err := strconv.Atoi(digits)
		return err == nil && n >= least && n <= most
	}, httpForms))
	return status
}
