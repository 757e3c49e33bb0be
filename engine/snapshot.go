package engine

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/explain"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/engine/window"
	"github.com/authlens/authlens/rules"
)

// decide returns a snapshot of g when it is worth telling at event time at.
func (a *Aggregator) decide(g *group, at time.Time) (finding.Finding, bool) {
	if !g.open && !g.passed {
		return finding.Finding{}, false
	}
	severity := a.severity(g)
	reason := finding.Decide(finding.View{
		Passed: g.passed, Open: g.open,
		Severity: severity.Rank(), ToldSeverity: g.toldSeverity.Rank(),
		Events: g.events, ToldEvents: g.toldEvents,
		LastHeard: time.Unix(0, g.heard), LastTold: g.toldAt,
		Now: at,
	}, a.opt.Policy)
	if reason == finding.None {
		return finding.Finding{}, false
	}
	if reason == finding.Silent {
		severity = g.toldSeverity // it was a burst, though that is over
	}
	f := a.tell(g, reason, severity, at)
	if reason == finding.Silent {
		a.drop(g)
	}
	return f, true
}

// owes returns a snapshot of g when it changed since it was last told.
func (a *Aggregator) owes(g *group, at time.Time) (finding.Finding, bool) {
	if !g.open || g.events == g.toldEvents {
		return finding.Finding{}, false
	}
	return a.tell(g, finding.Changed, a.severity(g), at), true
}

// oldestFirst puts snapshots in the order in which their failures began.
func oldestFirst(told []finding.Finding) []finding.Finding {
	slices.SortFunc(told, func(x, y finding.Finding) int {
		return cmp.Or(x.FirstSeen.Compare(y.FirstSeen), cmp.Compare(x.Fingerprint, y.Fingerprint))
	})
	return told
}

// severity returns the rule's severity, or the worst that an escalation raises
// it to. It never sinks while a finding is open.
func (a *Aggregator) severity(g *group) rules.Severity {
	r := a.rule(g.rule)
	worst := r.Severity
	if g.open && g.toldSeverity.Rank() > worst.Rank() {
		worst = g.toldSeverity
	}
	width := window.Index(g.scope.threshold.Windows)
	newest := window.IndexOf(g.last, a.opt.Window)
	for _, e := range r.Escalate {
		var n int
		switch e.When.Distinct {
		case "task":
			n = g.burst.within(newest-width+1, newest)
		case "resource":
			n, _ = g.resources.Count()
		case "event":
			n = int(g.windows.Within(newest-width+1, newest))
		}
		if n >= e.When.AtLeast && e.Severity.Rank() > worst.Rank() {
			worst = e.Severity
		}
	}
	return worst
}

// tell makes a snapshot of g.
func (a *Aggregator) tell(g *group, reason finding.Reason, severity rules.Severity, at time.Time) finding.Finding {
	r := a.rule(g.rule)
	tasks, exact := g.tasks.Count()
	resources, _ := g.resources.Count()
	evidence := g.evidence()
	d := a.explainer.Diagnose(r, diagnose.Subject{Facts: g.facts, Task: a.taskOf(g), Text: evidence, Tasks: tasks})
	if reason == finding.First && d.Kind == string(rules.Credentials) && a.opt.Refresh != nil && a.isOurs(g) {
		a.opt.Refresh()
		d = a.explainer.Diagnose(r, diagnose.Subject{Facts: g.facts, Task: a.taskOf(g), Text: evidence, Tasks: tasks})
	}
	g.open, g.passed = true, false
	g.toldSeverity, g.toldEvents, g.toldAt = severity, g.events, at
	a.stats.Told++
	a.countChange(g, reason, d.Cause, at)
	return finding.Finding{
		Schema:      finding.Schema,
		Fingerprint: fmt.Sprintf("%016x", g.key),
		State:       finding.StateOf(reason),
		Reason:      reason,
		Opens:       reason == finding.First,
		Severity:    string(severity),
		Title:       a.explainer.Title(r, d.Cause),
		Summary:     summary(g, d.Headline),
		Rule:        r.Name,
		Scope:       g.where,
		Counts: finding.Counts{
			Events: g.events, Windows: g.windows.Len(), Late: g.late,
			Tasks: tasks, TasksApprox: !exact, Resources: resources,
			WindowSeconds: int(a.opt.Window / time.Second),
		},
		FirstSeen: time.Unix(0, g.first).UTC(),
		LastSeen:  time.Unix(0, g.last).UTC(),
		Facts:     g.facts,
		Diagnosis: d,
		Evidence:  shorten(evidence, a.opt.Evidence),
	}
}

// evidence returns the sample without secrets, which is costly the first time, and removes
// from the facts what the sample no longer shows.
func (g *group) evidence() string {
	if g.sample != nil {
		g.redacted = redacted(g.sample, g.cut)
		explain.Conceal(&g.facts, g.sample, g.redacted)
		g.sample = nil
	}
	return g.redacted
}

// taskOf returns what is known of the task that g's newest event comes from. On
// an aggregator that is not our own task, and its role is not ours.
func (a *Aggregator) taskOf(g *group) diagnose.Task {
	if !a.isOurs(g) {
		return diagnose.Task{TaskID: g.where.Task, Container: g.where.Container}
	}
	task := a.task
	task.TaskID = cmp.Or(g.where.Task, task.TaskID)
	task.Container = cmp.Or(g.where.Container, task.Container)
	return task
}

// isOurs tells whether g's newest event may come from our own task.
func (a *Aggregator) isOurs(g *group) bool {
	return g.where.Task == "" || a.task.TaskID == "" || g.where.Task == a.task.TaskID
}

// summary is what a person reads first.
func summary(g *group, headline string) string {
	s := fmt.Sprintf("%d authentication failure %s detected across %d log %s.",
		g.events, plural(g.events, "event"), g.windows.Len(), plural(int64(g.windows.Len()), "window"))
	if g.other {
		return s + " More different failures than are told apart; this counts the rest together."
	}
	if headline == "" {
		return s
	}
	return s + " " + headline
}

func plural(n int64, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}

// shorten cuts s to at most n bytes without cutting a character in two.
func shorten(s string, n int) string {
	const mark = "…"
	if len(s) <= n {
		return s
	}
	n = max(0, n-len(mark))
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n] + mark
}
