package engine

import (
	"fmt"
	"strings"
	"testing"

	"github.com/authlens/authlens/engine/enginetest"
)

const requestID = "0f6e1d2c-3b4a-4958-8776-a5b4c3d2e1f0"

// An error that is told twice is one failure with all its lines: also with those
// that carry a signature and no request id.
func TestToldTwiceWithItsLines(t *testing.T) {
	f := func(name string, texts ...string) {
		t.Helper()
		got := scanAll(t, ScannerOptions{}, enginetest.FireLensTag(taskA, "api"),
			lines(1_700_000_000, texts...), lines(1_700_000_005, texts...))
		if got.Stats.Matches != 1 {
			t.Errorf("%s: an error of %d lines, told twice, is %d failures; want 1: %+v", name, len(texts), got.Stats.Matches, got.Stats)
		}
	}
	f("whole", denied("b", "k")+" (Service: S3, Status Code: 403, Request ID: "+requestID+")",
		"Caused by: AccessDeniedException: the upload was refused")
	f("broken", "AccessDenied: User: arn:aws:sts::123456789012:assumed-role/api-task/1 is not authorized to perform: s3:GetObject on resource:",
		"arn:aws:s3:::b/k because no identity-based policy allows the s3:GetObject action, request id: "+requestID,
		"Caused by: AccessDeniedException: the upload was refused")
}

// A request id is the same failure within a window or so, not for ever: programs
// print ids of jobs and sessions under that name too.
func TestRequestIDsAreForgotten(t *testing.T) {
	f := func(apart int64, want int64) {
		t.Helper()
		text := denied("b", "k") + " request_id=nightly-job-7"
		got := scanAll(t, ScannerOptions{}, enginetest.FireLensTag(taskA, "api"),
			lines(1_700_000_000, text), lines(1_700_000_000+apart, text))
		if got.Stats.Matches != want {
			t.Errorf("the same request id after %d s: %d failures; want %d", apart, got.Stats.Matches, want)
		}
	}
	f(5, 1)
	f(59, 1)
	f(-59, 1) // of two containers, the later may be read first
	f(600, 2)
	f(-600, 2)
}

// A logger's own request id is that of the request being served, whose failures
// may be several. Of one group, they are one failure all the same.
func TestFailuresOfOneServedRequest(t *testing.T) {
	f := func(want int64, texts ...string) {
		t.Helper()
		got := scanAll(t, ScannerOptions{}, enginetest.FireLensTag(taskA, "api"), spaced(texts...))
		if got.Stats.Matches != want || got.Stats.Duplicates != int64(len(texts))-want {
			t.Errorf("%d failures and %d duplicates; want %d failures of\n%s",
				got.Stats.Matches, got.Stats.Duplicates, want, strings.Join(texts, "\n"))
		}
	}
	logged := func(text string) string {
		return fmt.Sprintf(`{"level":"error","request_id":"4f0c2a77b1d84e01","error":%q}`, text)
	}
	const login = `FATAL: password authentication failed for user "shop"`
	f(3, logged(denied("orders", "k")), logged(denied("invoices", "k")), logged(login))
	f(1, logged(denied("orders", "k")), logged(denied("orders", "k")), "retried: "+logged(denied("orders", "k")))
	const ofCall = " (Service: S3, Status Code: 403, Request ID: " + requestID + ")"
	f(1, "upload: AccessDenied"+ofCall, denied("orders", "k")+ofCall)
}

// An error that waits for its next record is counted after two rounds of Expire,
// also when its container's other output goes on without a pause.
func TestWaitingErrorsExpireBesideABusyStream(t *testing.T) {
	s := freshScanner(t, ScannerOptions{})
	c := NewCounts()
	tag := enginetest.FireLensTag(taskA, "api")
	s.Scan(tag, lines(1_700_000_000, "AccessDenied: User: arn:aws:sts::123456789012:assumed-role/api-task/1 is not authorized to perform: s3:GetObject on resource:"), c)
	if !s.Waiting() {
		t.Fatal("the error does not wait for its rest")
	}
	for range 3 {
		var b enginetest.ChunkBuilder
		b.Append(1_700_000_001, 0, enginetest.FireLens(taskA, "api", "INFO all is well", "stdout")...)
		s.Expire(c)
		s.Scan(tag, b.Bytes(), c)
	}
	if c.Stats.Matches != 1 {
		t.Errorf("after three rounds %d failures are counted; want 1", c.Stats.Matches)
	}
}

// An error that cannot be judged is given up, and not tried again at every tick.
func TestExpireGivesUpWhatFails(t *testing.T) {
	s, _ := newEngine(t, ScannerOptions{})
	c := NewCounts()
	s.Scan("t", lines(1_700_000_000, "AccessDenied: User: arn:aws:sts::123456789012:assumed-role/api-task/1 is not authorized to perform: s3:GetObject on resource:"), c)
	s.Expire(c)
	if !s.Waiting() {
		t.Fatal("the error does not wait for its rest")
	}
	s.matcher = nil
	func() {
		defer func() {
			if recover() == nil {
				t.Error("an error was judged without a matcher")
			}
		}()
		s.Expire(c)
	}()
	if s.Waiting() {
		t.Error("the error that failed waits still")
	}
}

// However long the names of a place are, an error over several records is in the group
// of the same error in one.
func TestLongNamesOfAPlace(t *testing.T) {
	const start = "AccessDenied: User: arn:aws:sts::123456789012:assumed-role/api-task/1 is not authorized to perform: s3:GetObject on resource:"
	f := func(length int) {
		t.Helper()
		tag := strings.Repeat("a", length) + "-firelens-" + taskA
		got := scanAll(t, ScannerOptions{}, tag,
			lines(1_700_000_000, start+" arn:aws:s3:::b/k"), lines(1_700_000_010, start, "    arn:aws:s3:::b/k"))
		if g := only(t, got); g.Events != 2 {
			t.Errorf("a name of %d bytes: %+v", length, got)
		}
	}
	f(3)
	f(255)
	f(1000)
}

// An unfinished error waits for its rest however many other outputs were read before: with
// room for both, another does not take its place.
func TestWaitingErrorsKeepTheirPlace(t *testing.T) {
	const start = "AccessDenied: User: arn:aws:sts::123456789012:assumed-role/api-task/1 is not authorized to perform: s3:GetObject on resource:"
	tag := enginetest.FireLensTag(taskA, "api")
	chunk := func(records ...[2]string) []byte {
		var b enginetest.ChunkBuilder
		for _, r := range records {
			b.Append(1_700_000_000, 0, enginetest.FireLens(taskA, "api", r[1], r[0])...)
		}
		return b.Bytes()
	}
	for before := range 2 * scanStreams {
		var outputs [][2]string
		for i := range before {
			outputs = append(outputs, [2]string{fmt.Sprint("before", i), denied("before", "k")})
		}
		got := scanAll(t, ScannerOptions{}, tag,
			chunk([2]string{"stderr", start}), chunk(outputs...), chunk([2]string{"stderr", start}),
			chunk([2]string{"stdout", "INFO all is well"}, [2]string{"stderr", "    arn:aws:s3:::bucket/key"}))
		if got.Stats.StreamsLost != 0 {
			t.Errorf("behind %d outputs: %d errors given up; want 0", before, got.Stats.StreamsLost)
		}
	}
}

// An unfinished error is found again among those of more other tags than one scan follows.
func TestWaitingErrorsOfManyTags(t *testing.T) {
	const tags = 2 * scanStreams
	var chunks []enginetest.Chunk
	for _, text := range []string{
		"AccessDenied: User: arn:aws:sts::123456789012:assumed-role/api-task/1 is not authorized to perform: s3:GetObject on resource:",
		"    arn:aws:s3:::bucket/key",
	} {
		for i := range tags {
			chunks = append(chunks, enginetest.Chunk{Tag: fmt.Sprint("tag", i), Bytes: lines(1_700_000_000+int64(i), text)})
		}
	}
	got := scanTagged(t, ScannerOptions{}, NewCounts(), chunks...)
	whole := scanAll(t, ScannerOptions{}, "tag", lines(1_700_000_000,
		"AccessDenied: User: arn:aws:sts::123456789012:assumed-role/api-task/1 is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::bucket/key"))
	for key := range whole.Groups {
		if n := got.Groups[key].Events; n != tags {
			t.Errorf("of %d errors over two chunks, %d are what they are in one line: %+v", tags, n, got)
		}
	}
}

// An error takes a few further records, and then is what is known of it.
func TestUnfinishedErrorsAreBounded(t *testing.T) {
	const start = "AccessDenied: User: arn:aws:sts::123456789012:assumed-role/api-task/1 is not authorized to perform: s3:GetObject on resource:"
	const rest = "    arn:aws:s3:::bucket/key"
	tag := enginetest.FireLensTag(taskA, "api")
	whole := scanAll(t, ScannerOptions{}, tag, lines(1_700_000_000, start+rest))
	f := func(blanks int, joined bool) {
		t.Helper()
		texts := []string{start}
		for range blanks {
			texts = append(texts, "    ")
		}
		got := scanAll(t, ScannerOptions{}, tag, lines(1_700_000_000, append(texts, rest)...))
		for key := range whole.Groups {
			if same := got.Groups[key].Events == 1; same != joined || got.Stats.Matches != 1 {
				t.Errorf("behind %d blank lines, its end was joined: %v, want %v: %+v", blanks, same, joined, got)
			}
		}
	}
	f(0, true)
	f(joinRecords-1, true)
	f(joinRecords, false)
}

// A failure for which an unfinished error is given up is taken for what it is: it waits for
// nothing.
func TestErrorsGivenUpForAFailure(t *testing.T) {
	tag := enginetest.FireLensTag(taskA, "api")
	failure := lines(1_700_000_001, denied("reports", "k"))
	var b enginetest.ChunkBuilder
	for i := range scanStreams {
		text := fmt.Sprintf("AccessDenied: User: arn:aws:sts::123456789012:assumed-role/part-%d/1 is not authorized to perform: s3:GetObject on resource:", i)
		b.Append(1_700_000_000, 0, append(enginetest.FireLens(taskA, "api", text, "stdout"),
			"partial_message", "true", "partial_id", fmt.Sprint(i), "partial_last", "false")...)
	}
	s, c := freshScanner(t, ScannerOptions{}), NewCounts()
	s.Scan(tag, append(b.Bytes(), failure...), c)
	got := summarise(c)
	s.Expire(c)
	s.Expire(c)
	for key := range scanAll(t, ScannerOptions{}, tag, failure).Groups {
		if got.Stats.StreamsLost != 1 || got.Groups[key].Events != 1 {
			t.Errorf("%d errors given up, the failure at hand counted %d times; want 1, once", got.Stats.StreamsLost, got.Groups[key].Events)
		}
	}
}

// Of a long line the part around the evidence is looked at. Where that begins, wherever it is,
// says nothing of what the line is.
func TestLongLinesOfErrors(t *testing.T) {
	f := func(want int64, texts ...string) {
		t.Helper()
		got := scanAll(t, ScannerOptions{}, enginetest.FireLensTag(taskA, "api"), lines(1_700_000_000, texts...))
		if got.Stats.Matches != want {
			t.Errorf("%d failures; want %d: %.60q", got.Stats.Matches, want, texts)
		}
	}
	for n := range 40 {
		f(3, filler(40000+n)+denied("a", "k"), filler(40000+n)+denied("b", "k"), strings.Repeat("AccessDeniedHandler ", 2)+filler(40000+n)+denied("c", "k"))
	}
	const caused = "Caused by: com.example.AccessDeniedException: refused"
	f(1, "ERROR upload failed: "+denied("a", "k"), caused)
	f(1, "ERROR upload failed: "+denied("a", "k"), caused+" "+filler(40000))
	f(1, "ERROR upload failed: "+denied("a", "k"), "Caused by: com.example.Exception: "+filler(40000)+"AccessDeniedException: refused")
}

// Of the lines of one error the first that names what was refused is the one that is counted,
// whichever was read first.
func TestTheLineThatSaysMoreCounts(t *testing.T) {
	tag := enginetest.FireLensTag(taskA, "api")
	exception := "botocore.exceptions.ClientError: " + denied("reports", "k")
	alone := scanAll(t, ScannerOptions{}, tag, lines(1_700_000_000, exception))
	got := scanAll(t, ScannerOptions{}, tag, lines(1_700_000_000, "ERROR upload failed: AccessDenied", exception))
	if got.Stats.Matches != 1 || got.Stats.Duplicates != 1 {
		t.Errorf("%d failures, %d duplicates; want 1 and 1", got.Stats.Matches, got.Stats.Duplicates)
	}
	for key := range alone.Groups {
		if got.Groups[key].Events != 1 || len(got.Groups) != 1 {
			t.Errorf("groups %+v; want that of the exception", got.Groups)
		}
	}
}
