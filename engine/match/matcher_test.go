package match

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/engine/text"
	"github.com/authlens/authlens/rules"
)

// load compiles rules written without examples, which the test adds.
func load(t testing.TB, opt Options, source string) *Matcher {
	t.Helper()
	const cause = "causes: [{name: refused, kind: external, title: Refused}]\nrules:\n"
	proof := "\n    cause: refused\n    examples: {match: [x], ignore: [y]}\n"
	var b strings.Builder
	for _, rule := range strings.Split(strings.TrimSpace(source), "\n---\n") {
		b.WriteString("  - " + strings.ReplaceAll(rule, "\n", "\n    ") + proof)
	}
	set, err := rules.Parse("test.yaml", []byte(cause+b.String()))
	if err != nil {
		t.Fatal(err)
	}
	m, err := New(set, opt)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// winner returns the name of the rule that matches line, or "none".
// embedded returns the embedded rules and a Matcher of them.
func embedded(t testing.TB, opt Options) (*rules.Set, *Matcher) {
	t.Helper()
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	m, err := New(set, opt)
	if err != nil {
		t.Fatal(err)
	}
	return set, m
}

func winner(m *Matcher, line string) string {
	if found, ok := m.Match([]byte(line)); ok {
		return m.Rule(found.Rule).Name
	}
	return "none"
}

func TestMatch(t *testing.T) {
	m := load(t, Options{}, `
name: phrase
signatures:
  - literal: login refused
    unless: [dry run]
---
name: specific
priority: 1
signatures: [{literal: login refused for admin}]
---
name: word
signatures: [{word: status 403}]
---
name: quoted
signatures: [{literal: '"code":"denied"'}]
---
name: both
signatures: [{literal: token rejected, all: [billing, upstream], any: [v1, v2]}]
---
name: expression
signatures: [{regex: 'error \d{3}: refused by \w+'}]
---
name: escapable
signatures: [{word: status=401}]
---
name: optional
option: access_logs
signatures: [{literal: served a refusal}]
`)
	f := func(line, want string) {
		t.Helper()
		if got := winner(m, line); got != want {
			t.Errorf("%q: got %s, want %s", line, got, want)
		}
	}
	f("", "none")
	f("login accepted", "none")
	f("login refused", "phrase")
	f("Login REFUSED today", "phrase")
	f("login refused (dry run)", "none")
	f("login refused, then login refused for admin", "specific")
	f("login refused for admin (dry run)", "specific")
	f("status 403", "word")
	f("a status 403, b", "word")
	f("status 4030", "none")
	f("httpstatus 403", "none")
	f("status 4031 then status 403", "word")
	f(`{"code":"denied"}`, "quoted")
	f(`{"code": "denied"}`, "none")
	f("denied", "none")
	f("token rejected by upstream billing v2", "both")
	f("token rejected by upstream billing v3", "none")
	f("v1 billing: token rejected", "none")
	f("error 401: refused by gateway", "expression")
	f("ERROR 401: Refused by gateway", "expression")
	f("error 4: refused by gateway", "none")
	f("status=401", "escapable")
	f("status=4012", "none")
	f("served a refusal", "none")
}

// Options switch rules on.
func TestMatchWithOption(t *testing.T) {
	const source = "name: optional\noption: access_logs\nsignatures: [{literal: served a refusal}]\n---\nname: other\nsignatures: [{literal: something else}]"
	f := func(opt Options, want bool) {
		t.Helper()
		if _, got := load(t, opt, source).Match([]byte("served a refusal")); got != want {
			t.Errorf("%v: got %t, want %t", opt, got, want)
		}
	}
	f(Options{}, false)
	f(Options{Enabled: []string{"access_logs"}}, true)
	f(Options{Enabled: []string{"something"}}, false)
}

// The span encloses the evidence, or the literal that led to an expression.
func TestMatchSpan(t *testing.T) {
	m := load(t, Options{}, `
name: phrase
signatures: [{literal: '"denied" by'}]
---
name: expression
signatures: [{regex: 'x\d+ refused by \w+'}]
`)
	f := func(line, want string) {
		t.Helper()
		found, ok := m.Match([]byte(line))
		if !ok {
			t.Fatalf("%q: no match", line)
		}
		if got := line[found.Start:found.End]; !strings.HasPrefix(got, want) {
			t.Errorf("%q: span encloses %q, want %q", line, got, want)
		}
	}
	f(`so: "Denied" by policy`, `"Denied" by`)
	f("x12 refused by gate", "")
}

// A regular expression sees only the neighbourhood of its literal, and is not
// run without end.
func TestMatchIsBounded(t *testing.T) {
	m := load(t, Options{}, "name: near\nsignatures: [{regex: 'begin.{0,900}refused by'}]\n---\nname: far\nsignatures: [{literal: token rejected, all: [upstream]}]")
	f := func(line string, want bool) {
		t.Helper()
		if _, got := m.Match([]byte(line)); got != want {
			t.Errorf("%.40q… of %d bytes: got %t, want %t", line, len(line), got, want)
		}
	}
	f("begin"+strings.Repeat("x", 800)+"refused by", true)
	f("begin"+strings.Repeat("x", 2*reach)+"refused by", false)
	f(strings.Repeat("refused by ", 100_000), false)
	f("token rejected"+strings.Repeat(".", maxContext/2)+"upstream", true)
	f("token rejected"+strings.Repeat(".", 2*maxContext)+"upstream", false)
	f(strings.Repeat("token rejected ", 100_000), false)
}

// More signatures than can wait for their conditions are looked at at once.
func TestMatchBeyondWaiting(t *testing.T) {
	m := load(t, Options{}, "name: upstream\nsignatures: [{literal: token rejected, preceded_by: [upstream]}]")
	text := strings.Repeat("sandbox token rejected\n", maxPending) + "upstream token rejected"
	if won, ok := m.Match([]byte(text)); !ok || won.End != len(text) {
		t.Errorf("got %+v, %t; want a match at the end", won, ok)
	}
}

func TestExpression(t *testing.T) {
	m := load(t, Options{}, "name: many\nsignatures: [{literal: access denied}, {regex: 'refused by \\d'}, {regex: 'rejected by \\d'}]")
	f := func(text, want string) {
		t.Helper()
		won, ok := m.Match([]byte(text))
		if re := m.Expression(won); !ok || (re == nil) != (want == "") || re != nil && !strings.Contains(re.String(), want) {
			t.Errorf("%s: got %v, want one with %q", text, re, want)
		}
	}
	f("access denied", "")
	f("refused by 7", "refused by")
	f("rejected by 7", "rejected by")
}

// What exceeds the bounds is not looked at, and told.
func TestMatchTellsOfItsBounds(t *testing.T) {
	m := load(t, Options{}, "name: near\nsignatures: [{regex: 'begin.{0,900}refused by'}]\n---\n"+
		"name: message\nsignatures: [{literal: token rejected, unless_near: [sandbox]}]\n---\n"+
		"name: name\nsignatures: [{literal: login failed}]")
	f := func(line string, want bool) {
		t.Helper()
		if got, ok := m.Match([]byte(line)); got.Bounded != want || ok {
			t.Errorf("%.40q… of %d bytes: bounded is %t, matched %t; want %t, false", line, len(line), got.Bounded, ok, want)
		}
	}
	f(strings.Repeat("refused by ", maxExpressions), false)
	f(strings.Repeat("refused by ", maxExpressions+1), true)
	f(strings.Repeat("sandbox token rejected\n", maxSurroundings), false)
	f(strings.Repeat("sandbox token rejected\n", maxSurroundings+1), true)
	f(strings.Repeat("fix login failed\n", maxMentions), false)
	f(strings.Repeat("fix login failed\n", maxMentions+1), true)
}

func TestNewRefuses(t *testing.T) {
	f := func(set *rules.Set, want string) {
		t.Helper()
		if _, err := New(set, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error that says %q", err, want)
		}
	}
	f(&rules.Set{}, "at least one rule")
	f(&rules.Set{Rules: []rules.Rule{{Name: "short", Signatures: []rules.Signature{{Literal: "no"}}}}}, "characters in a row")
	many := make([]rules.Rule, maxSignatures+1)
	for i := range many {
		many[i].Signatures = []rules.Signature{{Literal: "refused"}}
	}
	f(&rules.Set{Rules: many}, "8192 signatures")
}

func TestExplain(t *testing.T) {
	m := load(t, Options{}, `
name: special
priority: 1
signatures: [{literal: login refused for admin}]
---
name: general
signatures:
  - {literal: login refused}
  - {word: refused for}
  - {literal: login, all: [refused, certificate]}
  - {literal: for admin, any: [denied, forbidden]}
  - {literal: login refused, unless: [admin]}
  - {regex: 'refused for [a-z]+ by'}
`)
	got := m.Explain([]byte("login refused for administrators"))
	want := []Trace{
		{Rule: "special", Start: 0, End: 23, Matched: true, Won: true, Why: "matches"},
		{Rule: "general", Signature: 0, Start: 0, End: 13, Matched: true, Why: "matches; the more specific special wins"},
		{Rule: "general", Signature: 1, Start: 6, End: 17, Matched: true, Why: "matches; the more specific special wins"},
		{Rule: "general", Signature: 2, Start: 0, End: 5, Why: `needs "certificate" too`},
		{Rule: "general", Signature: 3, Start: 14, End: 23, Why: `needs one of "denied" "forbidden"`},
		{Rule: "general", Signature: 4, Start: 0, End: 13, Why: `ruled out by "admin"`},
		{Rule: "general", Signature: 5, Start: 6, End: 6, Why: "has `refused for `, but the regular expression does not match"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// What a trace tells of is in the text as it was given, not in its gist.
func TestExplainSpan(t *testing.T) {
	text := "2031-02-03T04:05:06.789012Z login refused"
	traces := load(t, Options{}, "name: general\nsignatures: [{literal: login refused}]").Explain([]byte(text))
	if len(traces) != 1 || text[traces[0].Start:traces[0].End] != "login refused" {
		t.Errorf("got %+v", traces)
	}
}

// What came near is named, so that a rule's author sees what lacks; never a wall of words.
func TestExplainNearMisses(t *testing.T) {
	f := func(signature, text, want string) {
		t.Helper()
		traces := load(t, Options{}, "name: refused\nsignatures: ["+signature+"]").Explain([]byte(text))
		if len(traces) != 1 || traces[0].Matched || traces[0].Why != want {
			t.Errorf("%s, %q: got %+v, want %s", signature, text, traces, want)
		}
	}
	f(`{literal: '["permission denied"]'}`, "open: permission denied", "has `permission denied`, but not the whole `[\"permission denied\"]`")
	f(`{literal: '["permission denied"]'}`, "permission denied", "has `permission denied`, but not the whole `[\"permission denied\"]`")
	f(`{word: denied}`, "undeniedly", "has `denied`, but not as a whole word")
	f(`{regex: 'denied \d+'}`, "denied it", "has `denied `, but the regular expression does not match")
	f(`{literal: denied, any: [p1, p2, p3, p4, p5, p6, p7, p8, p9, p10]}`, "denied",
		`needs one of "p1" "p2" "p3" "p4" "p5" "p6" "p7" "p8" … and 2 more`)
}

func TestPhraseIn(t *testing.T) {
	f := func(phrase, line string, want bool) {
		t.Helper()
		if got := phrases([]string{phrase})[0].in([]byte(line)); got != want {
			t.Errorf("%q in %q: got %t, want %t", phrase, line, got, want)
		}
	}
	f("a", "", false)
	f("a", "A", true)
	f("denied", "Access DENIED.", true)
	f("denied", "denie", false)
	f("denied", "enied", false)
	f("denied", "ddenied", true)
	f("q", strings.Repeat("Q", 3), true)
	f("qz", strings.Repeat("Q", 300)+"qZ", true)
	f("403", "x403", true)
	f("verweigert für", "Verweigert für", true)
}

// The finder over the literals of the rules may be used on raw bytes: a record
// that matches once normalised has a candidate before, too.
func TestFinderSeesRawBytes(t *testing.T) {
	set, m := embedded(t, Options{Enabled: rules.Options})
	htmlSafe := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "<", `\u003c`, ">", `\u003e`, "&", `\u0026`, "'", `\u0027`, "=", `\u003d`)
	slashes := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "/", `\/`)
	for _, rule := range set.Rules {
		for _, line := range rule.Examples.Match {
			for _, raw := range []string{htmlSafe.Replace(line), slashes.Replace(line), htmlSafe.Replace(htmlSafe.Replace(line))} {
				if _, ok := m.Match(text.Normalise(nil, []byte(raw))); !ok {
					continue // the escapes hide it from normalisation: not this test's matter
				}
				if m.Finder().Find([]byte(raw), 0) < 0 {
					t.Errorf("%s: no candidate in the raw form %s", rule.Name, raw)
				}
			}
		}
	}
}
