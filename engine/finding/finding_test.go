package finding

import "testing"

// A snapshot that replaces one nobody has seen tells its news too.
func TestInPlaceOf(t *testing.T) {
	f := func(older, newer, want Reason) {
		t.Helper()
		snapshot := func(r Reason) Finding {
			return Finding{State: StateOf(r), Reason: r, Opens: r == First, Summary: string(r)}
		}
		got := snapshot(newer).InPlaceOf(snapshot(older))
		wantState := StateOf(want)
		if got.State != wantState || got.Reason != want || got.Opens != (older == First || newer == First) || got.Summary != string(newer) {
			t.Errorf("%s in place of %s: state %s, reason %s, opens %v; want %s, %s", newer, older, got.State, got.Reason, got.Opens, wantState, want)
		}
	}
	f(First, Changed, First)
	f(First, Escalated, First)
	f(First, Repeat, First)
	f(First, Silent, Silent)
	f(First, Withdrawn, Withdrawn)
	f(Escalated, Changed, Escalated)
	f(Escalated, Repeat, Escalated)
	f(Escalated, Escalated, Escalated)
	f(Escalated, Silent, Silent)
	f(Changed, Escalated, Escalated)
	f(Changed, Repeat, Repeat)
	f(Changed, Silent, Silent)
	f(Silent, First, First)
}
