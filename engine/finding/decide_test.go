package finding

import (
	"testing"
	"time"
)

// The whole truth table: every combination of the conditions that Decide looks
// at, against the order in which they count.
func TestDecide(t *testing.T) {
	p := Policy{UpdateAfter: 5 * time.Minute, RepeatAfter: 4 * time.Hour, ResolveAfter: 15 * time.Minute}
	told := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	bools := []bool{false, true}
	for _, passed := range bools {
		for _, open := range bools {
			for _, worse := range bools {
				for _, grew := range bools {
					for _, silent := range bools {
						for _, since := range []time.Duration{0, p.UpdateAfter - 1, p.UpdateAfter, p.RepeatAfter - 1, p.RepeatAfter} {
							now := told.Add(since)
							v := View{
								Passed: passed, Open: open,
								Severity: 2, ToldSeverity: 2, Events: 7, ToldEvents: 7,
								LastTold: told, LastHeard: now, Now: now,
							}
							if worse {
								v.Severity = 3
							}
							if grew {
								v.Events = 8
							}
							if silent {
								v.LastHeard = now.Add(-p.ResolveAfter)
							}
							want := None
							switch {
							case !open && passed:
								want = First
							case !open:
							case worse:
								want = Escalated
							case silent:
								want = Silent
							case grew && since >= p.UpdateAfter:
								want = Changed
							case since >= p.RepeatAfter:
								want = Repeat
							}
							if got := Decide(v, p); got != want {
								t.Errorf("Decide(passed %v, open %v, worse %v, grew %v, silent %v, %v since told) = %s; want %s",
									passed, open, worse, grew, silent, since, got, want)
							}
						}
					}
				}
			}
		}
	}
}

func TestDecideMilderIsNoNews(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	v := View{Open: true, Severity: 2, ToldSeverity: 4, LastHeard: now, LastTold: now, Now: now}
	if got := Decide(v, Policy{time.Minute, time.Hour, time.Hour}); got != None {
		t.Errorf("a milder severity is told as %s; want none", got)
	}
}

func TestStateOf(t *testing.T) {
	for reason, want := range map[Reason]State{First: Open, Escalated: Update, Changed: Update, Repeat: Update, Silent: Resolved, Withdrawn: Resolved} {
		if got := StateOf(reason); got != want {
			t.Errorf("StateOf(%s) = %s; want %s", reason, got, want)
		}
	}
}
