package engine

import (
	"slices"
	"time"

	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/engine/window"
)

// Adopt takes over what other knows: its windows, its groups, the findings it
// has told and the points nobody has asked for. No count is lost and none is
// told twice, also when rules or options differ between the two. now is the
// wall time; other must not be used again.
//
// What a cannot go on with, groups of rules it does not have, is returned as
// the findings that other would have owed at its end.
func (a *Aggregator) Adopt(other *Aggregator, now time.Time) (owed []finding.Finding) {
	ruleOf := a.rulesByName()
	a.clock.Adopt(&other.clock)
	for key, g := range other.groups {
		rule, ok := ruleOf[other.rule(g.rule).Name]
		if !ok || a.groups[key] == nil && !g.open && len(a.groups) >= a.opt.MaxGroups {
			if f, ok := other.owes(g, other.clock.Now(now)); ok {
				owed = append(owed, f)
			}
			continue
		}
		scope := g.scope.key.scope
		counted := a.scopeOf(scope, a.rule(rule))
		// By group, since a group of the same scope may now have a threshold of its own.
		counted.windows.Merge(&g.windows, other.opt.Window, a.opt.Window)
		counted.touched = true
		burst := a.burstOf(scope, a.rule(rule))
		burst.adopt(g.burst, other.opt.Window, a.opt.Window)
		if mine := a.groups[key]; mine != nil {
			mine.adopt(g, other.opt.Window, a.opt.Window)
			continue
		}
		g.rule, g.scope, g.burst = rule, counted, burst
		g.windows.Convert(other.opt.Window, a.opt.Window)
		counted.groups = append(counted.groups, g)
		burst.groups++
		a.groups[key] = g
		if g.other {
			a.others++
		}
	}
	for id, p := range other.points {
		if mine := a.points[id]; mine != nil {
			mine.Failures += p.Failures
			mine.Opened += p.Opened
			mine.Resolved += p.Resolved
		} else {
			a.points[id] = p
		}
	}
	return a.inOrder(owed)
}

func (a *Aggregator) rulesByName() map[string]int {
	byName := map[string]int{}
	m := a.explainer.Matcher()
	for i := range m.Len() {
		byName[m.Rule(i).Name] = i
	}
	return byName
}

// adopt adds what g, of another Aggregator, counted, and takes over what was
// told of it.
func (mine *group) adopt(g *group, from, to time.Duration) {
	mine.windows.Merge(&g.windows, from, to)
	mine.events += g.events
	mine.late += g.late
	mine.tasks.Merge(&g.tasks)
	mine.resources.Merge(&g.resources)
	mine.first, mine.last = min(mine.first, g.first), max(mine.last, g.last)
	mine.heard = max(mine.heard, g.heard)
	mine.passed = mine.passed && !g.open
	if !g.open {
		return
	}
	if !mine.open {
		mine.open, mine.toldSeverity, mine.toldEvents, mine.toldAt = true, g.toldSeverity, g.toldEvents, g.toldAt
		return
	}
	mine.toldEvents += g.toldEvents
}

// adopt adds the tasks of b, of another Aggregator.
func (mine *burst) adopt(b *burst, from, to time.Duration) {
	for i := range b.slots {
		w := window.IndexOf(int64(b.slots[i].window)*int64(from), to)
		at := slices.IndexFunc(mine.slots, func(s burstSlot) bool { return s.window == w })
		switch {
		case at >= 0:
			mine.slots[at].tasks.Merge(&b.slots[i].tasks)
		case len(mine.slots) < window.Kept:
			slot := burstSlot{window: w}
			slot.tasks.Merge(&b.slots[i].tasks)
			mine.slots = append(mine.slots, slot)
		}
	}
}
