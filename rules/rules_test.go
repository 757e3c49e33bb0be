package rules_test

import (
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
