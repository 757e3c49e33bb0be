package scan

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"

	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/engine/explain/explaintest"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/engine/metric"
)

func options(t testing.TB, paths ...string) Options {
	t.Helper()
	cfg, err := conf.Load(func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	return Options{Paths: paths, Config: cfg, Explainer: explaintest.Default(t)}
}

func scanned(t testing.TB, opt Options) *Result {
	t.Helper()
	r, err := Run(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func write(t testing.TB, name, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

var start = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// stamp writes a time as an export has it.
func stamp(after time.Duration) string { return start.Add(after).Format("2006-01-02T15:04:05.000Z ") }

const denied = `AccessDenied: User: arn:aws:sts::123456789012:assumed-role/reports/0123456789abcdef0123456789abcdef is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::monthly/a.csv`

func TestSpoolSorts(t *testing.T) {
	for _, n := range []int{0, 1, 1000, 60_000} { // the last goes through the file
		s := newSpool()
		rng := rand.New(rand.NewPCG(1, 2))
		var want []entry
		chunk := make([]byte, 900)
		for i := range n {
			e := entry{time: rng.Int64N(1000), file: rng.IntN(3), number: int64(i)}
			tag := fmt.Sprint("tag", i%7)
			chunk[0] = byte(i)
			if err := s.add(e, tag, chunk[:rng.IntN(len(chunk))+1]); err != nil {
				t.Fatal(err)
			}
			e.tag = tag
			want = append(want, e)
		}
		if spilled := len(s.runs) > 0; spilled != (n > 50_000) {
			t.Errorf("%d records: %d runs", n, len(s.runs))
		}
		slices.SortFunc(want, func(a, b entry) int { return a.compare(&b) })
		i := 0
		err := s.each(func(e *entry) {
			if e.compare(&want[i]) != 0 || e.tag != want[i].tag || e.chunk[0] != byte(want[i].number) {
				t.Fatalf("record %d: got %v of %q, want %v", i, e.number, e.tag, want[i].number)
			}
			i++
		})
		if err != nil || i != n {
			t.Errorf("%d of %d records, %v", i, n, err)
		}
		if s.file != nil {
			// It holds log lines: no kill may leave it behind.
			if _, err := os.Stat(s.file.Name()); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("the temporary file has a name: %v", err)
			}
		}
		if err := s.close(); err != nil {
			t.Error(err)
		}
	}
}

// Every line of a storm counts, also what went through the temporary file, and
// memory stays bounded.
func TestStorm(t *testing.T) {
	const n = 60_000
	dir := t.TempDir()
	for file := range 3 {
		var text strings.Builder
		for i := range n / 3 {
			fmt.Fprintf(&text, "%s%s %s\n", stamp(time.Duration(i)*100*time.Millisecond), denied, strings.Repeat("x", 300))
		}
		write(t, filepath.Join(dir, fmt.Sprintf("api%d.log", file)), text.String())
	}
	r := scanned(t, options(t, dir))
	if r.Events != n || r.Records != n || r.Lost != 0 || len(r.Findings) != 3 {
		t.Errorf("%d events of %d records, %d lost, %d findings; want %d events and 3 findings", r.Events, r.Records, r.Lost, len(r.Findings), n)
	}
	chart := r.Timeline.Chart(r.First, r.Last, 48)
	if got := Total(chart.Sum(func(Series) bool { return true })); got != n {
		t.Errorf("the timeline has %d failures", got)
	}
}

// An error over several lines is put together as it is live, and so is a line
// that the runtime cut.
func TestErrorsInPieces(t *testing.T) {
	f := func(name, text string, wantAction string, wantEvents int64) {
		t.Helper()
		r := scanned(t, options(t, write(t, filepath.Join(t.TempDir(), "app.log"), text)))
		if len(r.Findings) != 1 || r.Findings[0].Facts.Action != wantAction || r.Events != wantEvents {
			t.Errorf("%s: %d events, findings %+v", name, r.Events, r.Findings)
		}
	}
	broken := strings.Split(denied, " is not")
	quiet := strings.Repeat(stamp(0)+"all is well\n", 50_000)
	f("over lines", quiet+
		stamp(time.Second)+broken[0]+"\n  is not"+broken[1]+"\n"+quiet+
		stamp(3*time.Second)+broken[0]+"\n  is not"+broken[1]+"\n",
		"s3:GetObject", 2)
	cri := func(at time.Duration, flag, text string) string {
		return start.Add(at).Format(time.RFC3339Nano) + " stdout " + flag + " " + text + "\n"
	}
	f("cut by containerd",
		cri(0, "F", "ok")+cri(time.Second, "P", strings.Repeat("y", 16000)+denied[:90])+cri(time.Second, "F", denied[90:])+
			cri(2*time.Second, "P", denied[:20])+cri(2*time.Second, "F", denied[20:]),
		"s3:GetObject", 2)
}

// Errors in quick succession are as many as their heads, and what a stack repeats is
// none, though the lines in between hold no failure.
func TestErrorsInQuickSuccession(t *testing.T) {
	f := func(name, text string, want int64) {
		t.Helper()
		if r := scanned(t, options(t, write(t, filepath.Join(t.TempDir(), "app.log"), text))); r.Events != want {
			t.Errorf("%s: %d events; want %d", name, r.Events, want)
		}
	}
	head, frames := stamp(0)+"ERROR request failed\n", strings.Repeat("\tat com.acme.Orders.load(Orders.java:7)\n", 40)
	cause := "Caused by: " + denied + "\n"
	f("heads between", strings.Repeat(head+cause+frames, 3), 3)
	f("one stack", head+cause+frames+cause+frames+cause, 1)

	traceback := "Traceback (most recent call last):\n" + strings.Repeat("  File \"orders.py\", line 7, in load\n", 40)
	raised := "botocore.exceptions.ClientError: " + denied + "\n"
	chained := "\nDuring handling of the above exception, another exception occurred:\n\n"
	f("logged with its traceback", stamp(0)+"ERROR "+denied+"\n"+traceback+raised, 1)
	f("chained tracebacks", traceback+raised+chained+traceback+raised, 1)
	f("one traceback after another", traceback+raised+traceback+raised, 2)
}

// A finding that comes back is one finding, with its episodes.
func TestEpisodes(t *testing.T) {
	var text strings.Builder
	for day := range 3 {
		for i := range 2 + day {
			text.WriteString(stamp(time.Duration(day)*24*time.Hour+time.Duration(i)*time.Second) + denied + "\n")
		}
	}
	r := scanned(t, options(t, write(t, filepath.Join(t.TempDir(), "app.log"), text.String())))
	if len(r.Findings) != 1 {
		t.Fatalf("%d findings", len(r.Findings))
	}
	f := &r.Findings[0]
	want := []Episode{
		{start, start.Add(time.Second), 2},
		{start.AddDate(0, 0, 1), start.AddDate(0, 0, 1).Add(2 * time.Second), 3},
		{start.AddDate(0, 0, 2), start.AddDate(0, 0, 2).Add(3 * time.Second), 4},
	}
	if diff := cmp.Diff(want, f.Episodes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if f.Events() != 9 || f.Counts.Events != 4 {
		t.Errorf("%d events altogether, %d in the worst episode", f.Events(), f.Counts.Events)
	}
}

func TestEpisodesAreBounded(t *testing.T) {
	all := newFindings()
	for i := range episodesMax + 50 {
		all.take([]finding.Finding{{Fingerprint: "f", Opens: true, Severity: "elevated", Counts: finding.Counts{Events: int64(i)}}})
	}
	for i := range findingsMax + 10 {
		all.take([]finding.Finding{{Fingerprint: fmt.Sprint(i), Opens: true}})
	}
	list, omitted := all.list()
	if len(list) != findingsMax || omitted != 11 {
		t.Errorf("%d findings, %d omitted", len(list), omitted)
	}
	if f := list[0]; len(f.Episodes) != episodesMax || f.EpisodesOmitted != 50 || f.Counts.Events != episodesMax+49 {
		t.Errorf("%d episodes, %d omitted, worst %d", len(f.Episodes), f.EpisodesOmitted, f.Counts.Events)
	}
}

// What is stopped tells what it knows.
func TestInterrupted(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	in, out := io.Pipe()
	go func() {
		fmt.Fprint(out, strings.Repeat(stamp(0)+denied+"\n", 10_000))
		stop()
		fmt.Fprint(out, strings.Repeat(stamp(0)+denied+"\n", 10_000))
		out.Close()
	}()
	opt := options(t, "-")
	opt.Stdin = in
	r, err := Run(ctx, opt)
	if err != nil || !r.Interrupted || len(r.Findings) != 1 || r.Events == 0 || r.Files[0].Err != nil {
		t.Errorf("%v, %+v", err, r)
	}
	in.Close()
}

// Also a file that was not begun is named.
func TestInterruptedBeforeItBegan(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	dir := t.TempDir()
	var names []string
	for i := range 30 {
		names = append(names, write(t, filepath.Join(dir, fmt.Sprint(i, ".log")), stamp(0)+denied+"\n"))
	}
	r, err := Run(ctx, options(t, names...))
	if err != nil || !r.Interrupted {
		t.Fatalf("%v, %+v", err, r)
	}
	for i := range r.Files {
		if r.Files[i].Name != names[i] {
			t.Fatalf("file %d is named %q, want %q", i, r.Files[i].Name, names[i])
		}
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	good := write(t, filepath.Join(dir, "good.log"), stamp(0)+denied+"\n"+stamp(time.Second)+denied+"\n")
	name := filepath.Join(dir, "cut.gz")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(file)
	for i := range 100_000 {
		fmt.Fprintf(z, "%s%d all is well\n", stamp(0), i)
	}
	z.Close()
	info, _ := file.Stat()
	file.Truncate(info.Size() / 2)
	file.Close()
	write(t, filepath.Join(dir, "image.png"), "\x89PNG\r\n\x1a\n\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	write(t, filepath.Join(dir, ".hidden.log"), denied)
	write(t, filepath.Join(dir, "aws-logs-write-test"), "Permission Check Successful")

	var total int64
	var mu sync.Mutex
	var read int
	opt := options(t, dir, good, filepath.Join(dir, "nowhere"))
	opt.Begin = func(n int64) { total = n }
	opt.Progress = func(n int) { mu.Lock(); read += n; mu.Unlock() }
	r := scanned(t, opt)
	var got []string
	for _, f := range r.Files {
		state := f.Format
		if f.Err != nil {
			state = "error: " + f.Err.Error()
		} else if f.Skipped != "" {
			state = "skipped: " + f.Skipped
		}
		got = append(got, strings.ReplaceAll(strings.TrimPrefix(f.Name, dir+"/")+": "+state, dir+"/", ""))
	}
	want := []string{
		"aws-logs-write-test: skipped: CloudWatch's own write test, not a log",
		"cut.gz: error: gzip: the file is cut off: unexpected EOF",
		"good.log: CloudWatch Logs export",
		"image.png: skipped: not text, nor gzip or zstd of text",
		"nowhere: error: stat nowhere: no such file or directory",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(r.Findings) != 1 || total <= 0 || int64(read) != total {
		t.Errorf("%d findings; %d bytes to read, %d read", len(r.Findings), total, read)
	}
}

// A file that was changed at a time that no record can have, as archives leave them, is
// taken to be of now.
func TestFilesOfImpossibleTimes(t *testing.T) {
	for _, changed := range []time.Time{time.Unix(-1, 0), time.Unix(1<<32, 0), time.Unix(1<<32-1, 0)} {
		name := write(t, filepath.Join(t.TempDir(), "app.log"), denied+"\n"+denied+"\n")
		if err := os.Chtimes(name, changed, changed); err != nil {
			t.Fatal(err)
		}
		r := scanned(t, options(t, name))
		if len(r.Findings) != 1 || time.Since(r.Findings[0].FirstSeen).Abs() > time.Hour {
			t.Errorf("of a file changed at %v: %+v; want one finding of now", changed.UTC(), r.Findings)
		}
	}
}

func TestTimeline(t *testing.T) {
	tl := newTimeline(time.Minute)
	add := func(at time.Duration, cause string, n int64) {
		tl.add(&metric.Point{Key: metric.Key{Family: "orders", Container: "api", Cause: cause}, Window: start.Add(at), Failures: n})
	}
	add(0, "a", 1)
	add(59*time.Minute, "a", 2)
	add(59*time.Minute, "b", 4)
	c := tl.Chart(start, start.Add(time.Hour), 48)
	if c.Width != 2*time.Minute || !c.Start.Equal(start) || c.Bars != 31 {
		t.Errorf("%d bars of %v from %v", c.Bars, c.Width, c.Start)
	}
	a := c.Counts[Series{"orders/api", "a"}]
	if a[0] != 1 || a[29] != 2 || Total(a) != 3 {
		t.Errorf("bars %v", a)
	}
	if diff := cmp.Diff([]string{"b", "a"}, c.Causes()); diff != "" {
		t.Error(diff)
	}
	// Years of failures stay bounded, and none is lost.
	for i := range 100_000 {
		add(time.Duration(i)*20*time.Minute, "c", 1)
	}
	if len(tl.cells) > cellsMax {
		t.Errorf("%d cells", len(tl.cells))
	}
	c = tl.Chart(start, start, 48)
	if c.Bars > 48 || Total(c.Sum(func(Series) bool { return true })) != 100_007 {
		t.Errorf("%d bars, %d failures", c.Bars, Total(c.Sum(func(Series) bool { return true })))
	}
}

// Windows need not be whole seconds.
func TestTimelineOfFractions(t *testing.T) {
	const width = 1500 * time.Millisecond
	tl := newTimeline(width)
	for i := range 2 * cellsMax {
		tl.add(&metric.Point{Window: start.Add(time.Duration(i) * width), Failures: 1})
	}
	end := start.Add(2 * cellsMax * width)
	c := tl.Chart(start, end, 48)
	if charted := c.Start.Add(time.Duration(c.Bars) * c.Width); c.Start.Before(start.Add(-c.Width)) || charted.After(end.Add(c.Width)) {
		t.Errorf("a chart from %v to %v, want it from %v to %v", c.Start, charted, start, end)
	}
}

// BenchmarkScan reads an export without failures, and one with a failure in
// every thousand lines.
func BenchmarkScan(b *testing.B) {
	for _, every := range []int{0, 1000, 1} {
		b.Run(fmt.Sprintf("failures=%d", every), func(b *testing.B) {
			var text strings.Builder
			for i := range 200_000 {
				line := fmt.Sprintf("GET /api/orders/%d 200 %dms - request completed, items in cart: %d", i, i%90, i%7)
				if every > 0 && i%every == 0 {
					line = denied
				}
				text.WriteString(stamp(time.Duration(i)*10*time.Millisecond) + line + "\n")
			}
			opt := options(b, write(b, filepath.Join(b.TempDir(), "app.log"), text.String()))
			b.SetBytes(int64(text.Len()))
			runtime.GC()
			b.ReportAllocs()
			for b.Loop() {
				scanned(b, opt)
			}
		})
	}
}

// Many kinds of failures, each far from the one before: what costs is the time that passes in
// between, not what is read.
func BenchmarkScanOfWeeks(b *testing.B) {
	var text strings.Builder
	for i := range 1000 {
		text.WriteString(stamp(time.Duration(i)*time.Hour) + strings.ReplaceAll(denied, "assumed-role/", fmt.Sprintf("assumed-role/r%d-", i)) + "\n")
	}
	opt := options(b, write(b, filepath.Join(b.TempDir(), "app.log"), text.String()))
	for b.Loop() {
		if r := scanned(b, opt); len(r.Seldom) != 1000 {
			b.Fatalf("%d kinds of failure; want 1000", len(r.Seldom))
		}
	}
}
