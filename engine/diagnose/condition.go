package diagnose

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/authlens/authlens/rules"
)

// A condition is a rules.Condition, checked.
type condition struct {
	when         []among
	text, unless []string // lower case
}

// among is a name and the values of which it has one.
type among struct {
	name   string
	values []string
}

func conditionOf(c rules.Condition) (condition, error) {
	when := make([]among, 0, len(c.When)) // a third of what a small map takes
	for _, name := range slices.Sorted(maps.Keys(c.When)) {
		if !isName(name) {
			return condition{}, fmt.Errorf("unknown condition %q; known are %s", name, strings.Join(knownNames(), ", "))
		}
		when = append(when, among{name, c.When[name]})
	}
	return condition{when, lowered(c.Text), lowered(c.Unless)}, nil
}

func lowered(phrases []string) []string {
	lower := make([]string, len(phrases))
	for i, p := range phrases {
		lower[i] = strings.ToLower(p)
	}
	return lower
}

// holds tells whether a subject with these values and this text, in lower case,
// meets the condition.
func (c condition) holds(v values, text string) bool {
	for _, a := range c.when {
		if !slices.Contains(a.values, v(a.name)) {
			return false
		}
	}
	has := func(phrase string) bool { return strings.Contains(text, phrase) }
	return (len(c.text) == 0 || slices.ContainsFunc(c.text, has)) && !slices.ContainsFunc(c.unless, has)
}

// A refinement puts one cause in the place of others.
type refinement struct {
	into string
	of   []string
	condition
}

// refined returns the cause that a subject's values and text make of a rule's. A
// rule matches one record; the facts may have been completed by those that follow
// it, and then say more than "access denied".
func (d *Diagnoser) refined(cause string, v values, text string) string {
	for _, r := range d.refinements {
		if slices.Contains(r.of, cause) && r.holds(v, text) {
			return r.into
		}
	}
	return cause
}
