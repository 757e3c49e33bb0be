package engine

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/explain"
	"github.com/authlens/authlens/engine/explain/explaintest"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/engine/metric"
)

const (
	lacksSend = "AccessDenied: User: arn:aws:sts::123456789012:assumed-role/api-task/1 is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:eu-central-1:123456789012:jobs because no identity-based policy allows the sqs:SendMessage action"
	deniedGet = "AccessDenied: User: arn:aws:sts::123456789012:assumed-role/api-task/1 is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::reports/a with an explicit deny in a service control policy"
)

// A metered engine counts records of container api of task 1 for metrics.
type metered struct {
	*Aggregator
	scanner *Scanner
	counts  *Counts
	tag     string
}

func newMetered(t *testing.T) *metered {
	t.Helper()
	return meteredOf(t, explaintest.Default(t))
}

func meteredOf(t *testing.T, e *explain.Explainer) *metered {
	t.Helper()
	s, a := engineOf(t, e, ScannerOptions{})
	a.opt.Metrics = true
	return &metered{a, s, NewCounts(), enginetest.FireLensTag("1", "api")}
}

// add scans texts of records at the given time, and takes the counts over.
func (m *metered) add(at, now time.Time, texts ...string) []finding.Finding {
	var chunk enginetest.ChunkBuilder
	for _, text := range texts {
		chunk.Append(at.Unix(), 0, enginetest.FireLens("1", "api", text, "stdout")...)
	}
	m.scanner.Scan(m.tag, chunk.Bytes(), m.counts)
	m.scanner.Expire(m.counts)
	m.scanner.Expire(m.counts)
	m.Add(m.counts, now)
	m.counts.Reset()
	return m.Advance(now)
}

func TestMetrics(t *testing.T) {
	m := newMetered(t)
	nine := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	key := func(cause string) metric.Key {
		return metric.Key{Cluster: "production", Family: "shop-api", Container: "api", Cause: cause}
	}
	expect := func(when string, points []metric.Point, open []metric.Level) {
		t.Helper()
		for i := range points {
			points[i].Tag = m.tag
		}
		for i := range open {
			open[i].Tag = m.tag
		}
		gotPoints, gotOpen := m.Metrics()
		if diff := cmp.Diff(points, gotPoints); diff != "" {
			t.Errorf("%s: points differ (-want +got):\n%s", when, diff)
		}
		if diff := cmp.Diff(open, gotOpen); diff != "" && len(open)+len(gotOpen) > 0 {
			t.Errorf("%s: levels differ (-want +got):\n%s", when, diff)
		}
	}

	expect("before anything", nil, nil)
	m.add(nine.Add(10*time.Second), nine.Add(10*time.Second), lacksSend)
	expect("one failure is no finding, but a failure",
		[]metric.Point{{Key: key("missing_permission"), Window: nine, Failures: 1}}, nil)

	m.add(nine.Add(70*time.Second), nine.Add(71*time.Second), lacksSend, lacksSend, deniedGet)
	expect("opened, by cause as diagnosed", []metric.Point{
		{Key: key("explicit_deny"), Window: nine.Add(time.Minute), Failures: 1, Opened: 1},
		{Key: key("missing_permission"), Window: nine.Add(time.Minute), Failures: 2, Opened: 1},
	}, []metric.Level{{Key: key("explicit_deny"), Open: 1}, {Key: key("missing_permission"), Open: 1}})
	expect("points are taken once, levels stay", nil,
		[]metric.Level{{Key: key("explicit_deny"), Open: 1}, {Key: key("missing_permission"), Open: 1}})

	m.add(nine.Add(20*time.Second), nine.Add(2*time.Minute), lacksSend)
	expect("a late failure counts in its own window",
		[]metric.Point{{Key: key("missing_permission"), Window: nine, Failures: 1}},
		[]metric.Level{{Key: key("explicit_deny"), Open: 1}, {Key: key("missing_permission"), Open: 1}})

	for _, f := range m.add(nine, nine.Add(20*time.Minute)) {
		if f.Opens {
			t.Errorf("a snapshot that is %s says that it opens its finding", f.State)
		}
	}
	expect("resolved when the silence was long enough", []metric.Point{
		{Key: key("explicit_deny"), Window: nine.Add(20 * time.Minute), Resolved: 1},
		{Key: key("missing_permission"), Window: nine.Add(20 * time.Minute), Resolved: 1},
	}, nil)
}

// Whoever does not ask for metrics does not pay for them.
func TestMetricsOff(t *testing.T) {
	m := newMetered(t)
	m.opt.Metrics = false
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	if told := m.add(now, now, lacksSend, lacksSend); len(told) != 1 || !told[0].Opens {
		t.Errorf("told %d findings, want one that opens", len(told))
	}
	if points, open := m.Metrics(); len(points)+len(open)+len(m.points) > 0 {
		t.Errorf("got %v and %v", points, open)
	}
}

// Where metrics are no longer wanted after a hot reload, those of before do not wait for ever.
func TestMetricsTurnedOff(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	old, next := newMetered(t), newMetered(t)
	old.add(now, now, lacksSend, lacksSend)
	next.opt.Metrics = false
	next.Adopt(old.Aggregator, now)
	if points, _ := next.Metrics(); len(points) > 0 {
		t.Errorf("%d points wait", len(points))
	}
}

// Points that nobody takes are bounded, and none of their counts is lost.
func TestMetricsAreBounded(t *testing.T) {
	m := newMetered(t)
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	const events = 2*pointsMax + 17
	for i := range events {
		m.add(now.Add(time.Duration(-i)*time.Minute), now, fmt.Sprintf("%s, RequestID: %08x", lacksSend, i))
	}
	points, _ := m.Metrics()
	if len(points) > pointsMax+1 {
		t.Errorf("%d points, want at most %d", len(points), pointsMax+1)
	}
	var sum int64
	for _, p := range points {
		sum += p.Failures
	}
	if sum != events {
		t.Errorf("points hold %d failures, want %d", sum, events)
	}
}
