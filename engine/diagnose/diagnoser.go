package diagnose

import (
	"fmt"
	"slices"
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

// A text is the words of a cause, or those a rule puts in their place.
type text struct {
	kind     rules.Kind
	headline []piece // the first that can be filled is said
	explain  template
	fix      []step
	verify   template
	see      []template
}

// A step is said when its condition holds.
type step struct {
	condition
	say template
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

func textOfCause(c *rules.Cause) (*text, error) {
	t := &text{kind: c.Kind}
	for _, h := range c.Headline {
		one, err := lines(h)
		if err != nil {
			return nil, fmt.Errorf("headline: %w", err)
		}
		t.headline = append(t.headline, one...)
	}
	var err error
	if t.explain, err = prose(c.Explain); err != nil {
		return nil, fmt.Errorf("explain: %w", err)
	}
	for i, s := range c.Fix {
		say, err := prose(s.Say)
		if err != nil {
			return nil, fmt.Errorf("fix step %d: %w", i+1, err)
		}
		when, err := conditionOf(s.Condition)
		if err != nil {
			return nil, fmt.Errorf("fix step %d: %w", i+1, err)
		}
		t.fix = append(t.fix, step{when, say})
	}
	if t.verify, err = lines(c.Verify); err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	t.see, err = links(c.See)
	return t, err
}

// textOfRule is the cause's text with the rule's own words put in.
func textOfRule(r *rules.Rule, t text) (*text, error) {
	var err error
	if r.Explain != "" {
		if t.explain, err = prose(r.Explain); err != nil {
			return nil, fmt.Errorf("explain: %w", err)
		}
	}
	if len(r.Fix) > 0 {
		t.fix = nil
		for i, s := range r.Fix {
			say, err := prose(s)
			if err != nil {
				return nil, fmt.Errorf("fix step %d: %w", i+1, err)
			}
			t.fix = append(t.fix, step{say: say})
		}
	}
	if len(r.See) > 0 {
		t.see, err = links(r.See)
	}
	return &t, err
}

func links(see []string) ([]template, error) {
	var out []template
	for _, s := range see {
		t, err := lines(s)
		if err != nil {
			return nil, fmt.Errorf("see: %w", err)
		}
		out = append(out, t)
	}
	return out, nil
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
	for _, h := range t.headline {
		if said, ok := h.fill(v); ok {
			out.Headline = said
			break
		}
	}
	for _, st := range t.fix {
		if !st.holds(v, lower) {
			continue
		}
		if said := st.say.step(v); said != "" {
			out.Fix = append(out.Fix, said)
		}
	}
	for _, link := range t.see {
		if said := link.all(v); said != "" && !slices.Contains(out.See, said) {
			out.See = append(out.See, said)
		}
	}
	return out
}
