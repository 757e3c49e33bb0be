package match

import (
	"testing"

	"github.com/authlens/authlens/rules"
)

// The embedded rules turn on nothing that a gist leaves out, and no phrase of
// theirs is touched by it.
func TestBuiltInRulesTurnOnNoDetails(t *testing.T) {
	m := defaultMatcher(t)
	if m.details != (details{}) {
		t.Errorf("the embedded rules turn on %+v", m.details)
	}
	var d details
	for phrase := range builtIn() {
		if d.ids = false; phrase != "" {
			if d.phrase(phrase); d.ids {
				t.Errorf("a gist leaves out a part of %q", phrase)
			}
		}
	}
}

func TestDetails(t *testing.T) {
	f := func(signature string, want details) {
		t.Helper()
		if got := load(t, Options{}, "name: a\nsignatures: ["+signature+"]").details; got != want {
			t.Errorf("%s: got %+v, want %+v", signature, got, want)
		}
	}
	f("{literal: payment refused}", details{})
	f("{literal: error 401 refused}", details{})
	f("{word: login failed E0000004}", details{})
	f("{regex: 'payment refused for \\w+ by [^ ]+'}", details{})
	f("{literal: payment refused, any: [bank account, credit card]}", details{})
	f("{literal: payment refused, any: [bank]}", details{keys: true})
	f("{literal: PAYMENT_REFUSED}", details{keys: true})
	f("{literal: payment refused, unless: [' a/b ']}", details{keys: true})
	f("{literal: .csv is refused}", details{keys: true})
	f("{literal: account 123456789012 refused}", details{ids: true})
	f("{literal: refused at 04:05:06 again}", details{ids: true})
	f("{regex: 'payment \\d+ refused'}", details{ids: true})
	f("{regex: 'payment [a-f]+ refused'}", details{ids: true})
}

// Every phrase counts, wherever it stands in a rule.
func TestDetailsAreLookedForEverywhere(t *testing.T) {
	const id = "request 0123456789abcdef"
	for name, rule := range map[string]rules.Rule{
		"literal":     {Signatures: []rules.Signature{{Literal: id}}},
		"word":        {Signatures: []rules.Signature{{Word: id}}},
		"regex":       {Signatures: []rules.Signature{{Regex: id}}},
		"all":         {Signatures: []rules.Signature{{Literal: "it is refused", All: []string{id}}}},
		"any":         {Signatures: []rules.Signature{{Literal: "it is refused", Any: []string{id}}}},
		"unless":      {Signatures: []rules.Signature{{Literal: "it is refused", Unless: []string{id}}}},
		"unless near": {Signatures: []rules.Signature{{Literal: "it is refused", UnlessNear: []string{id}}}},
		"rule unless": {Signatures: []rules.Signature{{Literal: "it is refused"}}, Unless: []string{id}},
	} {
		m, err := New(&rules.Set{Rules: []rules.Rule{rule}}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !m.details.ids {
			t.Errorf("%s: an id in it goes unseen", name)
		}
	}
}
