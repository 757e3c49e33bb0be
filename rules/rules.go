// Package rules holds what AuthLens looks for, as data, and the code that reads
// that data.
//
// A rule names one kind of failure and carries the evidence for it
// (signatures), the number that makes it worth telling (threshold), and the
// lines that prove it (examples). A cause says what such a failure means and
// what to change; several rules may share one. Both are YAML, decoded strictly: an
// unknown key is an error that shows its line. Those of this folder, the pack, are
// embedded in a form that is read faster.
//
// The package decides nothing about log text. Matching is engine/match,
// explaining is engine/diagnose.
package rules

import "slices"

// A Set is every rule and cause that is in force. It is immutable once loaded.
type Set struct {
	Rules  []Rule
	Causes []Cause
	// Adjustments are of rules in the Set that this one extends.
	Adjustments []Adjustment
}

// An Adjustment changes how a rule is applied, but not its signatures. What it leaves
// out stays as it is.
type Adjustment struct {
	// Rule is the name of the rule.
	Rule string `yaml:"rule" json:"rule"`
	// Off removes the rule.
	Off bool `yaml:"off,omitempty" json:"off,omitempty"`
	// Unless adds phrases to the rule's.
	Unless []string `yaml:"unless,omitempty" json:"unless,omitempty"`
	// Severity, Threshold and Escalate replace the rule's.
	Severity  Severity     `yaml:"severity,omitempty" json:"severity,omitempty"`
	Threshold *Threshold   `yaml:"threshold,omitempty" json:"threshold,omitempty"`
	Escalate  []Escalation `yaml:"escalate,omitempty" json:"escalate,omitempty"`

	// File and Line tell where it stands, for messages.
	File string `yaml:"-" json:"-"`
	Line int    `yaml:"-" json:"-"`
}

// A Rule is a named kind of failure. Rules are tried from the most specific to
// the least: higher Priority first, then in file order.
type Rule struct {
	// Name is unique in a Set: "aws.access_denied".
	Name string `yaml:"name" json:"name"`
	// Cause is the name of a Cause in the same Set.
	Cause string `yaml:"cause" json:"cause"`
	// Priority decides between rules that match the same record. Default 0.
	Priority int `yaml:"priority,omitempty" json:"priority,omitempty"`
	// Severity of a finding when its threshold is passed. Default elevated.
	Severity Severity `yaml:"severity,omitempty" json:"severity,omitempty"`
	// Title of a finding. Default: the cause's title.
	Title string `yaml:"title,omitempty" json:"title,omitempty"`
	// Option names the option that must be on for this rule to be used
	// (`access_logs`); empty: always used.
	Option string `yaml:"option,omitempty" json:"option,omitempty"`
	// Signatures are alternatives: one is enough.
	Signatures []Signature `yaml:"signatures" json:"signatures"`
	// Unless lists phrases (case-insensitive) that take a record out of this
	// rule altogether.
	Unless []string `yaml:"unless,omitempty" json:"unless,omitempty"`
	// UnlessLevel is that of all signatures that have none of their own.
	UnlessLevel Level `yaml:"unless_level,omitempty" json:"unless_level,omitempty"`
	// Threshold is what a scope must pass. Default: 2 events within 5 windows.
	Threshold Threshold `yaml:"threshold,omitempty" json:"threshold"`
	// Escalate raises the severity of an open finding.
	Escalate []Escalation `yaml:"escalate,omitempty" json:"escalate,omitempty"`
	// Facts are regular expressions whose named groups (`(?P<error_code>…)`)
	// fill facts of that name. They run on a match's sample only, never on the
	// hot path, and win over what the general grammars read.
	Facts []string `yaml:"facts,omitempty" json:"facts,omitempty"`
	// Explain, Fix and See replace those of the cause, for rules of one's own.
	Explain string   `yaml:"explain,omitempty" json:"explain,omitempty"`
	Fix     []string `yaml:"fix,omitempty" json:"fix,omitempty"`
	See     []string `yaml:"see,omitempty" json:"see,omitempty"`
	// Examples prove the rule. At least one line of each kind.
	Examples Examples `yaml:"examples" json:"examples"`

	// File and Line tell where the rule stands, for messages.
	File string `yaml:"-" json:"-"`
	Line int    `yaml:"-" json:"-"`
}

// A Signature is evidence in a record's text. Exactly one of Literal, Word and
// Regex is set; the other fields are conditions on top of it. In a file it may be a
// list of texts: a signature for each.
type Signature struct {
	// Literal is a phrase, compared without regard to ASCII case.
	Literal string `yaml:"literal,omitempty" json:"literal,omitempty"`
	// Word is a literal with no letter, digit or underscore on either side.
	Word string `yaml:"word,omitempty" json:"word,omitempty"`
	// Regex is an RE2 expression, case-insensitive unless it says otherwise. It
	// must imply a literal of four bytes or more, and may not be anchored (^, $):
	// it sees only the neighbourhood of that literal.
	Regex string `yaml:"regex,omitempty" json:"regex,omitempty"`
	// All lists phrases that must stand in the record too.
	All []string `yaml:"all,omitempty" json:"all,omitempty"`
	// Any lists phrases of which one must stand in the record too.
	Any []string `yaml:"any,omitempty" json:"any,omitempty"`
	// Unless lists phrases that void this signature.
	Unless []string `yaml:"unless,omitempty" json:"unless,omitempty"`
	// PrecededBy and FollowedBy list phrases of which one must be among the few
	// words before, or after, the evidence in the same sentence. A phrase begins
	// where a word does, and may end within one: "credential" finds "credentials".
	PrecededBy []string `yaml:"preceded_by,omitempty" json:"preceded_by,omitempty"`
	FollowedBy []string `yaml:"followed_by,omitempty" json:"followed_by,omitempty"`
	// RightBefore and RightAfter list phrases of which one must be next to the
	// evidence, as whole words, with no word between but an article before it or a
	// form of "to be" after it.
	RightBefore []string `yaml:"right_before,omitempty" json:"right_before,omitempty"`
	RightAfter  []string `yaml:"right_after,omitempty" json:"right_after,omitempty"`
	// UnlessNear lists phrases that void this signature when they stand in the
	// same message: the value of JSON or logfmt that the evidence is in, without
	// the names of programs and the places in source code there. A phrase begins
	// where a word does.
	UnlessNear []string `yaml:"unless_near,omitempty" json:"unless_near,omitempty"`
	// UnlessLevel voids this signature where the evidence was logged at this
	// level or a lower one, as far as the record says.
	UnlessLevel Level `yaml:"unless_level,omitempty" json:"unless_level,omitempty"`
}

// A Level is one at which a program logs.
type Level string

// Levels at which nothing wrong is logged, the lowest first.
const (
	LevelTrace Level = "trace"
	LevelDebug Level = "debug"
	LevelInfo  Level = "info"
)

var levels = []Level{LevelTrace, LevelDebug, LevelInfo}

// AtMost tells whether l is one of the levels and not above limit.
func (l Level) AtMost(limit Level) bool {
	at := slices.Index(levels, l)
	return at >= 0 && at <= slices.Index(levels, limit)
}

// Conditions returns the phrases of all conditions of s.
func (s *Signature) Conditions() []string {
	return slices.Concat(s.All, s.Any, s.PrecededBy, s.FollowedBy, s.RightBefore, s.RightAfter, s.Unless, s.UnlessNear)
}

// A Threshold is passed when Events matches of a scope fall within the last
// Windows windows. 0 stands for the configured default.
type Threshold struct {
	Events  int `yaml:"events,omitempty" json:"events,omitempty"`
	Windows int `yaml:"windows,omitempty" json:"windows,omitempty"`
}

// An Escalation raises a finding to Severity when AtLeast distinct tasks, or events, are
// seen within the threshold's windows, or as many resources since it began.
type Escalation struct {
	Severity Severity `yaml:"severity" json:"severity"`
	When     When     `yaml:"when" json:"when"`
}

// When is the condition of an Escalation: Distinct is "task", "resource" or
// "event".
type When struct {
	Distinct string `yaml:"distinct" json:"distinct"`
	AtLeast  int    `yaml:"at_least" json:"at_least"`
}

// Examples are a rule's proof: every Match line hits this rule and no other,
// every Ignore line does not hit it.
type Examples struct {
	Match  []string `yaml:"match" json:"match"`
	Ignore []string `yaml:"ignore" json:"ignore"`
}

// A Cause says what a failure means and what to change. Texts may hold
// {placeholders}: any fact name, plus those that engine/diagnose documents. A
// sentence whose placeholder is empty is left out, so that every cause reads
// well with few facts.
type Cause struct {
	Name string `yaml:"name" json:"name"`
	Kind Kind   `yaml:"kind" json:"kind"`
	// Title of a finding, in title case: "Authentication Failures".
	Title string `yaml:"title" json:"title"`
	// Refines are the causes that this one replaces where a failure says more than
	// the rule that found it.
	Refines []Refinement `yaml:"refines,omitempty" json:"refines,omitempty"`
	// Headline is the one sentence that names what is wrong; the first variant
	// whose placeholders are all known is used: "IAM {role_label} lacks
	// {action} permission for {resource_label}."
	Headline []string `yaml:"headline" json:"headline"`
	// Explain is a paragraph: what this means, and why it happens.
	Explain string `yaml:"explain" json:"explain"`
	// Fix are the steps, in order; each may have a condition.
	Fix []Step `yaml:"fix" json:"fix"`
	// Verify is a command that shows the fix worked.
	Verify string `yaml:"verify,omitempty" json:"verify,omitempty"`
	// See are links to the provider's own pages.
	See []string `yaml:"see,omitempty" json:"see,omitempty"`

	File string `yaml:"-" json:"-"`
	Line int    `yaml:"-" json:"-"`

	packed string // its line in the embedded pack; "" if it is from a file
}

// A Refinement puts a cause in the place of others. If the refinements of several causes
// hold, the first wins.
type Refinement struct {
	Causes    []string `yaml:"causes" json:"causes"`
	Condition `yaml:",inline"`
}

// A Step is one thing to do, said when its condition holds.
type Step struct {
	Condition `yaml:",inline"`
	Say       string `yaml:"say" json:"say"`
}

// A Condition is about one failure; what it leaves out always holds.
type Condition struct {
	// When maps a fact or diagnosis name to the values it may have
	// (`role_kind: [task, unknown]`); "" is not known. Every entry must hold.
	When map[string][]string `yaml:"when,omitempty" json:"when,omitempty"`
	// Text are phrases of which one must be in the text of the failure, Unless
	// phrases of which none may be, both in any letter case.
	Text   []string `yaml:"text,omitempty" json:"text,omitempty"`
	Unless []string `yaml:"unless,omitempty" json:"unless,omitempty"`
}

// Severity orders findings.
type Severity string

// The severities, mildest first.
const (
	Low      Severity = "low"
	Elevated Severity = "elevated"
	High     Severity = "high"
	Critical Severity = "critical"
)

var severities = []Severity{Low, Elevated, High, Critical}

// Rank returns the severity's place in that order: 1 for low to 4 for critical,
// 0 for anything else.
func (s Severity) Rank() int {
	return 1 + slices.Index(severities, s)
}

// Kind says which of four areas a failure belongs to.
type Kind string

// The kinds of cause.
const (
	Authentication Kind = "authentication" // who are you?
	Authorization  Kind = "authorization"  // you may not
	Credentials    Kind = "credentials"    // nothing to present
	External       Kind = "external"       // not AWS
)
