package match

import (
	"testing"

	"github.com/authlens/authlens/engine/text"
	"github.com/authlens/authlens/rules"
)

// Every match line of a rule hits that rule and no other wins; no ignore line
// hits it.
func TestProofLines(t *testing.T) {
	set, m := embedded(t, Options{Enabled: rules.Options})
	winner := func(line string) string { return winner(m, string(text.Normalise(nil, []byte(line)))) }
	for _, rule := range set.Rules {
		for _, line := range rule.Examples.Match {
			if got := winner(line); got != rule.Name {
				t.Errorf("%s: match line hits %s: %s", rule.Name, got, line)
			}
		}
		for _, line := range rule.Examples.Ignore {
			if got := winner(line); got == rule.Name {
				t.Errorf("%s: ignore line hits it: %s", rule.Name, line)
			}
		}
	}
}
