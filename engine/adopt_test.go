package engine

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/finding"
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
