package finding

import "time"

// A Policy says how often a finding is told.
type Policy struct {
	UpdateAfter  time.Duration // a changed count is told again after this long
	RepeatAfter  time.Duration // a finding that goes on is told again after this long
	ResolveAfter time.Duration // a finding is over after this much silence
}

// A View is what Decide looks at: a group, its last told snapshot, and the
// event time it is.
type View struct {
	Passed bool // its scope has passed the threshold
	Open   bool // it has been told and is not resolved

	Severity, ToldSeverity int // ranks, higher is worse
	Events, ToldEvents     int64
	LastHeard, LastTold    time.Time // of a failure, and by us
	Now                    time.Time
}

// Decide says whether a group is worth telling now, and why.
func Decide(v View, p Policy) Reason {
	if !v.Open {
		if v.Passed {
			return First
		}
		return None
	}
	silence := v.Now.Sub(v.LastHeard)
	since := v.Now.Sub(v.LastTold)
	switch {
	case v.Severity > v.ToldSeverity:
		return Escalated
	case silence >= p.ResolveAfter:
		return Silent
	case v.Events != v.ToldEvents && since >= p.UpdateAfter:
		return Changed
	case since >= p.RepeatAfter:
		return Repeat
	}
	return None
}

// StateOf returns the state that a snapshot told for reason r is in.
func StateOf(r Reason) State {
	switch r {
	case First:
		return Open
	case Silent, Withdrawn:
		return Resolved
	}
	return Update
}
