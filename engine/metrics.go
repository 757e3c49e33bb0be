package engine

import (
	"cmp"
	"slices"
	"time"

	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/engine/metric"
	"github.com/authlens/authlens/engine/window"
)

// pointsMax bounds the points that wait for Metrics to be called. Further ones
// are one point, under metric.OtherKey.
const pointsMax = 4096

// Metrics returns what was counted since it was last called, oldest first, and
// how many findings are open. Both are empty unless AggregatorOptions.Metrics.
func (a *Aggregator) Metrics() (points []metric.Point, open []metric.Level) {
	for _, p := range a.points {
		points = append(points, *p)
	}
	clear(a.points)
	slices.SortFunc(points, func(x, y metric.Point) int {
		return cmp.Or(x.Window.Compare(y.Window), compareKeys(x.Key, y.Key))
	})
	return points, a.levels()
}

func (a *Aggregator) levels() []metric.Level {
	if !a.opt.Metrics {
		return nil
	}
	byKey := make(map[metric.Key]metric.Level)
	for _, g := range a.groups {
		if g.open {
			key := a.metricKey(g)
			byKey[key] = metric.Level{Key: key, Tag: g.where.Tag, Open: byKey[key].Open + 1}
		}
	}
	levels := make([]metric.Level, 0, len(byKey))
	for _, l := range byKey {
		levels = append(levels, l)
	}
	slices.SortFunc(levels, func(x, y metric.Level) int { return compareKeys(x.Key, y.Key) })
	return levels
}

func compareKeys(x, y metric.Key) int {
	return cmp.Or(cmp.Compare(x.Cluster, y.Cluster), cmp.Compare(x.Family, y.Family),
		cmp.Compare(x.Container, y.Container), cmp.Compare(x.Cause, y.Cause))
}

// A pointID tells points apart.
type pointID struct {
	key    metric.Key
	window window.Index
}

// countFailures counts n events of g in window w.
func (a *Aggregator) countFailures(g *group, w window.Index, n int64) {
	if a.opt.Metrics {
		a.point(g, w).Failures += n
	}
}

// countChange counts a finding that began or ended, and notes its cause.
func (a *Aggregator) countChange(g *group, reason finding.Reason, cause string, at time.Time) {
	if !a.opt.Metrics {
		return
	}
	g.cause = cause
	switch reason {
	case finding.First:
		a.point(g, window.IndexOf(g.last, a.opt.Window)).Opened++
	case finding.Silent, finding.Withdrawn:
		a.point(g, window.IndexOf(at.UnixNano(), a.opt.Window)).Resolved++
	}
}

func (a *Aggregator) point(g *group, w window.Index) *metric.Point {
	id := pointID{a.metricKey(g), w}
	if _, ok := a.points[id]; !ok && len(a.points) >= pointsMax {
		id = pointID{key: metric.OtherKey}
	}
	p := a.points[id]
	if p == nil {
		p = &metric.Point{Key: id.key, Window: time.Unix(0, int64(w)*int64(a.opt.Window)).UTC()}
		a.points[id] = p
	}
	p.Tag = g.where.Tag
	return p
}

// metricKey is what metrics tell g apart by. Before anything is told of g, its
// cause is diagnosed for that.
func (a *Aggregator) metricKey(g *group) metric.Key {
	if g.cause == "" {
		evidence := g.evidence() // before its facts are taken
		g.cause = a.explainer.Diagnose(a.rule(g.rule), diagnose.Subject{Facts: g.facts, Task: a.taskOf(g), Text: evidence, Tasks: 1}).Cause
	}
	return metric.Key{Cluster: g.where.Cluster, Family: g.where.Family, Container: g.where.Container, Cause: g.cause}
}
