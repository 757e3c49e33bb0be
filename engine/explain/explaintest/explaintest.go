// Package explaintest makes explainers of rules that a test is sure of.
package explaintest

import (
	"sync"
	"testing"

	"github.com/authlens/authlens/engine/explain"
	"github.com/authlens/authlens/engine/match"
	"github.com/authlens/authlens/rules"
)

// Default returns the explainer of the default rules, the same to every test.
func Default(t testing.TB) *explain.Explainer {
	t.Helper()
	e, err := byDefault()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

var byDefault = sync.OnceValues(func() (*explain.Explainer, error) {
	set, err := rules.Default()
	if err != nil {
		return nil, err
	}
	return of(set)
})

// Of returns the explainer of a set of rules; those of options are off.
func Of(t testing.TB, set *rules.Set) *explain.Explainer {
	t.Helper()
	e, err := of(set)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func of(set *rules.Set) (*explain.Explainer, error) {
	m, err := match.New(set, match.Options{})
	if err != nil {
		return nil, err
	}
	return explain.New(set, m)
}
