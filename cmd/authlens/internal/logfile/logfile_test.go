package logfile

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const task = "0123456789abcdef0123456789abcdef"

// every is a sieve that takes all records; picky one that takes lines with a
// word, and the records after them that it asks for.
type every struct {
	word string
	more int
	got  []string
}

func (e *every) Next(block []byte, from int) int {
	if e.word == "" {
		return from
	}
	at := bytes.Index(block[from:], []byte(e.word))
	if at < 0 {
		return -1
	}
	return from + at
}

func (e *every) Take(r *Record) (bool, error) {
	e.got = append(e.got, show(r))
	more := e.more > 0 && e.word != "" && strings.Contains(r.Fields["log"].(string), e.word)
	return more, nil
}

// show writes a record on one line: time, tag if it is not the file's, fields.
func show(r *Record) string {
	s := "-"
	if !r.Time.IsZero() {
		s = r.Time.Format("2006-01-02T15:04:05.999999999Z")
	}
	if r.Tag != "some" {
		s += " <" + r.Tag + ">"
	}
	for _, key := range slices.Sorted(maps.Keys(r.Fields)) {
		s += fmt.Sprintf(" %s=%v", key, r.Fields[key])
	}
	return s
}

// write makes a file that was last changed on 10 March 2026.
func write(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	changed := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	if err := os.Chtimes(path, changed, changed); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t testing.TB, path string, sieve Sieve) (*File, error) {
	t.Helper()
	f, err := Open(context.Background(), path, nil, nil)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f, f.Read(sieve)
}

func TestFormats(t *testing.T) {
	as := func(format, text string, want ...string) {
		t.Helper()
		var sieve every
		file, err := read(t, write(t, "some", text), &sieve)
		if err != nil {
			t.Errorf("%s: %v\n%s", format, err, text)
			return
		}
		if file.Format != format {
			t.Errorf("taken for %s, want %s:\n%s", file.Format, format, text)
		}
		if diff := cmp.Diff(want, sieve.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", format, diff)
		}
	}
	f := func(format, text string, want ...string) {
		t.Helper()
		as(format, text, want...)
		as(format, string(byteOrderMark)+text, want...)
	}

	f("CloudWatch Logs export",
		"2026-03-01T09:00:12.123Z first\n2026-03-01T09:00:12.500Z Traceback\n  File \"a.py\"\n\n2026-03-01T09:00:13.000Z {\"log\":\"in a record\",\"source\":\"stderr\"}\n",
		"2026-03-01T09:00:12.123Z log=first",
		"2026-03-01T09:00:12.5Z log=Traceback",
		`2026-03-01T09:00:12.5Z log=  File "a.py"`,
		"2026-03-01T09:00:12.5Z log=",
		"2026-03-01T09:00:13Z log=in a record source=stderr")

	f("CloudWatch Logs events", `{
    "events": [
        {"logStreamName": "ecs/api/`+task+`", "timestamp": 1772355612123, "message": "one\n  two\n", "ingestionTime": 1772355613000, "eventId": "1"},
        {"logStreamName": "plain", "timestamp": 1772355612124, "message": "three"}
    ],
    "searchedLogStreams": []
}`,
		"2026-03-01T09:00:12.123Z <ecs/api/"+task+"> container_name=api ecs_task_arn="+task+" log=one\n  two",
		"2026-03-01T09:00:12.124Z <plain> log=three")
	f("CloudWatch Logs events", `{"events":[{"timestamp":1772355612123,"message":"of get-log-events","ingestionTime":1}],"nextForwardToken":"f/1","nextBackwardToken":"b/1"}`,
		"2026-03-01T09:00:12.123Z log=of get-log-events")
	f("CloudWatch Logs events", `{"messageType":"DATA_MESSAGE","owner":"123456789012","logGroup":"g","logStream":"s","subscriptionFilters":["f"],"logEvents":[{"id":"1","timestamp":1772355612123,"message":"a"}]}`+
		`{"messageType":"DATA_MESSAGE","logStream":"s2","logEvents":[{"timestamp":1772355612124,"message":"b"}]}`,
		"2026-03-01T09:00:12.123Z <s> log=a", "2026-03-01T09:00:12.124Z <s2> log=b")

	f("CloudWatch Logs events", `[
    {"timestamp": 1772355612123, "message": "with \"{\" in it", "ingestionTime": 1772355613000}
]`,
		`2026-03-01T09:00:12.123Z log=with "{" in it`)
	f("CloudWatch Logs events", `[{"logStreamName":"ecs/api/`+task+`","timestamp":1772355612123,"message":"one"}]`+"\n"+`[{"logStreamName":"plain","timestamp":1772355612124,"message":"two"}]`,
		"2026-03-01T09:00:12.123Z <ecs/api/"+task+"> container_name=api ecs_task_arn="+task+" log=one",
		"2026-03-01T09:00:12.124Z <plain> log=two")

	f("CloudTrail events", `{"Records":[{"eventVersion":"1.08","eventTime":"2026-03-01T09:00:12Z","eventSource":"s3.amazonaws.com","n":1},
		{"eventTime":"2026-03-01T09:00:13Z","eventSource":"sqs.amazonaws.com"}]}
{"Records":[]}`,
		"2026-03-01T09:00:12Z <cloudtrail> eventSource=s3.amazonaws.com eventVersion=1.08 n=1",
		"2026-03-01T09:00:13Z <cloudtrail> eventSource=sqs.amazonaws.com")
	f("CloudTrail events", `{
    "Events": [
        {
            "EventId": "1",
            "EventSource": "s3.amazonaws.com",
            "EventTime": "2026-03-01T10:00:12+01:00",
            "CloudTrailEvent": "{\"eventTime\":\"2026-03-01T09:00:12Z\",\"errorCode\":\"AccessDenied\"}"
        }
    ],
    "NextToken": "t"
}`,
		"2026-03-01T09:00:12Z <cloudtrail> errorCode=AccessDenied")
	// A notification of S3 in the log of a function that it calls.
	f("JSON lines", `{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3"}]}`, `- Records=[map[eventSource:aws:s3 eventVersion:2.1]]`)
	f("Logs Insights results (JSON)", `{"results":[[{"field":"@timestamp","value":"2026-03-01 09:00:12.123"},{"field":"@message","value":"one"},{"field":"@log","value":"123456789012:/ecs/orders"},{"field":"@ptr","value":"Cl"}]],"statistics":{"recordsMatched":1},"status":"Complete"}`,
		"2026-03-01T09:00:12.123Z ecs_task_definition=orders log=one")
	f("Logs Insights results (JSON)", `[{"@timestamp":"2026-03-01 09:00:12.123","@message":{"level":"error","n":1},"@logStream":"s"}]`,
		`2026-03-01T09:00:12.123Z <s> log={"level":"error","n":1}`)
	f("Logs Insights results (CSV)", "@timestamp,@message\n2026-03-01 09:00:12.123,\"two\nlines, \"\"quoted\"\"\"\n2026-03-01 09:00:11.000,x\n",
		"2026-03-01T09:00:12.123Z log=two\nlines, \"quoted\"", "2026-03-01T09:00:11Z log=x")
	// What a query made of the messages, in any order of its fields.
	f("Logs Insights results (JSON)", `{"results":[[{"field":"@timestamp","value":"2026-03-01 09:00:12.123"},{"field":"user","value":"ada"},{"field":"code","value":"403"},{"field":"@ptr","value":"Cl"}]]}`,
		"2026-03-01T09:00:12.123Z log=code=403 user=ada")
	// Rows of too few and too many cells.
	f("Logs Insights results (CSV)", "@timestamp,@message,@logStream\n2026-03-01 09:00:12.123,one\n2026-03-01 09:00:11.000,two,s,more\n",
		"2026-03-01T09:00:12.123Z log=one", "2026-03-01T09:00:11Z <s> log=two")
	f("Logs Insights results (CSV)", "timestamp,message\n1772355612123,of the console\n",
		"2026-03-01T09:00:12.123Z log=of the console")

	f("aws logs tail", "2026-03-01T09:00:12.123000+00:00 ecs/api/"+task+" text of it\n2026-03-01T09:00:13+00:00 other more\n\tat x\n",
		"2026-03-01T09:00:12.123Z <ecs/api/"+task+"> container_name=api ecs_task_arn="+task+" log=text of it",
		"2026-03-01T09:00:13Z <other> log=more",
		"2026-03-01T09:00:13Z log=\tat x")
	f("aws logs tail", "2026-03-01T09:00:12 short form\n", "2026-03-01T09:00:12Z log=short form")

	f("Docker json-file", `{"log":"one\n","stream":"stdout","time":"2026-03-01T09:00:12.123456789Z"}
{"log":"cut ","stream":"stderr","attrs":{"tag":"x"},"time":"2026-03-01T09:00:13Z"}
{"log":"in two\n","stream":"stderr","attrs":{"tag":"x"},"time":"2026-03-01T09:00:13Z"}
`,
		"2026-03-01T09:00:12.123456789Z log=one source=stdout",
		"2026-03-01T09:00:13Z log=cut  partial_id=stderr partial_last=false partial_message=true source=stderr",
		"2026-03-01T09:00:13Z log=in two partial_id=stderr partial_last=true partial_message=true source=stderr")
	f("containerd (CRI)", `2026-03-01T10:00:12.123456789+01:00 stdout F one
2026-03-01T09:00:13Z stderr P cut
2026-03-01T09:00:13Z stdout F between
2026-03-01T09:00:13Z stderr F  in two
2026-03-01T09:00:14Z stdout F
`,
		"2026-03-01T09:00:12.123456789Z log=one source=stdout",
		"2026-03-01T09:00:13Z log=cut partial_id=stderr partial_last=false partial_message=true source=stderr",
		"2026-03-01T09:00:13Z log=between source=stdout",
		"2026-03-01T09:00:13Z log= in two partial_id=stderr partial_last=true partial_message=true source=stderr",
		"2026-03-01T09:00:14Z log= source=stdout")

	f("systemd's journal (JSON)", `{"__REALTIME_TIMESTAMP":"1772355612123456","SYSLOG_IDENTIFIER":"orders","PRIORITY":"3","_PID":"7","MESSAGE":"one"}
{"MESSAGE":[27,91,51,49,109,116,119,111],"_SYSTEMD_UNIT":"other.service","__REALTIME_TIMESTAMP":"1772355613000000"}
{"__REALTIME_TIMESTAMP":"1772355614000000","CONTAINER_NAME":"app","CONTAINER_PARTIAL_MESSAGE":"true","MESSAGE":"cut "}
{"__REALTIME_TIMESTAMP":"1772355614000000","CONTAINER_NAME":"app","CONTAINER_PARTIAL_LAST":"true","MESSAGE":"in two"}
{"__REALTIME_TIMESTAMP":"1772355615000000","MESSAGE":null,"UNIT":"long.service"}
not JSON
`,
		"2026-03-01T09:00:12.123456Z <orders> log=one",
		"2026-03-01T09:00:13Z <other.service> log=\x1b[31mtwo",
		"2026-03-01T09:00:14Z <app> container_name=app log=cut  partial_id=app partial_last=false partial_message=true",
		"2026-03-01T09:00:14Z <app> container_name=app log=in two partial_id=app partial_last=true partial_message=true",
		"2026-03-01T09:00:15Z MESSAGE=<nil> UNIT=long.service __REALTIME_TIMESTAMP=1772355615000000",
		"2026-03-01T09:00:15Z log=not JSON")

	f("JSON lines", `{"date":"2026-03-01T09:00:12.123456Z","log":"one","container_name":"/app"}
{"date":1772355613.5,"log":"two"}
{"log":"2026-03-01 09:00:14 its own time"}
{"log":"none"}
not JSON
`,
		"2026-03-01T09:00:12.123456Z container_name=/app log=one",
		"2026-03-01T09:00:13.5Z log=two",
		"2026-03-01T09:00:14Z log=2026-03-01 09:00:14 its own time",
		"2026-03-01T09:00:14Z log=none",
		"2026-03-01T09:00:14Z log=not JSON")
	f("JSON lines", "Fluent Bit v1.9.10\n[{\"date\":1772355612.0,\"log\":\"an object\"},\n{\"date\":1772355613.0,\"log\":\"a line\"}]\n",
		"2026-03-01T09:00:12Z log=Fluent Bit v1.9.10", "2026-03-01T09:00:12Z log=an object", "2026-03-01T09:00:13Z log=a line")
	f("JSON lists", `[{"date":1772355612.0,"log":"of Fluent Bit"},{"date":1772355613.0,"log":"a chunk"}]
[{"date":1772355614.0,"log":"and another"}]
`,
		"2026-03-01T09:00:12Z log=of Fluent Bit", "2026-03-01T09:00:13Z log=a chunk", "2026-03-01T09:00:14Z log=and another")
	f("JSON lists", "[\n  {\n    \"log\": \"2026-03-01 09:00:14 its own time\"\n  },\n  \"no object\"\n]\n",
		"2026-03-01T09:00:14Z log=2026-03-01 09:00:14 its own time", `2026-03-01T09:00:14Z log="no object"`)

	f("ECS agent (logfmt)", "level=info time=2026-03-01T09:00:12Z msg=\"Loading\" module=agent.go\nlevel=error time=2026-03-01T09:00:13Z msg=x\n",
		`2026-03-01T09:00:12Z log=level=info time=2026-03-01T09:00:12Z msg="Loading" module=agent.go`,
		"2026-03-01T09:00:13Z log=level=error time=2026-03-01T09:00:13Z msg=x")

	f("lines of several containers", "Attaching to orders-1\norders-1  | one\norders-1  | two\n",
		"- log=Attaching to orders-1",
		"- <orders> container_id=orders-1 container_name=orders log=one",
		"- <orders> container_id=orders-1 container_name=orders log=two")
	f("lines of several containers", "orders-1    | 2026-03-01T09:00:12.5Z one\n"+
		"my_proxy    | GET /\n\norders-1    |   at x\r\norders-12   |\n",
		"2026-03-01T09:00:12.5Z <orders> container_id=orders-1 container_name=orders log=2026-03-01T09:00:12.5Z one",
		"2026-03-01T09:00:12.5Z <my_proxy> container_id=my_proxy container_name=my_proxy log=GET /",
		"2026-03-01T09:00:12.5Z log=",
		"2026-03-01T09:00:12.5Z <orders> container_id=orders-1 container_name=orders log=  at x",
		"2026-03-01T09:00:12.5Z <orders> container_id=orders-12 container_name=orders log=")
	f("lines of several containers", "[pod/orders-5d9c7b6f4-x2x4z/app] 2026-03-01T09:00:12Z [pod/x/y] one\n",
		"2026-03-01T09:00:12Z <app> container_id=orders-5d9c7b6f4-x2x4z/app container_name=app ecs_task_arn=orders-5d9c7b6f4-x2x4z log=2026-03-01T09:00:12Z [pod/x/y] one")
	// A level, and a column of a table, are no names of containers.
	f("plain text", "INFO  | one\nERROR | two\n", "- log=INFO  | one", "- log=ERROR | two")
	f("plain text", "step-1 | one\nand two\n", "- log=step-1 | one", "- log=and two")

	f("plain text", "no time yet\n2026-03-01 09:00:12,123 ERROR it\n\tat x\n",
		"2026-03-01T09:00:12.123Z log=no time yet",
		"2026-03-01T09:00:12.123Z log=2026-03-01 09:00:12,123 ERROR it",
		"2026-03-01T09:00:12.123Z log=\tat x")
	f("plain text", "9999-12-31 23:59:59 never\n2026-03-01 09:00:12 ERROR it\n2199-03-10 09:00:00 later\n0001-01-01 00:00:00 unset\n",
		"2026-03-01T09:00:12Z log=9999-12-31 23:59:59 never",
		"2026-03-01T09:00:12Z log=2026-03-01 09:00:12 ERROR it",
		"2026-03-01T09:00:12Z log=2199-03-10 09:00:00 later",
		"2026-03-01T09:00:12Z log=0001-01-01 00:00:00 unset")
	f("JSON lists", `[{"date":"9999-12-31T00:00:00Z","log":"never"},{"date":1772355612,"log":"then"}]`,
		"- date=9999-12-31T00:00:00Z log=never", "2026-03-01T09:00:12Z log=then")
	f("plain text", "neither this\r\nnor that", "- log=neither this", "- log=nor that")
	f("plain text", "{not json\n[nor this\n", "- log={not json", "- log=[nor this")
}

func TestTimeIn(t *testing.T) {
	changed := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	f := func(line, want string) {
		t.Helper()
		got := "none"
		if at, ok := timeIn([]byte(line), changed); ok {
			got = at.Format("2006-01-02T15:04:05.999999999Z")
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", line, got, want)
		}
	}
	f("2026-03-01T09:00:12Z x", "2026-03-01T09:00:12Z")
	f("2026-03-01T09:00:12.5+02:00 x", "2026-03-01T07:00:12.5Z")
	f("2026-03-01T09:00:12.123456-0500 x", "2026-03-01T14:00:12.123456Z")
	f("[2026-03-01 09:00:12] x", "2026-03-01T09:00:12Z")
	f("ERROR 2026-03-01 09:00:12,123 x", "2026-03-01T09:00:12.123Z")
	f("2026-03-01 09:00:12.123 UTC [7] FATAL: x", "2026-03-01T09:00:12.123Z")
	f("2026-03-01 09:00:12.000 +00:00 [ERR] x", "2026-03-01T09:00:12Z")
	f("I, [2026-03-01T09:00:12.123456 #1]  INFO -- : x", "2026-03-01T09:00:12.123456Z")
	f("2026/03/01 09:00:12 [error] 7#7: x", "2026-03-01T09:00:12Z")
	f(`10.0.0.1 - - [01/Mar/2026:09:00:12 +0100] "GET / HTTP/1.1" 403 9`, "2026-03-01T08:00:12Z")
	f("[Sun Mar 01 09:00:12.123456 2026] [core:error] x", "2026-03-01T09:00:12.123456Z")
	f("01.03.2026 09:00:12,123 ERROR x", "2026-03-01T09:00:12.123Z")
	f("3/1/2026 9:00:12 AM fail: x", "2026-03-01T09:00:12Z")
	f("03/01/2026 9:00:12 PM fail: x", "2026-03-01T21:00:12Z")
	f("Mar  1 09:00:12 host app[7]: x", "2026-03-01T09:00:12Z")
	f("<34>Feb 11 22:14:15 host su: x", "2026-02-11T22:14:15Z")
	f("Dec 31 23:59:59 host app: of last year", "2025-12-31T23:59:59Z")
	f("Mar 12 09:00:12 host app: of a zone ahead", "2026-03-12T09:00:12Z")
	f("Feb 29 09:00:12 host app: of a leap year", "2024-02-29T09:00:12Z")
	f("W0229 09:00:12.123456       1 main.go:7] x", "2024-02-29T09:00:12.123456Z")
	f("E0301 09:00:12.123456       1 main.go:7] x", "2026-03-01T09:00:12.123456Z")
	f("1772355612 x", "2026-03-01T09:00:12Z")
	f("1772355612.25 x", "2026-03-01T09:00:12.25Z")
	f("1772355612123 x", "2026-03-01T09:00:12.123Z")
	f("17723556121234 x", "none")
	f("2026-13-01T09:00:12Z no such month", "none")
	f("no time", "none")
	f("", "none")
	f(strings.Repeat("x", 80)+" 2026-03-01T09:00:12Z", "none")
}

func TestUnpacked(t *testing.T) {
	f := func(path, want string) {
		t.Helper()
		if got := Unpacked(path); got != want {
			t.Errorf("%q: got %q, want %q", path, got, want)
		}
	}
	f("logs/app.jsonl.gz", "logs/app.jsonl")
	f("app.jsonl.zstd", "app.jsonl")
	f("app.gz.jsonl", "app.gz.jsonl")
	f("-", "-")
}

func TestTagOf(t *testing.T) {
	f := func(path, want string) {
		t.Helper()
		if got := tagOf(path); got != want {
			t.Errorf("%q: got %q, want %q", path, got, want)
		}
	}
	f("-", "stdin")
	f("logs/app.log", "app")
	f("app.log.1.gz", "app")
	f("app.log-20260301.zst", "app")
	f("worker-firelens-"+task+".jsonl", "worker-firelens-"+task)
	f("export/5f3c/ecs-api-"+task+"/000000.gz", "ecs-api-"+task)
	f("000000", "000000")
	f("/var/log/containers/web-7d_shop_nginx-"+task+task+".log", "nginx")
	f("/var/log/pods/shop_web-7d_1f/nginx/0.log", "nginx")
	f("/var/lib/docker/containers/x/"+task+task+"-json.log", task[:12])
	f("2026.log", "2026")
}

// Compressed or not, cut anywhere into blocks or not: the records are the same.
func TestCompressionAndBlocks(t *testing.T) {
	var text strings.Builder
	var want []string
	at := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	for n := range 30_000 {
		line := fmt.Sprintf("%d %s", n, strings.Repeat("x", n%97))
		fmt.Fprintf(&text, "%s %s\n", at.Format(exportLayout), line)
		want = append(want, fmt.Sprintf("%s log=%s", at.Format("2006-01-02T15:04:05.999999999Z"), line))
		at = at.Add(17 * time.Millisecond)
	}
	var gz, zst bytes.Buffer
	z := gzip.NewWriter(&gz)
	io.WriteString(z, text.String())
	z.Close()
	s, err := zstd.NewWriter(&zst)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(s, text.String())
	s.Close()

	for _, content := range []string{text.String(), gz.String(), zst.String()} {
		var sieve every
		f, err := read(t, write(t, "some", content), &sieve)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, sieve.got); diff != "" {
			t.Fatalf("(-want +got):\n%.2000s", diff)
		}
		wantStats := Stats{Bytes: int64(text.Len()), Records: 30_000,
			First: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), Last: at.Add(-17 * time.Millisecond)}
		if diff := cmp.Diff(wantStats, f.Stats()); diff != "" {
			t.Errorf("stats (-want +got):\n%s", diff)
		}
	}

	// What is read of a file that was cut off counts, and the error says so.
	for _, whole := range []string{gz.String(), zst.String()} {
		var sieve every
		_, err := read(t, write(t, "some", whole[:len(whole)/2]), &sieve)
		if err == nil || !strings.Contains(err.Error(), "cut off") || len(sieve.got) < 1000 {
			t.Errorf("cut off: %d records, %v", len(sieve.got), err)
		}
	}
	for _, doc := range []string{
		`{"events":[{"timestamp":1,"message":"a"},{"timesta`,
		`[{"@timestamp":"2026-03-01 09:00:12.123","@message":"a"},`,
		`{"results":[[{"field":"@message","value":"a"}],[{"fie`,
	} {
		var sieve every
		if _, err := read(t, write(t, "some", doc), &sieve); err == nil || !strings.Contains(err.Error(), "cut off") || len(sieve.got) != 1 {
			t.Errorf("%s: %d records, %v", doc, len(sieve.got), err)
		}
	}
}

// Of lines, only those are taken apart that the sieve asks for; their time is
// found all the same.
func TestSieve(t *testing.T) {
	f := func(text string, sieve every, want ...string) {
		t.Helper()
		if _, err := read(t, write(t, "some", text), &sieve); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, sieve.got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	long := strings.Repeat("2026-03-01T09:00:11.000Z quiet\n", blockSize/31+100)
	f(long+"2026-03-01T09:00:12.000Z first\nBAD one\n"+long+"BAD two\nafter\n", every{word: "BAD"},
		"2026-03-01T09:00:12Z log=BAD one", "2026-03-01T09:00:11Z log=BAD two")
	f("2026-03-01T09:00:12.000Z BAD\nnext\n2026-03-01T09:00:13.000Z third\n", every{word: "BAD", more: 1},
		"2026-03-01T09:00:12Z log=BAD", "2026-03-01T09:00:12Z log=next")

	// Where lines are cut in parts, all are taken apart: what is asked for may be in two.
	for _, stream := range []string{"stdout", "stderr"} {
		f("2026-03-01T09:00:12Z stdout F quiet\n2026-03-01T09:00:13Z "+stream+" P BA\n2026-03-01T09:00:13Z "+stream+" F D\n", every{word: "BAD"},
			"2026-03-01T09:00:12Z log=quiet source=stdout",
			"2026-03-01T09:00:13Z log=BA partial_id="+stream+" partial_last=false partial_message=true source="+stream,
			"2026-03-01T09:00:13Z log=D partial_id="+stream+" partial_last=true partial_message=true source="+stream)
	}
	f("2026-03-01T09:00:12Z stdout F quiet\n2026-03-01T09:00:13Z stdout F BAD\n", every{word: "BAD"},
		"2026-03-01T09:00:13Z log=BAD source=stdout")

	// A message of the journal that is a list of bytes.
	for _, colon := range []string{":", " : "} {
		f(`{"__REALTIME_TIMESTAMP":"1772355612000000","MESSAGE"`+colon+`[66,65,68]}`, every{word: "BAD"}, "2026-03-01T09:00:12Z log=BAD")
	}

	// A line that is longer than a block, and one that is too long.
	big := strings.Repeat("x", blockSize+1000)
	f("2026-03-01T09:00:12.000Z "+big+" BAD\n2026-03-01T09:00:13.000Z BAD\n", every{word: "BAD"},
		"2026-03-01T09:00:12Z log="+big+" BAD", "2026-03-01T09:00:13Z log=BAD")
	huge := "2026-03-01T09:00:12.000Z BAD" + strings.Repeat("x", 3*lineMax)
	sieve := every{word: "BAD"}
	file, err := read(t, write(t, "some", huge+"\n2026-03-01T09:00:13.000Z BAD\n"), &sieve)
	if err != nil || file.Stats().Cut != 1 || len(sieve.got) != 2 || sieve.got[1] != "2026-03-01T09:00:13Z log=BAD" {
		t.Errorf("too long: %d records, cut %d, %v", len(sieve.got), file.Stats().Cut, err)
	}
}

func TestNoLog(t *testing.T) {
	f := func(text string, want error) {
		t.Helper()
		if _, err := read(t, write(t, "some", text), &every{}); !errors.Is(err, want) {
			t.Errorf("%.40q: got %v, want %v", text, err, want)
		}
	}
	f("", ErrEmpty)
	f("Permission Check Successful", ErrWriteTest)
	f("\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00", ErrBinary)
	f("\x1f\x8b\x08\x00", io.ErrUnexpectedEOF)
	if _, err := read(t, filepath.Join(t.TempDir(), "nowhere"), &every{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := Open(ctx, write(t, "some", "x"), nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// What PowerShell's > writes is UTF-16; the command reads it as any other text.
func TestWideText(t *testing.T) {
	text := "2026-03-01 09:00:12 ERROR Zugriff für 🔑 verweigert\r\n" + strings.Repeat("ä🔑", 4<<10) + "\r\n"
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		wide := order.AppendUint16(nil, 0xfeff)
		for _, unit := range utf16.Encode([]rune(text)) {
			wide = order.AppendUint16(wide, unit)
		}
		var sieve every
		if _, err := read(t, write(t, "some", string(wide)), &sieve); err != nil || len(sieve.got) != 2 {
			t.Fatalf("%v: %v, %d records", order, err, len(sieve.got))
		}
		in, err := OpenText(write(t, "some", string(wide)), nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(iotest.OneByteReader(in))
		if err != nil || string(got) != text {
			t.Errorf("%v: %v, %.80q", order, err, got)
		}
		in.Close()

		half, err := io.ReadAll(unmarked(iotest.OneByteReader(bytes.NewReader(wide[:len(wide)-1]))))
		if err != nil || string(half) != strings.TrimSuffix(text, "\n")+"\ufffd" {
			t.Errorf("%v, with half a character at its end: %v, %q", order, err, half[len(half)-8:])
		}
	}
	lone, err := io.ReadAll(unmarked(strings.NewReader("\xff\xfe\x00\xd8a\x00\x00\xd8")))
	if err != nil || string(lone) != "\ufffda\ufffd" {
		t.Errorf("halves of pairs: %v, %q", err, lone)
	}
}

// A document that ends too early says so; what was read of it was given.
func TestCutOff(t *testing.T) {
	f := func(text string, want int) {
		t.Helper()
		var sieve every
		if _, err := read(t, write(t, "some", text), &sieve); !errors.Is(err, io.ErrUnexpectedEOF) || len(sieve.got) != want {
			t.Errorf("%s: got %d records and the error %v, want %d", text, len(sieve.got), err, want)
		}
	}
	f(`[{"log":"a"},{"lo`, 1)
	f(`[{"log":"a"},`, 1)
	f(`[{"log":"a"}`, 1)
	f(`[{"log":"a"}][`, 1)
	f(`[{"timestamp":1,"message":"a","ingestionTime":1}`, 1)
	f(`{"events":[{"timestamp":1,"message":"a"}`, 1)
	f(`{"Records":[{"eventSource":"s3.amazonaws.com"},{`, 1)
	f(`{"Records":[{"eventSource":"s3.amazonaws.com"}]`, 1)
}

// Whatever the bytes, reading ends without a panic, and a line of text is never
// lost.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"2026-03-01T09:00:12.123Z text\nmore\n",
		`{"events":[{"timestamp":1772355612123,"message":"x"}]}`,
		`{"results":[[{"field":"@message","value":"a"}]]}`, `[{"@message":"x"}]`,
		`[{"timestamp":1,"message":"x","ingestionTime":1}]`, `{"Records":[{"eventSource":"a.amazonaws.com"}],"n":1}{}`, `[{"log":"x"},"y"][{"date":1}]`,
		"@timestamp,@message\n2026,\"x\"\n", "\x1f\x8b\x08\x00\x00", "\x28\xb5\x2f\xfd\x04",
		`{"log":"x\n","stream":"stdout","time":"2026-03-01T09:00:12Z"}`,
		"2026-03-01T09:00:13Z stderr P cut\n", "{\"date\":1e99,\"log\":1}\n[{\n", "level=x time=2026-\n", "1772355612123\n\r\n\x00",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		file := File{Tag: "some", modified: time.Unix(1773144000, 0)}
		if file.begin(bytes.NewReader(text)) != nil {
			return
		}
		defer file.Close()
		var sieve every
		err := file.Read(&sieve)
		if file.format.line != nil && err == nil && file.stats.Cut == 0 && int64(len(sieve.got)) != file.stats.Records {
			t.Errorf("%q: %d records given, %d lines", text, len(sieve.got), file.stats.Records)
		}
	})
}
