package abitest

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/finding"
)

// Built once for all tests.
var hostPath, libraryPath string

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "abitest")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		if hostPath, err = BuildHost(dir); err == nil {
			libraryPath, err = BuildLibrary(dir)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return m.Run()
	}())
}

// A session is a host with the plugin loaded, for one test.
type session struct {
	*Host
	t              testing.TB
	stdout, stderr *os.File // files, so that what was written is there at once
}

func startHost(t testing.TB) *session {
	t.Helper()
	dir := t.TempDir()
	create := func(name string) *os.File {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return f
	}
	s := &session{t: t, stdout: create("stdout"), stderr: create("stderr")}
	s.start(s.stdout, s.stderr)
	t.Cleanup(func() {
		if log := s.read(s.stderr); strings.Contains(log, "bug: ") {
			t.Errorf("the plugin caught a panic:\n%s", log)
		}
	})
	return s
}

func (s *session) start(stdout, stderr *os.File) {
	s.t.Helper()
	var err error
	if s.Host, err = Start(hostPath, stdout, stderr); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { s.ok(s.Stop()) })
}

func newSession(t testing.TB) *session {
	t.Helper()
	s := startHost(t)
	s.ok(s.Load(libraryPath))
	return s
}

// read returns what was written to one of the session's files so far.
func (s *session) read(f *os.File) string {
	s.t.Helper()
	text, err := os.ReadFile(f.Name())
	if err != nil {
		s.t.Fatal(err)
	}
	return string(text)
}

// ok fails the test when err, the last of its arguments, is not nil.
func (s *session) ok(results ...any) {
	s.t.Helper()
	err, _ := results[len(results)-1].(error)
	if err == nil {
		return
	}
	if s.stderr != nil {
		s.t.Log(s.read(s.stderr))
	}
	s.t.Fatal(err)
}

// init starts an instance that prints findings and asks nobody anything.
func (s *session) init(id string, options ...string) {
	s.t.Helper()
	s.ok(s.Init(id, append(options, "sinks=stdout", "role_probe=off")...)) // the first of a name counts
}

// flush expects FLB_OK and returns what else is known of the flush.
func (s *session) flush(stack int, id, tag, file string) Flush {
	s.t.Helper()
	f, err := s.Flush(stack, id, tag, file)
	s.ok(err)
	if f.Code != 1 {
		s.t.Errorf("flush of %s returned %d; want 1, FLB_OK", filepath.Base(file), f.Code)
	}
	return f
}

// findings returns the last snapshot of every finding that was printed so far.
func (s *session) findings() []finding.Finding {
	s.t.Helper()
	last := make(map[string]finding.Finding)
	for line := range strings.Lines(s.read(s.stdout)) {
		var f finding.Finding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			s.t.Errorf("expected one JSON object a line on stdout, got %q: %v", line, err)
			continue
		}
		last[f.Fingerprint] = f
	}
	return slices.SortedFunc(maps.Values(last), func(a, b finding.Finding) int {
		return strings.Compare(a.Scope.Container, b.Scope.Container)
	})
}

// events returns how many failures of the container were told.
func (s *session) events(container string) int64 {
	s.t.Helper()
	var n int64
	for _, f := range s.findings() {
		if f.Scope.Container == container {
			n += f.Counts.Events
		}
	}
	return n
}

const (
	task   = "0f9b3c1d2e4a5b6c7d8e9f0a1b2c3d4e"
	denial = `An error occurred (AccessDenied) when calling the GetObject operation: User: ` +
		`arn:aws:sts::123456789012:assumed-role/orders-task/` + task + ` is not authorized to perform: ` +
		`s3:GetObject on resource: "arn:aws:s3:::orders-archive/2026/07.csv" because no identity-based ` +
		`policy allows the s3:GetObject action`
)

// denials appends n failures of a container, a second apart from sec on, among
// ordinary lines.
func denials(b *enginetest.ChunkBuilder, container string, sec int64, n int) {
	for i := range n {
		b.Append(sec+int64(i), 0, enginetest.FireLens(task, container, "GET /orders/403 200 403 0.003", "stdout")...)
		b.Append(sec+int64(i), 0, enginetest.FireLens(task, container, denial, "stderr")...)
	}
}

func tagOf(container string) string { return enginetest.FireLensTag(task, container) }

// write puts a chunk into a file of the test's directory.
func write(t testing.TB, name string, chunk []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, chunk, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// denialChunk writes a chunk of three failures now.
func denialChunk(t testing.TB, format enginetest.Format, container string) string {
	b := enginetest.ChunkBuilder{Format: format}
	denials(&b, container, time.Now().Unix()-3, 3)
	return write(t, container, b.Bytes())
}

func TestRegister(t *testing.T) {
	s := startHost(t)
	got, err := s.Load(libraryPath) // fails when a byte past the 32 is written
	s.ok(err)
	if want := (Registration{Name: "authlens", Type: 2, Proxy: 11}); got != want {
		t.Errorf("registered as %+v; want %+v", got, want)
	}
}

func TestFormatsAndStacks(t *testing.T) {
	s := newSession(t)
	s.init("a")
	deepest := 0
	for _, stack := range []int{StackOfThread, StackSmall, StackCurrent} {
		for _, format := range enginetest.Formats {
			container := fmt.Sprintf("format-%d-%d", format, stack)
			f := s.flush(stack, "a", tagOf(container), denialChunk(t, format, container))
			deepest = max(deepest, f.Stack)
		}
	}
	s.ok(s.Exit("a"))
	got := s.findings()
	if len(got) != 3*len(enginetest.Formats) {
		t.Errorf("got %d findings; want one for each format and stack:\n%s", len(got), s.read(s.stdout))
	}
	for _, f := range got {
		if f.Counts.Events != 3 || f.Facts.Action != "s3:GetObject" {
			t.Errorf("%s: got %d events of %q; want 3 of s3:GetObject", f.Scope.Container, f.Counts.Events, f.Facts.Action)
		}
	}
	t.Logf("a flush used at most %d bytes of its coroutine's stack", deepest)
}

// hostileChunks are what no Fluent Bit should send, and some that it may.
func hostileChunks() map[string][]byte {
	now := time.Now().Unix()
	good := func(format enginetest.Format) []byte {
		b := enginetest.ChunkBuilder{Format: format}
		denials(&b, "app", now, 2)
		return bytes.Clone(b.Bytes())
	}
	record := func(sec int64, fields ...any) []byte {
		var b enginetest.ChunkBuilder
		b.Append(sec, 999_999_999, fields...)
		return b.Bytes()
	}
	nested := func(depth int) any {
		var v any = denial
		for i := range depth {
			if i%2 == 0 {
				v = enginetest.Map{"error", v}
			} else {
				v = []any{v}
			}
		}
		return v
	}
	var markers enginetest.ChunkBuilder
	markers.Marker(-1)
	denials(&markers, "app", now, 1)
	markers.Marker(-2)

	chunks := map[string][]byte{
		"empty":              {},
		"one byte":           {0x92},
		"group markers":      markers.Bytes(),
		"1970":               record(0, "log", denial),
		"2100":               record(4102444800, "log", denial),
		"invalid UTF-8":      record(now, "log", "\xff\xfe"+denial+"\xc3\x28\x80"),
		"10 MB record":       record(now, "log", strings.Repeat("x", 5<<20)+denial+strings.Repeat("y", 5<<20)),
		"100 deep":           record(now, "log", nested(100)),
		"10000 deep":         record(now, "log", nested(10_000)),
		"keys are no string": record(now, 17, denial, nil, denial, 1.5, true),
		"bin":                record(now, "log", []byte(denial)),
		"huge array header":  append(good(enginetest.V2), 0xdd, 0xff, 0xff, 0xff, 0xff),
		"huge map header":    append(good(enginetest.V2), 0x92, 0x00, 0xdf, 0xff, 0xff, 0xff, 0xff),
		"huge string header": append(good(enginetest.V2), 0x92, 0x00, 0x81, 0xa3, 'l', 'o', 'g', 0xdb, 0xff, 0xff, 0xff, 0xff),
		"endless arrays":     bytes.Repeat([]byte{0x91}, 1<<20),
		"never used byte":    bytes.Repeat([]byte{0xc1}, 1000),
	}
	for name, format := range map[string]enginetest.Format{"v1": enginetest.V1, "v2": enginetest.V2} {
		whole := good(format)
		for cut := 1; cut < len(whole); cut += len(whole)/40 + 1 {
			chunks[fmt.Sprintf("%s cut at %d", name, cut)] = whole[:cut]
			chunks[fmt.Sprintf("%s begun at %d", name, cut)] = whole[cut:]
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 40 {
		whole := good(enginetest.V2)
		for range 1 + i {
			whole[random.IntN(len(whole))] = byte(random.Uint32())
		}
		chunks[fmt.Sprintf("%d bytes changed", 1+i)] = whole
	}
	return chunks
}

func TestHostileChunks(t *testing.T) {
	s := newSession(t)
	s.init("a")
	chunks := hostileChunks()
	for _, name := range slices.Sorted(maps.Keys(chunks)) {
		file := write(t, "chunk", chunks[name])
		for _, stack := range []int{StackSmall, StackCurrent} {
			f, err := s.Flush(stack, "a", tagOf("hostile"), file)
			if err != nil || f.Code != 1 {
				t.Fatalf("%s: flush on a stack of %d bytes returned %d, %v; want 1, FLB_OK\n%s",
					name, stack, f.Code, err, s.read(s.stderr))
			}
		}
	}
	// After all that, it still does its work.
	s.flush(StackSmall, "a", tagOf("after"), denialChunk(t, enginetest.V2, "after"))
	s.ok(s.Exit("a"))
	if n := s.events("after"); n != 3 {
		t.Errorf("told %d failures after the hostile chunks; want 3\n%s", n, s.read(s.stderr))
	}
}

func TestTags(t *testing.T) {
	s := newSession(t)
	s.init("a")
	chunk := denialChunk(t, enginetest.V2, "app")
	for _, tag := range []string{"", "a", "\xff\xfe", strings.Repeat("t", 100_000), "app-firelens-", "-firelens-", "%s%n"} {
		s.flush(StackSmall, "a", tag, chunk)
	}
	s.ok(s.Exit("a"))
	if len(s.findings()) == 0 {
		t.Error("no finding")
	}
}

func TestThreads(t *testing.T) {
	t.Setenv("GOGC", "1") // collect garbage all the time, also in the middle of a flush
	s := newSession(t)
	s.init("a")
	s.init("b", "threshold=1")
	const threads, flushes = 8, 60
	files := []string{
		denialChunk(t, enginetest.V2, "app"), denialChunk(t, enginetest.V1, "app"),
		write(t, "empty", nil), write(t, "noise", bytes.Repeat([]byte("AccessDenied"), 100)),
	}
	storm, err := s.Storm(StackSmall, threads, flushes, tagOf("app"), files, "a", "b")
	s.ok(err)
	s.ok(s.Exit("a"))
	s.ok(s.Exit("b"))
	// Files and instances are taken in turn, so every second flush holds three
	// failures, and one instance gets the even rounds, the other the odd.
	var told int64
	for line := range strings.Lines(s.read(s.stdout)) {
		var f finding.Finding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		told = max(told, f.Counts.Events)
	}
	if want := int64(threads * flushes / 4 * 3); told != want {
		t.Errorf("the most failures one instance told are %d; want %d", told, want)
	}
	t.Logf("%d flushes on %d threads: %+v", threads*flushes, threads, storm)
}

func TestExits(t *testing.T) {
	// Each exit is an instance's, "?" of an unknown context, "0" of none, or "-"
	// without a context. Every instance must have told its finding in the end.
	f := func(exits string) {
		t.Helper()
		s := newSession(t)
		for _, id := range []string{"a", "b", "c"} {
			s.init(id, "cluster="+id)
			s.flush(StackSmall, id, tagOf(id), denialChunk(t, enginetest.V2, id))
		}
		for _, e := range exits {
			switch e {
			case '?':
				s.ok(s.ExitContext(0xdeadbeef))
			case '0':
				s.ok(s.ExitContext(0))
			case '-':
				s.ok(s.ExitPlain())
			default:
				s.ok(s.Exit(string(e)))
			}
		}
		for _, id := range []string{"a", "b", "c"} {
			if n := s.events(id); n != 3 {
				t.Errorf("exits %s: instance %s told %d failures; want 3", exits, id, n)
			}
			s.flush(StackSmall, id, tagOf(id), denialChunk(t, enginetest.V2, id)) // too late, and harmless
		}
	}
	f("abc")
	f("cba")
	f("ccc") // Fluent Bit 1.9.10
	f("?0bb0ac?a")
	f("---")
	f("----c")
}

func TestInitFailure(t *testing.T) {
	s := newSession(t)
	s.init("good")
	err := s.Init("bad", "window=a fortnight", "sinks=pigeon")
	if !errors.Is(err, errFailed) {
		t.Fatalf("init with wrong options: %v; want it to be declined", err)
	}
	for _, want := range []string{"window", "a fortnight", "sinks", "pigeon"} {
		if !strings.Contains(s.read(s.stderr), want) {
			t.Errorf("stderr does not name %q:\n%s", want, s.read(s.stderr))
		}
	}
	file := denialChunk(t, enginetest.V2, "app")
	s.flush(StackSmall, "bad", tagOf("app"), file)
	s.flush(StackSmall, "good", tagOf("app"), file)
	s.ok(s.Exit("bad")) // as 1.9.10 does for "good", out of freed memory
	s.ok(s.Exit("good"))
	if n := s.events("app"); n != 3 {
		t.Errorf("told %d failures; want 3", n)
	}
}

// Whoever reads stdout and stderr may be gone; the log router must not follow.
func TestNobodyReadsStdout(t *testing.T) {
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	s := &session{t: t}
	s.start(writer, writer)
	reader.Close()
	writer.Close()
	s.ok(s.Load(libraryPath))
	s.init("a", "shutdown_grace=200ms")
	for range 3 {
		s.flush(StackSmall, "a", tagOf("app"), denialChunk(t, enginetest.V2, "app"))
	}
	s.ok(s.Exit("a"))
}

// stalledPeer listens, accepts, and never reads.
func stalledPeer(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { c.Close() })
		}
	}()
	return "tcp://" + l.Addr().String()
}

// stormChunk writes a chunk in which every record is a failure of one of many
// groups, so that there is always something to tell.
func stormChunk(t testing.TB) string {
	var b enginetest.ChunkBuilder
	now := time.Now().Unix()
	for i := range 1000 {
		line := strings.ReplaceAll(denial, "orders-task", fmt.Sprintf("role-%d", i%50))
		b.Append(now, 0, enginetest.FireLens(task, "app", line, "stderr")...)
	}
	return write(t, "storm", b.Bytes())
}

func TestStalledSink(t *testing.T) {
	s := newSession(t)
	s.init("stalled", "sinks=forward", "forward_to="+stalledPeer(t), "shutdown_grace=200ms", "threshold=1")
	file := stormChunk(t)
	for range 20 {
		s.flush(StackSmall, "stalled", tagOf("app"), file)
	}
	s.ok(s.Exit("stalled"))
	// What the peer did not take is printed.
	if n := s.events("app"); n != 20*1000 {
		t.Errorf("%d of 20000 failures were told on stdout at exit", n)
	}
}
