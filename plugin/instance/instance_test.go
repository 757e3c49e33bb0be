package instance

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tinylib/msgp/msgp"

	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/engine"
	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/engine/window"
	"github.com/authlens/authlens/plugin/sink"
	"github.com/authlens/authlens/plugin/sink/forward"
)

const (
	task   = "1e0fcd1d86d24a0d9dd4ea8e6be9e2a1"
	denied = "ClientError: An error occurred (AccessDenied) when calling the GetObject operation: " +
		"User: arn:aws:sts::123456789012:assumed-role/reports-task/" + task +
		" is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::monthly/2026/%d.csv\" " +
		"because no identity-based policy allows the s3:GetObject action"
	noCredentials = "botocore.exceptions.NoCredentialsError: Unable to locate credentials"
	ordinary      = "GET /health 200 3ms"
)

// A buffer is a writer that goroutines share.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// findings reads the JSON lines in b.
func (b *buffer) findings(t testing.TB) []finding.Finding {
	t.Helper()
	var all []finding.Finding
	for line := range strings.Lines(b.String()) {
		var f finding.Finding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatalf("stdout has a line that is no finding: %v: %q", err, line)
		}
		all = append(all, f)
	}
	return all
}

// chunkOf holds one record a line, the first at the given time, a second apart.
func chunkOf(at time.Time, container string, lines ...string) []byte {
	var b enginetest.ChunkBuilder
	for n, line := range lines {
		b.Append(at.Unix()+int64(n), 0, enginetest.FireLens(task, container, line, "stderr")...)
	}
	return b.Bytes()
}

func deniedLines(n int) []string {
	lines := make([]string, n)
	for i := range lines {
		lines[i] = fmt.Sprintf(denied, i)
	}
	return lines
}

// A world is an instance and what surrounds it.
type world struct {
	*Instance
	stdout, stderr buffer
}

func options(t testing.TB, pairs ...string) conf.Config {
	t.Helper()
	m := map[string]string{"shutdown_grace": "300ms"}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	cfg, err := conf.Load(func(name string) string { return m[name] })
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// A threshold spans no more windows than the engine remembers.
func TestThresholdWindowsAreKept(t *testing.T) {
	_, err := conf.Load(func(name string) string {
		return map[string]string{"threshold_windows": strconv.Itoa(window.Kept + 1)}[name]
	})
	if err == nil {
		t.Errorf("threshold_windows may be %d; the engine keeps %d", window.Kept+1, window.Kept)
	}
}

func newWorld(t testing.TB, cfg conf.Config, env Env) *world {
	t.Helper()
	w := &world{}
	if env.Stdout == nil {
		env.Stdout = &w.stdout
	}
	env.Stderr = &w.stderr
	if env.Getenv == nil {
		env.Getenv = func(string) string { return "" }
	}
	var err error
	if w.Instance, err = New(cfg, env); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	return w
}

// until waits for something that another goroutine brings about.
func until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for !ok() {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
		time.Sleep(time.Millisecond)
	}
}

func TestFromChunkToStdout(t *testing.T) {
	w := newWorld(t, options(t, "stats_interval", "30m"), Env{Name: "authlens.0"})
	tag := enginetest.FireLensTag(task, "reports")
	now := time.Now()
	w.Flush(tag, chunkOf(now, "reports", ordinary, deniedLines(1)[0]))
	w.Flush(tag, chunkOf(now, "reports", ordinary))
	if got := w.stdout.String(); got != "" {
		t.Fatalf("one failure was told: %s", got)
	}
	w.Flush(tag, chunkOf(now.Add(2*time.Second), "reports", deniedLines(3)[1:]...))
	until(t, "a finding", func() bool { return len(w.stdout.findings(t)) == 1 })
	w.Close()
	w.Close() // harmless

	f := w.stdout.findings(t)[0]
	expectEqual(t, "title", f.Title, "Authentication Failures")
	expectEqual(t, "severity", f.Severity, "elevated")
	expectEqual(t, "state", f.State, finding.Open)
	expectEqual(t, "reason", f.Reason, finding.First)
	expectEqual(t, "action", f.Facts.Action, "s3:GetObject")
	expectEqual(t, "container", f.Scope.Container, "reports")
	expectEqual(t, "events", f.Counts.Events, int64(3))
	if !strings.HasPrefix(f.Summary, "3 authentication failure events detected across ") {
		t.Errorf("summary %q", f.Summary)
	}
	log := w.stderr.String()
	for _, want := range []string{"] [ info] [output:authlens:authlens.0] started: ", "findings go to stdout\n", "stats_interval=30m; all others have their defaults\n", "statistics: chunks=3 "} {
		if !strings.Contains(log, want) {
			t.Errorf("log lacks %q:\n%s", want, log)
		}
	}
}

// Options are silent when their names are misspelt, so the log says what was
// understood, even where that is nothing.
func TestNoOptionsSet(t *testing.T) {
	cfg := options(t)
	cfg.Given = nil
	w := newWorld(t, cfg, Env{})
	w.Close()
	if log := w.stderr.String(); !strings.Contains(log, "] options set: none; all have their defaults\n") {
		t.Errorf("log:\n%s", log)
	}
}

// Many threads flush at once, and nothing is counted twice or lost.
func TestConcurrentFlushes(t *testing.T) {
	w := newWorld(t, options(t), Env{})
	const threads, flushes, failures = 8, 50, 3
	now := time.Now()
	var all sync.WaitGroup
	for n := range threads {
		all.Go(func() {
			chunk := chunkOf(now, "reports", deniedLines(failures)...)
			for range flushes {
				w.Flush(enginetest.FireLensTag(task, fmt.Sprintf("reports%d", n)), chunk)
			}
		})
	}
	all.Wait()
	w.Close()
	s := w.Statistics()
	expectEqual(t, "chunks", s.Scanned.Chunks, int64(threads*flushes))
	expectEqual(t, "matches", s.Scanned.Matches, int64(threads*flushes*failures))
	expectEqual(t, "events", s.Aggregated.Events, int64(threads*flushes*failures))
	var told int64
	last := map[string]int64{}
	for _, f := range w.stdout.findings(t) {
		last[f.Fingerprint] = f.Counts.Events
	}
	for _, events := range last {
		told += events
	}
	expectEqual(t, "containers told", len(last), threads)
	expectEqual(t, "events told", told, int64(threads*flushes*failures))
}

// A finding of every group that is followed, and of the rest, may be told at once.
func TestEveryFindingHasRoom(t *testing.T) {
	const groups = 10
	w := newWorld(t, options(t, "max_groups", strconv.Itoa(groups), "threshold", "1"), Env{})
	var lines []string
	for n := range groups + 5 {
		lines = append(lines, strings.ReplaceAll(deniedLines(1)[0], ":::monthly/", fmt.Sprintf(":::monthly-%d/", n)))
	}
	w.Flush(reportsTag, chunkOf(time.Now(), "reports", lines...))
	w.Close()
	s := w.Statistics().Sinks[0]
	expectEqual(t, "findings delivered", s.Delivered, int64(groups+1))
	expectEqual(t, "findings dropped", s.Dropped, int64(0))
}

func TestFlushDoesNotAllocate(t *testing.T) {
	f := func(name string, lines ...string) {
		t.Helper()
		w := newWorld(t, options(t, "stats_interval", "0"), Env{Sinks: []sink.Sink{}})
		w.end() // the aggregation goroutine allocates as it likes
		w.done.Wait()
		tag, chunk := enginetest.FireLensTag(task, "reports"), chunkOf(time.Now(), "reports", lines...)
		if n := testing.AllocsPerRun(100, func() { w.Flush(tag, chunk) }); n != 0 {
			t.Errorf("%s: %v allocations a flush", name, n)
		}
	}
	f("quiet", ordinary, ordinary)
	f("storm", deniedLines(50)...)
	f("empty")
}

// A flush costs the same whatever the sinks do; see also BenchmarkFlush.
func TestFlushDoesNotWaitForSinks(t *testing.T) {
	release := make(chan struct{})
	stuck := &scripted{start: time.Now(), answer: func(context.Context, string) error {
		<-release // does not heed its context
		return errors.New("never")
	}}
	cfg := options(t)
	w := newWorld(t, cfg, Env{Sinks: []sink.Sink{stuck}})
	now := time.Now()
	for range 100 {
		w.Flush(enginetest.FireLensTag(task, "reports"), chunkOf(now, "reports", deniedLines(3)...))
	}
	until(t, "a delivery that hangs", func() bool { stuck.mu.Lock(); defer stuck.mu.Unlock(); return stuck.calls == 1 })
	for range 100 {
		w.Flush(enginetest.FireLensTag(task, "reports"), chunkOf(now, "reports", deniedLines(3)...))
	}
	w.Close()
	close(release)
	expectEqual(t, "chunks", w.Statistics().Scanned.Chunks, int64(200))
	if got := w.stdout.findings(t); len(got) != 1 || got[0].Counts.Events != 600 {
		t.Errorf("printed at exit: %+v; want the one finding with all 600 events", got)
	}
	if !strings.Contains(w.stderr.String(), "does not return when its time is over") {
		t.Errorf("log: %s", w.stderr.String())
	}
}

// What cannot be delivered before the end is printed, each finding once, in its
// newest state.
func TestCloseWithSinksDown(t *testing.T) {
	down := func() *scripted { return &scripted{start: time.Now(), answer: refuse} }
	hangs := &scripted{start: time.Now(), answer: stall}
	w := newWorld(t, options(t), Env{Sinks: []sink.Sink{down(), hangs, down()}})
	now := time.Now()
	w.Flush(enginetest.FireLensTag(task, "reports"), chunkOf(now, "reports", deniedLines(3)...))
	w.Flush(enginetest.FireLensTag(task, "orders"), chunkOf(now, "orders", deniedLines(3)...))
	w.Close()
	got := map[string]int{}
	for _, f := range w.stdout.findings(t) {
		got[f.Scope.Container]++
	}
	if len(got) != 2 || got["reports"] != 1 || got["orders"] != 1 {
		t.Errorf("printed %v", got)
	}
	if !strings.Contains(w.stderr.String(), "findings that could not be delivered in time: 2; they are printed to stdout") {
		t.Errorf("log: %s", w.stderr.String())
	}
}

// An error that has only just begun to wait for its next record is owed too.
func TestCloseCountsWhatWaits(t *testing.T) {
	w := newWorld(t, options(t, "threshold", "1"), Env{})
	unfinished, _, _ := strings.Cut(deniedLines(1)[0], " \"arn")
	w.Flush(reportsTag, chunkOf(time.Now(), "reports", unfinished))
	w.Close()
	expectEqual(t, "findings", len(w.stdout.findings(t)), 1)
}

// With a stdout sink, what another sink owes is on stdout already.
func TestCloseDoesNotPrintTwice(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := l.Addr().String()
	l.Close()
	w := newWorld(t, options(t, "sinks", "stdout,forward", "forward_to", "tcp://"+nobody), Env{})
	w.Flush(enginetest.FireLensTag(task, "reports"), chunkOf(time.Now(), "reports", deniedLines(3)...))
	w.Close()
	if n := len(w.stdout.findings(t)); n != 1 {
		t.Errorf("%d lines on stdout, want 1", n)
	}
	if !strings.Contains(w.stderr.String(), "connection refused") {
		t.Errorf("log: %s", w.stderr.String())
	}
}

// Close ends although nobody reads stdout.
func TestCloseWithUnreadStdout(t *testing.T) {
	r, out := io.Pipe()
	w := newWorld(t, options(t), Env{Stdout: out})
	w.Flush(enginetest.FireLensTag(task, "reports"), chunkOf(time.Now(), "reports", deniedLines(3)...))
	w.Close()
	if !strings.Contains(w.stderr.String(), "findings that may be lost: 1: stdout is not being read") {
		t.Errorf("log: %s", w.stderr.String())
	}
	r.Close()
}

// tired takes so many lines, each in some time, and then hangs until it is let go.
type tired struct {
	buffer
	lines int
	each  time.Duration
	letGo chan struct{}
}

func (w *tired) Write(line []byte) (int, error) {
	if w.lines--; w.lines < 0 {
		<-w.letGo
		return 0, io.ErrClosedPipe
	}
	time.Sleep(w.each)
	return w.buffer.Write(line)
}

// What is owed is printed for as long as somebody reads it; what is not taken is counted,
// and nothing else.
func TestPrintOwed(t *testing.T) {
	const all = 20
	f := func(lines int, each time.Duration, printed int, wantLost string) {
		t.Helper()
		synctest.Test(t, func(t *testing.T) {
			out := &tired{lines: lines, each: each, letGo: make(chan struct{})}
			w := newWorld(t, options(t), Env{Stdout: out, Sinks: []sink.Sink{&scripted{start: time.Now(), answer: refuse}}})
			for n := range all {
				container := fmt.Sprint("reports-", n)
				w.Flush(enginetest.FireLensTag(task, container), chunkOf(time.Now(), container, deniedLines(3)...))
			}
			w.Close()
			close(out.letGo)
			sleep(each) // A line that was begun comes to its end.
			if n := len(out.findings(t)); n != printed {
				t.Errorf("%d lines that take %v each: %d findings were printed; want %d", lines, each, n, printed)
			}
			if lost := strings.Contains(w.stderr.String(), "may be lost"); lost != (wantLost != "") || !strings.Contains(w.stderr.String(), wantLost) {
				t.Errorf("%d lines that take %v each: log without %q: %s", lines, each, wantLost, w.stderr.String())
			}
		})
	}
	f(all, 100*time.Millisecond, all, "")
	f(12, time.Millisecond, 12, "findings that may be lost: 8: stdout is not being read")
	f(all, 400*time.Millisecond, 8, "findings that may be lost: 13: stdout is not being read")
}

// input is a forward input that acknowledges what it gets.
func input(t *testing.T) (address string, received <-chan []byte) {
	t.Helper()
	l, err := net.Listen("unix", filepath.Join(t.TempDir(), "s"))
	if err != nil {
		t.Fatal(err)
	}
	records := make(chan []byte, 100)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			for r := msgp.NewReader(c); ; {
				record, chunk, err := readMessage(r)
				if err != nil {
					break
				}
				records <- record
				b := msgp.AppendMapHeader(nil, 1)
				b = msgp.AppendString(b, "ack")
				c.Write(msgp.AppendString(b, chunk))
			}
			c.Close()
		}
	}()
	t.Cleanup(func() { l.Close(); <-done })
	return "unix://" + l.Addr().String(), records
}

// readMessage takes [tag, time, record, {chunk: …}] off r, the record as it is.
func readMessage(r *msgp.Reader) (record []byte, chunk string, err error) {
	if _, err = r.ReadArrayHeader(); err != nil {
		return nil, "", err
	}
	for range 2 {
		if err = r.Skip(); err != nil {
			return nil, "", err
		}
	}
	var raw msgp.Raw
	if err = raw.DecodeMsg(r); err != nil {
		return nil, "", err
	}
	option := map[string]any{}
	if err = r.ReadMapStrIntf(option); err != nil {
		return nil, "", err
	}
	chunk, _ = option["chunk"].(string)
	return raw, chunk, nil
}

// asChunk puts a received record into a chunk as Fluent Bit would.
func asChunk(record []byte) []byte {
	b := []byte{0x92, 0xd7, 0x00}
	now := uint32(time.Now().Unix())
	b = append(b, byte(now>>24), byte(now>>16), byte(now>>8), byte(now), 0, 0, 0, 0)
	return append(b, record...)
}

// Findings that come back are not read again: by their marker whatever their
// tag, by their tag whatever their marker. Another process's marker hides
// nothing.
func TestNoEcho(t *testing.T) {
	for _, format := range []string{conf.ForwardRecord, conf.ForwardJSON} {
		address, received := input(t)
		cfg := options(t, "forward_to", address, "forward_format", format)
		w := newWorld(t, cfg, Env{})
		tag := enginetest.FireLensTag(task, "reports")
		w.Flush(tag, chunkOf(time.Now(), "reports", deniedLines(3)...))
		record := <-received

		w.Flush("any.tag", asChunk(record))
		w.Flush(tag+"-authlens", asChunk(record))
		w.Close()
		s := w.Statistics()
		if s.Scanned.Own != 1 || s.OwnChunks != 1 || s.Scanned.Matches != 3 {
			t.Errorf("%s: %s", format, &s)
		}

		sibling := newWorld(t, options(t, "findings_tag", "another"), Env{})
		sibling.Flush("any.tag", asChunk(record))
		sibling.Close()
		if s := sibling.Statistics(); s.Scanned.Own != 1 || s.Scanned.Matches != 0 {
			t.Errorf("%s: instances of one process do not know each other's findings: %s", format, &s)
		}

		other := newWorld(t, cfg, Env{Marker: "of another process"})
		other.Flush("any.tag", asChunk(record))
		other.Close()
		if s := other.Statistics(); s.Scanned.Own != 0 || s.Scanned.Matches == 0 {
			t.Errorf("%s: the marker of another process was honoured: %s", format, &s)
		}
		if !bytes.Contains(record, []byte(forward.MarkerKey)) {
			t.Errorf("%s: no marker in %q", format, record)
		}
	}
}

func TestRules(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	own := write("own.yaml", `
causes:
  - name: badge_refused
    kind: external
    title: Badge Refused
    headline: ["The door refused a badge."]
    explain: A badge was refused.
    fix: [{say: "Renew the badge."}]
rules:
  - name: door.badge
    cause: badge_refused
    signatures: [{literal: "badge refused at door"}]
    threshold: {events: 1, windows: 1}
    examples:
      match: ["badge refused at door 7"]
      ignore: ["badge accepted at door 7"]
`)
	f := func(mode string, want string) {
		t.Helper()
		w := newWorld(t, options(t, "rules_file", own, "rules_mode", mode), Env{})
		w.Flush("t", chunkOf(time.Now(), "c", append(deniedLines(2), "badge refused at door 9")...))
		w.Close()
		var got []string
		for _, f := range w.stdout.findings(t) {
			got = append(got, f.Rule)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: told %v, want %s", mode, got, want)
		}
	}
	f("replace", "door.badge")
	f("extend", "aws.access_denied door.badge")

	broken := write("broken.yaml", "rules:\n  - name: x\n    signature: []\n")
	_, err := New(options(t, "rules_file", broken), Env{})
	if err == nil || !strings.Contains(err.Error(), "rules_file "+broken) || !strings.Contains(err.Error(), "signature") {
		t.Errorf("got %v", err)
	}

	const unproved = "rules:\n  - {name: x, cause: other, option: access_logs, signatures: [{literal: door refused}], examples: {match: [y], ignore: [z]}}\n"
	cfg := options(t, "rules_file", write("unproved.yaml", unproved))
	if _, _, err := Rules(&cfg); err != nil {
		t.Errorf("a rule that no option turns on: got %v", err)
	}
	cfg.AccessLogs = true
	if _, err := New(cfg, Env{}); err == nil || !strings.Contains(err.Error(), `expected a match, got none: "y"`) {
		t.Errorf("a rule that its lines do not prove: got %v", err)
	}
}

// A panic in the engine costs a chunk, not the process, and is told once.
func TestPanics(t *testing.T) {
	w := newWorld(t, options(t), Env{})
	chunk := chunkOf(time.Now(), "reports", deniedLines(3)...)
	scanner := w.scanner
	w.scanner = nil
	for range 3 {
		w.Flush("t", chunk)
	}
	w.scanner = scanner
	w.Flush("t", chunk)
	w.Close()
	expectEqual(t, "panics", w.Statistics().Panics, int64(3))
	if n := strings.Count(w.stderr.String(), "bug: panic: "); n != 1 {
		t.Errorf("told %d times:\n%s", n, w.stderr.String())
	}
	if len(w.stdout.findings(t)) != 1 {
		t.Errorf("stdout: %s", w.stdout.String())
	}
}

// A panic over an error that waits does not cost what flushes found.
func TestPanicInExpire(t *testing.T) {
	w := newWorld(t, options(t), Env{Replay: true})
	c := engine.NewCounts()
	w.scanner.Scan(enginetest.FireLensTag(task, "reports"), chunkOf(time.Now(), "reports", deniedLines(3)...), c)
	w.merge(c)
	scanner := w.scanner
	w.scanner = nil
	w.step(true)
	w.scanner = scanner
	expectEqual(t, "panics", w.Statistics().Panics, int64(1))
	expectEqual(t, "events", w.Statistics().Aggregated.Events, int64(3))
}

// A replay follows the recording's clock alone.
func TestReplay(t *testing.T) {
	at := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	w := newWorld(t, options(t), Env{Replay: true, Now: func() time.Time { return at }})
	f := func(after time.Duration, want string, lines ...string) {
		t.Helper()
		at = at.Add(after)
		before := len(w.stdout.findings(t))
		w.Flush(enginetest.FireLensTag(task, "reports"), chunkOf(at, "reports", lines...))
		var got []string
		for _, f := range w.stdout.findings(t)[before:] {
			got = append(got, fmt.Sprint(f.Reason, " ", f.Counts.Events))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%v: told %q, want %q", at, got, want)
		}
	}
	f(0, "", deniedLines(1)...)
	f(time.Minute, "first 2", fmt.Sprintf(denied, 2))
	f(time.Minute, "", fmt.Sprintf(denied, 3))
	f(5*time.Minute, "changed 3", fmt.Sprintf(denied, 4))
	f(20*time.Minute, "resolved 4", ordinary)
	f(time.Minute, "", fmt.Sprintf(denied, 5))
	f(time.Second, "first 2", fmt.Sprintf(denied, 6))
}

func BenchmarkFlush(b *testing.B) {
	f := func(name string, answer func(context.Context, string) error, lines ...string) {
		b.Run(name, func(b *testing.B) {
			s := &scripted{start: time.Now(), answer: answer}
			cfg := options(b, "verbosity", "error")
			w := newWorld(b, cfg, Env{Sinks: []sink.Sink{s}})
			now := time.Now()
			chunk := chunkOf(now, "reports", lines...)
			b.SetBytes(int64(len(chunk)))
			b.ReportAllocs()
			for b.Loop() {
				w.Flush("reports-firelens-"+task, chunk)
			}
		})
	}
	quiet := strings.Split(strings.Repeat(ordinary+"\n", 1000), "\n")
	storm := deniedLines(200)
	f("quiet/healthy", accept, quiet...)
	f("quiet/stalled", stall, quiet...)
	f("storm/healthy", accept, storm...)
	f("storm/stalled", stall, storm...)
}
