package instance

import (
	"fmt"
	"hash/fnv"
	"strings"
	"sync"
	"time"

	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/plugin/sink/cloudwatch"
)

// An ownFailure follows whether AWS lets us write metrics. If not, that is an
// authentication failure of this task like any other: it is recognised by the
// same rules, explained the same way, told once when it begins and once when it
// is over.
type ownFailure struct {
	instance *Instance
	asks     bool // AWS is asked at all
	mu       sync.Mutex
	told     *finding.Finding // nil: all is well
}

// ownTrouble begins the headline of a failure that is not the application's.
const ownTrouble = "AuthLens' own metrics do not reach CloudWatch. "

// tried is told how each delivery ended.
func (o *ownFailure) tried(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err == nil {
		o.over()
		return
	}
	f, ok := o.instance.explainOwn(err)
	switch {
	case !ok:
		// Throttled, unreachable, broken: the reporter's log says so.
	case o.told != nil && o.told.Fingerprint == f.Fingerprint:
		o.told.Counts.Events++
		o.told.LastSeen = f.LastSeen
	default:
		o.over()
		o.told = &f
		o.instance.tellOwn(f)
	}
}

// over tells that what was told is over.
func (o *ownFailure) over() {
	if o.told == nil {
		return
	}
	f := *o.told
	f.State, f.Reason, f.Opens = finding.Resolved, finding.Silent, false
	f.Summary = "AuthLens' own metrics no longer fail for this reason. " + strings.TrimPrefix(f.Diagnosis.Headline, ownTrouble)
	o.told = nil
	o.instance.tellOwn(f)
}

// standing returns a copy of what was told, if it is not over, else nil.
func (o *ownFailure) standing() *finding.Finding {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.told == nil {
		return nil
	}
	told := *o.told
	return &told
}

// adopt goes on with what the previous instance told, unless something was told
// already.
func (o *ownFailure) adopt(told *finding.Finding) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if told == nil || o.told != nil {
		return
	}
	o.told = told
	if !o.asks {
		o.over()
	}
}

// explainOwn turns an error of CloudWatch or of the AWS SDK into a finding, if it is
// an authentication failure.
func (i *Instance) explainOwn(err error) (finding.Finding, bool) {
	x := i.explainer.Explain([]byte(err.Error()), *i.ownTask.Load())
	if x.Rule == nil {
		return finding.Finding{}, false
	}
	d := x.Diagnosis
	d.Headline = strings.TrimSpace(ownTrouble + d.Headline)
	if d.AllowHelps && strings.EqualFold(x.Facts.Action, cloudwatch.Action) {
		st := cloudwatch.Permission(i.cfg.CloudWatchNamespace)
		d.Statement = &st
		d.StatementNote = "AuthLens needs nothing else for its metrics. PutMetricData knows no resources; the condition keeps it to one namespace."
		d.Fix = []string{
			"Add the statement to the policy of the task role, or switch to `emf on`, which needs no permission.",
			"It applies within minutes; no task needs to restart, and the metrics that wait are sent then.",
		}
	}
	h := fnv.New64a()
	fmt.Fprintf(h, "own\x00%s\x00%s", x.Rule.Name, i.cfg.CloudWatchNamespace)
	now := i.env.Now().UTC()
	source := i.metering.lately()
	return finding.Finding{
		Schema: finding.Schema, Fingerprint: fmt.Sprintf("%016x", h.Sum64()),
		State: finding.Open, Reason: finding.First, Opens: true,
		Severity: string(x.Rule.Severity), Title: x.Title, Rule: x.Rule.Name,
		Summary:   d.Headline,
		Scope:     finding.Scope{Cluster: i.where.Cluster, Family: i.where.Family, Task: i.where.Task, Tag: source.Tag},
		Via:       source.Container,
		Counts:    finding.Counts{Events: 1, Windows: 1, WindowSeconds: int(i.cfg.Window / time.Second)},
		FirstSeen: now, LastSeen: now,
		Facts: x.Facts, Diagnosis: d, Evidence: x.Excerpt,
	}, true
}

// tellOwn gives a finding about ourselves to the sinks. It is printed where
// there are none, or where they may be closing.
func (i *Instance) tellOwn(f finding.Finding) {
	if len(i.dispatchers) == 0 || i.ctx.Err() != nil {
		i.print([]finding.Finding{f})
		return
	}
	for _, d := range i.dispatchers {
		d.enqueue([]finding.Finding{f})
	}
}
