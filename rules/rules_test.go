package rules_test

import (
	"fmt"
	"testing"

	"github.com/authlens/authlens/rules"
)

func TestDefaultPackLoads(t *testing.T) {
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Rules) == 0 || len(set.Causes) == 0 {
		t.Fatalf("the pack has %d rules and %d causes", len(set.Rules), len(set.Causes))
	}
}

// What a rule looks for twice is searched and confirmed twice.
func TestNoSignatureStandsTwice(t *testing.T) {
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range set.Rules {
		seen := map[string]bool{}
		for _, s := range rule.Signatures {
			s.Literal, s.Word = rules.Lower(s.Literal), rules.Lower(s.Word)
			key := fmt.Sprintf("%+v", s)
			if seen[key] {
				t.Errorf("%s: a signature stands twice: %s", rule.Name, key)
			}
			seen[key] = true
		}
	}
}
