package extract

import (
	"regexp"
	"strconv"
)

// httpForms are the ways in which programs print the status of a failed
// request, the least mistakable first.
var httpForms = []*regexp.Regexp{
	// StatusCode: 403   status code 403   httpStatusCode: 400   "statusCode":401
	regexp.MustCompile(`(?i)\bhttp_status_(\d{3})\b`),
	regexp.MustCompile(`(?i)status[ _-]?codes?["']?(?:\s*[:=(]\s*["']?|\s+(?:was |is |of )?)(\d{3})\b`),
	// HTTP 403   HTTP/1.1 403   HTTP status=403   HTTP-Code: 403   http_error, 403
	regexp.MustCompile(`(?i)\bhttp(?:/\d(?:\.\d)?)?[ _-]?(?:response[ _-]?|error[ _-]?)?(?:status|code|status[ _-]code)?["']?(?:\s*[:=,]\s*["']?|\s+)(\d{3})\b`),
	// 403 Forbidden   403 (Forbidden)   (401) Unauthorized
	regexp.MustCompile(`(?i)\b(\d{3})[)\]]?[ :-]+\(?(?:bad request|unauthorized|forbidden|not found|proxy authentication required|request timeout|too many requests|internal server error|bad gateway|service unavailable|gateway timeout)\b`),
	// [AWS ec2 403 0.238s 0 retries]   [Aws::S3::Client 403 0.238 0 retries]
	regexp.MustCompile(`\[A(?:WS |ws::)\S+ (\d{3}) [\d.]+s? `),
	// Client error: 403   non 200 response 400   returned error: 403   returned 401
	regexp.MustCompile(`(?i)(?:client error|server error|response|response code|returned(?: an)? error|returned|responded with|resulted in|got|received|answered)(?: status)?[: ]+\(?(\d{3})\b`),
	// PermissionDeniedError: 403 You don't …   ApiException: (403)   TransportError(403, …
	regexp.MustCompile(`(?:Error|Exception|Unauthorized|Forbidden|Denied)(?:: \(?|\()(4(?:0[0-9]|29))(?:\s|$|[:,)])`),
	// Unauthorized (401)   Error 403: …   a 401 response
	regexp.MustCompile(`(?i)(?:unauthorized|forbidden|\berror)[: ]+\(?(40[0-9]|429)\b`),
	regexp.MustCompile(`(?i)\b(40[0-9]|429) (?:response|error|status)\b`),
	// error="[403] "   "status":403   status 403   Code: 403
	regexp.MustCompile(`["' ]\[(40[0-9]|429)\]`),
	regexp.MustCompile(`(?i)\bstatus["']?(?:\s*[:=]\s*["']?|\s+)([45]\d\d)\b`),
	regexp.MustCompile(`(?i)\bcode["']?\s*[:=]\s*["']?(40[0-9]|429)\b`),
}

// httpStatus returns the status of the failed request, 0 when the text names
// none. Statuses below 300 belong to other requests.
func httpStatus(text []byte) int {
	for _, re := range httpForms {
		for _, m := range re.FindAllSubmatch(text, 8) {
			if n, err := strconv.Atoi(string(m[1])); err == nil && n >= 300 && n < 600 {
				return n
			}
		}
	}
	return 0
}
