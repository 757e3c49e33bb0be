package engine

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/record"
	"github.com/authlens/authlens/engine/window"
)

const (
	taskA = "0123456789abcdef0123456789abcdef"
	taskB = "fedcba9876543210fedcba9876543210"
)

func denied(bucket, key string) string {
	return "ERROR An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:sts::123456789012:assumed-role/reports-task/" +
		taskA + " is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::" + bucket + "/" + key + "\" because no identity-based policy allows the s3:GetObject action"
}

// A summary is a Counts in a form that can be compared.
type countsSummary struct {
	Stats  Stats
	Groups map[string]groupSummary
}

type groupSummary struct {
	Events  int
	Windows map[window.Index]int
	Marks   int
	Scope   string
	Sample  string
}

func summarise(c *Counts) countsSummary {
	s := countsSummary{Stats: c.Stats, Groups: map[string]groupSummary{}}
	for i := range c.groups[:c.nGroups] {
		g := &c.groups[i]
		if g.events == 0 {
			continue
		}
		o := c.origin(&g.scope)
		sum := groupSummary{
			Events:  int(g.events),
			Windows: map[window.Index]int{},
			Scope:   fmt.Sprintf("%s/%s/%s", o.cluster, o.family, o.container),
			Sample:  string(c.read(g.sample)),
		}
		for _, cell := range c.cells[:c.nCells] {
			if int(cell.group) == i && cell.events > 0 {
				sum.Windows[cell.window] += int(cell.events)
			}
		}
		for _, m := range c.marks[:c.nMarks] {
			if int(c.cells[m.cell].group) == i {
				sum.Marks++
			}
		}
		s.Groups[fmt.Sprintf("%016x", g.key)] = sum
	}
	return s
}

func scanAll(t testing.TB, opt ScannerOptions, tag string, chunks ...[]byte) countsSummary {
	t.Helper()
	return scanTagged(t, opt, NewCounts(), ofTag(tag, chunks...)...)
}

func ofTag(tag string, chunks ...[]byte) (all []enginetest.Chunk) {
	for _, chunk := range chunks {
		all = append(all, enginetest.Chunk{Tag: tag, Bytes: chunk})
	}
	return all
}

// scanTagged scans chunks of any tags into c, with a new Scanner.
func scanTagged(t testing.TB, opt ScannerOptions, c *Counts, chunks ...enginetest.Chunk) countsSummary {
	t.Helper()
	s := freshScanner(t, opt)
	for _, one := range chunks {
		s.Scan(one.Tag, one.Bytes, c)
	}
	s.Expire(c)
	s.Expire(c)
	return summarise(c)
}

var scanners = map[string]*Scanner{}

// freshScanner returns a Scanner that has seen nothing. Making one takes longer
// than most tests do, so they share one for each set of options.
func freshScanner(t testing.TB, opt ScannerOptions) *Scanner {
	t.Helper()
	key := fmt.Sprintf("%+v", opt)
	s := scanners[key]
	if s == nil {
		s, _ = newEngine(t, opt)
		scanners[key] = s
	}
	for i := range s.seen {
		s.seen[i].Store(0)
	}
	for i := range s.copies {
		s.copies[i].Store(0)
	}
	s.recent = recentRoom{}
	return s
}

// lines returns a chunk of records of one container, all at the same second.
func lines(at int64, texts ...string) []byte {
	var b enginetest.ChunkBuilder
	for _, text := range texts {
		b.Append(at, 0, enginetest.FireLens(taskA, "api", text, "stderr")...)
	}
	return b.Bytes()
}

// only returns the one group of a summary.
func only(t *testing.T, s countsSummary) groupSummary {
	t.Helper()
	if len(s.Groups) != 1 {
		t.Fatalf("found %d groups, %+v; want 1", len(s.Groups), s)
	}
	for _, g := range s.Groups {
		return g
	}
	panic("unreachable")
}

func TestScanGroups(t *testing.T) {
	var b enginetest.ChunkBuilder
	for i := range 10 {
		b.Append(int64(1_700_000_000+i*30), 0, enginetest.FireLens(taskA, "reports", denied("company-reports", fmt.Sprint(i)), "stdout")...)
		b.Append(int64(1_700_000_000+i*30), 0, enginetest.FireLens(taskA, "reports", "INFO 403 rows written, authentication succeeded", "stdout")...)
	}
	b.Append(1_700_000_300, 0, enginetest.FireLens(taskA, "reports", denied("other-bucket", "x"), "stdout")...)
	got := scanAll(t, ScannerOptions{}, enginetest.FireLensTag(taskA, "reports"), b.Bytes())
	if len(got.Groups) != 2 || got.Stats.Matches != 11 {
		t.Fatalf("found %d groups and %d matches; want 2 groups (one a bucket), 11 matches", len(got.Groups), got.Stats.Matches)
	}
	for _, g := range got.Groups {
		if g.Scope != "production/shop-reports/reports" {
			t.Errorf("scope is %s", g.Scope)
		}
		if g.Events == 10 && (len(g.Windows) != 5 || g.Marks != 15) {
			t.Errorf("ten events in five minutes: %d windows, %d marks; want 5 windows, a task in each, and ten resources", len(g.Windows), g.Marks)
		}
	}
}

// Where a record comes from is known with ECS metadata on and off, on an
// aggregator, and outside ECS.
func TestScanScope(t *testing.T) {
	f := func(tag string, def Scope, want string, fields ...any) {
		t.Helper()
		var b enginetest.ChunkBuilder
		b.Append(1_700_000_000, 0, append(fields, "log", denied("b", "k"))...)
		if got := only(t, scanAll(t, ScannerOptions{Defaults: def}, tag, b.Bytes())).Scope; got != want {
			t.Errorf("tag %s, fields %v: scope %s; want %s", tag, fields, got, want)
		}
	}
	f("api-firelens-"+taskA, Scope{}, "//api")
	f("api-firelens-"+taskA, Scope{Cluster: "prod", Family: "shop"}, "prod/shop/api")
	f("shop-firelens-api-firelens-"+taskA, Scope{}, "//shop-firelens-api")
	f("api-firelens-"+taskA, Scope{Cluster: "other"}, "prod/shop/api", "ecs_cluster", "prod", "ecs_task_definition", "shop:12")
	f("api-firelens-"+taskA, Scope{}, "prod/shop/api", "ecs_cluster", "arn:aws:ecs:eu-central-1:123456789012:cluster/prod", "ecs_task_definition", "arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:12")
	f("my-firelens-api_2-firelens-"+taskA, Scope{}, "//my-firelens-api_2")
	f("errors.api-firelens-"+taskA, Scope{}, "//api")
	f("errors.-firelens-"+taskA, Scope{}, "//web_1", "container_name", "/web_1")
	f("all", Scope{}, "/shop/api-v2", "ecs_task_definition", "shop:12", "container_name", "/ecs-shop-12-api-v2-e0c1f2aabbccddeeff00")
	f("all", Scope{Family: "shop"}, "/shop/api-v2", "container_name", "/ecs-shop-12-api-v2-e0c1f2aabbccddeeff00")
	f("all", Scope{}, "/shop/api-v2", "ecs_task_definition", "arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:12", "container_name", "/ecs-shop-12-api-v2-e0c1f2aabbccddeeff00")
	f("all", Scope{}, "//shop-12-api-v2", "container_name", "/ecs-shop-12-api-v2-e0c1f2aabbccddeeff00")
	f("all", Scope{Family: "sho"}, "/sho/shop-12-api-v2", "container_name", "/ecs-shop-12-api-v2-e0c1f2aabbccddeeff00")
	f("all", Scope{}, "//ecs-tools", "container_name", "/ecs-tools")
	f("all", Scope{}, "//web_1", "container_name", "/web_1")
	f("tail.0", Scope{}, "//tail.0")
	f("tail.0", Scope{Container: "batch"}, "//batch")
}

// A filter may put words around the tag that FireLens gives.
func TestOriginInTag(t *testing.T) {
	f := func(tag, container, task string) {
		t.Helper()
		o := originOf(&fields{}, tag, &Scope{})
		if string(o.container) != container || string(o.task) != task {
			t.Errorf("%s: container %s, task %s; want %s, %s", tag, o.container, o.task, container, task)
		}
	}
	f("api-firelens-"+taskA, "api", taskA)
	f("my-firelens-api_2-firelens-"+taskA, "my-firelens-api_2", taskA)
	f("errors.api-firelens-"+taskA, "api", taskA)
	f("äpi-firelens-"+taskA+".errors", "pi", taskA)
	f("errors.-firelens-"+taskA, "errors.-firelens-"+taskA, taskA)
}

func TestScanParsedRecords(t *testing.T) {
	f := func(want int, fields ...any) {
		t.Helper()
		var b enginetest.ChunkBuilder
		b.Append(1_700_000_000, 0, fields...)
		if got := scanAll(t, ScannerOptions{}, "t", b.Bytes()); int(got.Stats.Matches) != want {
			t.Errorf("%v: %d matches; want %d", fields, got.Stats.Matches, want)
		}
	}
	f(1, "level", "error", "msg", denied("b", "k"))
	f(1, "level", "error", "error", enginetest.Map{"code", "AccessDenied", "message", denied("b", "k")})
	f(1, "errors", []any{"first", denied("b", "k")})
	f(1, "log", []byte(denied("b", "k")))
	f(0, "level", "info", "msg", "all is well", "status", 403)
	f(0, "container_name", "/AccessDenied", "log", "all is well")
}

func TestScanKeys(t *testing.T) {
	var b enginetest.ChunkBuilder
	b.Append(1_700_000_000, 0, "log", "fine", "note", denied("b", "k"))
	for keys, want := range map[string]int64{"": 1, "note": 1, "log": 0, "log,note": 1} {
		opt := ScannerOptions{}
		if keys != "" {
			opt.ScanKeys = strings.Split(keys, ",")
		}
		if got := scanAll(t, opt, "t", b.Bytes()).Stats.Matches; got != want {
			t.Errorf("scan_keys %q: %d matches; want %d", keys, got, want)
		}
	}
}

func TestScanLeavesOurOwnFindingsAlone(t *testing.T) {
	opt := ScannerOptions{Marker: Marker{Key: "authlens_marker", Value: "f00d"}}
	f := func(want int64, fields ...any) {
		t.Helper()
		var b enginetest.ChunkBuilder
		b.Append(1_700_000_000, 0, append(fields, "log", denied("b", "k"))...)
		if got := scanAll(t, opt, "app", b.Bytes()).Stats.Matches; got != want {
			t.Errorf("fields %v: %d matches; want %d", fields, got, want)
		}
	}
	f(1)
	f(0, "authlens_marker", "f00d")
	f(1, "authlens_marker", "made up by an application")
}

// The runtime cuts lines at 16 KB: wherever the cut goes, the failure is found
// once and whole.
func TestScanPartialMessages(t *testing.T) {
	line := strings.Repeat("x", 16<<10-200) + " " + denied("company-reports", "daily.csv") + " " + strings.Repeat("y", 300)
	part := func(b *enginetest.ChunkBuilder, text, id, ordinal, last string) {
		b.Append(1_700_000_000, 0, append(enginetest.FireLens(taskA, "api", text, "stdout"),
			"partial_message", "true", "partial_id", id, "partial_ordinal", ordinal, "partial_last", last)...)
	}
	for cutAt := 16<<10 - 260; cutAt < len(line)-200; cutAt += 7 {
		for _, chunks := range []int{1, 2} {
			var first, second enginetest.ChunkBuilder
			b := &first
			part(b, line[:cutAt], "p1", "1", "false")
			if chunks == 2 {
				b = &second
			}
			b.Append(1_700_000_000, 0, enginetest.FireLens(taskA, "api", "INFO in between", "stderr")...)
			part(b, line[cutAt:], "p1", "2", "true")
			got := scanAll(t, ScannerOptions{}, "api-firelens-"+taskA, first.Bytes(), second.Bytes())
			if got.Stats.Matches != 1 {
				t.Fatalf("cut at %d, %d chunks: %d matches; want 1", cutAt, chunks, got.Stats.Matches)
			}
		}
	}
}

func TestScanLongValues(t *testing.T) {
	pad := strings.Repeat("all is well, and there is nothing to see here; ", 1<<18) // 12 MB
	f := func(text string, want int64) {
		t.Helper()
		var b enginetest.ChunkBuilder
		b.Append(1_700_000_000, 0, "log", text)
		if got := scanAll(t, ScannerOptions{}, "t", b.Bytes()).Stats.Matches; got != want {
			t.Errorf("a value of %d bytes: %d matches; want %d", len(text), got, want)
		}
	}
	f(pad, 0)
	f(pad+denied("b", "k"), 1)
	f(denied("b", "k")+pad, 1)
	f(pad+denied("b", "k")+pad, 1)
	f(pad+"AccessDeniedHandler"+pad+denied("b", "k")+pad, 1)
}

// A flush is brief, also where a value has what looks like a failure all over. That it was
// not judged to its end is counted, as it is where a piece of it was not.
func TestScanLongValuesOfNearMisses(t *testing.T) {
	f := func(text string, matches, unjudged int64) {
		t.Helper()
		var b enginetest.ChunkBuilder
		b.Append(1_700_000_000, 0, "log", text)
		if got := scanAll(t, ScannerOptions{}, "t", b.Bytes()).Stats; got.Matches != matches || got.Unjudged != unjudged {
			t.Errorf("a value of %d bytes: %d matches, %d unjudged; want %d and %d", len(text), got.Matches, got.Unjudged, matches, unjudged)
		}
	}
	sentence := "no AccessDenied errors today, " + strings.Repeat("and nothing else to see here either, ", 30)
	nearMisses := func(n int) string { return strings.Repeat(sentence, n/len(sentence)) }
	f(nearMisses(100<<10), 0, 0)
	f(nearMisses(100<<10)+denied("b", "k"), 1, 0)
	f(nearMisses(longPieces*excerptMax), 0, 1)
	f(nearMisses(longPieces*excerptMax)+denied("b", "k"), 0, 1)
	f(strings.Repeat("no AccessDenied errors today, ", excerptMax/30), 0, 1)
	bounded := strings.Repeat("401 403 unauthorized forbidden denied expired invalid ", excerptMax/50)
	f(bounded+strings.Repeat("all is well, and there is nothing to see here; ", excerptMax/40)+"AccessDeniedHandler", 0, 1)
}

func TestScanBrokenChunks(t *testing.T) {
	var b enginetest.ChunkBuilder
	for range 20 {
		b.Append(1_700_000_000, 0, enginetest.FireLens(taskA, "api", denied("b", "k"), "stdout")...)
	}
	whole := b.Bytes()
	for n := 0; n < len(whole); n += 13 {
		got := scanAll(t, ScannerOptions{}, "t", whole[:n])
		read := int64(n / (len(whole) / 20))
		if got.Stats.Matches < read || got.Stats.Matches > read+1 {
			t.Fatalf("the first %d bytes of %d: %d matches; want %d", n, len(whole), got.Stats.Matches, read)
		}
	}
}

// What is no record is passed over, and counted where a scan comes by.
func TestScanCountsOddObjects(t *testing.T) {
	record := lines(1_700_000_000, denied("b", "k"))
	chunk := slices.Concat(record, []byte{0x05, 0x93, 0x01, 0x02, 0x03}, record) // a number, an array of three
	for _, walkFirst := range []bool{false, true} {
		got := scanAll(t, ScannerOptions{WalkFirst: walkFirst}, "t", chunk)
		if got.Stats.Odd != 2 || got.Stats.Broken != 0 || only(t, got).Events != 2 {
			t.Errorf("walk first %v: %+v; want two failures and two odd objects", walkFirst, got)
		}
	}
}

// Ten million distinct groups must not grow memory, nor lose a count.
func TestScanManyGroups(t *testing.T) {
	s, a := newEngine(t, ScannerOptions{})
	c := NewCounts()
	now := time.Unix(1_700_000_000, 0)
	const chunks, records = 20, 1000
	for i := range chunks {
		var b enginetest.ChunkBuilder
		for j := range records {
			b.Append(now.Unix(), 0, enginetest.FireLens(taskA, "api", denied(fmt.Sprintf("bucket-%d-%d", i, j), "k"), "stdout")...)
		}
		s.Scan("t", b.Bytes(), c)
		a.Add(c, now)
		c.Reset()
	}
	var told int64
	others := 0
	for _, f := range a.Advance(now) {
		told += f.Counts.Events
		if strings.Contains(f.Summary, "counts the rest together") {
			others++
		}
	}
	st := a.Stats()
	if st.Events != chunks*records || told != chunks*records || st.Lost != 0 {
		t.Errorf("%d events in, %d told, %d lost; want all %d", st.Events, told, st.Lost, chunks*records)
	}
	if others != 1 {
		t.Errorf("%d findings stand for the groups without room; want 1", others)
	}
	if st.Groups > 1024+othersMax {
		t.Errorf("%d groups held; want at most %d", st.Groups, 1024+othersMax)
	}
}

func TestMergeIsAddition(t *testing.T) {
	s, _ := newEngine(t, ScannerOptions{})
	rng := rand.New(rand.NewPCG(9, 10))
	together, merged := NewCounts(), NewCounts()
	for range 30 {
		var b enginetest.ChunkBuilder
		for range 10 {
			line := denied(fmt.Sprintf("bucket-%d", rng.IntN(5)), fmt.Sprint(rng.IntN(100)))
			b.Append(1_700_000_000+int64(rng.IntN(300)), 0, enginetest.FireLens(taskA, "api", line, "stdout")...)
		}
		part := NewCounts()
		s.Scan("t", b.Bytes(), part)
		s.Scan("t", b.Bytes(), together)
		merged.Merge(part)
	}
	if diff := cmp.Diff(summarise(together), summarise(merged)); diff != "" {
		t.Errorf("counted together and merged differ (-together +merged):\n%s", diff)
	}
	if merged.newest != together.newest {
		t.Errorf("the newest time merged is %d, together %d", merged.newest, together.newest)
	}
}

func TestScanAllocatesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("the short tests run under the race detector, which allocates")
	}
	s, _ := newEngine(t, ScannerOptions{})
	f := func(name string, line func(i int) string) {
		var b enginetest.ChunkBuilder
		for i := range 200 {
			b.Append(1_700_000_000, 0, enginetest.FireLens(taskA, "api", line(i), "stdout")...)
		}
		c := NewCounts()
		tag := enginetest.FireLensTag(taskA, "api")
		run := func() { s.Scan(tag, b.Bytes(), c); c.Reset() }
		run()
		if n := testing.AllocsPerRun(20, run); n != 0 {
			t.Errorf("%s: %v allocations a chunk; want 0", name, n)
		}
	}
	f("quiet", func(i int) string { return fmt.Sprintf("INFO request %d served in 403 ms", i) })
	f("near misses", func(i int) string { return "class AccessDeniedHandler loaded; authentication succeeded" })
	f("near misses that differ", func(i int) string { return fmt.Sprintf("class AccessDeniedHandler loaded in %d ms", i) })
	f("storm", func(i int) string { return denied("b", fmt.Sprint(i)) })
	f("storm of groups", func(i int) string { return denied(fmt.Sprint("bucket-", i), "k") })
	f("storm of JSON", func(i int) string { return fmt.Sprintf(`{"level":"error","msg":%q}`, denied("b", fmt.Sprint(i))) })
	f("broken errors", func(i int) string {
		return []string{"AccessDenied: User: arn:aws:sts::123456:assumed-role/ecs-task-role/task-id", "is not authorized to perform: s3:GetObject on resource:", "arn:aws:s3:::company-reports/x"}[i%3]
	})
}

// FuzzScan holds the two orders equal, and both safe, on anything.
func FuzzScan(f *testing.F) {
	var b enginetest.ChunkBuilder
	for i, line := range []string{
		denied("b", "k"), "INFO fine", "AccessDenied: User: arn:aws:sts::123456:assumed-role/ecs-task-role/task-id",
		"is not authorized to perform: s3:GetObject on resource:", "arn:aws:s3:::company-reports/x", "FATAL: password authentication failed for user \"x\"",
	} {
		b.Append(int64(1_700_000_000+i), 0, enginetest.FireLens(taskA, "api", line, "stdout")...)
	}
	f.Add(slices.Clone(b.Bytes()), uint16(0))
	f.Add(slices.Clone(b.Bytes()), uint16(900))
	f.Add([]byte{0x92, 0x92, 0xd7}, uint16(1))
	b.Append(1_700_000_100, 0, append(enginetest.FireLens(taskB, "api", "AccessDen", "stderr"), "partial_message", "true", "partial_id", "x")...)
	b.Append(1_700_000_100, 0, append(enginetest.FireLens(taskB, "api", "ied when calling the GetObject operation", "stderr"), "partial_message", "true", "partial_id", "x", "partial_last", "true")...)
	f.Add(slices.Clone(b.Bytes()), uint16(2000))
	var two enginetest.ChunkBuilder // containers, and streams of theirs
	for i := range 24 {
		task, source := []string{taskA, taskB}[i/12], []string{"stdout", "stderr"}[i/3%2]
		two.Append(int64(1_700_000_000+i), 0, enginetest.FireLens(task, "api", denied("b", fmt.Sprint(i)), source)...)
	}
	f.Add(two.Bytes(), uint16(4000))
	f.Fuzz(func(t *testing.T, chunk []byte, cutAt uint16) {
		at := min(int(cutAt), len(chunk))
		sameInBothOrders(t, ScannerOptions{}, ofTag("api-firelens-"+taskA, chunk[:at], chunk[at:])...)
	})
}

// sameInBothOrders holds what a sweep finds in chunks to what a walk finds, whether the sweep is
// narrow where it can be or never.
func sameInBothOrders(t *testing.T, opt ScannerOptions, chunks ...enginetest.Chunk) {
	t.Helper()
	// The sweep does not look at what it need not: broken framing and odd objects
	// behind the last candidate go unseen, and so do findings of ours.
	summary := func() countsSummary {
		s := scanTagged(t, opt, NewCounts(), chunks...)
		s.Stats.Broken, s.Stats.BrokenBytes, s.Stats.Odd, s.Stats.Own = 0, 0, 0, 0
		return s
	}
	opt.WalkFirst = true
	walk := summary()
	opt.WalkFirst = false
	defer func(least int) { leastNarrow = least }(leastNarrow)
	for _, leastNarrow = range []int{0, math.MaxInt} {
		if diff := cmp.Diff(walk, summary()); diff != "" {
			t.Fatalf("walk first and sweep first, narrow from %d bytes on, differ (-walk +sweep):\n%.3000s\n%.3000q", leastNarrow, diff, chunks)
		}
	}
}

// The clock follows event time where nothing fails, too.
func TestQuietChunksMoveTheClock(t *testing.T) {
	s := freshScanner(t, ScannerOptions{})
	c := NewCounts()
	for i, text := range []string{denied("b", "k"), "INFO all is well", "INFO all is still well"} {
		c.Reset()
		at := int64(1_700_000_000 + 100*i)
		s.Scan("t", lines(at, text), c)
		if c.newest != at*1e9 {
			t.Errorf("chunk %d: the newest time is %d; want %d", i, c.newest/1e9, at)
		}
	}
}

// A record with more evidence than is looked at is counted, when nothing is found in it.
func TestUnjudgedIsCounted(t *testing.T) {
	s, _ := engineOf(t, explainerOf(t, `signatures: [{regex: 'refused by \d+ gates'}]`), ScannerOptions{})
	f := func(text string, matches, unjudged int64) {
		t.Helper()
		c := NewCounts()
		s.Scan("t", lines(1_700_000_000, text), c)
		if c.Stats.Matches != matches || c.Stats.Unjudged != unjudged {
			t.Errorf("%.40q…: %d matches, %d unjudged; want %d, %d", text, c.Stats.Matches, c.Stats.Unjudged, matches, unjudged)
		}
	}
	many := strings.Repeat("refused by none ", 1000)
	f("refused by none", 0, 0)
	f(many, 0, 1)
	f(many+strings.Repeat("more ", 10_000)+many, 0, 1)
	f("refused by 2 gates "+many, 1, 0)
}

// Fluent Bit frees a chunk after its flush: nothing that is kept may point into it.
func TestScanLetsGoOfTheChunk(t *testing.T) {
	s, c := freshScanner(t, ScannerOptions{}), NewCounts()
	further := "Caused by: An error occurred (AccessDenied) when calling the GetObject operation: no"
	var chunk enginetest.ChunkBuilder
	for range 2 { // the second is looked at as a further line of the first
		chunk.Append(1_700_000_000, 0, enginetest.FireLens(taskA, "api", further, "stderr")...)
	}
	s.Scan("t", chunk.Bytes(), c)
	if c.Stats.Matches != 1 || c.Stats.Duplicates != 1 {
		t.Fatalf("%d matches, %d duplicates; want one of each", c.Stats.Matches, c.Stats.Duplicates)
	}
	s.Scan("t", spaced(denied("b", "1"), denied("b", "2"), denied("b", "3"), denied("b", "4")), c)
	m := c.scratch
	habits := m.tags.known[0]
	if habits.framed.singles == [record.Frames]int{} {
		t.Fatal("nothing is kept of the records of a frame")
	}
	for name, kept := range map[string]any{"habits": *habits, "record": m.record, "walk": m.walk, "fields": m.fields, "id": m.id, "between": m.between} {
		if points(reflect.ValueOf(kept)) {
			t.Errorf("%s is kept: %+v", name, kept)
		}
	}
	if m.gist.Text() != nil {
		t.Error("the gist keeps its text")
	}
}

// points tells whether there is a pointer in v that is not nil.
func points(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if points(v.Field(i)) {
				return true
			}
		}
	case reflect.Array:
		for i := range v.Len() {
			if points(v.Index(i)) {
				return true
			}
		}
	case reflect.Bool, reflect.Int, reflect.Int32, reflect.Int64, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
	default:
		return !v.IsZero()
	}
	return false
}

// A rule whose literal stands in ordinary lines makes all logs slow: few records of them are
// looked at.
func TestFewCandidates(t *testing.T) {
	f := func(name string, atMost float64, lines []enginetest.Line) {
		t.Helper()
		c := NewCounts()
		scanEach(t, ScannerOptions{}, c, enginetest.Chunks(lines, enginetest.V2, 2_000_000))
		if share := float64(c.Stats.Candidates) / float64(len(lines)); share > atMost {
			t.Errorf("%s: a share of %.4f of the records has a candidate; want %v at most", name, share, atMost)
		}
	}
	f("quiet", 0.002, enginetest.Quiet(1<<20))
	f("sizes and tokens", 0.002, enginetest.SizesAndTokens(1<<20))
	f("near misses", 0.09, enginetest.NearMiss(1<<20))
}
