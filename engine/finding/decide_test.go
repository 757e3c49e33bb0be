package finding

import (
	"strings"
	"testing"
	"time"
)

// The whole truth table: every combination of the conditions that Decide looks at belongs to
// exactly one row; a row may leave conditions open.
func TestDecide(t *testing.T) {
	p := Policy{UpdateAfter: 5 * time.Minute, RepeatAfter: 4 * time.Hour, ResolveAfter: 15 * time.Minute}
	rows := []struct {
		want Reason
		when string
	}{
		{None, "!passed !open"},
		{First, "passed !open"},
		{Escalated, "open worse"},
		{Silent, "open !worse silent"},
		{Changed, "open !worse !silent grew update-due"},
		{None, "open !worse !silent grew !update-due"},
		{Repeat, "open !worse !silent !grew repeat-due"},
		{None, "open !worse !silent !grew !repeat-due"},
	}
	for bits := range 1 << 5 {
		for _, since := range []time.Duration{0, p.UpdateAfter - 1, p.UpdateAfter, p.RepeatAfter - 1, p.RepeatAfter} {
			is := map[string]bool{
				"passed": bits&1 != 0, "open": bits&2 != 0, "worse": bits&4 != 0, "grew": bits&8 != 0, "silent": bits&16 != 0,
				"update-due": since >= p.UpdateAfter, "repeat-due": since >= p.RepeatAfter,
			}
			got := Decide(viewOf(is, since, p), p)
			var of []string
			for _, row := range rows {
				if !holds(row.when, is) {
					continue
				}
				of = append(of, row.when)
				if got != row.want {
					t.Errorf("%v: got %s; want %s, as %s", is, got, row.want, row.when)
				}
			}
			if len(of) != 1 {
				t.Errorf("%v is of the rows %q; want one", is, of)
			}
		}
	}
}

// viewOf is a group that was last told that long ago.
func viewOf(is map[string]bool, since time.Duration, p Policy) View {
	told := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	now := told.Add(since)
	v := View{
		Passed: is["passed"], Open: is["open"],
		Severity: 2, ToldSeverity: 2, Events: 7, ToldEvents: 7,
		LastTold: told, LastHeard: now, Now: now,
	}
	if is["worse"] {
		v.Severity = 3
	}
	if is["grew"] {
		v.Events = 8
	}
	if is["silent"] {
		v.LastHeard = now.Add(-p.ResolveAfter)
	}
	return v
}

// holds tells whether all conditions of a row are as it says.
func holds(row string, is map[string]bool) bool {
	for _, condition := range strings.Fields(row) {
		name, not := strings.CutPrefix(condition, "!")
		if is[name] == not {
			return false
		}
	}
	return true
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
