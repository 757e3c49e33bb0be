package extract

import "testing"

func TestLinkOf(t *testing.T) {
	f := func(text string, want Link) {
		t.Helper()
		if got := LinkOf([]byte(text)); got != want {
			t.Errorf("LinkOf(%q) = %v, want %v", text, got, want)
		}
	}
	f("", Carried)
	f("\tat com.example.Main.main(Main.java:3)", Carried)
	f("npm ERR! A complete log of this run can be found in: x.log", Carried)
	f("Traceback (most recent call last):", Traced)
	f("The above exception was the direct cause of the following exception:", Chained)
	f("2031-02-03 04:05:06 INFO served /health", Broken)
	f("URL: GET https://vault.example.com:8200/v1/secret/data/orders", Broken)
}

func TestLineOf(t *testing.T) {
	f := func(text string, want Line) {
		t.Helper()
		var id Identity
		Identify([]byte(text), &id)
		if got := LineOf([]byte(text), &id); got != want {
			t.Errorf("LineOf(%q) = %v, want %v", text, got, want)
		}
	}
	f("2031-02-03 04:05:06 ERROR upload failed: Access Denied", HeadLine)
	f("AccessDenied: Access Denied", HeadLine)
	f("ERROR:root:Access denied", HeadLine)
	f("app.example.com: Access denied", HeadLine)
	f("FATAL: password authentication failed", HeadLine)
	f("User: arn:aws:iam::111122223333:user/ada is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::b/k", HeadLine)
	f(" WARN 7 --- [main] upload failed: Access Denied", HeadLine)
	f(" INFO ignored: Access Denied", HeadLine)
	f("", HeadLine)

	f("fatal: Authentication failed for 'https://git.example.com/'", ReportLine)
	f("npm ERR! 401 Unauthorized", ReportLine)
	f("Code: AuthorizationFailed", ReportLine)

	f("botocore.exceptions.ClientError: An error occurred (AccessDenied)", ClassLine)
	f("java.sql.SQLException: Access denied for user", ClassLine)
	f("com.acme.Outer$AuthException", ClassLine)
	f("PermissionError: not authorized", NameLine)
	f("Error: AccessDenied", NameLine)
	f("AuthException\n\tat x", NameLine)

	f("Caused by: java.io.IOException: Access denied", FurtherLine)
	f(" WARNING: Access denied", FurtherLine)
	f("\tat com.example.Main.main(Main.java:3) Access denied", FurtherLine)
}
