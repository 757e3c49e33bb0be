package stdout

import (
	"testing"
	"time"

	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/engine/metric"
	"github.com/authlens/authlens/plugin/sink/emf"
	"github.com/authlens/authlens/plugin/sink/emf/emftest"
)

// Each printed line is a log event with metrics, findings and counts alike.
func TestEMF(t *testing.T) {
	series, err := metric.NewSeries([][]string{{"cause"}}, 10)
	if err != nil {
		t.Fatal(err)
	}
	encoder := emf.NewEncoder("AuthLens", series, time.Now)
	var w writes
	s := New(&w)
	defer s.Close()
	s.Extra = encoder.Members
	now := time.Now()
	if err := s.Deliver(t.Context(), []finding.Finding{{Fingerprint: "a", Opens: true, LastSeen: now}}); err != nil {
		t.Fatal(err)
	}
	data := []metric.Datum{
		{Name: "A", Unit: metric.Count, Time: now, Values: []float64{1}},
		{Name: "A", Unit: metric.Count, Time: now.Add(-time.Minute), Values: []float64{2}},
	}
	if n, err := emf.NewMeter(encoder, s).Measure(t.Context(), data); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	if len(w) != 3 {
		t.Fatalf("%d writes, want 3", len(w))
	}
	for i, want := range []string{"FindingsOpened", "A", "A"} {
		if w[i][len(w[i])-1] != '\n' {
			t.Errorf("not a line: %q", w[i])
		}
		if metrics := emftest.Read(t, w[i]); len(metrics) == 0 || metrics[0].Name != want {
			t.Errorf("line %d: metrics %v, want %s", i, metrics, want)
		}
	}
}
