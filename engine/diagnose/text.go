package diagnose

import (
	"fmt"
	"slices"

	"github.com/authlens/authlens/rules"
)

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

// headlineOf is the first headline of which all is known.
func (t *text) headlineOf(v values) string {
	for _, h := range t.headline {
		if said, ok := h.fill(v); ok {
			return said
		}
	}
	return ""
}

// fixOf are the steps that apply; lower is the subject's text in lower case.
func (t *text) fixOf(v values, lower string) (fix []string) {
	for _, step := range t.fix {
		if !step.holds(v, lower) {
			continue
		}
		if said := step.say.step(v); said != "" {
			fix = append(fix, said)
		}
	}
	return fix
}

// seeOf are the links, each once.
func (t *text) seeOf(v values) (see []string) {
	for _, link := range t.see {
		if said := link.all(v); said != "" && !slices.Contains(see, said) {
			see = append(see, said)
		}
	}
	return see
}
