package extract

import (
	"strings"
	"testing"
)

const denialLine = `{"level":"error","time":"2026-03-01T10:15:02Z","logger":"orders","message":"AccessDenied: User: arn:aws:sts::111122223333:assumed-role/orders-task/0123456789abcdef0123456789abcdef is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::orders-archive/2026/03/01/part-0001.parquet" because no identity-based policy allows the s3:GetObject action","request_id":"7Q2M4R8T1V5X9Z3B","attempt":3}`

func TestIdentifyDoesNotAllocate(t *testing.T) {
	f := func(line string) {
		t.Helper()
		text := []byte(line)
		var id Identity
		if n := testing.AllocsPerRun(100, func() { Identify(text, &id) }); n != 0 {
			t.Errorf("Identify(%.60q…) allocates %v times, want 0", line, n)
		}
	}
	f(denialLine)
	f(`FATAL: password authentication failed for user "orders"`)
	f(`operation error S3: GetObject, https response error StatusCode: 403, RequestID: 7Q2M4R8T1V5X9Z3B, HostID: x, api error AccessDenied: Access Denied`)
	f(`pods is forbidden: User "system:serviceaccount:shop:web" cannot list resource "pods" in API group "" in the namespace "shop"`)
	f(`token with AccessorID '464e813d' lacks permission 'key:read' on "orders/config"`)
	f("operation error Route 53: ListHostedZones, get credentials: operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 403, RequestID: dcc860a3")
	f("org.apache.http.conn.HttpHostConnectException: Connect to http://10.0.0.9:9200/ failed")
}

func BenchmarkIdentify(b *testing.B) {
	run := func(name, line string) {
		text := []byte(line)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			var id Identity
			for b.Loop() {
				Identify(text, &id)
			}
		})
	}
	run("denial", denialLine)
	run("call", `{"level":"error","msg":"upload failed","error":"operation error S3: PutObject, https response error StatusCode: 403, RequestID: 7Q2M4R8T1V5X9Z3B, HostID: 4mUo8fK1zQ2xN7cV5bA9sD3gH6jL0pW8eR4tY2uI1oP5aS7dF9gH3jK6lZ8xC0vB, api error AccessDenied: Access Denied"}`)
	run("database", `2026-03-01 10:15:02.113 UTC [4711] FATAL:  password authentication failed for user "orders"`)
	run("expired", `{"level":"error","time":"2026-03-01T10:15:02Z","message":"ExpiredTokenException: The security token included in the request is expired","stack":"at de_ExpiredToken (/srv/node_modules/@aws-sdk/client-dynamodb/dist-cjs/index.js:2151:20)"}`)
}

func TestIdentifyUnfinished(t *testing.T) {
	f := func(text string, want bool) {
		t.Helper()
		var id Identity
		Identify([]byte(text), &id)
		if id.Unfinished != want {
			t.Errorf("Identify(%q).Unfinished = %v, want %v", text, id.Unfinished, want)
		}
	}
	const user = "AccessDenied: User: arn:aws:sts::111122223333:assumed-role/app/4f0c"
	f("AccessDenied:", true)
	f("AccessDenied: User:", true)
	f(user, true)
	f(user+"\n", true)
	f(user+" is", true)
	f(user+" is not", true)
	f(user+" is not auth", true)
	f(user+" is not authorized", true)
	f(user+" is not authorized to", true)
	f(user+" is not authorized to perform", true)
	f(user+" is not authorized to perform: ", true)
	f(user+" is not authorized to perform: s3", true)
	f(user+" is not authorized to perform: s3:GetObject", true)
	f(user+" is not authorized to perform: s3:GetObject on", true)
	f(user+" is not authorized to perform: s3:GetObject on resource:", true)
	f(user+" is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::b/k", false)
	f(user+" is not authorized to perform: s3:GetObject because no identity-based policy allows it", false)
	f("An error occurred (AccessDenied) when calling the GetObject operation:", true)
	f("An error occurred (AccessDenied) when calling the GetObject operation: Access Denied", false)
	f("login: User: arn:aws:iam::111122223333:user/x signed in", false)
	f(`{"message":"AccessDenied","level":"error"}`, false)
	f("operation finished:", false)
	f("", false)
}

// Failures are counted once for each request id. A trace has many calls.
func TestTraceIsNoRequest(t *testing.T) {
	f := func(text, want string) {
		t.Helper()
		var id Identity
		Identify([]byte(text), &id)
		if string(id.RequestID) != want {
			t.Errorf("Identify(%q).RequestID = %q, want %q", text, id.RequestID, want)
		}
	}
	const trace = "Root=1-67aa4706-032e880645c8d1a22105e123"
	f("x-amzn-trace-id: "+trace, "")
	f("401 Client Error. (Request ID: "+trace+")", trace)
	f("(Request req_Xb3q9ExampleT1) Invalid API Key", "req_Xb3q9ExampleT1")
}

// A service's id is of one call, a logger's of all calls that serve one request.
func TestRequestShared(t *testing.T) {
	f := func(text string, want bool) {
		t.Helper()
		var id Identity
		Identify([]byte(text), &id)
		if id.RequestID == nil || id.RequestShared != want {
			t.Errorf("Identify(%q): request %q, shared: %v; want %v", text, id.RequestID, id.RequestShared, want)
		}
	}
	f(`{"request_id":"4f0c2a77b1d84e01","error":"AccessDenied"}`, true)
	f(`{"requestId":"4f0c2a77b1d84e01","error":"AccessDenied (Request ID: 7QZK2E1V9X3C5B8N)"}`, false)
	f("api error AccessDenied, RequestID: 7QZK2E1V9X3C5B8N", false)
	f("[0f6e1d2c-3b4a-4958-8776-a5b4c3d2e1f0]: Access denied", false)
	f("S3ServiceException:Access Denied,Status 403,Error AccessDenied,Rid 7QZK2E1V9X3C5B8N,ExtRid x", false)
}

// Every cut of the sentence that Identify calls unfinished, put together with
// the rest by a line break, reads like the whole.
func TestCutDenialReadsLikeWhole(t *testing.T) {
	const whole = "AccessDenied: User: arn:aws:sts::111122223333:assumed-role/app/4f0c is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::orders/2026/k.csv because no identity-based policy allows the s3:GetObject action"
	var want Identity
	Identify([]byte(whole), &want)
	for i := range len(whole) {
		if whole[i] != ' ' || i < len("AccessDenied:") || i > len(whole)-len("because no identity-based policy allows the s3:GetObject action") {
			continue
		}
		head, rest := []byte(whole[:i]), []byte(whole[i+1:])
		var id Identity
		if Identify(head, &id); id.Resource == nil && !id.Unfinished {
			t.Errorf("%q is not called unfinished", head)
		}
		if !Continues(rest) {
			t.Errorf("%q is not called a continuation of %q", rest, head)
		}
		Identify(append(append(head, '\n'), rest...), &id)
		if string(id.Principal) != string(want.Principal) || string(id.Action) != string(want.Action) || string(id.Resource) != string(want.Resource) {
			t.Errorf("cut at %q: principal %q, action %q, resource %q", rest, id.Principal, id.Action, id.Resource)
		}
	}
}

func TestContinues(t *testing.T) {
	f := func(text string, want bool) {
		t.Helper()
		if got := Continues([]byte(text)); got != want {
			t.Errorf("Continues(%q) = %v, want %v", text, got, want)
		}
	}
	f("\tat com.example.Main.main(Main.java:3)", true)
	f("    at Request.extractError (/srv/x.js:1:2)", true)
	f("Caused by: java.io.IOException: x", true)
	f("caused by: AccessDenied: x", true)
	f("is not authorized to perform: s3:GetObject on resource:", true)
	f("arn:aws:s3:::company-reports/2026/03/daily-summary.csv", true)
	f("status code: 403, request id: 0a1b", true)
	f("│   with aws_iam_role.x,", true)
	f("", false)
	f("2026-03-01T10:15:02Z INFO served /health", false)
	f(`{"level":"info","msg":"x"}`, false)
	f("attempt 3 of 5", false)
}

func TestHolderOfWhatIsMade(t *testing.T) {
	f := func(action, resource, want string) {
		t.Helper()
		if got := string(Holder([]byte(action), []byte(resource))); got != want {
			t.Errorf("Holder(%q, %q) = %q, want %q", action, resource, got, want)
		}
	}
	f("sqs:createqueue", "arn:aws:sqs:eu-west-1:111122223333:tmp-59291", "tmp-")
	f("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:tmp-59291", "tmp-59291")
	f("CreateTable", "arn:aws:dynamodb:eu-west-1:111122223333:table/leases-3f6c1b52-7c7e", "leases-")
	f("CreateTable", "arn:aws:dynamodb:eu-west-1:111122223333:table/orders-v2", "orders-v2")
	f("CreateTable", "arn:aws:dynamodb:eu-west-1:111122223333:table/facades", "facades")
	f("iam:CreateRole", "arn:aws:iam::111122223333:role/job-a1b20031", "job-")
	f("CreateLogGroup", "arn:aws:logs:eu-west-1:111122223333:log-group:/run/59291:log-stream:", "/run/")
	f("CreateLogStream", "arn:aws:logs:eu-west-1:111122223333:log-group:/run/59291:log-stream:a", "/run/59291")
	f("kms:CreateGrant", "arn:aws:kms:eu-west-1:111122223333:key/3f6c1b52-7c7e-5d1a-9a51-44ad6f0b2c11", "3f6c1b52-7c7e-5d1a-9a51-44ad6f0b2c11")
	f("ec2:CreateSnapshot", "arn:aws:ec2:eu-west-1:111122223333:volume/vol-0a1b2c3d4e5f60718", "volume")
	f("iam:CreateRole", "", "")
}

func TestHolder(t *testing.T) {
	f := func(resource, want string) {
		t.Helper()
		if got := string(Holder(nil, []byte(resource))); got != want {
			t.Errorf("Holder(%q) = %q, want %q", resource, got, want)
		}
	}
	f("arn:aws:s3:::orders/2026/03/k.csv", "orders")
	f("arn:aws:s3:::orders", "orders")
	f("arn:aws:s3:eu-west-1:111122223333:accesspoint/readers/object/k", "readers")
	f("s3a://orders/2026/k", "orders")
	f("arn:aws:dynamodb:eu-west-1:111122223333:table/orders/index/by-day", "orders")
	f("arn:aws:sqs:eu-west-1:111122223333:orders", "orders")
	f("https://sqs.eu-west-1.amazonaws.com/111122223333/orders", "orders")
	f("https://orders.s3.eu-west-1.amazonaws.com/k", "orders")
	f("https://s3.eu-west-1.amazonaws.com/orders/k", "orders")
	f("arn:aws:sns:eu-west-1:111122223333:alerts:0cb9d34b", "alerts")
	f("arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-a1B2c3", "prod/db")
	f("arn:aws:secretsmanager:eu-west-1:111122223333:secret:top-secret", "top-secret")
	f("arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-a1B2c3:password::", "prod/db")
	f("prod/db", "prod/db")
	f("arn:aws:ssm:eu-west-1:111122223333:parameter/billing/prod/stripe", "billing/prod")
	f("arn:aws:ssm:eu-west-1:111122223333:parameter/stripe", "stripe")
	f("arn:aws:kms:eu-west-1:111122223333:key/0f0e0d0c-1111", "0f0e0d0c-1111")
	f("arn:aws:kms:eu-west-1:111122223333:alias/orders", "alias/orders")
	f("arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/orders:log-stream:web/1", "/ecs/orders")
	f("arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/orders:log-stream:", "/ecs/orders")
	f("arn:aws:ecr:eu-west-1:111122223333:repository/team/orders", "team/orders")
	f("arn:aws:lambda:eu-west-1:111122223333:function:orders:live", "orders")
	f("arn:aws:kinesis:eu-west-1:111122223333:stream/orders", "orders")
	f("arn:aws:iam::111122223333:role/path/target", "target")
	f("arn:aws:states:eu-west-1:111122223333:stateMachine:orders", "orders")
	f("arn:aws:ec2:eu-west-1:111122223333:instance/i-0a1b", "instance")
	f("arn:aws:ecs:eu-west-1:111122223333:task-definition/orders:7", "orders")
	f("arn:aws:ecs:eu-west-1:111122223333:service/shop/orders", "shop/orders")
	f("arn:aws:es:eu-west-1:111122223333:domain/logs/_bulk", "logs")
	f("https://user:x@api.example.test:8443/v1?a=b", "api.example.test")
	f("*", "*")
	f("", "")
	f("arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/k8s-shop-web/1a2b3c4d5e6f7a8b", "k8s-shop-web")
	f("arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/orders/1a2b3c4d/5e6f7a8b", "orders")
	f("arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/orders", "orders")
	f("arn:aws:ecs:eu-west-1:111122223333:task/shop/0b69d5c0d5c34f5d9c1c8f1f4b7a2e11", "shop")
	f("arn:aws:ecs:eu-west-1:111122223333:task/0b69d5c0d5c34f5d9c1c8f1f4b7a2e11", "0b69d5c0d5c34f5d9c1c8f1f4b7a2e11")
	f("arn:aws:ecs:eu-west-1:111122223333:service/shop/api", "shop/api")
	f("arn:aws:ecs:eu-west-1:111122223333:task-definition/api:14", "api")
	f("arn:aws:batch:eu-west-1:111122223333:job/3f6c1b52-7c7e-5d1a-9a51-44ad6f0b2c11", "job")
	f("arn:aws:batch:eu-west-1:111122223333:job-queue/nightly", "nightly")
	f("arn:aws:sagemaker:eu-west-1:111122223333:processing-job/features-2026-03-10-59291", "features-")
	f("arn:aws:sagemaker:eu-west-1:111122223333:endpoint/churn-2026", "churn-2026")
	f("arn:aws:emr-serverless:eu-west-1:111122223333:/applications/00f1abcd2ef3/jobruns/00fabc41dff0", "00f1abcd2ef3")
	f("arn:aws:cloudformation:eu-west-1:111122223333:stack/orders/3f6c1b52-7c7e-5d1a-9a51-44ad6f0b2c11", "orders")
	f("//storage.googleapis.com/projects/_/buckets/reports/objects/2026/a.csv", "reports")
	f("projects/_/buckets/reports/objects/2026/b.csv", "reports")
	f("projects/acme/secrets/dsn/versions/latest", "projects/acme/secrets/dsn/versions/latest")
}

// Nothing in a log may crash the reader, and what it says stands in the text.
func FuzzIdentify(f *testing.F) {
	f.Add(denialLine)
	f.Add("is not authorized to perform: s3:GetObject on resource: \"")
	f.Add("User: arn:aws:sts::1:assumed-role/ not authorized to perform a:b on resources: arn:aws:secretsmanager:::secret:x")
	f.Add("operation error : , [AWS  retries] x\"eventName\":\"")
	f.Add("failed to connect to `user=x`: 1 (h for user [x user 'y")
	f.Add("Required \"a.b.c\" permission for \"x\" permissions to call s3: Permission denied: user=x inode=\"y")
	f.Add("forbidden: User \"x\" cannot get resource \"Permission to a denied to bucket API: s3:x You are not authorized to perform request \"")
	f.Add("permission on <x> permission was denied on the permission denied for table permission Violation for permission has no permission")
	f.Fuzz(func(t *testing.T, s string) {
		text := []byte(s)
		var id Identity
		Identify(text, &id)
		for _, part := range [][]byte{id.Principal, id.Action, id.Resource, id.Holder, id.RequestID} {
			if !strings.Contains(s, string(part)) {
				t.Errorf("%q is not in %q", part, s)
			}
		}
		Continues(text)
		Read(text)
	})
}
