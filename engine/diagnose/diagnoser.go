package diagnose

import (
	"fmt"
	"strings"
	"sync"

	"github.com/authlens/authlens/rules"
)

// A Diagnoser holds the texts of a rule set, checked; those of a cause are cut for use when
// they are first told. It is immutable and may be used from several goroutines.
type Diagnoser struct {
	causes      map[string]func() *text
	refinements []refinement // in the order of the causes
}

// New checks the texts of a set: that every placeholder and every condition
// names something a diagnosis knows. The error says which text of which cause
// or rule is wrong, and what there is to choose from.
func New(set *rules.Set) (*Diagnoser, error) {
	d := &Diagnoser{causes: make(map[string]func() *text)}
	for i := range set.Causes {
		c := &set.Causes[i]
		if !c.IsEmbedded() { // Fast path: tests have checked those.
			if _, err := textOfCause(c); err != nil {
				return nil, fmt.Errorf("%s:%d: cause %s: %w", c.File, c.Line, c.Name, err)
			}
		}
		recall := c.Recall()
		d.causes[c.Name] = sync.OnceValue(func() *text {
			t, _ := textOfCause(recall()) // without error, as was checked
			return t
		})
		for _, r := range c.Refines {
			when, err := conditionOf(r.Condition)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: cause %s: refines: %w", c.File, c.Line, c.Name, err)
			}
			d.refinements = append(d.refinements, refinement{c.Name, r.Causes, when})
		}
	}
	for i := range set.Rules {
		r := &set.Rules[i]
		if d.causes[r.Cause] == nil {
			return nil, fmt.Errorf("%s:%d: rule %s: unknown cause %q", r.File, r.Line, r.Name, r.Cause)
		}
		if _, err := textOfRule(r, text{}); err != nil {
			return nil, fmt.Errorf("%s:%d: rule %s: %w", r.File, r.Line, r.Name, err)
		}
	}
	return d, nil
}

// Diagnose explains one failure. rule must be one of the set that d was made
// from. The work and the result are bounded by the texts and by the bound of a
// value, whatever the subject holds.
func (d *Diagnoser) Diagnose(rule *rules.Rule, s Subject) Diagnosis {
	lower := strings.ToLower(s.Text)
	r := read(rule.Cause, s)
	v := r.values()
	if cause := d.refined(rule.Cause, v, lower); cause != rule.Cause {
		r = read(cause, s)
		v = r.values()
	}
	t, _ := textOfRule(rule, *d.causes[r.cause]()) // New has checked it

	out := Diagnosis{
		Cause:         r.cause,
		Kind:          string(t.kind),
		Explain:       t.explain.all(v),
		AllowHelps:    r.allowHelps(),
		Statement:     r.grant.statement,
		StatementIn:   r.grant.in,
		StatementNote: r.grant.note,
		Verify:        t.verify.firstCommand(v),
	}
	out.VerifyIn = r.placeOf(out.Verify)
	if t.kind != rules.External {
		out.RoleKind, out.RoleCertainty, out.RoleWhy = r.holder.kind, r.holder.certainty, r.holder.why
		if (out.AllowHelps || refusalOf(r.facts).final()) && !strings.EqualFold(r.action, s.Facts.Action) {
			out.RequiredAction = r.action
		}
	}
	out.Headline, out.Fix, out.See = t.headlineOf(v), t.fixOf(v, lower), t.seeOf(v)
	return out
}
