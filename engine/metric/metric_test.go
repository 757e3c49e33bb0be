package metric

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var nine = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

func mustSeries(t *testing.T, sets string, most int) *Series {
	t.Helper()
	var words [][]string
	for set := range strings.SplitSeq(sets, ",") {
		words = append(words, strings.Split(set, "+"))
	}
	s, err := NewSeries(words, most)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// show writes a datum like "09:00 FindingsOpened ClusterName=c 1 2".
func show(data []Datum) []string {
	var lines []string
	for _, d := range data {
		line := d.Time.Format("15:04") + " " + d.Name
		for _, dim := range d.Dimensions {
			line += " " + dim.Name + "=" + dim.Value
		}
		for _, v := range d.Values {
			line += fmt.Sprintf(" %g", v)
		}
		lines = append(lines, line)
	}
	return lines
}

func expectData(t *testing.T, got []Datum, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, show(got)); diff != "" && len(got)+len(want) > 0 {
		t.Errorf("data differ (-want +got):\n%s", diff)
	}
}

func key(cluster, family, cause string) Key {
	return Key{Cluster: cluster, Family: family, Cause: cause}
}

func TestBook(t *testing.T) {
	b := NewBook(mustSeries(t, "family+cause,family", 100))
	expectData(t, b.Take(nine))
	b.Add([]Point{
		{Key: key("c", "shop", "expired_token"), Window: nine, Failures: 3, Opened: 1, Tag: "t1"},
		{Key: key("c", "shop", "kms_denied"), Window: nine, Failures: 4},
		{Key: key("c", "shop", "kms_denied"), Window: nine.Add(-time.Minute), Failures: 1, Resolved: 2},
	})
	b.Add([]Point{{Key: key("c", "shop", "kms_denied"), Window: nine, Failures: 2}})
	expectData(t, b.Take(nine),
		"08:59 AuthenticationFailures TaskDefinitionFamily=shop 1",
		"08:59 AuthenticationFailures TaskDefinitionFamily=shop Cause=kms_denied 1",
		"08:59 FindingsResolved TaskDefinitionFamily=shop 2",
		"08:59 FindingsResolved TaskDefinitionFamily=shop Cause=kms_denied 2",
		"09:00 AuthenticationFailures TaskDefinitionFamily=shop 9",
		"09:00 AuthenticationFailures TaskDefinitionFamily=shop Cause=expired_token 3",
		"09:00 AuthenticationFailures TaskDefinitionFamily=shop Cause=kms_denied 6",
		"09:00 FindingsOpened TaskDefinitionFamily=shop 1",
		"09:00 FindingsOpened TaskDefinitionFamily=shop Cause=expired_token 1",
	)
	expectData(t, b.Take(nine))
}

// Windows that are shorter than CloudWatch's minute are its values.
func TestBookShortWindows(t *testing.T) {
	b := NewBook(mustSeries(t, "cause", 100))
	for i := range 60 {
		b.Add([]Point{{Key: key("", "", "x"), Window: nine.Add(time.Duration(i) * time.Second), Failures: int64(1 + i/30)}})
	}
	data := b.Take(nine)
	if len(data) != 1 || len(data[0].Values) != 60 || data[0].Values[0] != 1 || data[0].Values[59] != 2 {
		t.Errorf("got %v", show(data))
	}
}

// What one Book sampled and another goes on with ends as zero, once; so it does where
// nobody goes on, also when the one in between never came to sample.
func TestBookAdopt(t *testing.T) {
	open := func(n int64, cause string) []Level { return []Level{{Key: key("c", "f", cause), Open: n}} }
	sampled := func(cause string) *Book {
		b := NewBook(mustSeries(t, "cause,cluster", 100))
		b.SetLevels(open(2, cause))
		b.Take(nine)
		return b
	}
	b := NewBook(mustSeries(t, "cluster,cause", 100))
	b.Adopt(sampled("x"))
	b.SetLevels(open(1, "y"))
	expectData(t, b.Take(nine.Add(time.Minute)),
		"09:01 OpenFindings Cause=x 0",
		"09:01 OpenFindings Cause=y 1",
		"09:01 OpenFindings ClusterName=c 1")
	expectData(t, b.Take(nine.Add(2*time.Minute)),
		"09:02 OpenFindings Cause=y 1",
		"09:02 OpenFindings ClusterName=c 1")

	between, last := sampled("y"), NewBook(mustSeries(t, "cause", 100))
	between.Adopt(sampled("x"))
	last.Adopt(between)
	expectData(t, last.TakeZeros(nine.Add(3*time.Minute)),
		"09:03 OpenFindings Cause=x 0",
		"09:03 OpenFindings Cause=y 0",
		"09:03 OpenFindings ClusterName=c 0")
	expectData(t, last.TakeZeros(nine.Add(4*time.Minute)))
	expectData(t, between.TakeZeros(nine.Add(4*time.Minute)))
}

// Open findings are sampled while there are any, and once more as zero.
func TestBookLevels(t *testing.T) {
	b := NewBook(mustSeries(t, "family+cause,cluster", 100))
	b.SetLevels([]Level{{Key: key("c", "f", "x"), Open: 2}, {Key: key("c", "g", "y"), Open: 3}})
	expectData(t, b.Take(nine.Add(50*time.Second)),
		"09:00 OpenFindings ClusterName=c 5",
		"09:00 OpenFindings TaskDefinitionFamily=f Cause=x 2",
		"09:00 OpenFindings TaskDefinitionFamily=g Cause=y 3")
	b.SetLevels([]Level{{Key: key("c", "g", "y"), Open: 1}})
	expectData(t, b.Take(nine.Add(110*time.Second)),
		"09:01 OpenFindings ClusterName=c 1",
		"09:01 OpenFindings TaskDefinitionFamily=f Cause=x 0",
		"09:01 OpenFindings TaskDefinitionFamily=g Cause=y 1")
	b.SetLevels(nil)
	expectData(t, b.TakeCounts())
	expectData(t, b.Take(nine.Add(170*time.Second)),
		"09:02 OpenFindings ClusterName=c 0",
		"09:02 OpenFindings TaskDefinitionFamily=g Cause=y 0")
	expectData(t, b.Take(nine.Add(230*time.Second)))
}

// The tag of the newest event goes with the datum.
func TestBookSource(t *testing.T) {
	b := NewBook(mustSeries(t, "cluster", 100))
	b.Add([]Point{
		{Key: Key{Cluster: "c", Container: "a"}, Tag: "a-firelens-1", Window: nine, Failures: 1},
		{Key: Key{Cluster: "c", Container: "b"}, Tag: "b-firelens-2", Window: nine, Failures: 1},
	})
	b.SetLevels([]Level{{Key: Key{Cluster: "c", Container: "b"}, Tag: "b-firelens-3", Open: 1}})
	data := b.Take(nine)
	want := []Source{{"b-firelens-2", "b"}, {"b-firelens-3", "b"}}
	if diff := cmp.Diff(want, []Source{data[0].Source, data[1].Source}); diff != "" {
		t.Errorf("sources differ (-want +got):\n%s", diff)
	}
	b.SetLevels(nil)
	if data = b.Take(nine.Add(time.Minute)); data[0].Source != want[1] {
		t.Errorf("the closing zero has source %v", data[0].Source)
	}
}

// What exceeds the bound is counted where the bound was met, of what is taken next anew.
func TestBookIsBounded(t *testing.T) {
	const points = 3 * entriesMax
	b := NewBook(mustSeries(t, "cluster", 100))
	f := func(from time.Time, folded int64) {
		t.Helper()
		for i := range points {
			b.Add([]Point{{Key: key("c", "", ""), Window: from.Add(time.Duration(i) * time.Minute), Failures: 1}})
		}
		if len(b.entries) > entriesMax+1 {
			t.Errorf("%d entries, want at most %d", len(b.entries), entriesMax+1)
		}
		var sum float64
		for _, d := range b.Take(nine) {
			for _, v := range d.Values {
				sum += v
				if met := d.Time.Equal(from.Add(entriesMax * time.Minute)); met != (v > 1) {
					t.Errorf("%g at %v; the bound was met at %v", v, d.Time, from.Add(entriesMax*time.Minute))
				}
			}
		}
		if sum != points || b.Folded() != folded {
			t.Errorf("sum %g, want %d; folded %d, want %d", sum, points, b.Folded(), folded)
		}
	}
	f(nine, points-entriesMax)
	f(nine.AddDate(0, 1, 0), 2*(points-entriesMax))
}

// What is not told apart any more is counted as such, once for each set.
func TestBookCountsOthers(t *testing.T) {
	b := NewBook(mustSeries(t, "cluster,cluster+cause", 3))
	b.Add([]Point{{Key: key("c", "", "x"), Window: nine, Failures: 7}})
	b.Add([]Point{{Key: key("c", "", "y"), Window: nine, Failures: 1}, {Key: key("c", "", "z"), Window: nine, Failures: 3, Opened: 1}})
	b.SetLevels([]Level{{Key: key("c", "", "z"), Open: 1}})
	b.Take(nine)
	if b.Others() != 4 {
		t.Errorf("%d events and findings are counted under %q, want the 4 of cause z", b.Others(), Other)
	}
}

func TestSeries(t *testing.T) {
	f := func(sets string, k Key, want ...string) {
		t.Helper()
		var got []string
		for _, c := range mustSeries(t, sets, 10).Of(k) {
			var texts []string
			for _, d := range c.Dimensions {
				texts = append(texts, d.Name+"="+d.Value)
			}
			got = append(got, strings.Join(texts, " "))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", sets, got, want)
		}
	}
	all := Key{Cluster: "c", Family: "f", Container: "n", Cause: "x"}
	f("cluster+family+cause,cluster+family", all,
		"ClusterName=c TaskDefinitionFamily=f Cause=x", "ClusterName=c TaskDefinitionFamily=f")
	f("container", all, "ContainerName=n")
	f("container+cluster", Key{Cluster: " \t"}, "ContainerName=unknown ClusterName=unknown")
	f("cluster", Key{Cluster: "  "}, "ClusterName=unknown")
	f("cluster", Key{Cluster: "Zürich\n"}, "ClusterName=Z?rich")
	f("cluster", Key{Cluster: strings.Repeat("x", 999)}, "ClusterName="+strings.Repeat("x", valueMax))
}

func TestSeriesRefuses(t *testing.T) {
	for _, set := range [][]string{{"task"}, {"cluster", "cluster"}, {""}} {
		if _, err := NewSeries([][]string{set}, 10); err == nil || !strings.Contains(err.Error(), "expected each of cluster") {
			t.Errorf("%q: %v", set, err)
		}
	}
}

// Past the bound, new combinations are one; the known ones stay what they are.
func TestSeriesIsBounded(t *testing.T) {
	s := mustSeries(t, "cluster,cluster+cause", 4)
	first := s.Of(key("c0", "", "x"))
	s.Of(key("c1", "", "x"))
	for i := range 1000 {
		for n, c := range s.Of(key(fmt.Sprint("new", i), "", "y")) {
			for _, d := range c.Dimensions {
				if d.Value != Other {
					t.Fatalf("set %d has %v", n, c.Dimensions)
				}
			}
		}
	}
	if again := s.Of(key("c0", "", "x")); !slices.Equal(first, again) {
		t.Errorf("a known combination became %v", again[0].Dimensions)
	}
	if len(s.known) != 4 {
		t.Errorf("%d combinations are known", len(s.known))
	}
	// What was not told apart before is not a combination of its own either.
	fresh := mustSeries(t, "cluster,cluster+cause", 4)
	if got := fresh.Of(OtherKey); !slices.Equal(got, fresh.Others()) || len(fresh.known) != 0 {
		t.Errorf("%d combinations are known after %v", len(fresh.known), OtherKey)
	}
}

func TestClean(t *testing.T) {
	f := func(text, want string) {
		t.Helper()
		if got := Clean(text); got != want {
			t.Errorf("%q becomes %q; want %q", text, got, want)
		}
	}
	f(" orders api~2 ", "orders api~2")
	f("a\x1fb\x7fcäd\xffe", "a?b?c?d?e")
	f(" \t", unknown)
	f(strings.Repeat("x", valueMax+1), strings.Repeat("x", valueMax))
}

func TestClamp(t *testing.T) {
	f := func(off, want time.Duration) {
		t.Helper()
		got, clamped := Clamp(nine.Add(off), nine)
		if got.Sub(nine) != want || clamped != (off != want) {
			t.Errorf("%v from now: %v, %v; want %v", off, got.Sub(nine), clamped, want)
		}
	}
	f(0, 0)
	f(-14*24*time.Hour+time.Minute, -14*24*time.Hour+time.Minute)
	f(-14*24*time.Hour, -14*24*time.Hour+time.Minute)
	f(-50*365*24*time.Hour, -14*24*time.Hour+time.Minute)
	f(2*time.Hour-time.Minute, 2*time.Hour-time.Minute)
	f(2*time.Hour, 2*time.Hour-time.Minute)
}
