package rules

import (
	"fmt"
	"slices"
	"strings"
)

// InForce returns the embedded pack extended by the rules of file, which Load reads, or
// with replace these rules only; own are those of file. Without a file it is the pack.
func InForce(file string, replace bool) (set *Set, own []Rule, err error) {
	builtIn, err := Default()
	if err != nil {
		return nil, nil, fmt.Errorf("bug: the built-in rules: %w", err)
	}
	if file == "" {
		return builtIn, nil, nil
	}
	extra, err := Load(file)
	if err != nil {
		return nil, nil, fmt.Errorf("rules_file %s:\n%w", file, err)
	}
	combine := builtIn.Extend
	if replace {
		combine = builtIn.Replace
	}
	if set, err = combine(extra); err != nil {
		return nil, nil, fmt.Errorf("rules_file %s:\n%w", file, err)
	}
	return set, extra.Rules, nil
}

// Extend returns a Set with the rules and causes of both, adjusted as extra says. A
// rule or cause of extra replaces the one with the same name. The error is a Problems:
// a rule without a cause in either Set, an adjustment without its rule.
func (s *Set) Extend(extra *Set) (*Set, error) {
	return s.with(extra, "which does not exist; `authlens rules list` shows all")
}

// with returns a Set with the rules and causes of both. Missing says why a rule that an
// adjustment names may not be there.
func (s *Set) with(extra *Set, missing string) (*Set, error) {
	both := &Set{Rules: slices.Clone(s.Rules), Causes: slices.Clone(s.Causes)}
	for _, rule := range extra.Rules {
		if i := slices.IndexFunc(both.Rules, func(r Rule) bool { return r.Name == rule.Name }); i >= 0 {
			both.Rules[i] = rule
		} else {
			both.Rules = append(both.Rules, rule)
		}
	}
	problems := both.adjust(extra.Adjustments, missing)
	for _, cause := range extra.Causes {
		if i := slices.IndexFunc(both.Causes, func(c Cause) bool { return c.Name == cause.Name }); i >= 0 {
			both.Causes[i] = cause
		} else {
			both.Causes = append(both.Causes, cause)
		}
	}
	if problems = append(problems, both.unknownCauses()...); len(problems) > 0 {
		slices.SortFunc(problems, byPlace)
		return nil, problems
	}
	return both, nil
}

// adjust changes the rules of s, which no other Set may share. Its problems are rules that
// are missing.
func (s *Set) adjust(adjustments []Adjustment, missing string) (problems Problems) {
	for i := range adjustments {
		a := &adjustments[i]
		at := slices.IndexFunc(s.Rules, func(r Rule) bool { return r.Name == a.Rule })
		if at < 0 {
			problems = append(problems, Problem{File: a.File, Line: a.Line, Message: fmt.Sprintf("`adjust` names the rule %q, %s", a.Rule, missing)})
			continue
		}
		if a.Off {
			s.Rules = slices.Delete(s.Rules, at, at+1)
			continue
		}
		r := &s.Rules[at]
		r.Unless = slices.Concat(r.Unless, a.Unless)
		if a.Severity != "" {
			r.Severity = a.Severity
		}
		if a.Threshold != nil {
			r.Threshold = *a.Threshold
		}
		if a.Escalate != nil {
			r.Escalate = a.Escalate
		}
	}
	return problems
}

// Replace returns a Set with the rules of extra only, and the causes of both.
// The error is that of Extend.
func (s *Set) Replace(extra *Set) (*Set, error) {
	return (&Set{Causes: s.Causes}).with(extra, "which is not in the file; with rules_mode replace there are no others")
}

// Cause returns the cause of that name, or nil.
func (s *Set) Cause(name string) *Cause {
	for i := range s.Causes {
		if s.Causes[i].Name == name {
			return &s.Causes[i]
		}
	}
	return nil
}

// duplicates reports names that two files of a Set share.
func (s *Set) duplicates() Problems {
	var problems Problems
	first := map[string]string{}
	seen := func(what, name, file string, line int) {
		key := what + " " + name
		if place, ok := first[key]; ok {
			problems = append(problems, Problem{File: file, Line: line, Message: fmt.Sprintf("a %s named %q stands in %s already", what, name, place)})
			return
		}
		first[key] = fmt.Sprintf("%s:%d", file, line)
	}
	for i := range s.Rules {
		seen("rule", s.Rules[i].Name, s.Rules[i].File, s.Rules[i].Line)
	}
	for i := range s.Causes {
		seen("cause", s.Causes[i].Name, s.Causes[i].File, s.Causes[i].Line)
	}
	return problems
}

// unknownCauses reports rules whose cause is not in the Set.
func (s *Set) unknownCauses() Problems {
	var problems Problems
	know := func(cause, what, name, file string, line int) {
		if s.Cause(cause) != nil {
			return
		}
		names := make([]string, len(s.Causes))
		for i := range s.Causes {
			names[i] = s.Causes[i].Name
		}
		problems = append(problems, Problem{File: file, Line: line, Message: fmt.Sprintf("%s %q, which does not exist; the causes are %s",
			fmt.Sprintf(what, name), cause, strings.Join(names, ", "))})
	}
	for i := range s.Rules {
		r := &s.Rules[i]
		know(r.Cause, "rule %q has the cause", r.Name, r.File, r.Line)
	}
	for i := range s.Causes {
		c := &s.Causes[i]
		for _, refinement := range c.Refines {
			for _, refined := range refinement.Causes {
				know(refined, "cause %q refines", c.Name, c.File, c.Line)
			}
		}
	}
	return problems
}
