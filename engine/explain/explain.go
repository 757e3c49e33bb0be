// Package explain says everything AuthLens has to say about one text: which
// rule matches it and where, what the text states, what that means, and what to
// change; or why no rule matches.
//
// It is the slow, complete path that `authlens explain` shows and that a
// finding's sample goes through. It counts nothing and knows no windows.
package explain

import (
	"fmt"
	"regexp/syntax"
	"strings"

	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/lazy"
	"github.com/authlens/authlens/engine/match"
	"github.com/authlens/authlens/engine/redact"
	"github.com/authlens/authlens/engine/text"
	"github.com/authlens/authlens/rules"
)

const (
	// excerptMax is the most of a text that is shown and that facts are read from, in
	// bytes, with the evidence in its middle.
	excerptMax = 32 << 10
	// cutMargin is how many more bytes there are on a side that is cut while secrets
	// are taken out: a secret at the cut may lack what identifies it. It is as long
	// as the longest value that has no form of its own (redact).
	cutMargin = 8 << 10
)

// An Explainer explains texts by one set of rules. It is safe for concurrent
// use.
type Explainer struct {
	titles    map[string]string // of causes, by their names
	matcher   *match.Matcher
	diagnoser *diagnose.Diagnoser
	facts     map[*rules.Rule][]lazy.Regexp // Rule.Facts
}

// An Explanation is what there is to say about one text. Only Traces are set
// when nothing matched.
type Explanation struct {
	Rule      *rules.Rule // nil: no rule matches
	Title     string
	Facts     extract.Facts
	Diagnosis diagnose.Diagnosis
	// Excerpt is the normalised text around the evidence, redacted. Evidence
	// is the part of it that the rule matched, "" when redaction changed it.
	Excerpt  string
	Evidence string
	Traces   []match.Trace
}

// New returns an Explainer by the rules that matcher was made of.
func New(set *rules.Set, matcher *match.Matcher) (*Explainer, error) {
	diagnoser, err := diagnose.New(set)
	if err != nil {
		return nil, err
	}
	e := &Explainer{titles: map[string]string{}, matcher: matcher, diagnoser: diagnoser, facts: map[*rules.Rule][]lazy.Regexp{}}
	for i := range set.Causes {
		e.titles[set.Causes[i].Name] = set.Causes[i].Title
	}
	for i := range set.Rules {
		rule := matcher.Rule(i)
		for _, expr := range rule.Facts {
			if _, err := syntax.Parse(expr, syntax.Perl); err != nil {
				return nil, fmt.Errorf("explain: %s:%d: rule %q, facts: %w", rule.File, rule.Line, rule.Name, err)
			}
			e.facts[rule] = append(e.facts[rule], lazy.Compile(expr))
		}
	}
	return e, nil
}

// Explain explains a raw text that was printed in task.
func (e *Explainer) Explain(raw []byte, task diagnose.Task) Explanation {
	t := text.Normalise(nil, raw)
	m, ok := e.matcher.Match(t)
	if !ok {
		return Explanation{Traces: e.matcher.Explain(t)}
	}
	rule, near := e.matcher.Rule(m.Rule), excerptOf(t, m.Start, m.End)
	evidence := string(t[m.Start:m.End])
	if re := e.matcher.Expression(m); re != nil {
		// The matcher knows where an expression matches, not how far.
		evidence = string(re.Find(near.core()))
	}
	x := e.describe(rule, near.core(), near.redacted(evidence), task)
	if strings.Contains(x.Excerpt, evidence) {
		x.Evidence = evidence
	}
	return x
}

// Describe reads facts from a normalised text that is known to match rule, and
// diagnoses them. Evidence and Traces are left empty.
func (e *Explainer) Describe(rule *rules.Rule, normalised []byte, task diagnose.Task) Explanation {
	return e.describe(rule, normalised, redact.Text(string(normalised)), task)
}

// describe is Describe with the text as it is shown, without secrets.
func (e *Explainer) describe(rule *rules.Rule, normalised []byte, shown string, task diagnose.Task) Explanation {
	facts := e.Facts(rule, normalised)
	Conceal(&facts, normalised, shown)
	d := e.Diagnose(rule, diagnose.Subject{Facts: facts, Task: task, Text: shown, Tasks: 1})
	return Explanation{Rule: rule, Title: e.Title(rule, d.Cause), Facts: facts, Diagnosis: d, Excerpt: shown}
}

// Diagnose diagnoses a failure by rule.
func (e *Explainer) Diagnose(rule *rules.Rule, s diagnose.Subject) diagnose.Diagnosis {
	return e.diagnoser.Diagnose(rule, s)
}

// Title returns the title of findings by rule: its own, or that of the cause that
// was diagnosed.
func (e *Explainer) Title(rule *rules.Rule, cause string) string {
	if rule.Title != "" {
		return rule.Title
	}
	if title, ok := e.titles[cause]; ok {
		return title
	}
	return rule.Name
}

// Matcher returns the compiled rules.
func (e *Explainer) Matcher() *match.Matcher { return e.matcher }
