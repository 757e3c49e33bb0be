package engine

import (
	"time"

	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/engine/metric"
	"github.com/authlens/authlens/engine/window"
)

// Adopt takes over what other knows: its windows, its groups, the findings it
// has told and the points nobody has asked for. No count is told twice, even
// when rules or options differ between the two. now is the wall time; other must
// not be used again.
//
// A finding whose rule a does not have is told for the last time, as withdrawn.
// Failures of no finding yet are counted as lost if a has no rule or no room for them.
func (a *Aggregator) Adopt(other *Aggregator, now time.Time) (withdrawn []finding.Finding) {
	ruleOf := a.rulesByName()
	a.clock.Adopt(&other.clock)
	for key, g := range other.groups {
		rule, ok := ruleOf[other.rule(g.rule).Name]
		switch {
		case !ok && g.open:
			withdrawn = append(withdrawn, other.tell(g, finding.Withdrawn, g.toldSeverity, other.clock.Now(now)))
			a.stats.Told++
			continue
		case !ok, a.groups[key] == nil && !g.open && a.isFull(g.other):
			a.stats.Lost += g.events
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
	a.adoptPoints(other.points)
	return oldestFirst(withdrawn)
}

// adoptPoints adds the points of another Aggregator, if metrics are wanted here.
func (a *Aggregator) adoptPoints(points map[pointID]*metric.Point) {
	if !a.opt.Metrics {
		return
	}
	for id, p := range points {
		if mine := a.points[id]; mine != nil {
			mine.Failures += p.Failures
			mine.Opened += p.Opened
			mine.Resolved += p.Resolved
		} else {
			a.points[id] = p
		}
	}
}

func (a *Aggregator) rulesByName() map[string]int {
	byName := map[string]int{}
	m := a.explainer.Matcher()
	for i := range m.Len() {
		byName[m.Rule(i).Name] = i
	}
	return byName
}

// adopt adds what old, of another Aggregator, counted, and takes over what was
// told of it.
func (g *group) adopt(old *group, from, to time.Duration) {
	g.windows.Merge(&old.windows, from, to)
	g.events += old.events
	g.late += old.late
	g.tasks.Merge(&old.tasks)
	g.resources.Merge(&old.resources)
	g.first, g.last = min(g.first, old.first), max(g.last, old.last)
	g.heard = max(g.heard, old.heard)
	g.passed = g.passed && !old.open
	if !old.open {
		return
	}
	if !g.open {
		g.open, g.toldSeverity, g.toldEvents, g.toldAt = true, old.toldSeverity, old.toldEvents, old.toldAt
		return
	}
	g.toldEvents += old.toldEvents
}

// adopt adds the tasks of old, of another Aggregator.
func (b *burst) adopt(old *burst, from, to time.Duration) {
	for i := range old.slots {
		w := window.IndexOf(int64(old.slots[i].window)*int64(from), to)
		if tasks := b.in(w); tasks != nil {
			tasks.Merge(&old.slots[i].tasks)
		}
	}
}
