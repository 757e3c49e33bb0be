package extract

import "testing"

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
