package emf

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/engine/metric"
	"github.com/authlens/authlens/plugin/sink"
	"github.com/authlens/authlens/plugin/sink/emf/emftest"
)

var nine = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

func newEncoder(t testing.TB) *Encoder {
	t.Helper()
	series, err := metric.NewSeries([][]string{{"cluster", "family", "cause"}, {"cluster", "family"}}, 100)
	if err != nil {
		t.Fatal(err)
	}
	return NewEncoder("AuthLens", series, func() time.Time { return nine.Add(time.Hour) })
}

func example() finding.Finding {
	return finding.Finding{
		Scope:     finding.Scope{Cluster: "production", Family: "shop"},
		Diagnosis: diagnose.Diagnosis{Cause: "expired_token"},
		LastSeen:  nine,
	}
}

func TestFindings(t *testing.T) {
	f := func(change func(*finding.Finding), at time.Time, opened, resolved float64) {
		t.Helper()
		in := example()
		change(&in)
		event := fmt.Appendf(nil, `{"schema":1,%s}`, newEncoder(t).Members(in))
		var want []emftest.Metric
		for _, dims := range []string{
			"ClusterName=production TaskDefinitionFamily=shop Cause=expired_token", "ClusterName=production TaskDefinitionFamily=shop",
		} {
			want = append(want,
				emftest.Metric{Namespace: "AuthLens", Name: "FindingsOpened", Unit: "Count", Dimensions: dims, Time: at, Values: []float64{opened}},
				emftest.Metric{Namespace: "AuthLens", Name: "FindingsResolved", Unit: "Count", Dimensions: dims, Time: at, Values: []float64{resolved}})
		}
		if diff := cmp.Diff(want, emftest.Read(t, event)); diff != "" {
			t.Errorf("metrics differ (-want +got):\n%s", diff)
		}
	}
	f(func(f *finding.Finding) { f.State, f.Opens = finding.Open, true }, nine, 1, 0)
	f(func(f *finding.Finding) { f.State = finding.Update }, nine, 0, 0)
	f(func(f *finding.Finding) { f.State, f.Opens = finding.Update, true }, nine, 1, 0)
	f(func(f *finding.Finding) { f.State = finding.Resolved }, nine.Add(time.Hour), 0, 1)
	f(func(f *finding.Finding) { f.LastSeen = time.Unix(1, 0) }, nine.Add(time.Hour-14*24*time.Hour+time.Minute), 0, 0)
}

// Past the bound of the series a finding counts under "other", in every set.
func TestFindingsPastTheBound(t *testing.T) {
	f := func(sets ...[]string) {
		t.Helper()
		series, err := metric.NewSeries(sets, 2)
		if err != nil {
			t.Fatal(err)
		}
		e := NewEncoder("AuthLens", series, time.Now)
		e.Members(example())
		in := example()
		in.Diagnosis.Cause = "kms_denied" // one set is known, the other is not
		metrics := emftest.Read(t, fmt.Appendf(nil, "{%s}", e.Members(in)))
		if len(metrics) != 4 {
			t.Errorf("%d metrics in two sets; want 4", len(metrics))
		}
		for _, m := range metrics {
			if strings.Contains(m.Dimensions, "shop") || !strings.Contains(m.Dimensions, "TaskDefinitionFamily=other") {
				t.Errorf("%s has %s", m.Name, m.Dimensions)
			}
		}
	}
	f([]string{"cluster", "family", "cause"}, []string{"cluster", "family"})
	f([]string{"cluster", "family"}, []string{"cluster", "family", "cause"})
}

// However long the names, and whatever is in them.
func TestMembersAreBounded(t *testing.T) {
	words := []string{"cluster", "family", "container", "cause"}
	series, err := metric.NewSeries([][]string{words, words, words, words}, 100)
	if err != nil {
		t.Fatal(err)
	}
	e := NewEncoder(strings.Repeat("n", 255), series, time.Now)
	for _, text := range []string{`"`, `\`, "<", "\x00", "ü", "\xff"} {
		in := example()
		long := strings.Repeat(text, 2000)
		in.Scope.Cluster, in.Scope.Family, in.Scope.Container, in.Diagnosis.Cause = long, long, long, long
		members := e.Members(in)
		if len(members) > sink.ExtraMax {
			t.Errorf("%q: %d bytes, want at most %d", text, len(members), sink.ExtraMax)
		}
		emftest.Read(t, fmt.Appendf(nil, "{%s}", members))
	}
}

func TestDocuments(t *testing.T) {
	shop := []metric.Dimension{{Name: "ClusterName", Value: "production"}, {Name: "Cause", Value: `a"b`}}
	edge := []metric.Dimension{{Name: "ClusterName", Value: "edge"}}
	datum := func(name string, dims []metric.Dimension, minute int, values ...float64) metric.Datum {
		return metric.Datum{Name: name, Unit: metric.Count, Dimensions: dims, Time: nine.Add(time.Duration(minute) * time.Minute), Values: values,
			Source: metric.Source{Tag: dims[0].Value}}
	}
	documents := newEncoder(t).Documents([]metric.Datum{
		datum("AuthenticationFailures", shop, 0, 3),
		datum("AuthenticationFailures", edge, 0, 1, 2),
		datum("OpenFindings", shop, 0, 2),
		datum("AuthenticationFailures", shop, 1, 4),
		datum("AuthenticationFailures", shop, 0, 5), // late: the member is there already
	})
	var got []string
	for _, d := range documents {
		line := d.Source.Tag + ":"
		metrics := emftest.Read(t, d.JSON)
		if d.Data != len(metrics) {
			t.Errorf("%s says that it holds %d data; want %d", d.JSON, d.Data, len(metrics))
		}
		for _, m := range metrics {
			line += fmt.Sprintf(" %s{%s}@%s=%g", m.Name, m.Dimensions, m.Time.Format("15:04"), m.Values)
		}
		got = append(got, line)
	}
	want := []string{
		`production: AuthenticationFailures{ClusterName=production Cause=a"b}@09:00=[3] OpenFindings{ClusterName=production Cause=a"b}@09:00=[2]`,
		`edge: AuthenticationFailures{ClusterName=edge}@09:00=[1 2]`,
		`production: AuthenticationFailures{ClusterName=production Cause=a"b}@09:01=[4]`,
		`production: AuthenticationFailures{ClusterName=production Cause=a"b}@09:00=[5]`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("documents differ (-want +got):\n%s", diff)
	}
}

func TestDocumentsOfAFullBacklog(t *testing.T) {
	data := backlog(16 << 10)
	if got := len(newEncoder(t).Documents(data)); got != len(data) {
		t.Errorf("%d documents of %d data", got, len(data))
	}
}

// BenchmarkDocuments shows what a document takes of a backlog and of one eight times as long. What
// a meter that was down owes at the end is printed while Fluent Bit waits, which it does for five
// seconds: it must take as much.
func BenchmarkDocuments(b *testing.B) {
	for _, n := range []int{2 << 10, 16 << 10} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			e, data := newEncoder(b), backlog(n)
			for b.Loop() {
				e.Documents(data)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/document")
		})
	}
}

// backlog returns n data, of which no two go into one document.
func backlog(n int) (data []metric.Datum) {
	for i := range n {
		data = append(data, metric.Datum{
			Name: "AuthenticationFailures", Unit: metric.Count, Time: nine.Add(time.Duration(i/200) * time.Minute), Values: []float64{1},
			Dimensions: []metric.Dimension{{Name: "ClusterName", Value: "production"}, {Name: "Cause", Value: fmt.Sprint("cause", i%200)}},
		})
	}
	return data
}

type writer struct {
	events []Document
	err    error
}

func (w *writer) Name() string { return "test" }
func (w *writer) Close() error { return nil }
func (w *writer) WriteEvents(_ context.Context, events []Document) error {
	w.events = append(w.events, events...)
	return w.err
}

func TestMeter(t *testing.T) {
	w := &writer{}
	m := NewMeter(newEncoder(t), w)
	var data []metric.Datum
	for i := range batchMax + 1 {
		data = append(data, metric.Datum{Name: "M", Unit: metric.Count, Time: nine.Add(time.Duration(i) * time.Minute), Values: []float64{1}})
	}
	if n, err := m.Measure(t.Context(), data); n != batchMax || err != nil || len(w.events) != batchMax {
		t.Errorf("got %d, %v and %d events; want %d", n, err, len(w.events), batchMax)
	}
	w.err = errors.New("full")
	if n, err := m.Measure(t.Context(), data[batchMax:]); n != 1 || err != w.err {
		t.Errorf("got %d, %v", n, err)
	}
	var event map[string]any
	if err := json.Unmarshal(w.events[0].JSON, &event); err != nil || event["M"] != 1.0 {
		t.Errorf("got %v, %v", event, err)
	}
}
