package engine

import (
	"fmt"
	"testing"
	"time"

	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/rules"
)

// A threshold may span as many windows as its option allows.
func TestThresholdOverManyWindows(t *testing.T) {
	f := func(threshold rules.Threshold, every time.Duration, wantAt int) {
		t.Helper()
		m := newMetered(t)
		m.opt.Metrics = false
		m.opt.Threshold = threshold
		start := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
		for i := 1; i <= threshold.Events; i++ {
			at := start.Add(time.Duration(i) * every)
			m.Advance(at.Add(-every / 2))
			if told := m.add(at, at, lacksSend); len(told) > 0 {
				if i != wantAt || told[0].Counts.Events != int64(i) {
					t.Errorf("%+v, one failure every %v: told at the %d., of %d events; want at the %d.", threshold, every, i, told[0].Counts.Events, wantAt)
				}
				return
			}
		}
		if wantAt != 0 {
			t.Errorf("%+v, one failure every %v: nothing told; want at the %d.", threshold, every, wantAt)
		}
	}
	f(rules.Threshold{Events: 2, Windows: 60}, 50*time.Minute, 2)
	f(rules.Threshold{Events: 2, Windows: 60}, 61*time.Minute, 0)
	f(rules.Threshold{Events: 40, Windows: 60}, time.Minute, 40)
	f(rules.Threshold{Events: 61, Windows: 60}, time.Minute, 0)
}

// A container whose clock is hours behind has one finding, which lasts as long
// as its failures do.
func TestFindingOfASlowClockLasts(t *testing.T) {
	m := newMetered(t)
	m.opt.Metrics = false
	start := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	m.add(start, start, "INFO all is well")
	var told []string
	for i := range 40 {
		now := start.Add(time.Duration(i) * 30 * time.Second)
		for _, f := range m.add(now.Add(-5*time.Hour), now, lacksSend) {
			told = append(told, fmt.Sprintf("%s %d", f.Reason, f.Counts.Events))
		}
		m.add(now, now, "INFO all is well")
	}
	end := start.Add(20*time.Minute + 15*time.Minute)
	for _, f := range m.add(end, end, "INFO all is well") {
		told = append(told, fmt.Sprintf("%s %d", f.Reason, f.Counts.Events))
	}
	want := []string{"first 2", "changed 12", "changed 22", "changed 32", "resolved 40"}
	if fmt.Sprint(told) != fmt.Sprint(want) {
		t.Errorf("told %q; want %q", told, want)
	}
}

// A failure without a believable time does not turn a finding's times around.
func TestTimesAreInOrder(t *testing.T) {
	m := newMetered(t)
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	m.add(now, now, "INFO all is well")
	m.scanner.Scan(m.tag, append(lines(0, lacksSend), lines(now.Add(-time.Minute).Unix(), lacksSend)...), m.counts)
	m.Add(m.counts, now)
	told := m.Advance(now)
	if len(told) != 1 || told[0].FirstSeen.After(told[0].LastSeen) || told[0].Reason != finding.First {
		t.Errorf("told %+v; want one finding, first seen before it was last", told)
	}
}

// What is counted under "other" is counted there once.
func TestGroupedIsCountedOnce(t *testing.T) {
	m := newMetered(t)
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	const n = 2 * countsGroups
	for i := range n {
		m.scanner.Scan(m.tag, lines(now.Unix(), denied(fmt.Sprintf("bucket-%d", i), "k")), m.counts)
	}
	grouped := m.counts.Stats.Grouped
	m.Add(m.counts, now)
	if s := m.Stats(); grouped == 0 || s.Events != n || s.Grouped != 0 {
		t.Errorf("of %d events the scanner grouped %d, the aggregator %d of %d; want some, and none again of all", n, grouped, s.Grouped, s.Events)
	}
}
