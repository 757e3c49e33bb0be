package enginetest

import "strings"

// Each container has one task, and each task one role.
var (
	roles      = []string{"orders-task-role", "reports-task-role", "media-task-role"}
	containers = []string{"web", "orders", "payments", "search", "mailer", "reports", "media", "gateway"}
	tasks      = []string{
		"1b2ea0f34c5d4e6f8a9b0c1d2e3f4a5b", "2c3fb1a45d6e4f708b9c1d2e3f405b6c",
		"3d40c2b56e7f40819cad2e3f40516c7d", "4e51d3c67f805192adbe3f4051627d8e",
		"5f62e4d7809162a3becf405162738e9f", "6073f5e891a273b4cfd051627384a0b1",
		"7184a6f9a2b384c5d0e1627384a5b1c2", "8295b70ab3c495d6e1f27384a5b6c2d3",
	}
)

var (
	verbs = []string{
		"processed", "created", "updated", "fetched", "received", "published", "scheduled", "completed",
		"started", "stopped", "queued", "merged", "flushed", "loaded", "computed", "rendered", "indexed",
		"archived", "compressed", "validated", "resolved", "cached", "evicted", "retried", "dispatched",
		"delivered", "synchronized", "imported", "exported", "reconciled", "checked", "opened", "closed",
	}
	nouns = []string{
		"order", "invoice", "customer", "product", "cart", "payment", "shipment", "report", "image",
		"session", "message", "event", "queue", "worker", "job", "batch", "page", "request", "response",
		"connection", "partition", "offset", "cache", "index", "document", "template", "email", "webhook",
		"record", "snapshot", "transaction", "account", "address", "warehouse", "category", "price",
		"voucher", "review", "profile", "setting", "thread", "buffer", "segment", "replica", "node",
		"cluster", "metric", "span", "trace", "file", "folder", "thumbnail", "video", "stream", "config",
	}
	adjectives = []string{
		"new", "old", "empty", "large", "small", "pending", "active", "idle", "primary", "secondary",
		"temporary", "remote", "local", "healthy", "slow", "partial", "missing", "duplicate", "stale",
		"internal", "external", "scheduled", "nightly", "next", "previous", "expected", "optional",
	}
	names  = []string{"anna", "ben", "carla", "dmitri", "elena", "farid", "grace", "hiro", "ines", "jonas"}
	agents = []string{
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
		"ELB-HealthChecker/2.0", "curl/8.9.1", "Go-http-client/1.1", "okhttp/4.12.0", "python-requests/2.32.3", "kube-probe/1.31",
	}
)

// quietLines are templates of ordinary output, in the formats of the runtimes
// and servers that are common in containers.
var quietLines = []string{
	// access logs: nginx, Apache, gunicorn, uvicorn, Envoy, morgan
	`<ip> - - [<clf>] "<method> <path> HTTP/1.1" <ok> <big> "-" "<agent>"`,
	`<ip> - <name> [<clf>] "<method> <path> HTTP/2.0" <ok> <big> "https://shop.example.com/<nouns>" "<agent>" rt=<ms> uct="<ms>" urt="<ms>"`,
	`INFO:     <ip>:<port> - "<method> <path> HTTP/1.1" <ok> OK`,
	`<ip> - - [<clf>] "GET /health HTTP/1.1" 200 2 "-" "ELB-HealthChecker/2.0"`,
	`[<time>] "<method> <path> HTTP/1.1" <ok> - via_upstream - "-" 0 <big> <num> <num> "<ip>" "<agent>" "<uuid>" "orders.internal:8080" "<ip>:8080" outbound|8080||orders.internal - <ip>:8080 <ip>:<port> - default`,
	`<method> <path> <ok> <ms> ms - <big>`,
	// JSON loggers: zap, pino, logback, structlog, serilog, winston, slog
	`{"level":"info","ts":<epoch>,"caller":"<noun>/<noun>_handler.go:<num>","msg":"<noun> <verb>","request_id":"<uuid>","<noun>_id":<big>,"duration_ms":<ms>}`,
	`{"level":30,"time":<epoch>,"pid":1,"hostname":"ip-10-0-3-17","reqId":"<hex16>","req":{"method":"<method>","url":"<path>","remoteAddress":"<ip>","remotePort":<port>},"res":{"statusCode":<ok>},"responseTime":<ms>,"msg":"request completed"}`,
	`{"@timestamp":"<time>","@version":"1","message":"<Noun> <big> <verb> in <num> ms","logger_name":"com.example.shop.<noun>.<Noun>Service","thread_name":"http-nio-8080-exec-<n>","level":"INFO","level_value":20000,"traceId":"<hex32>","spanId":"<hex16>"}`,
	`{"event": "<noun>_<verb>", "logger": "app.<nouns>", "level": "info", "timestamp": "<time>", "<noun>": "<uuid>", "count": <num>, "elapsed": <ms>}`,
	`{"Timestamp":"<time>","Level":"Information","MessageTemplate":"{Noun} {Id} <verb>","Properties":{"Noun":"<Noun>","Id":<big>,"SourceContext":"Shop.<Noun>s.<Noun>Controller","RequestPath":"<path>","ConnectionId":"0HN<hex8>"}}`,
	`{"level":"debug","message":"<adj> <noun> <verb>","service":"<noun>-service","timestamp":"<time>","meta":{"user":"<name>","attempt":<n>,"keys":["<noun>","<noun>","<noun>"]}}`,
	`{"time":"<time>","level":"INFO","msg":"<verb> <adj> <noun>","trace_id":"<hex32>","component":"<noun>-worker","items":<num>,"bytes":<big>}`,
	`{"severity":"INFO","time":"<time>","message":"user <name> signed in","http":{"status":<ok>,"path":"<path>","latency":"<ms>ms"}}`,
	// Java
	`<date> INFO  [http-nio-8080-exec-<n>] c.e.shop.<noun>.<Noun>Controller - <Noun> <big> <verb> for customer <big> in <num> ms`,
	`<date> DEBUG [scheduling-1] o.h.SQL - select o1_0.id,o1_0.created_at,o1_0.customer_id,o1_0.status from <nouns> o1_0 where o1_0.customer_id=? order by o1_0.created_at desc`,
	`<time>  INFO 1 --- [           main] o.s.b.w.embedded.tomcat.TomcatWebServer  : Tomcat started on port 8080 (http) with context path '/'`,
	`<date> WARN  [kafka-consumer-<n>] o.a.k.clients.consumer.ConsumerConfig - The configuration '<noun>.<noun>' was supplied but isn't a known config.`,
	`[<date>][info][gc] GC(<num>) Pause Young (Normal) (G1 Evacuation Pause) <num>M->14M(256M) <ms>ms`,
	`	at com.example.shop.<noun>.<Noun>Repository.find<Noun>(<Noun>Repository.java:<num>)`,
	`<date> INFO  [main] com.zaxxer.hikari.HikariDataSource - HikariPool-1 - Start completed.`,
	// Python
	`[<date>: INFO/ForkPoolWorker-<n>] Task <nouns>.tasks.<verb>_<noun>[<uuid>] succeeded in <ms>s: None`,
	`<date> INFO app.<nouns>.service <Noun> <uuid> <verb> (<num> <nouns>, <ms> ms)`,
	`<date> [INFO] botocore.credentials: Found credentials in environment variables.`,
	`[<day>] [1] [INFO] Booting worker with pid: <num>`,
	`  File "/app/<nouns>/<noun>.py", line <num>, in <verb>`,
	`<date> WARNING urllib3.connectionpool Connection pool is full, discarding connection: <noun>.internal. Connection pool size: 10`,
	// Go
	`time="<time>" level=info msg="<adj> <noun> <verb>" <noun>=<big> <noun>_id=<uuid> took=<ms>ms`,
	`<day> <noun>.go:<num>: <verb> <num> <nouns> from <ip>:<port>`,
	`ts=<time> caller=<noun>.go:<num> level=info component=<noun> msg="<noun> loop" <nouns>=<num> elapsed=<ms>ms`,
	// JavaScript
	`[Nest] 1  - <day>     LOG [RouterExplorer] Mapped {<path>, <method>} route +<n>ms`,
	`<time> info: [<noun>-service] <Noun> <big> has been <verb> by <name>@example.com`,
	`prisma:query SELECT "public"."<Noun>"."id", "public"."<Noun>"."name" FROM "public"."<Noun>" WHERE "public"."<Noun>"."id" = $1 LIMIT $2 OFFSET $3`,
	`    at async <Noun>Service.<verb> (/usr/src/app/dist/<nouns>/<noun>.service.js:<num>:<n>)`,
	// Ruby, PHP, .NET
	`I, [<time> #1]  INFO -- : [<uuid>] Completed 200 OK in <num>ms (Views: <ms>ms | ActiveRecord: <ms>ms | Allocations: <big>)`,
	`<time> pid=1 tid=<hex8> class=<Noun>Job jid=<hex16> elapsed=<ms> INFO: done`,
	`[<date>] production.INFO: <Noun> <verb> {"<noun>_id":<big>,"user":"<name>"} []`,
	`info: Microsoft.AspNetCore.Hosting.Diagnostics[2] Request finished HTTP/1.1 <method> http://shop.example.com<path> - <ok> <num> application/json; charset=utf-8 <ms>ms`,
	`info: Shop.<Noun>s.<Noun>Processor[0] Batch <uuid> <verb>: <num> of <num> <nouns>`,
	// servers and agents
	`<date> UTC [<num>] LOG:  checkpoint complete: wrote <num> buffers (0.<n>%); 0 WAL file(s) added, 0 removed, 1 recycled; write=<ms> s, sync=<ms> s, total=<ms> s`,
	`1:M 01 Jan 2026 10:00:00.<num> * Background saving terminated with success`,
	`[<time>] [INFO] [Partition <nouns>-<n> broker=<n>] Log loaded for partition <nouns>-<n> with initial high watermark <big> (kafka.cluster.Partition)`,
	`[<day>] [ info] [output:cloudwatch_logs:cloudwatch_logs.<n>] Created log stream <noun>/<noun>/<hex32>`,
	`{"type":"server","timestamp":"<time>","level":"INFO","component":"o.e.c.m.MetadataMappingService","cluster.name":"search","node.name":"search-<n>","message":"[<nouns>-2026.01.01/<hex16>] update_mapping [_doc]"}`,
	`<time>	info	service/service.go:<num>	Everything is ready. Begin running and processing data.	{"resource": {"service.instance.id": "<uuid>"}}`,
	`START RequestId: <uuid> Version: $LATEST`,
	`REPORT RequestId: <uuid>	Duration: <ms> ms	Billed Duration: <num> ms	Memory Size: 512 MB	Max Memory Used: <num> MB`,
	`<Noun> <verb>: id=<big> <noun>=<adj> <noun>=<adj> size=<num> checksum=<hex32>`,
	`Waiting for <adj> <noun> (<n>/10), next attempt in <num> ms`,
	`Uploaded s3://company-<nouns>/2026/01/<hex8>.parquet (<big> bytes) in <ms> s`,
	`The <adj> <noun> could not be <verb> yet because the <noun> is still <adj>; trying again in <num> seconds`,
	`<Noun> service is ready to accept <nouns> on port <port>, version 4.<n>.<num>, commit <hex8>`,
	`Migrating <noun> schema from version <num> to <num>: adding column <noun>_<noun>, dropping index idx_<noun>_<noun>`,
	`=> <verb> <nouns> | queue=<noun> | lag=<num> | throughput=<ms>/s | memory=<num>MB | goroutines=<num>`,
	``,
}

// Templates of what any service logs while nobody is refused: 401 and 403 as sizes in bytes, a
// token, authenticated.
const (
	size403       = `<ip> - - [<clf>] "<method> <path> HTTP/1.1" 200 403 "-" "<agent>"`
	size401       = `<ip> - - [<clf>] "<method> <path> HTTP/1.1" 200 401 "-" "<agent>"`
	authenticated = `{"level":"info","ts":<epoch>,"msg":"user authenticated","user":"<name>","method":"oauth2","token_type":"Bearer","expires_in":3600}`
	refreshed     = `{"level":"debug","ts":<epoch>,"msg":"token refreshed","client_id":"<noun>-service","scope":"<nouns>.read <nouns>.write"}`
)

// nearMissLines are templates that hold the words of failures without one.
var nearMissLines = []string{
	size403,
	size401,
	authenticated,
	`<date> INFO  [main] c.e.s.AccessDeniedHandlerConfig - Registered AccessDeniedHandler for <path>`,
	refreshed,
	`<date> DEBUG software.amazon.awssdk.auth.credentials - Credentials loaded from ContainerCredentialsProvider, expire in <num> minutes`,
	`<date> INFO app.auth authentication succeeded for <name> from <ip>`,
	`time="<time>" level=info msg="authorization header present" path=<path> authorized=true`,
	`Access granted to <name> for <noun> <big>; permission <noun>.read checked in <ms> ms`,
	`Rotated signing key <hex16>; signature algorithm RS256, previous key expires in 7 days`,
	`{"event":"password_changed","user":"<name>","forced":false,"login_count":<num>}`,
	`session <hex16> expired after 1800 s of silence, user <name> logged out`,
	`<date> INFO secrets cache: secret shop/<noun> version AWSCURRENT loaded, next refresh in <num> s`,
	`Assumed role orders-task-role for <num> minutes (session <hex8>)`,
	`Retrying <noun> upload: connection reset by peer (403 of <num> parts done)`,
	`Loaded <num> authorization policies, <num> deny statements, 0 conflicts`,
	`<ip> - - [<clf>] "GET /docs/errors/access-denied.html HTTP/1.1" 200 <big> "-" "<agent>"`,
	`Health of identity provider: ok, <num> tokens validated, 0 invalid, 0 expired`,
}

// stormLines are templates of a call that was refused, by botocore and the SDKs
// for Go, Java and JavaScript.
var stormLines = []string{
	`<date> ERROR orders.storage An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:sts::123456789012:assumed-role/<role>/<task> is not authorized to perform: <action> on resource: "arn:aws:s3:::<bucket>/<key>" because no identity-based policy allows the <action> action`,
	`{"level":"error","ts":<epoch>,"caller":"store/<call>","msg":"upload","duration_ms":<ms>,"error":"operation error S3: PutObject, https response error StatusCode: 403, RequestID: <s3id>, HostID: <s3id2>, api error AccessDenied: User: arn:aws:sts::123456789012:assumed-role/<role>/<task> is not authorized to perform: <action> on resource: \"arn:aws:s3:::<bucket>/<key>\" because no identity-based policy allows the <action> action"}`,
	`<time> ERROR 1 --- [orders] [nio-8080-exec-<num>] c.example.shop.store.ObjectStore : software.amazon.awssdk.services.s3.model.S3Exception: User: arn:aws:sts::123456789012:assumed-role/<role>/<task> is not authorized to perform: <action> on resource: "arn:aws:s3:::<bucket>/<key>" because no identity-based policy allows the <action> action (Service: S3, Status Code: 403, Request ID: <s3id>, Extended Request ID: <s3id2>)`,
	`botocore.exceptions.ClientError: An error occurred (ExpiredTokenException) when calling the GetObject operation: The security token included in the request is expired`,
}

// scatteredLines are those of them that name a role, each time another.
var scatteredLines = []string{
	strings.NewReplacer("<role>", "<noun>-<hex8>-role", "<bucket>", "<nouns>-<hex8>").Replace(stormLines[0]),
	strings.NewReplacer("<role>", "<noun>-<hex8>-role", "<bucket>", "<nouns>-<hex8>").Replace(stormLines[1]),
	strings.NewReplacer("<role>", "<noun>-<hex8>-role", "<bucket>", "<nouns>-<hex8>").Replace(stormLines[2]),
}

// wideTexts are templates of the values of a wide record.
var wideTexts = []string{
	`<uuid>`, `<path>`, `<adj> <noun> <verb>`, `<hex32>`, `<ip>:<port>`, `<time>`, `<agent>`, `<Noun>Service.<verb>`,
	`<noun>=<big>;<noun>=<adj>;<noun>=<hex8>`, `com.example.shop.<noun>.<Noun>`,
}
