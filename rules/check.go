package rules

import (
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Bounds of one rule. They limit what a match, and a mistake, can cost.
const (
	maxSignatures = 384 // alternatives of one rule
	maxPhrases    = 96  // entries of one all, any or unless list
	maxPhrase     = 200 // bytes of one literal, phrase or regular expression
	maxThreshold  = 1_000_000
	maxWindows    = 60
)

// FactNames are the facts that a named group of Rule.Facts may fill: the JSON
// names of engine/extract's Facts that hold text.
var FactNames = []string{
	"error_code", "principal_arn", "role_name", "session_name", "account", "action",
	"resource", "service", "operation", "http_status", "request_id", "deny_type",
	"policy_arn", "role_kind", "region", "database_user", "database_host", "endpoint",
}

// Options are the values Rule.Option may have.
var Options = []string{"access_logs"}

var (
	kinds     = []Kind{Authentication, Authorization, Credentials, External}
	distincts = []string{"task", "resource", "event"}
	nameShape = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$`)
)

func (d *decoder) checkRule(r *Rule, node ast.Node) {
	d.checkName(r.Name, "rule", node)
	if r.Cause == "" {
		d.report(node, "rule %q has no `cause`", r.Name)
	}
	if r.Severity != "" {
		oneOf(d, at(node, "severity"), "severity", r.Severity, severities)
	}
	if r.Option != "" {
		oneOf(d, at(node, "option"), "option", r.Option, Options)
	}
	switch {
	case len(r.Signatures) == 0:
		d.report(node, "rule %q has no `signatures`: nothing could match it", r.Name)
	case len(r.Signatures) > maxSignatures:
		d.report(at(node, "signatures"), "a rule may have %d signatures; this one has %d", maxSignatures, len(r.Signatures))
	}
	for i := range r.Signatures {
		d.checkSignature(&r.Signatures[i], at(node, "signatures", i))
	}
	d.checkPhrases(r.Unless, at(node, "unless"), "unless")
	d.checkLevel(r.UnlessLevel, node)
	d.checkThreshold(r.Threshold, at(node, "threshold"))
	for i := range r.Escalate {
		d.checkEscalation(&r.Escalate[i], at(node, "escalate", i))
	}
	for i, expr := range r.Facts {
		d.checkFacts(expr, at(node, "facts", i))
	}
	if len(r.Examples.Match) == 0 {
		d.report(at(node, "examples"), "rule %q has no `match` line in `examples`: a rule without proof does not load", r.Name)
	}
	if len(r.Examples.Ignore) == 0 {
		d.report(at(node, "examples"), "rule %q has no `ignore` line in `examples`: a rule without proof does not load", r.Name)
	}
	if i := slices.IndexFunc(d.set.Rules, func(other Rule) bool { return other.Name == r.Name }); i >= 0 {
		d.report(at(node, "name"), "a rule named %q stands at line %d already", r.Name, d.set.Rules[i].Line)
	}
}

func (d *decoder) checkName(name, what string, node ast.Node) {
	if !nameShape.MatchString(name) {
		d.report(at(node, "name"), "a %s needs a `name` of lower-case words joined by . or _, such as aws.access_denied; found %q", what, name)
	}
}

func (d *decoder) checkSignature(s *Signature, node ast.Node) {
	kinds := 0
	for _, text := range []string{s.Literal, s.Word, s.Regex} {
		if text == "" {
			continue
		}
		kinds++
		if len(text) > maxPhrase {
			d.report(node, "a signature may have %d bytes; this one has %d", maxPhrase, len(text))
		}
	}
	if kinds != 1 {
		d.report(node, "a signature has exactly one of `literal`, `word` and `regex`; found %d", kinds)
		return
	}
	if _, err := s.Required(); err != nil {
		d.report(at(node, s.form()), "%s", err)
	}
	d.checkPhrases(s.All, at(node, "all"), "all")
	d.checkPhrases(s.Any, at(node, "any"), "any")
	d.checkPhrases(s.Unless, at(node, "unless"), "unless")
	d.checkPhrases(s.UnlessNear, at(node, "unless_near"), "unless_near")
	d.checkLevel(s.UnlessLevel, node)
	d.checkPhrases(s.PrecededBy, at(node, "preceded_by"), "preceded_by")
	d.checkPhrases(s.FollowedBy, at(node, "followed_by"), "followed_by")
	d.checkPhrases(s.RightBefore, at(node, "right_before"), "right_before")
	d.checkPhrases(s.RightAfter, at(node, "right_after"), "right_after")
}

// checkLevel checks the unless_level of node.
func (d *decoder) checkLevel(l Level, node ast.Node) {
	if l != "" {
		oneOf(d, at(node, "unless_level"), "unless_level", l, levels)
	}
}

// form is the key that holds the signature's text.
func (s *Signature) form() string {
	switch {
	case s.Word != "":
		return "word"
	case s.Regex != "":
		return "regex"
	}
	return "literal"
}

// setText makes the signature look for another text, in the same form.
func (s *Signature) setText(text string) {
	switch s.form() {
	case "word":
		s.Word = text
	case "regex":
		s.Regex = text
	default:
		s.Literal = text
	}
}

func (d *decoder) checkPhrases(phrases []string, node ast.Node, key string) {
	if len(phrases) > maxPhrases {
		d.report(node, "`%s` may list %d phrases; this one lists %d", key, maxPhrases, len(phrases))
	}
	for i, phrase := range phrases {
		if strings.TrimSpace(phrase) == "" || len(phrase) > maxPhrase {
			d.report(at(node, i), "a phrase of `%s` has 1 to %d bytes; found %d", key, maxPhrase, len(phrase))
		}
	}
}

func (d *decoder) checkThreshold(t Threshold, node ast.Node) {
	d.checkHalf("events", t.Events, maxThreshold, node)
	d.checkHalf("windows", t.Windows, maxWindows, node)
}

// checkHalf checks one half of a threshold. 0 stands for a half that is left out, and is
// wrong where it is written.
func (d *decoder) checkHalf(key string, n, limit int, threshold ast.Node) {
	half := at(threshold, key)
	if written := half != threshold; n < 0 || n > limit || n == 0 && written {
		d.report(half, "`%s` is a number from 1 to %d; found %d", key, limit, n)
	}
}

func (d *decoder) checkEscalation(e *Escalation, node ast.Node) {
	oneOf(d, at(node, "severity"), "severity", e.Severity, severities)
	oneOf(d, at(node, "when", "distinct"), "distinct", e.When.Distinct, distincts)
	if e.When.AtLeast < 2 || e.When.AtLeast > maxThreshold {
		d.report(at(node, "when", "at_least"), "`at_least` is a number from 2 to %d; found %d", maxThreshold, e.When.AtLeast)
	}
}

func (d *decoder) checkFacts(expr string, node ast.Node) {
	re, err := regexp.Compile(expr)
	if err != nil {
		d.report(node, "%s", err)
		return
	}
	named := 0
	for _, name := range re.SubexpNames() {
		if name == "" {
			continue
		}
		named++
		if !slices.Contains(FactNames, name) {
			d.report(node, "no fact is named %q; the facts are %s", name, strings.Join(FactNames, ", "))
		}
	}
	if named == 0 {
		d.report(node, "an expression of `facts` needs a named group, such as (?P<error_code>[A-Z]+)")
	}
}

func (d *decoder) checkCause(c *Cause, node ast.Node) {
	d.checkName(c.Name, "cause", node)
	oneOf(d, at(node, "kind"), "kind", c.Kind, kinds)
	if c.Title == "" {
		d.report(node, "cause %q has no `title`", c.Name)
	}
	if i := slices.IndexFunc(d.set.Causes, func(other Cause) bool { return other.Name == c.Name }); i >= 0 {
		d.report(at(node, "name"), "a cause named %q stands at line %d already", c.Name, d.set.Causes[i].Line)
	}
}

func (d *decoder) checkAdjustment(a *Adjustment, node ast.Node) {
	if a.Rule == "" {
		d.report(node, "an adjustment names its `rule`")
	}
	if a.Severity != "" {
		oneOf(d, at(node, "severity"), "severity", a.Severity, severities)
	}
	d.checkPhrases(a.Unless, at(node, "unless"), "unless")
	if a.Threshold != nil {
		d.checkThreshold(*a.Threshold, at(node, "threshold"))
	}
	for i := range a.Escalate {
		d.checkEscalation(&a.Escalate[i], at(node, "escalate", i))
	}
	if !a.Off && a.Severity == "" && a.Unless == nil && a.Threshold == nil && a.Escalate == nil {
		d.report(node, "an adjustment changes something: `off`, `unless`, `severity`, `threshold` or `escalate`")
	}
}

func oneOf[T ~string](d *decoder, node ast.Node, key string, got T, want []T) {
	if !slices.Contains(want, got) {
		d.report(node, "`%s` is one of %s; found %q", key, list(want), got)
	}
}

func list[T ~string](words []T) string {
	text := make([]string, len(words))
	for i, w := range words {
		text[i] = string(w)
	}
	return strings.Join(text, ", ")
}
