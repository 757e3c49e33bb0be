package engine

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/engine/window"
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

// A rule's own threshold takes precedence over the option's, for that rule only.
func TestThresholdOfARule(t *testing.T) {
	f := func(rule string, apart time.Duration, wantAt int) {
		t.Helper()
		m := meteredOf(t, explainerOf(t, "signatures: [{literal: door refused}], "+rule))
		start := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
		for i := 1; i <= 4; i++ {
			at := start.Add(time.Duration(i) * apart)
			if told := m.add(at, at, "door refused"); len(told) > 0 {
				if i != wantAt {
					t.Errorf("%s, %v apart: told at the %d.; want at the %d.", rule, apart, i, wantAt)
				}
				return
			}
		}
		if wantAt != 0 {
			t.Errorf("%s, %v apart: nothing told; want at the %d.", rule, apart, wantAt)
		}
	}
	f("threshold: {}", time.Minute, 2)
	f("threshold: {}", 6*time.Minute, 0)
	f("threshold: {events: 3}", time.Minute, 3)
	f("threshold: {windows: 10}", 6*time.Minute, 2)
	f("threshold: {events: 3, windows: 20}", 6*time.Minute, 3)
}

// Events raise the severity while they are within the threshold's windows.
func TestEscalationByEvents(t *testing.T) {
	f := func(apart time.Duration, want string) {
		t.Helper()
		m := meteredOf(t, explainerOf(t, "signatures: [{literal: door refused}], severity: low, escalate: [{severity: high, when: {distinct: event, at_least: 4}}]"))
		start := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
		told := ""
		for i := range 5 {
			at := start.Add(time.Duration(i) * apart)
			for _, f := range m.add(at, at, "door refused") {
				told += fmt.Sprintf("%d %s %s;", i+1, f.Reason, f.Severity)
			}
		}
		if told != want {
			t.Errorf("%v apart: told %q; want %q", apart, told, want)
		}
	}
	f(time.Second, "2 first low;4 escalated high;")
	f(time.Minute, "2 first low;4 escalated high;")
	f(2*time.Minute, "2 first low;5 changed low;")
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

// A machine's clock may be hours ahead until it is set right: failures from before then are
// followed as if they had happened now.
func TestFindingOverAClockThatIsSetBack(t *testing.T) {
	f := func(ahead time.Duration) {
		t.Helper()
		m := newMetered(t)
		m.opt.Metrics = false
		start := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
		var told []string
		add := func(now time.Time, lines ...string) {
			t.Helper()
			for _, f := range m.add(now, now, lines...) {
				told = append(told, fmt.Sprintf("%s %d", f.Reason, f.Counts.Events))
				if f.Reason != finding.First && f.LastSeen.After(now.Add(time.Minute)) {
					t.Errorf("%v ahead: at %v it was last seen at %v", ahead, now, f.LastSeen)
				}
			}
		}
		add(start.Add(ahead), "INFO all is well")
		add(start.Add(ahead), lacksSend, lacksSend)
		for i := range 20 {
			add(start.Add(time.Duration(i)*30*time.Second), lacksSend)
		}
		add(start.Add(10*time.Minute+15*time.Minute), "INFO all is well")
		want := []string{"first 2", "changed 13", "resolved 22"}
		if fmt.Sprint(told) != fmt.Sprint(want) || m.Stats().Late > 0 {
			t.Errorf("%v ahead: told %q, %d late; want %q, none late", ahead, told, m.Stats().Late, want)
		}
	}
	f(0)
	f(10 * time.Minute)
	f(6 * time.Hour)
}

// Windows that lie ahead of a clock set back keep no new ones out.
func TestWindowsOverAClockThatIsSetBack(t *testing.T) {
	m := newMetered(t)
	m.opt.Metrics = false
	m.opt.Threshold.Events = 100
	start := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	for i := range 2 * window.Kept {
		at := start.Add(6*time.Hour + time.Duration(i)*time.Minute)
		m.add(at, at, lacksSend)
	}
	var told []finding.Finding
	for i := range 100 {
		at := start.Add(time.Duration(i) * time.Second)
		told = append(told, m.add(at, at, lacksSend)...)
	}
	if len(told) != 1 || told[0].Reason != finding.First {
		t.Errorf("told %+v; want a finding", told)
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

// Groups "other" have a bound of their own; what is beyond it is counted as lost.
func TestOthersAreBounded(t *testing.T) {
	m := newMetered(t)
	m.opt.MaxGroups = 1
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	const containers = othersMax + 10
	add := func(now time.Time) {
		for i := range containers {
			container := fmt.Sprintf("api-%d", i)
			var chunk enginetest.ChunkBuilder
			chunk.Append(now.Unix(), 0, enginetest.FireLens("1", container, lacksSend, "stdout")...)
			m.scanner.Scan(enginetest.FireLensTag("1", container), chunk.Bytes(), m.counts)
			m.Add(m.counts, now)
			m.counts.Reset()
		}
	}
	add(now)
	if s := m.Stats(); s.Groups != 1+othersMax || s.Lost != containers-1-othersMax {
		t.Errorf("%d groups, %d events lost; want %d and %d", s.Groups, s.Lost, 1+othersMax, containers-1-othersMax)
	} else if s.Grouped != othersMax {
		t.Errorf("%d events counted under \"other\", and %d lost of %d; want %d under \"other\"", s.Grouped, s.Lost, s.Events, othersMax)
	}
	later := now.Add(3 * time.Hour)
	m.Advance(later)
	if add(later); m.Stats().Lost != 2*(containers-1-othersMax) {
		t.Errorf("%d events lost of those after all were forgotten, too; want %d each time", m.Stats().Lost, containers-1-othersMax)
	}
	others := 0
	add(later)
	for _, f := range m.Advance(later) {
		if strings.Contains(f.Summary, "this counts the rest together") {
			others++
		}
	}
	if others != othersMax {
		t.Errorf("%d findings say that they are about the rest; want %d", others, othersMax)
	}
}

// A clock that is set back is noticed even while nothing fails.
func TestSilenceOverAClockThatIsSetBack(t *testing.T) {
	m := newMetered(t)
	m.opt.Metrics = false
	start := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	ahead := start.Add(6 * time.Hour)
	m.add(ahead, ahead, lacksSend, lacksSend)
	m.Advance(start)
	if told := m.Advance(start.Add(15 * time.Minute)); len(told) != 1 || told[0].Reason != finding.Silent {
		t.Errorf("told %+v; want that it is over", told)
	}
}

// What is known about our own task is said only of its own failures.
func TestOtherTasksHaveTheirOwnRoles(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	f := func(ours string, certain bool) {
		t.Helper()
		m := newMetered(t)
		m.SetTask(diagnose.Task{TaskID: ours, TaskRoleARN: "arn:aws:iam::123456789012:role/api-task"})
		told := m.add(now, now, lacksSend, lacksSend)
		if len(told) != 1 || (told[0].Diagnosis.RoleCertainty == "certain") != certain {
			t.Errorf("in task %s a failure of task 1 is told as %+v; want the role known for certain: %v", ours, told, certain)
		}
	}
	f("1", true)
	f("2", false)
}

// Failures in no finding are counted: while they are too few, and when they are forgotten.
func TestUntold(t *testing.T) {
	m := newMetered(t)
	m.opt.Metrics = false
	start := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	f := func(when string, want int64, groups int) {
		t.Helper()
		if s := m.Stats(); s.Untold != want || s.Groups != groups {
			t.Errorf("%s: %d untold in %d groups; want %d in %d", when, s.Untold, s.Groups, want, groups)
		}
	}
	m.add(start, start, lacksSend)
	f("the first", 1, 1)
	later := start.Add(3 * time.Hour)
	m.add(later, later, "INFO all is well")
	f("forgotten", 1, 0)
	m.add(later, later, lacksSend, lacksSend)
	f("a finding", 1, 1)
}

// When there are more windows than are kept the oldest give way, at a handover too.
func TestBurstKeepsTheNewest(t *testing.T) {
	var old, heir burst
	for w := range window.Index(window.Kept) {
		old.add(w+100, 1)
	}
	heir.add(5, 2)
	heir.adopt(&old, time.Minute, time.Minute)
	if n := heir.within(99+window.Kept, 99+window.Kept); n != 1 {
		t.Errorf("%d tasks in the newest window; want 1", n)
	}
	if n := heir.within(0, 50); n != 0 {
		t.Errorf("%d tasks in a window older than all that are kept; want 0", n)
	}
}

// A failure is late once all of its window lies behind the watermark.
func TestLateFromTheWindowsEnd(t *testing.T) {
	f := func(newest time.Duration, want int64) {
		t.Helper()
		m := newMetered(t)
		m.opt.Lateness = 30 * time.Second
		start := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
		now := start.Add(newest)
		m.add(now, now, lacksSend)
		m.add(start.Add(59*time.Second), now, lacksSend)
		if got := m.Stats().Late; got != want {
			t.Errorf("at the end of a window, the newest record %v behind its beginning: %d late; want %d", newest, got, want)
		}
	}
	f(89*time.Second, 0)
	f(90*time.Second, 1)
}

// A failure that was taken back, since another line of its error says more, leaves no task behind.
func TestTasksOfWhatWasTakenBack(t *testing.T) {
	const at = 1_700_000_000
	record := func(b *enginetest.ChunkBuilder, at int64, task, text string) {
		b.Append(at, 0, enginetest.FireLens(task, "api", text, "stderr")...)
	}
	head := "ERROR upload failed: AccessDenied"
	var b enginetest.ChunkBuilder
	record(&b, at, taskA, head)
	record(&b, at+120, taskB, head)
	record(&b, at+120, taskB, "botocore.exceptions.ClientError: "+denied("reports", "k"))
	for _, merged := range []bool{false, true} {
		m := newMetered(t)
		now := time.Unix(at+120, 0)
		m.scanner.Scan("all", b.Bytes(), m.counts)
		counts := m.counts
		if merged {
			counts = NewCounts()
			counts.Merge(m.counts)
			var later enginetest.ChunkBuilder
			record(&later, at+121, taskA, head)
			m.scanner.Scan("others", later.Bytes(), counts)
		}
		m.Add(counts, now)
		for _, f := range m.Advance(now) {
			if f.Counts.Tasks != 1 {
				t.Errorf("merged %t: %d tasks in %d events of %s; want one", merged, f.Counts.Tasks, f.Counts.Events, f.Evidence)
			}
		}
		if got := m.Stats().Told; got != 2 {
			t.Errorf("merged %t: %d findings; want 2", merged, got)
		}
	}
}
