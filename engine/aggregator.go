package engine

import (
	"cmp"
	"slices"
	"time"

	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/distinct"
	"github.com/authlens/authlens/engine/explain"
	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/engine/metric"
	"github.com/authlens/authlens/engine/window"
	"github.com/authlens/authlens/rules"
)

// lingering is how many windows a group is followed, at least, that has not passed:
// what it counted belongs to the finding that it may still become.
const lingering = 16

// othersMax is how many "other" groups an Aggregator holds besides its own groups.
const othersMax = 64

// AggregatorOptions say when failures become findings.
type AggregatorOptions struct {
	Window        time.Duration   // width of a window of event time; the Scanner's
	Lateness      time.Duration   // events may come this much later than newer ones
	Threshold     rules.Threshold // of rules that have none of their own
	OnlyThreshold bool            // Threshold holds for rules with one of their own too
	Policy        finding.Policy
	MaxGroups     int  // groups told apart at once; further ones are counted as "other"
	Evidence      int  // the most of a record's text that a finding carries, in bytes
	Metrics       bool // whether Metrics has anything to return
	// Refresh, if any, is called before a finding about missing credentials of our
	// own task is told for the first time. It may call SetTask.
	Refresh func()
}

// GroupsMost is how many groups an Aggregator holds at most, and so how many findings are open.
func (o *AggregatorOptions) GroupsMost() int { return o.MaxGroups + othersMax }

// AggregatorStats count what an Aggregator did with what it was given.
type AggregatorStats struct {
	Events  int64 // added
	Late    int64 // of them, older than the watermark
	Absurd  int64 // of them, with an unbelievable time, counted as now
	Grouped int64 // of them, counted under "other" for want of room here
	Lost    int64 // of them or of those taken over, counted here only
	Groups  int   // held now
	Open    int   // findings open now
	Told    int64 // snapshots returned
	Untold  int64 // events of no finding: too few so far, or until they were forgotten
}

// An Aggregator keeps windows of counts per group and makes findings of them.
// It belongs to one goroutine and asks nobody the time.
type Aggregator struct {
	opt       AggregatorOptions
	explainer *explain.Explainer
	clock     window.Clock
	wall      int64         // wall time of the newest call, ns
	where     finding.Scope // the one named last
	groups    map[uint64]*group
	others    int
	scopes    map[scopeKey]*scopeCount
	bursts    map[scopeKey]*burst
	points    map[pointID]*metric.Point
	task      diagnose.Task
	stats     AggregatorStats
}

// A scopeKey is a scope with one threshold: the default one, or one rule's own.
type scopeKey struct {
	scope uint64
	rule  string // "" for the default threshold
}

// A scopeCount counts a scope's events against one threshold.
type scopeCount struct {
	key       scopeKey
	threshold rules.Threshold
	windows   window.Set
	groups    []*group
	touched   bool // has new events since it was last judged
}

// A group is one rule + scope + principal + action + holder, over time.
type group struct {
	key         uint64
	rule        int
	other       bool
	scope       *scopeCount
	burst       *burst
	where       finding.Scope
	sample      []byte // nil once it is redacted
	cut         bool   // sample is the end of a longer text
	redacted    string
	facts       extract.Facts
	cause       string // as diagnosed; for metrics, and "" without
	windows     window.Set
	events      int64
	late        int64
	tasks       distinct.Counter
	resources   distinct.Counter
	first, last int64 // event times, ns
	heard       int64 // where the clock stood at the newest count, ns; after last when that came late

	passed       bool
	open         bool
	toldSeverity rules.Severity
	toldEvents   int64
	toldAt       time.Time // event time
}

// NewAggregator returns an Aggregator of what a Scanner of the explainer's
// rules counts.
func NewAggregator(e *explain.Explainer, opt AggregatorOptions) *Aggregator {
	return &Aggregator{
		opt:       opt,
		explainer: e,
		groups:    map[uint64]*group{},
		scopes:    map[scopeKey]*scopeCount{},
		bursts:    map[scopeKey]*burst{},
		points:    map[pointID]*metric.Point{},
	}
}

// SetTask says what is known of the task that the process runs in.
func (a *Aggregator) SetTask(t diagnose.Task) { a.task = t }

// Stats returns the totals since the Aggregator was made.
func (a *Aggregator) Stats() AggregatorStats {
	s := a.stats
	s.Groups = len(a.groups)
	for _, g := range a.groups {
		switch {
		case g.open:
			s.Open++
		case !g.passed:
			s.Untold += g.events
		}
	}
	return s
}

// Add takes the counts in c. now is the wall time.
func (a *Aggregator) Add(c *Counts, now time.Time) {
	a.noteWall(now)
	watermark := a.clock.Now(now).Add(-a.opt.Lateness).UnixNano()
	judgeLate := a.clock.Started()
	a.clock.Observe(c.newest, now)

	var groupOf [countsGroups]*group
	for i := range c.groups[:c.nGroups] {
		if c.groups[i].events > 0 {
			groupOf[i] = a.addGroup(c, &c.groups[i], now)
		}
	}
	var windowOf [countsCells]window.Index
	for i := range c.cells[:c.nCells] {
		cell := &c.cells[i]
		g := groupOf[cell.group]
		if g == nil || cell.events == 0 {
			continue
		}
		n := int64(cell.events)
		start := int64(cell.window) * int64(a.opt.Window)
		w := cell.window
		if t, ok := a.clock.Believe(start, now); !ok {
			a.stats.Absurd += n
			w = window.IndexOf(t, a.opt.Window)
		} else if judgeLate && start+int64(a.opt.Window) <= watermark {
			a.stats.Late += n
			g.late += n
		}
		windowOf[i] = w
		g.windows.Add(w, n)
		g.scope.windows.Add(w, n)
		g.scope.touched = true
		a.countFailures(g, w, n)
	}
	for _, m := range c.marks[:c.nMarks] {
		g := groupOf[c.cells[m.cell].group]
		switch {
		case g == nil, c.cells[m.cell].events == 0: // of a failure that was taken back
		case m.kind == markTask:
			g.tasks.Add(m.hash)
			g.burst.add(windowOf[m.cell], m.hash)
		case m.kind == markResource:
			g.resources.Add(m.hash)
		}
	}
}

// addGroup adds a group's totals, without its windows, and returns the group,
// or nil when there is no room for it.
func (a *Aggregator) addGroup(c *Counts, from *groupCount, now time.Time) *group {
	n := int64(from.events)
	a.stats.Events += n
	g := a.groupOf(c, from)
	if g == nil {
		a.stats.Lost += n
		return nil
	}
	first, _ := a.clock.Believe(from.first, now)
	last, _ := a.clock.Believe(from.last, now)
	first, last = min(first, last), max(first, last) // one may have been replaced by now
	if g.events == 0 {
		g.first, g.last = first, last
	}
	if last >= g.last {
		o := c.origin(&from.scope)
		g.where = a.whereIs(&o)
	}
	g.events += n
	g.first, g.last = min(g.first, first), max(g.last, last)
	g.heard = max(g.last, a.clock.Now(now).UnixNano())
	return g
}

// whereIs names the scope of o. Consecutive groups of one scope share its names in memory.
func (a *Aggregator) whereIs(o *origin) finding.Scope {
	renew(&a.where.Cluster, o.cluster)
	renew(&a.where.Family, o.family)
	renew(&a.where.TaskDefinition, o.taskDef)
	renew(&a.where.Container, o.container)
	renew(&a.where.Task, o.task)
	renew(&a.where.Tag, o.tag)
	return a.where
}

// renew sets name to now, and allocates only if that changes it.
func renew(name *string, now []byte) {
	if *name != string(now) {
		*name = string(now)
	}
}

// groupOf finds or makes the group that from belongs to.
func (a *Aggregator) groupOf(c *Counts, from *groupCount) *group {
	rule := int(from.rule)
	key, other := from.key, from.other
	if g := a.groups[key]; g != nil && !other {
		return g
	}
	if other || a.isFull(false) {
		key, other = hashBytes(from.scope.hash^hashTail, []byte(a.rule(rule).Name)), true
		g := a.groups[key]
		if g == nil && a.isFull(true) {
			return nil
		}
		if !from.other { // else the Counts has counted it as grouped
			a.stats.Grouped += int64(from.events)
		}
		if g != nil {
			return g
		}
		a.others++
	}
	g := &group{key: key, rule: rule, other: other, sample: slices.Clone(c.read(from.sample)), cut: from.cut}
	g.facts = a.explainer.Facts(a.rule(rule), g.sample)
	g.scope = a.scopeOf(from.scope.hash, a.rule(rule))
	g.scope.groups = append(g.scope.groups, g)
	g.burst = a.burstOf(from.scope.hash, a.rule(rule))
	g.burst.groups++
	a.groups[key] = g
	return g
}

// isFull reports whether there is no room for another group, or for another "other" group.
func (a *Aggregator) isFull(other bool) bool {
	if other {
		return a.others >= othersMax
	}
	return len(a.groups)-a.others >= a.opt.MaxGroups
}

func (a *Aggregator) rule(i int) *rules.Rule { return a.explainer.Matcher().Rule(i) }

// scopeOf finds or makes the count that a rule's events are judged by.
func (a *Aggregator) scopeOf(scope uint64, r *rules.Rule) *scopeCount {
	key := scopeKey{scope: scope}
	threshold := a.opt.Threshold
	if r.Threshold != (rules.Threshold{}) && !a.opt.OnlyThreshold {
		key.rule = r.Name
		threshold.Events = cmp.Or(r.Threshold.Events, threshold.Events)
		threshold.Windows = cmp.Or(r.Threshold.Windows, threshold.Windows)
	}
	s := a.scopes[key]
	if s == nil {
		s = &scopeCount{key: key, threshold: threshold}
		a.scopes[key] = s
	}
	return s
}

// Advance moves time to the wall time now and returns the findings that became
// worth telling, oldest first.
func (a *Aggregator) Advance(now time.Time) []finding.Finding {
	a.noteWall(now)
	a.judge()
	at := a.clock.Now(now)
	var told []finding.Finding
	for _, g := range a.groups {
		if f, ok := a.decide(g, at); ok {
			told = append(told, f)
		}
	}
	a.forget(at)
	return oldestFirst(told)
}

// noteWall notes the wall time, which goes back only when its clock was set back.
func (a *Aggregator) noteWall(now time.Time) {
	wall := now.UnixNano()
	if wall < a.wall {
		a.setBack(now)
	}
	a.wall = wall
}

// setBack follows a wall clock that was set back to now. Otherwise nothing would be told of
// a group whose times lie ahead until the clock caught up with them, and a set full of
// windows ahead would take no earlier ones.
func (a *Aggregator) setBack(now time.Time) {
	last := window.IndexOf(window.Latest(now), a.opt.Window)
	for _, s := range a.scopes {
		s.windows.Forget(last)
	}
	for _, b := range a.bursts {
		b.forget(last)
	}
	for _, g := range a.groups {
		g.windows.Forget(last)
		for _, at := range []*int64{&g.first, &g.last, &g.heard} {
			*at, _ = a.clock.Believe(*at, now)
		}
		if at := a.clock.Now(now); g.toldAt.After(at) {
			g.toldAt = at
		}
	}
}

// Close returns what is still owed when the process ends: the findings that
// passed and those that changed since they were last told.
func (a *Aggregator) Close(now time.Time) []finding.Finding {
	told := a.Advance(now)
	at := a.clock.Now(now)
	for _, g := range a.groups {
		if f, ok := a.owes(g, at); ok {
			told = append(told, f)
		}
	}
	return oldestFirst(told)
}

// judge lets the groups pass whose scope passed its threshold in windows in
// which they took part.
func (a *Aggregator) judge() {
	for _, s := range a.scopes {
		if !s.touched {
			continue
		}
		s.touched = false
		for from, to := range s.windows.Spans(s.threshold.Windows, int64(s.threshold.Events)) {
			for _, g := range s.groups {
				g.passed = g.passed || !g.open && g.windows.Within(from, to) > 0
			}
		}
	}
}

// forget drops the groups that never passed and are too old to pass.
func (a *Aggregator) forget(at time.Time) {
	for _, g := range a.groups {
		keep := time.Duration(max(lingering, g.scope.threshold.Windows))*a.opt.Window + a.opt.Lateness
		if !g.open && at.UnixNano()-g.heard > int64(keep) {
			a.stats.Untold += g.events
			a.drop(g)
		}
	}
}

// drop forgets a group, and its scope and burst with their last group.
func (a *Aggregator) drop(g *group) {
	delete(a.groups, g.key)
	if g.other {
		a.others--
	}
	g.scope.groups = slices.DeleteFunc(g.scope.groups, func(x *group) bool { return x == g })
	if len(g.scope.groups) == 0 {
		delete(a.scopes, g.scope.key)
	}
	if g.burst.groups--; g.burst.groups == 0 {
		delete(a.bursts, g.burst.key)
	}
}
