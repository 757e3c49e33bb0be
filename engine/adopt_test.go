package engine

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/explain/explaintest"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/engine/window"
	"github.com/authlens/authlens/rules"
)

// Failures that reach two aggregators, one after the other, are told as if one
// had seen them all: whatever the moment of the handover.
func TestAdopt(t *testing.T) {
	start := time.Unix(1_700_000_000, 0)
	type event struct {
		after      time.Duration
		task, text string
	}
	var events []event
	for i := range 12 {
		events = append(events, event{time.Duration(i*20) * time.Second, fmt.Sprintf("%032x", i%4), denied("company-reports", fmt.Sprint(i))})
	}
	events = append(events,
		event{4 * time.Minute, taskA, "ExpiredTokenException: The security token included in the request is expired"},
		event{5 * time.Minute, taskB, denied("other-bucket", "x")})

	play := func(handover int) (told []finding.Finding, s AggregatorStats) {
		scanner, a := newEngine(t, ScannerOptions{})
		c := NewCounts()
		for i, e := range events {
			now := start.Add(e.after)
			if i == handover {
				_, next := newEngine(t, ScannerOptions{})
				told = append(told, next.Adopt(a, now)...)
				a = next
			}
			var b enginetest.ChunkBuilder
			b.Append(now.Unix(), 0, enginetest.FireLens(e.task, "api", e.text, "stdout")...)
			scanner.Scan(enginetest.FireLensTag(e.task, "api"), b.Bytes(), c)
			a.Add(c, now)
			c.Reset()
			told = append(told, a.Advance(now)...)
		}
		end := start.Add(events[len(events)-1].after)
		told = append(told, a.Close(end)...)
		return append(told, a.Advance(end.Add(time.Hour))...), a.Stats()
	}
	want, _ := play(-1)
	if len(want) < 5 {
		t.Fatalf("the story tells only %d findings", len(want))
	}
	for at := range events {
		got, s := play(at)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("handover before event %d: findings differ (-without +with):\n%s", at, diff)
		}
		if s.Groups != 0 {
			t.Errorf("handover before event %d: %d groups are left after an hour of silence; want 0", at, s.Groups)
		}
	}
}

// A new aggregator that has counted already adds the old one's counts to its own.
func TestAdoptAddsUp(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	scanner, old := newEngine(t, ScannerOptions{})
	_, next := newEngine(t, ScannerOptions{})
	c := NewCounts()
	add := func(a *Aggregator, task string) {
		var b enginetest.ChunkBuilder
		b.Append(now.Unix(), 0, enginetest.FireLens(task, "api", denied("company-reports", "x"), "stdout")...)
		scanner.Scan(enginetest.FireLensTag(task, "api"), b.Bytes(), c)
		a.Add(c, now)
		c.Reset()
	}
	add(old, taskA)
	add(next, taskB)
	if told := next.Advance(now); len(told) != 0 {
		t.Fatalf("one failure was told: %v", told)
	}
	if owed := next.Adopt(old, now); len(owed) != 0 {
		t.Fatalf("the handover owes %v; want nothing", owed)
	}
	told := next.Advance(now)
	if len(told) != 1 || told[0].Counts.Events != 2 || told[0].Counts.Tasks != 2 || told[0].Counts.Windows != 1 {
		t.Errorf("one failure in each is told as %+v; want one finding of 2 events, 2 tasks, 1 window", told)
	}
}

// It does the same with points that were not reported yet.
func TestAdoptAddsPoints(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	old, next := newMetered(t), newMetered(t)
	old.add(now, now, lacksSend, lacksSend)
	next.add(now, now, lacksSend, lacksSend, lacksSend)
	next.Adopt(old.Aggregator, now)
	points, _ := next.Metrics()
	if len(points) != 1 || points[0].Failures != 5 || points[0].Opened != 2 {
		t.Errorf("points %+v; want one of 5 failures and 2 findings", points)
	}
}

// A rule with a threshold of its own in the new configuration takes over only what its own
// groups counted.
func TestAdoptByAnotherThreshold(t *testing.T) {
	const expired = "ExpiredTokenException: The security token included in the request is expired"
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	set = &rules.Set{Rules: slices.Clone(set.Rules), Causes: set.Causes}
	for i := range set.Rules {
		if set.Rules[i].Name == "aws.access_denied" {
			set.Rules[i].Threshold = rules.Threshold{Events: 2}
		}
	}
	e := explaintest.Of(t, set)
	now := time.Unix(1_700_000_000, 0)
	for range 10 { // groups are handed over in any order
		old, next := newMetered(t), newMetered(t)
		old.opt.Threshold.Events = 3
		next.Aggregator = NewAggregator(e, old.opt)
		if told := old.add(now, now, lacksSend, expired); len(told) > 0 {
			t.Fatalf("two of three failures were told: %v", told)
		}
		next.Adopt(old.Aggregator, now)
		var events []int64
		for _, text := range []string{"INFO all is well", lacksSend, expired, expired} {
			events = append(events, 0)
			for _, f := range next.add(now, now, text) {
				events[len(events)-1] += f.Counts.Events
			}
		}
		if want := []int64{0, 2, 0, 3}; !slices.Equal(events, want) {
			t.Fatalf("told findings of %v events; want %v", events, want)
		}
	}
}

// A finding spans as many windows after a handover as before.
func TestAdoptCountsWindows(t *testing.T) {
	start := time.Unix(1_700_000_000, 0)
	m, next := newMetered(t), newMetered(t)
	now := start
	for range window.Kept + 10 {
		now = now.Add(time.Minute)
		m.add(now, now, lacksSend)
	}
	next.add(now, now, lacksSend)
	next.Adopt(m.Aggregator, now)
	told := next.Close(now)
	if len(told) != 1 || told[0].Counts.Events != window.Kept+11 || told[0].Counts.Windows != window.Kept+10 {
		t.Errorf("told %+v; want one finding of %d events in %d windows", told, window.Kept+11, window.Kept+10)
	}
}

// What was never told, and what the heir has no rule or no room for, is counted
// as lost.
func TestAdoptCountsWhatIsLost(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	f := func(name string, spoil func(next *Aggregator), wantLost int64) {
		t.Helper()
		old, next := newMetered(t), newMetered(t)
		old.opt.Threshold.Events = 3
		if told := old.add(now, now, lacksSend, lacksSend); len(told) > 0 {
			t.Fatalf("two of three failures were told: %v", told)
		}
		spoil(next.Aggregator)
		next.Adopt(old.Aggregator, now)
		if s := next.Stats(); s.Lost != wantLost {
			t.Errorf("%s: %d of two failures are counted as lost; want %d", name, s.Lost, wantLost)
		}
	}
	f("all is as before", func(*Aggregator) {}, 0)
	f("no room", func(next *Aggregator) { next.opt.MaxGroups = 0 }, 2)
	f("other rules", func(next *Aggregator) { next.explainer = explainerOf(t, "signatures: [{literal: door refused}]") }, 2)
}

// Groups "other" take no room from the groups that are told apart, and have their own.
func TestAdoptHasRoomForAllThatOneHeld(t *testing.T) {
	const groups = 10
	now := time.Unix(1_700_000_000, 0)
	scanner, old := newEngine(t, ScannerOptions{})
	_, next := newEngine(t, ScannerOptions{})
	for _, a := range []*Aggregator{old, next} {
		a.opt.MaxGroups, a.opt.Threshold.Events = groups, 1000
	}
	c := NewCounts()
	for i := range 2 * groups {
		scanner.Scan("t", lines(now.Unix(), denied(fmt.Sprint("bucket", i), "k")), c)
	}
	old.Add(c, now)
	next.Adopt(old, now)
	if s := next.Stats(); s.Lost != 0 || s.Groups != groups+1 {
		t.Errorf("%d groups, %d events lost; want %d and the group \"other\", none lost", s.Groups, s.Lost, groups)
	}
}

// A finding whose rule is gone is told for the last time, whether or not anything
// came since it was told.
func TestAdoptWithdrawsFindings(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	for _, later := range []int{0, 1} {
		old, next := newMetered(t), newMetered(t)
		told := old.add(now, now, lacksSend, lacksSend)
		for range later {
			old.add(now, now, lacksSend)
		}
		old.Metrics()
		next.explainer = explainerOf(t, "signatures: [{literal: door refused}]")
		got := next.Adopt(old.Aggregator, now)
		if len(told) != 1 || len(got) != 1 {
			t.Fatalf("told %d findings before, %d at the handover; want 1 and 1", len(told), len(got))
		}
		f := got[0]
		if f.Fingerprint != told[0].Fingerprint || f.State != finding.Resolved || f.Reason != finding.Withdrawn || f.Opens || f.Counts.Events != int64(2+later) {
			t.Errorf("told %s %s of %d events; want the finding resolved, withdrawn, of %d", f.State, f.Reason, f.Counts.Events, 2+later)
		}
		if s := next.Stats(); s.Open != 0 || s.Groups != 0 || s.Lost != 0 || s.Told != 1 {
			t.Errorf("afterwards: %+v; want nothing open, held or lost, and one told", s)
		}
		if points, _ := next.Metrics(); len(points) != 1 || points[0].Resolved != 1 {
			t.Errorf("points %+v; want one finding resolved", points)
		}
	}
}
