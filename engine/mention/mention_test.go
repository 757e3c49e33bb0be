package mention

import (
	"strings"
	"testing"
)

// The evidence of a line is what stands between ‹ and ›.
func TestOf(t *testing.T) {
	f := func(line string, want Kind) {
		t.Helper()
		start := strings.Index(line, "‹")
		end := strings.Index(line, "›") - len("‹")
		text := strings.NewReplacer("‹", "", "›", "").Replace(line)
		if got := Of([]byte(text), start, end); got != want {
			t.Errorf("%s: got %q, want %q", line, got, want)
		}
	}

	f("registered Custom‹AccessDenied›Handler for /admin", Name)
	f("auth.‹authentication_failed›_total 17", Name)
	f("mapped to class com.example.‹ExpiredToken›ExceptionMapper", Name)
	f("‹ExpiredToken›Exception: the token is old", None)

	f("GET /docs/errors/‹AccessDenied› 200", Path)
	f("see https://docs.example.com/troubleshoot-‹AccessDenied›.html", Path)
	f("template ‹access denied›.html rendered", Path)
	f("redirect to https://login.example.com/cb?error=‹access_denied›&state=x", None)
	f("<Error><Code>‹AccessDenied›</Code></Error>", None)
	f("S3/‹AccessDenied›: no", None)
	f("GET http://‹169.254.170.2›/v2/credentials: timeout", None)

	f("metric ‹AccessDenied›=0 Throttling=3", Count)
	f(`{"‹AccessDenied›":0,"Throttling":3}`, Count)
	f("‹login failed›: 0, login ok: 12", Count)
	f("‹AccessDenied› errors: 0", Count)
	f("‹AccessDenied› error count = 0", Count)
	f(`errors{code="‹AccessDenied›"} 0`, Count)
	f(`auth_errors{status="‹403 Forbidden›",path="/"} 0.0`, Count)
	f(`errors{code="‹AccessDenied›",op="get"} 17`, Count)
	f(`error{code="‹AccessDenied›"}`, None)
	f("‹AccessDenied›=2", None)
	f("‹AccessDenied›: 0 objects deleted", None)
	f("‹AccessDenied›: 0x80070005", None)

	f(`alert_on:["‹AccessDenied›","ExpiredToken"]`, List)
	f(`alert_on:["AccessDenied","‹ExpiredToken›"]`, List)
	f("fatal=[‹AccessDeniedException›, UnrecognizedClientException]", List)
	f("Loaded 14 alert rules: ‹AccessDenied›, ExpiredToken, ThrottlingException", List)
	f("codes IN ('RequestExpired', '‹AccessDenied›')", List)
	f("filter=/‹AccessDenied›|ExpiredToken|TooManyRequests/", Path)
	f("errors: {401 Unauthorized, 404}, ‹403 Forbidden›", None)
	f("retry_on=[‹ExpiredToken›]", List)
	f(`"nonRetryable":["‹AccessDenied›"]`, List)
	f(`"errors":["‹missing client token›"]`, None)
	f("Error [‹CredentialsError›]: Missing credentials", None)
	f(`{"error":"‹AccessDenied›","message":"no"}`, None)
	f(`{"level":"error","‹AccessDenied›","code":"x"}`, None)
	f("api error ‹AccessDenied›, InvalidRequestID: 1", None)
	f("ServiceError(‹AccessDenied›, 403)", None)
	f("Error: [403, ‹Forbidden›]", None)
	f("status: 403, ‹Forbidden›, AccessDenied", None)
	f("2031-02-03|ERROR|‹AccessDenied›|user=x", None)

	f(`if err.Code == "‹AccessDenied›" {`, Condition)
	f(`SELECT * FROM e WHERE msg LIKE '%‹Access denied›%'`, Condition)
	f(`panel title="‹ACCESS_REFUSED› per minute" loaded`, Count)
	f(`WHERE msg LIKE '%‹Access denied› for user%'`, Condition)
	f(`ERROR:  column "‹permission_denied›" does not exist at character 8`, Name)
	f(`{ ($.errorCode = "‹AccessDenied›") }`, Condition)
	f(`filter errorCode = "‹AccessDenied›" | stats count()`, Condition)
	f("pattern ?‹AccessDenied›* ?Expired*", Condition)
	f("mapped ‹AccessDenied› -> 403", Condition)
	f("will retry if ‹authentication failed›", Condition)
	f("expecting ‹403 Forbidden›", Condition)
	f("got unexpected ‹403 Forbidden›", None)
	f("PutObject failed (‹AccessDenied›) when calling", None)
	f(`code = "‹AccessDenied›"`, None)
	f("‹401 Unauthorized› -> https://example.com", None)

	f("{‹AccessDeniedException›=/error/403, LoginException=/login}", Topic)
	f("{LoginException=/login, ‹AccessDeniedException›=/error/403}", Topic)
	f("{‹AccessDenied›=12, SlowDown=1}", None)
	f("{code=‹AccessDenied›, op=get}", None)
	f("registered error mapper for ‹ExpiredTokenException› to 401", Topic)
	f("alarm \"‹AccessDenied›\" is OK", Topic)
	f("cache hit for key auth:‹403 Forbidden› page", Topic)
	f("‹AccessDenied› error handler installed", Topic)
	f("retry on ‹ExpiredToken›", Topic)
	f("errors such as ‹AccessDenied›", Topic)
	f("filter pattern ‹AccessDenied›", Topic)
	f("login handler for user bob: ‹authentication failed›", None)
	f("login handler for user bob ‹authentication failed›", None)
	f("‹AccessDenied› handler=s3 bucket=b", None)
	f("looks like ‹invalid credentials›", None)
	f("retrying on 3: ‹AccessDenied›", None)

	f("import { ‹AccessDeniedException› } from 'sdk'", Code)
	f("    at com.example.‹AccessDeniedException›.from(AccessDeniedException.java:3)", Code)
	f("except botocore.exceptions.‹NoCredentialsError›:", Code)
	f("raise ‹NoCredentialsError›()", None)
	f("Caused by: com.example.‹AccessDeniedException›: no", None)

	f("no ‹AccessDenied› errors since 10:00", Negated)
	f("no new ‹authentication failed› events", Negated)
	f("0 ‹AccessDenied› errors, 12 ok", Negated)
	f("completed without ‹authentication error›", Negated)
	f("level 0 ‹authentication failed› for bob", None)
	f("no: ‹AccessDenied›", None)

	f("--- PASS: TestUpload/‹AccessDenied› (0.00s)", Test)
	f("--- PASS: returns ‹AccessDenied› (0.00s)", Test)
	f("  ✓ answers ‹403 Forbidden› without a token (12 ms)", Test)
	f("it should answer with ‹403 Forbidden›", Test)

	f("filter pattern: ?‹AccessDenied› ?Throttling", Condition)
	f("failregex: '^x ‹Failed password for› .* from <HOST>'", Condition)
	f("INSERT INTO codes VALUES ('x', '‹AccessDenied›')", Condition)
	f("user 'x' in the database: '‹AccessDenied›'", None)
	f(`texts (en): error.access_denied="‹Access denied›"`, Name)
	f(`AccessDenied: "‹Access Denied›"`, None)
	f("property auth.‹invalid_token›.log=false", Name)
	f("retry:\n  on:\n    - ‹AccessDenied›\n    - Throttling", List)
	f("errors:\n    - ‹AccessDenied›", None)
	f("retryable=[RequestExpired ‹ExpiredTokenException› Throttling]", List)
	f("ignored exceptions: a.b.NoSuchKeyException, a.c.‹ExpiredTokenException›", List)
	f("INSERT INTO c VALUES ('a', 'b'), ('x', 'The ‹token has expired›.')", Condition)
	f("INSERT INTO c VALUES ('a'): ‹permission denied› for table c", None)
	f("ok example.com/auth/‹accessdenied› 0.4s", Path)
	f("abort if .message contains \"‹authentication failed›\"", Condition)
	f("cannot start. ‹authentication failed›", None)
	f("pattern: ?x ?\"is ‹not authorized›\"", Condition)
	f("why? ‹not authorized›", None)
	f("void read() throws ‹AccessDeniedException›, IOException {", Code)
	f("Feb  3 04:05:06 h cli[812]: Exit codes: 0 ok, 4 ‹authentication failed›", Document)
	f("2031-02-03T04:05:06Z stdout F ok 12 - login fails with ‹wrong password›", Test)
	f("web-1  | retry:\nweb-1  |   - Throttling\nweb-1  |   - ‹AccessDenied›", List)
	f("RETRY_ON=‹ExpiredToken›,RequestExpired", List)
	f("codes=‹AccessDenied›", None)
	f("no retry for ‹AccessDenied›", None)
	f("commit failed: ‹AccessDenied›", None)
	f("commit 5f3a1c9: ‹AccessDenied› on start", Document)
	f("failed to fetch docs: ‹403 Forbidden›", None)
	f("What is ‹SignatureDoesNotMatch›?", Document)
	f("handler for /upload failed: ‹AccessDenied›", None)
	f("test upload failed with ‹AccessDenied›", None)
	f("Loaded 14 objects, 3 failed: ‹AccessDenied›", None)
	f("expected 200 OK but received ‹403 Forbidden›", None)
	f("errors=[‹AccessDenied›] op=PutObject", None)
	f("‹AccessDenied›, PutObject, orders-bucket", None)
	f("12 ‹AccessDenied› errors since 10:00", None)
	f("asset ‹AccessDenied›.3fa1.js 12 KiB", Path)
	f("page src/‹accessDenied›.test.ts", Path)
	f("[Loaded com.example.‹AccessDeniedException› from file:/x.jar]", Code)
	f(`sigma rule loaded: title="Root Login: ‹Access Denied›" level=low`, Topic)
	f("Loaded rules from s3, then: ‹AccessDenied›", None)
	f("failed to load rules: ‹AccessDenied›", None)
	f(`search q="error ‹403 forbidden› nginx"`, Document)
	f(`msg="error ‹403 forbidden› nginx"`, None)
	f("2031-02-03 INFO Exit codes: 0 ok, 4 ‹authentication failed›", Document)
	f("exit status: 4 ‹authentication failed›", None)
	f("Feature: I get \"‹Access denied›\"", Test)
	f("ok 12 - login fails with ‹wrong password›", Test)
	f("WireMock: answers GET /x with ‹401 Unauthorized›", Test)
	f("‹AccessDenied› usually means that", Document)
	f("‹AccessDenied› is returned when", Document)
	f("alert when ‹Access denied› errors > 10", Condition)

	f(`docs: how to fix "‹Unable to locate credentials›"`, Document)
	f("fix(auth): ‹AccessDenied› on cold start", Document)
	f(`If you see "An error occurred (‹AccessDenied›)", check the policy`, Document)
	f("In case of ‹invalid_grant› sign in again", Document)
	f("INFO  [x] Running upgrade 1a -> 2b, add ‹invalid_grant› column", Document)
	f("Running upload: ‹AccessDenied›", None)
	f(`## 2.4.1 - Fixed "‹authentication failed›" at INFO`, Document)
	f("    responds with ‹401 unauthorized›", Test)
	f("upstream responds with ‹401 unauthorized›", None)
	f(`pattern X = "‹Failed password for› %{USER}" compiled`, Condition)
	f("Fixed a rare ‹AccessDenied› on start", None)
	f("Fixed random ‹AccessDenied› on start", Document)
}

// Nothing about the place of evidence makes Of read outside the text.
func TestOfEverywhere(t *testing.T) {
	lines := []string{
		"", "a", "=", "[\"a\",'b']", " no 0 errors: {a=0} -> 403 /x/y.html | c,d|e == \"f\" at g.<init>( h: i) fix(j): k",
		strings.Repeat("Denied_x, ", 90), strings.Repeat(" for handler", 90), "\n\n at é\x00\xff",
	}
	for _, line := range lines {
		for start := 0; start <= len(line); start++ {
			for end := start; end <= min(len(line), start+20); end++ {
				Of([]byte(line), start, end)
			}
		}
	}
}

func TestOfDoesNotAllocate(t *testing.T) {
	line := []byte("no such thing: alert_on=[AccessDenied, ExpiredToken]; a handler for AccessDenied as of now")
	allocs := testing.AllocsPerRun(100, func() {
		for i := range len(line) - 12 {
			Of(line, i, i+12)
		}
	})
	if allocs != 0 {
		t.Errorf("got %v allocations, want 0", allocs)
	}
}

func BenchmarkOf(b *testing.B) {
	line := []byte(`{"level":"error","msg":"upload failed: operation error S3: PutObject, https response error StatusCode: 403, api error AccessDenied: Access Denied"}`)
	at := strings.Index(string(line), "AccessDenied")
	b.ReportAllocs()
	for b.Loop() {
		Of(line, at, at+12)
	}
}
