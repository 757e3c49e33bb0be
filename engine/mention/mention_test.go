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

	// What reads like a mention at first sight.
	for _, line := range []string{
		"level=error msg=upload unexpected_error=‹AccessDenied› bucket=orders",
		"level=error msg=upload unknown_error=‹AccessDenied› bucket=orders",
		"level=error msg=upload fatal_error=‹AccessDenied› bucket=orders",
		`unhandledErrors: ["‹AccessDenied›"]`,
		`level=error channel=email error="535 5.7.8 ‹Authentication credentials invalid›"`,
		`level=error service=document error="‹AccessDenied›: Access Denied"`,
		`level=error service="document" error="‹AccessDenied›: Access Denied"`,
		"‹AccessDenied› was returned by S3 while reading bucket orders",
		"‹ExpiredTokenException› was thrown by sts while calling GetObject",
		"Copying s3://a/x to s3://b/x failed: An error occurred (‹AccessDenied›) when calling the CopyObject operation",
		"Exit code 254: An error occurred (‹AccessDenied›) when calling the GetObject operation: Access Denied",
		"Failed to update cart: { code: '‹AccessDenied›', message: 'Access Denied', requestId: 'x' }",
		"Could not select database: '‹Access denied for user› 'app'@'10.0.0.1'",
		"ERROR could not delete from bucket: [ '‹AccessDenied›' ]",
		"Token ‹expired›, refreshing: failed",
		"Token ‹expired›, refreshing... failed, giving up",
		"Token ‹expired›, refreshing… failed",
		"Common errors today: An error occurred (‹AccessDenied›) when calling the PutObject operation",
		"Running upgrade of cache; ‹AccessDenied› by the store",
		"✓ build ok, deploy failed: User: arn:aws:sts::123456789012:assumed-role/app/x ‹is not authorized to perform›: s3:PutObject",
		"✔ Uploaded a.txt  ✖ b.txt: An error occurred (‹AccessDenied›) when calling the PutObject operation",
		"deploy √ step 1, step 2 ‹Access denied for user› 'app'@'10.0.0.1'",
		"✔ Connected to broker; ERROR login: ‹Access denied for user› 'app'@'10.0.0.1'",
		`level=info accept=*/* path=/v1/x error="‹AccessDenied›: Access Denied" reaccept=*/*`,
		"‹Login failed›: disabled",
		"‹authentication failed›: fatal",
	} {
		f(line, None)
	}
	f("retryable_errors=[‹AccessDenied› SlowDown]", List)
	f("‹AccessDenied› is returned when the caller may not", Document)
	f("‹AccessDenied› was ignored", Document)
	f("SELECT '‹Access denied›', count(*) FROM e", Condition)
	f("UPDATE jobs SET reason = '‹AccessDenied›'", Condition)
	f("‹AccessDenied› status: 0", Count)
	f("=== RUN   TestUpload/‹AccessDenied›_is_told", Test)

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
	f(`panel title="‹ACCESS_REFUSED› per minute" loaded`, Topic)
	f(`‹ACCESS_REFUSED› per minute: 12`, Count)
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
	f("{\"level\":50,\"msg\":\"\tat com.example.‹AccessDeniedException›$BuilderImpl.build(AccessDeniedException.java:80)\"}", Code)
	f("{\"msg\":\"at rest: ‹AccessDenied›\"}", None)
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

	f("{ AccessDenied: 'fatal', ‹ExpiredToken›: 'refresh' }", Topic)
	f("const R = { Throttling: true, ‹ExpiredToken›: true }", Topic)
	f("policy.‹AccessDenied›=DISCARD policy.SlowDown=BACKOFF", Topic)
	f("{‹ExpiredToken› => :refresh}", Topic)
	f(`{"‹AccessDenied›":{"action":"drop"}}`, Topic)
	f("on: { ‹invalid_grant›: 'logout-now', x: 'y' }", Topic)
	f("‹AccessDenied›: fatal", Topic)
	f("‹AccessDenied›: retry 3 of 5", None)
	f("‹AccessDenied›: Fatal error", None)
	f("{login: x, ‹login_failed›: true}", None)
	f(`{"error":"‹invalid_grant›","retry":true}`, None)
	f("{ code: '‹AccessDenied›', retryable: false }", None)
	f("errors: {'‹invalid_grant›': 'Token has been revoked.'}", None)
	f("circuit.ignore-exceptions: a.b.‹AccessDeniedException›", List)
	f("unexpected: ‹AccessDenied›", None)
	f(`{"detail":{"errorCode":["‹AccessDenied›"]}}`, List)
	f(`{"errorCode":"‹AccessDenied›"}`, None)

	f("If the caller lacks it, the service returns ‹AccessDeniedException›.", Document)
	f("the service returns ‹AccessDeniedException› if the caller lacks it", Document)
	f("This call may return ‹401 Unauthorized›", Document)
	f("The broker will reject connections with ‹ACCESS_REFUSED›", Document)
	f("Requests are rejected with ‹401 Unauthorized›", Document)
	f("Returns 401 when the ‹token has expired›.", Condition)
	f("Throws X for tokens whose ‹token has expired›", Document)
	f("A request that is ‹not authorized› is answered", Document)
	f("answers 404 rather than ‹403 Forbidden›", Condition)
	f("the service returned ‹AccessDeniedException› for key a", None)
	f("the service returns ‹AccessDeniedException›", None)
	f("If this goes on call us. Cause: ‹ExpiredToken›", None)
	f("When reading a.csv got ‹AccessDenied›", None)
	f("could not get a.csv: ‹AccessDenied›", None)
	f("request was rejected with ‹401 Unauthorized›", None)
	f("Returns of orders: ‹401 Unauthorized›", None)

	f("cached ‹token expired›, refreshing", Renewed)
	f("‹token has expired›. Token refreshed in 3 ms", Renewed)
	f("‹access token is expired› or will expire within 300 s", Renewed)
	f("‹token expired›; obtained a new one", Renewed)
	f("‹token expired›, refresh failed", None)
	f("‹token expired›, refreshing failed", None)
	f("‹token expired›, giving up", None)
	f("‹token has expired›, refresh your credentials", None)
	f("‹token has expired›. To renew it run login", None)
	f("‹token expired›, will refresh", Renewed)
	f("‹token expired›, refresh succeeded", Renewed)
	f("‹ticket expired›; re-login succeeded", Renewed)
	f("throw new ‹AccessDeniedException›()", Code)
	f("‹token expired›, obtaining a new one failed", None)
	f("When calling STS the service returned ‹AccessDenied›", None)
	f("the service returned ‹AccessDenied› when the task started", None)
	f("you may be ‹not authorized› to do this", None)
	f("A client without name got ‹403 Forbidden›", None)
	f("PASS ***: 530 ‹Login incorrect›", None)
	f("-ERR ‹authentication failed› in PASS", None)
	f("‹permission denied› for table a; SQL: 'SELECT a FROM b';", None)
	f("upload succeeded on attempt 2 after ‹ExpiredToken›", Renewed)
	f("upload failed after ‹ExpiredToken›", None)
	f("anonymous gets ‹403 Forbidden› as expected", Test)
	f("-> ‹401 Unauthorized› (expected)", Test)
	f("‹401 Unauthorized› (expected 200)", None)

	f(`msg := "‹token expired›"`, Code)
	f(`var ErrOld = errors.New("‹token has expired›")`, Code)
	f(`throw new DeniedException("‹Access denied›")`, Code)
	f(`raise Denied("‹permission denied› here")`, Code)
	f(`static final String M = "‹Invalid password›";`, Code)
	f(`ErrorDocument 403 "‹Access Denied›"`, Code)
	f(`AuthName "‹Access denied› unless signed in"`, Code)
	f(`{ 401: 'x', 403: '‹Access denied›' }`, Code)
	f(`abort(403, "‹Access denied›")`, Code)
	f(`StatusError(403, "‹Access denied›")`, None)
	f(`Denied("‹Access denied›")`, None)
	f(`Error: "‹Access denied›"; retrying`, None)
	f(`code 403: "‹Access denied›"`, None)
	f(`expect(body.error).toBe("‹invalid_token›")`, Test)
	f(`index=main "‹authentication failed›" | stats count`, Condition)
	f(`{app="x"} |= "‹invalid password›"`, Condition)
	f(`monitor "[prod] ‹invalid_grant› spike" recovered`, Topic)
	f(`ticket 12 "‹Login failed› on iPad" assigned`, Topic)
	f(`mail "a": "‹Login failed›"`, None)
	f(`server said "‹Login failed›"`, None)

	f(`{"login_failed":"‹Login failed›"}`, Name)
	f(`"errors.invalidCredentials": "‹Invalid username› or password"`, Name)
	f(`<string name="x">‹Login failed›</string>`, Name)
	f(`"auth.error": "‹Login failed›"`, None)
	f(`{"login":"‹Login failed›"}`, None)
	f("AlarmName: iam-‹AccessDenied›-count", Name)
	f("arn:aws:cloudwatch:eu-west-1:111122223333:alarm:‹AccessDenied›", Path)
	f("key=‹unauthorized›/401.json size=3", Path)
	f(`open C:\tmp\x.tmp: ‹Access is denied›.`, Path)
	f(`CORP\ada: ‹Access is denied›.`, None)
	f("‹Access denied› ........ 0", Count)
	f("| ‹Access denied› | 0 | 0 |", Count)
	f("‹invalid password› attempts: 0/5", Count)
	f(`auth_errors{status="401 ‹Unauthorized›"}[5m]`, Count)
	f("## 4.0.3\n- clearer text: ‹invalid_grant›", Document)
	f("- **auth:** clearer message: ‹invalid_grant›", Document)
	f("UNAUTHENTICATED=401, ‹PERMISSION_DENIED›=403", Topic)
	f("‹PERMISSION_DENIED›: 403", None)
	f("‹ExpiredToken› -> RefreshStrategy", Condition)
	f(`match = "‹authentication failed›"`, Condition)
	f(`reason = "‹authentication failed›"`, None)
	f("limit_except GET { deny all; } # ‹403 Forbidden› for others", Code)
	f("item 3 # ‹403 Forbidden›", None)
	f(`violation[{"msg": "‹not authorized›"}] { true }`, Code)
	f(`it "returns ‹401 Unauthorized›"`, Test)
	f(`it "orders" failed: ‹401 Unauthorized›`, None)
	f("echo server: ‹401 Unauthorized›", None)
	f("echo '‹Access denied›' >&2", Code)
	f("Example response: ‹invalid_token›", Document)
	f("cannot write /var/token: ‹Permission denied›", Path)
	f("/secret/data/orders: ‹Permission denied›", None)
	f("/home/ada: ‹authentication failed›", None)
	f("REFUSED for ‹invalid_client›.example.com", Path)
	f("‹invalid_grant›. Try again", None)
	f("‹login failure›s in the last hour: 0", Count)
	f("‹login failure›s: user ada, retries: 0", None)
	f("messages[403]=‹Access denied›", Code)
	f(`"403": ‹Access denied›`, Code)
	f(`"status 403": ‹Access denied›`, None)
	f("advice @ExceptionHandler(‹AccessDeniedException›), 1 bean", Code)
	f(`{"code":"‹AccessDenied›","count":0}`, Count)
	f(`{"code":"‹AccessDenied›","count":3}`, None)
	f(`text: "‹access denied› for %s"`, Code)
	f("‹access denied› for a%2fb", None)
	f(`alarm_name = "‹AccessDenied›"`, Condition)
	f(`error_name = "‹AccessDenied›"`, None)
	f("[OK] ‹wrong password› is refused", Test)
	f("keep it, else ‹AccessDenied›", Condition)
	f("issue A-1 (‹AccessDenied›) resolved by ada", Topic)
	f("put failed (‹AccessDenied›) after 3 tries", None)
	f("bundle a/‹token_expired›.rego", Path)
	f("received ‹403› bytes, unauthorized=false", Count)
	f("received ‹403› responses", None)
	f("guest gets ‹401 Unauthorized› [PASS]", Test)
	f("expected error received: ‹AccessDenied›", Test)
	f("‹InvalidClientTokenId› expected from now on", Document)
	f("got ‹403 Forbidden› expected 200", None)
	f("## sync\n- web: ‹invalid_grant›", None)
	f("- **failed:** ‹invalid_grant›", None)

	f("nested: ‹AccessDeniedException›[/usr/share/x/data];", Path)
	f("Root cause ‹AccessDeniedException› (/var/run/docker.sock)", Path)
	f("Caused by: ‹AccessDeniedException›: /x/orders.lock", Path)
	f("Caused by: ‹AccessDeniedException›: User: ada", None)
	f("chdir(/srv/share/x) failed: ‹Permission denied›. Current token: uid=7", Path)
	f("fopen(/var/x.log): failed to open stream: ‹Permission denied›", Path)
	f("/etc/x.yaml (‹Permission denied›)", Path)
	f("‹permission denied›, open '/x/y'", Path)
	f("‹permission denied›, retrying", None)
	f("‹Permission denied› @ rb_sysopen - x.log", Path)
	f("‹Permission denied› (os error 13)", Path)
	f("‹Permission denied› (publickey)", None)
	f(`Err value: Os { code: 13, kind: ‹PermissionDenied›, message: "x" }`, Path)
	f("‹UnauthorizedAccessException›: UnauthorizedAccess_IODenied_Path, a.xml", Path)
	f("‹permission denied›: /secret/data/orders", None)
	f("list orders (‹access denied›)", None)

	f("github.com/x/authz.(*D).‹Forbidden›(0xc000401e00, 0x193)", Code)
	f("main.‹forbidden›(...)", Code)
	f(`  File "/app/x.py", line 401, in ‹access_denied›`, Code)
	f("app.rb:403:in `‹access_denied›'", Code)
	f("app.rb:403:in 'Auth#‹access_denied›'", Path)
	f("failed in ‹access_denied›", None)
	f("    at new ‹UnauthorizedError› (/app/x.js:7:9)", Code)
	f("    at Gate.deny (x.cs) ‹AccessDenied› in /src/Gate.cs:line 7", Code)
	f("#3 /app/Auth.php(401): Auth->‹accessDenied›()", Code)
	f("#3 upload: ‹AccessDenied›", None)

	f(`{"hits":3,"query":"user is ‹not authorized›"}`, Condition)
	f(`{"query":"SELECT 1","error":"‹permission denied› for x"}`, None)
	f(`{"match_phrase":{"message":"‹403 Forbidden›"}}`, Condition)
	f(`{"error":{"message":"‹403 Forbidden›"}}`, None)
	f(`{"head_commit":{"message":"says ‹AccessDenied›"}}`, Document)
	f("GET /search?q=‹AccessDenied›&page=2", Condition)
	f("GET /callback?error=‹access_denied›", None)
	f("statement: /* ‹AccessDenied› report */ SELECT 1", Code)
	f("statement: SELECT 1 WHERE note = 'says ‹access denied› today'", Condition)
	f("DELETE FROM log WHERE note = 'the ‹access denied› of old'", Condition)
	f("cannot SELECT user's rows: ‹access denied› for 'ada'", None)

	f("a1f03bc Fix ‹AccessDenied› on start", Document)
	f("* a1f03bc (HEAD -> main) log ‹AccessDenied› once", Document)
	f("a1f03bc ‹AccessDenied›: no", None)
	f("HEAD is now at a1f03bc Retries: ‹AccessDenied›", Document)
	f("Log ‹AccessDenied› of the queue (#412)", Document)
	f("upload: ‹AccessDenied› (#412)", None)
	f(`Commit message: "says ‹401 Unauthorized›"`, Document)

	f("EXIT CODES\n    0   success\n    3   ‹authentication failed›", Document)
	f(`{"msg":"Exit status:`+"\n 0 ok\n"+` 4  ‹permission denied›"}`, Document)
	f("Options:\n  -f  go on: ‹authentication failed›", Document)
	f("errors of run 7\n  3 ‹authentication failed›", None)

	f("‹access token expired› (401), refreshed and replayed request", Renewed)
	f("got ‹401 Unauthorized› from https://x.example.com, refreshing token", Renewed)
	f("‹401 Unauthorized›, retrying with refreshed credentials", Renewed)
	f("‹401 Unauthorized›, refreshing token failed", None)
	f("‹401 Unauthorized›, retrying in 3 s", None)
	f("‹token expired› at 2031-02-03T09:00:01Z, renewed", Renewed)
	f("‹token expired› at 2031-02-03T09:00:01Z", None)
	f("parameters: $1 = '‹authentication failed›'", Condition)
	f("usage service: ‹401 Unauthorized›", None)
	f("Usage: go on after ‹401 Unauthorized›", Document)
	f("cherry-server: ‹401 Unauthorized›", None)
	f("‹token has expired›, logging in again", Renewed)
	f("session invalid (‹401 Unauthorized›) - logged in again", Renewed)
	f("‹token expired› 3s ago; silently renewed", Renewed)
	f("‹token expired› 3s ago; renewal failed", None)
	f("  AccessDenied\n    ‹not authorized to perform› this action.\n    HTTP Status Code: 400\n", Document)
	f("‹not authorized to perform› this action. HTTP Status Code: 400", None)
	f("‹token has expired›, logging in failed", None)
	f(`scenarios: "login with ‹wrong password›" ok, "x" ok`, Test)
	f(`"‹wrong password›" for ada`, None)
	f("‹401 Unauthorized›, trying to refresh", None)
}

// Nothing about the place of evidence makes Of read outside the text.
func TestOfEverywhere(t *testing.T) {
	lines := []string{
		"", "a", "=", "[\"a\",'b']", " no 0 errors: {a=0} -> 403 /x/y.html | c,d|e == \"f\" at g.<init>( h: i) fix(j): k",
		"PASS] xPASS | PASS |", ` if "^x\": a[403]=b%s"};`, "x=:\"];`y` := 'z' // @A(b) # c", " returns  if a in case: 0", "- **a:** b\n# 1.2\n* c {d: 'e'}",
		"expired, re-login a new -> {f=>:g} ${", "http.Error(w, 401, \"x\")", "(abort(3,'y')", "\":\"", "'", "=\"", "a.b.c.d: \\ /var/x: access",
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
