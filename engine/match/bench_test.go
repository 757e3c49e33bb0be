package match

import (
	"testing"

	"github.com/authlens/authlens/engine/gist"
)

var texts = map[string]string{
	"denial":    "2031-02-03T04:05:06Z ERROR orders AccessDenied: User: arn:aws:sts::111122223333:assumed-role/orders/0123456789abcdef0123456789abcdef is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::orders-archive/2031/02/03/part-0001.parquet\" because no identity-based policy allows the s3:GetObject action\n    at throwDefaultError (/app/node_modules/@smithy/smithy-client/dist-cjs/index.js:867:20)\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)",
	"java":      "com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 0A1B2C3D4E5F6071; S3 Extended Request ID: aaBBccDDeeFFggHHiiJJ; Proxy: null)",
	"expired":   "botocore.exceptions.ClientError: An error occurred (ExpiredTokenException) when calling the PutItem operation: The security token included in the request is expired",
	"upstream":  "AxiosError: Request failed with status code 401\n    at settle (/app/node_modules/axios/dist/node/axios.cjs:1966:12)",
	"postgres":  "2031-02-03 04:05:06.789 UTC [812] FATAL:  password authentication failed for user \"orders\"",
	"near miss": `{"level":"info","method":"GET","path":"/orders/403","status":200,"bytes":403,"msg":"user authenticated, token refreshed, access granted to credentials of orders","duration_ms":401}`,
	"quiet":     `{"level":"info","ts":"2031-02-03T04:05:06.789Z","logger":"orders","msg":"order 8812 shipped","carrier":"northwind","parcels":3,"weight_g":4120,"took_ms":12}`,
}

func defaultMatcher(tb testing.TB) *Matcher {
	tb.Helper()
	_, m := embedded(tb, Options{})
	return m
}

var sink bool

func BenchmarkMatch(b *testing.B) {
	m := defaultMatcher(b)
	for name, line := range texts {
		b.Run(name, func(b *testing.B) {
			line := []byte(line)
			b.SetBytes(int64(len(line)))
			b.ReportAllocs()
			var g gist.Gist
			for b.Loop() {
				_, sink = m.MatchIn(&g, line)
			}
		})
	}
}

func TestMatchDoesNotAllocate(t *testing.T) {
	m := defaultMatcher(t)
	for name, line := range texts {
		line := []byte(line)
		g := new(gist.Gist)
		m.MatchIn(g, line) // a regular expression builds its machines on first use
		if n := testing.AllocsPerRun(100, func() { _, sink = m.MatchIn(g, line) }); n != 0 {
			t.Errorf("%s: %v allocations a match", name, n)
		}
	}
}
