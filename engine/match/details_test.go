package match

import (
	"regexp"
	"testing"

	"github.com/authlens/authlens/engine/gist"
	"github.com/authlens/authlens/rules"
)

// The embedded rules need no guard: a gist leaves out no part of a phrase of
// theirs, and puts none there.
func TestBuiltInRulesTurnOnNoDetails(t *testing.T) {
	embedded, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	extended, err := embedded.Extend(&rules.Set{})
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range []*rules.Set{embedded, extended} {
		m, err := New(set, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if m.IsGuarded() {
			t.Error("the embedded rules are guarded")
		}
	}
	blank := regexp.MustCompile(`(^|[^0-9A-Za-z])9+([^0-9]|$)`)
	class := regexp.MustCompile(`\[[^\]]*\]`)
	for phrase := range phrasesOf(embedded) {
		phrase = class.ReplaceAllString(phrase, "")
		if holdsID(phrase) || blank.MatchString(phrase) {
			t.Errorf("a gist leaves out or puts there a part of %q", phrase)
		}
	}
}

func TestTurnsOnDetails(t *testing.T) {
	f := func(want bool, s rules.Signature, unless ...string) {
		t.Helper()
		if got := turnsOnDetails(&s, unless, map[string]bool{"": true, "known": true}); got != want {
			t.Errorf("%+v unless %q: got %v", s, unless, got)
		}
	}
	f(false, rules.Signature{Literal: "payment refused"})
	f(false, rules.Signature{Literal: "error 401 refused"})
	f(false, rules.Signature{Word: "login failed E0000004"})
	f(false, rules.Signature{Regex: `payment refused for \w+ by [^ ]+`})
	f(false, rules.Signature{Literal: "payment refused", Any: []string{"bank account", "known"}})
	f(true, rules.Signature{Literal: "PAYMENT_REFUSED"})
	f(true, rules.Signature{Literal: ".csv is refused"})
	f(true, rules.Signature{Literal: "exec-9 is refused"})
	f(true, rules.Signature{Literal: "refused at 04:05:06 again"})
	f(true, rules.Signature{Regex: `payment \d+ refused`})
	f(true, rules.Signature{Regex: `payment [a-f]+ refused`})
	// wherever it stands
	const id = "account 123456780000 refused"
	f(true, rules.Signature{Literal: id})
	f(true, rules.Signature{Word: id})
	f(true, rules.Signature{Regex: id})
	f(true, rules.Signature{Literal: "known", All: []string{id}})
	f(true, rules.Signature{Literal: "known", Any: []string{id}})
	f(true, rules.Signature{Literal: "known", PrecededBy: []string{id}})
	f(true, rules.Signature{Literal: "known", FollowedBy: []string{id}})
	f(true, rules.Signature{Literal: "known", Unless: []string{id}})
	f(true, rules.Signature{Literal: "known", UnlessNear: []string{id}})
	f(true, rules.Signature{Literal: "known"}, id)
}

// Only texts that such a rule may be about are judged as they are.
func TestGuard(t *testing.T) {
	m := load(t, Options{}, "name: a\nsignatures: [{regex: 'payment \\d+ refused'}, {literal: thread exec-9 refused}]")
	f := func(text string, short bool) {
		t.Helper()
		var g gist.Gist
		if m.Gist(&g, []byte(text)); g.Short() != short {
			t.Errorf("%s: judged is %s", text, g.Text())
		}
	}
	f("04:05:06 all is well", true)
	f("04:05:06 payment 4711 refused", false)
	f("04:05:06 thread exec-9 refused", false)
	f("04:05:06 thread exec-12 refused", false)
}
