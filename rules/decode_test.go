package rules

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// valid is a rule that only lacks what a test adds.
const valid = `
- name: one
  cause: other
  signatures: [{literal: login refused}]
  examples: {match: [login refused], ignore: [login]}
`

// Every mistake is reported with its place and the offending text.
func TestParseReports(t *testing.T) {
	f := func(src string, want ...string) {
		t.Helper()
		_, err := Parse("my.yaml", []byte(src))
		var problems Problems
		if !errors.As(err, &problems) {
			t.Errorf("got %v, want Problems for\n%s", err, src)
			return
		}
		for _, text := range want {
			if !strings.Contains(err.Error(), text) {
				t.Errorf("want %q in\n%s", text, err)
			}
		}
		if len(problems) != 1 && len(want) == 1 {
			t.Errorf("want one problem, got\n%s", err)
		}
	}
	f("rules: [", "my.yaml:1:")
	f("just text", "my.yaml:1:1: expected a mapping with `rules`, `causes` or `adjust`, or a list of rules; found a string")
	f("rule: []", "my.yaml:1:1: expected `rules`, `causes` or `adjust`; found `rule`")
	f("rules: {}", "`rules` must be a list; found a mapping")

	rule := func(lines string) string { return strings.TrimRight(valid, "\n") + "\n" + lines }
	f(rule("  prioriti: 3"), "my.yaml:6:3: expected one of the keys name, cause, priority, severity, title, option, signatures, ", "; found `prioriti`", ">  6 |   prioriti: 3")
	f(rule("  threshold: {event: 1}"), "my.yaml:6:15: expected one of the keys events, windows; found `event`")
	f(rule("  escalate: [{severity: high, when: {distinct: task, atleast: 3}}]"), "expected one of the keys distinct, at_least; found `atleast`")
	f(rule("  <<: {titel: x}"), "my.yaml:6:8: expected one of the keys name, ", "; found `titel`")
	f(rule("  priority: high"), "my.yaml:6:13: expected a whole number; found \"high\"")
	f(rule("  title: [x]"), "my.yaml:6:10: expected text; found a list")
	f(rule("  unless: word"), "my.yaml:6:11: expected a list; found text")
	f(rule("  threshold: 5"), "my.yaml:6:14: expected a mapping; found a number")
	f(rule("  severity: severe"), "my.yaml:6:13: `severity` is one of low, elevated, high, critical; found \"severe\"")
	f(rule("  unless_level: quiet"), "my.yaml:6:17: `unless_level` is one of trace, debug, info; found \"quiet\"")
	f(rule("  option: all"), "`option` is one of access_logs; found \"all\"")
	f(rule("  threshold: {events: -1}"), "`events` is a number from 1 to 1000000; found -1")
	f(rule("  threshold: {events: 0}"), "my.yaml:6:23: `events` is a number from 1 to 1000000; found 0")
	f(rule("  threshold: {events: 2, windows: 0}"), "`windows` is a number from 1 to 60; found 0")
	f(rule("  threshold: {windows: 61}"), "`windows` is a number from 1 to 60; found 61")
	f(rule("  escalate: [{severity: high, when: {distinct: host, at_least: 3}}]"), "`distinct` is one of task, resource, event; found \"host\"")
	f(rule("  escalate: [{severity: high, when: {distinct: task, at_least: 1}}]"), "`at_least` is a number from 2 to 1000000; found 1")
	f(rule("  facts: ['code (\\d+)']"), "needs a named group")
	f(rule("  facts: ['(?P<cod>\\d+)']"), `my.yaml:6:11: no fact is named "cod"; the facts are error_code,`)
	f(rule("  facts: ['(']"), "missing closing )")
	f(rule("  unless: ['']"), "a phrase of `unless` has 1 to 200 bytes; found 0")
	in := func(signature string) string { return strings.Replace(valid, "{literal: login refused}", signature, 1) }
	f(in("{literal: []}"), "my.yaml:4:26: expected text; found a list")
	f(in("{literal: [login refused, no]}"), "a literal needs 4 characters in a row")
	f(in("{literal: [login refused, [login]]}"), "my.yaml:4:42: expected text; found a list")
	f(in("{literal: [login refused, no login], neer: [x]}"), "my.yaml:4:53: expected one of the keys literal, word, regex, all, any, ", "; found `neer`")
	f(in("{literal: [login refused], word: login}"), "exactly one of `literal`, `word` and `regex`; found 2")
	f("adjust: [{severity: low}]", "my.yaml:1:10: an adjustment names its `rule`")
	f("adjust: [{rule: a}]", "my.yaml:1:10: an adjustment changes something: `off`")
	f("adjust: [{rule: a, threshold: {events: 0, windows: 5}}]", "`events` is a number from 1 to 1000000; found 0")
	f("adjust: [{rule: a, off: yes}]", "my.yaml:1:25: expected true or false; found \"yes\"")
	f("adjust: [{rule: a, severity: mild}]", "my.yaml:1:30: `severity` is one of low, elevated, high, critical; found")
	f(valid+valid, `my.yaml:7:9: a rule named "one" stands at line 2 already`)

	signature := func(text string) string { return strings.Replace(valid, "{literal: login refused}", text, 1) }
	f(signature("{}"), "my.yaml:4:16: a signature has exactly one of `literal`, `word` and `regex`; found 0")
	f(signature("{literal: login, word: login}"), "found 2")
	f(signature("{literal: 'a\"b'}"), "needs 4 characters in a row", `"a\"b" has 1`)
	f(signature("{regex: 'a+b*'}"), "a regex must imply a literal of 4 characters")
	f(signature("{regex: '^login refused'}"), "may not use ^, $")
	f(signature("{regex: 'login refused('}"), "missing closing )")
	f(signature("{literal: login, any: ['']}"), "a phrase of `any` has 1 to 200 bytes; found 0")
	f(signature("{literal: "+strings.Repeat("x", 201)+"}"), "a signature may have 200 bytes; this one has 201")

	f(strings.Replace(valid, "name: one", "name: One", 1), `found "One"`)
	f(strings.Replace(valid, "cause: other", "title: x", 1), `rule "one" has no `+"`cause`")
	f(strings.Replace(valid, "signatures: [{literal: login refused}]", "title: x", 1), "has no `signatures`")
	f(strings.Replace(valid, "match: [login refused], ", "", 1), "a rule without proof does not load")
	f(strings.Replace(valid, ", ignore: [login]", "", 1), "a rule without proof does not load")

	f("causes: [{name: x, kind: internal, title: X}]", "`kind` is one of authentication, authorization, credentials, external; found \"internal\"")
	f("causes: [{name: x, kind: external}]", `cause "x" has no `+"`title`")
	f("causes: [{name: x, kind: external, title: X, fix: [{says: x}]}]", "expected one of the keys when, text, unless, say; found `says`")
	f("adjust: [{rule: a, off: true, threshold: {event: 1}}]", "expected one of the keys events, windows; found `event`")
}

// Everything wrong in a file is reported at once.
func TestParseReportsAll(t *testing.T) {
	_, err := Parse("my.yaml", []byte(`
- name: one
  prioriti: 1
  titel: x
- name: two
  cause: other
  severity: severe
  signatures: [{literal: no}]
  examples: {match: [x], ignore: [y]}
- name: Three
  cause: other
  signatures: [{literal: login refused}]
  examples: {match: [x], ignore: [y]}
`))
	var problems Problems
	if !errors.As(err, &problems) || len(problems) != 5 {
		t.Fatalf("want 5 problems, got %d:\n%v", len(problems), err)
	}
	for i, line := range []int{3, 4, 7, 8, 10} {
		if problems[i].Line != line {
			t.Errorf("problem %d stands at line %d, want %d", i+1, problems[i].Line, line)
		}
	}
}

func TestParseAccepts(t *testing.T) {
	f := func(src string, rules, causes int) {
		t.Helper()
		set, err := Parse("my.yaml", []byte(src))
		if err != nil {
			t.Errorf("%v", err)
			return
		}
		if len(set.Rules) != rules || len(set.Causes) != causes {
			t.Errorf("got %d rules and %d causes, want %d and %d from\n%s", len(set.Rules), len(set.Causes), rules, causes, src)
		}
	}
	f("", 0, 0)
	f("# nothing yet", 0, 0)
	f(valid, 1, 0)
	f(valid+"  threshold: {events: 3}", 1, 0)
	f(valid+"  threshold: {windows: 3}", 1, 0)
	f("rules:"+valid, 1, 0)
	f("rules: []\ncauses: [{name: own, kind: external, title: Own}]", 0, 1)
	f("rules:"+valid+"---\ncauses: [{name: own, kind: external, title: Own}]", 1, 1)
}

// A file over which the YAML library fails is an error like others.
func TestParseSurvivesItsLibrary(t *testing.T) {
	_, err := Parse("mine.yaml", []byte("causes:\n- name: c\n  headline: !Ref\nrules: #"))
	var problems Problems
	if !errors.As(err, &problems) || problems[0].File != "mine.yaml" {
		t.Errorf("got %v; want a problem of mine.yaml", err)
	}
}

// A file that is none of rules costs neither memory nor time, whatever is in it.
func TestHostileFilesAreRefused(t *testing.T) {
	for _, unit := range []string{"[", "{a: ", "- ", "? ", "!a ", "&a "} {
		_, err := Parse("hostile.yaml", []byte("rules: "+strings.Repeat(unit, 20_000)))
		if err == nil || !strings.Contains(err.Error(), "hostile.yaml:1: nested deeper than 64 levels") {
			t.Errorf("%q: got %.200v", unit, err)
		}
	}
	if _, err := Parse("flat.yaml", []byte("rules: []\n"+strings.Repeat("# [\n", 1000)+"causes: []")); err != nil {
		t.Errorf("flat: %v", err)
	}
}

// A file of one long line, which is no rules file, is not repeated whole.
func TestProblemsAreShort(t *testing.T) {
	for _, src := range []string{strings.Repeat("a:", 100_000), `"` + strings.Repeat("é", 100_000)} {
		_, err := Parse("my.yaml", []byte(src))
		if err == nil || len(err.Error()) > 2*(maxMessage+maxShown) || !strings.Contains(err.Error(), "…") || !utf8.ValidString(err.Error()) {
			t.Errorf("of %.10q… is told: %.2000v", src, err)
		}
	}
}

// Of a file in which everything is wrong, so much is told as a person reads, and in a moment.
func TestManyProblems(t *testing.T) {
	for name, text := range map[string]string{
		"rules":    "rules:\n" + strings.Repeat("- {}\n", 10_000),
		"a line":   "rules: [" + strings.Repeat("a,", 10_000) + "]",
		"sections": strings.Repeat("- a\n", 10_000),
		"aliases":  "rules: [" + strings.Repeat("*a,", 10_000) + "]",
	} {
		_, err := Parse("wrong.yaml", []byte(text))
		var problems Problems
		if !errors.As(err, &problems) || len(problems) != maxProblems+1 || len(err.Error()) > 200_000 {
			t.Fatalf("%s: got %d problems in %d bytes; want %d", name, len(problems), len(err.Error()), maxProblems+1)
		}
		if last := problems[maxProblems].String(); last != "wrong.yaml: more is wrong; these are the first 50 mistakes" {
			t.Errorf("%s: the last is %q", name, last)
		}
	}
}

// A file may be JSON, and begin with the mark that editors on Windows put there.
func TestParseForms(t *testing.T) {
	for name, text := range map[string]string{
		"JSON":              `{"rules": [{"name": "one", "cause": "other", "signatures": [{"literal": "login refused"}], "examples": {"match": ["login refused"], "ignore": ["login"]}}]}`,
		"a byte order mark": "\ufeffrules:" + strings.ReplaceAll(valid, "\n", "\r\n"),
	} {
		if set, err := Parse("x", []byte(text)); err != nil || len(set.Rules) != 1 || set.Rules[0].Name != "one" {
			t.Errorf("%s: got %+v, %v", name, set, err)
		}
	}
	if _, err := Parse("x", []byte("rules:\n# caf\xe9")); err == nil || err.Error() != "x:2: expected text in UTF-8; found bytes that are none" {
		t.Errorf("Latin-1: got %v", err)
	}
}
