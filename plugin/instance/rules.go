package instance

import (
	"errors"
	"fmt"
	"slices"

	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/engine/match"
	"github.com/authlens/authlens/engine/text"
	"github.com/authlens/authlens/rules"
)

// Rules returns the rules that cfg puts in force, and a matcher of those that its
// options turn on: all that decides what is a failure. The commands use it too.
// Its error says everything that is wrong with the rules of cfg.RulesFile,
// including which of them their example lines do not prove.
func Rules(cfg *conf.Config) (*rules.Set, *match.Matcher, error) {
	set, own, err := rules.InForce(cfg.RulesFile, cfg.RulesReplace)
	if err != nil {
		return nil, nil, err
	}
	var opt match.Options
	if cfg.AccessLogs {
		opt.Enabled = append(opt.Enabled, "access_logs")
	}
	matcher, err := match.New(set, opt)
	if err != nil {
		return nil, nil, err
	}
	var wrong []error
	for i := range own {
		if option := own[i].Option; option == "" || slices.Contains(opt.Enabled, option) {
			wrong = append(wrong, prove(matcher, &own[i])...)
		}
	}
	if len(wrong) > 0 {
		return nil, nil, fmt.Errorf("rules_file %s:\n%w", cfg.RulesFile, errors.Join(wrong...))
	}
	return set, matcher, nil
}

// prove runs a rule's example lines against all rules in force.
func prove(matcher *match.Matcher, rule *rules.Rule) (wrong []error) {
	hit := func(line string) string {
		m, ok := matcher.Match(text.Normalise(nil, []byte(line)))
		if !ok {
			return ""
		}
		return matcher.Rule(m.Rule).Name
	}
	at := fmt.Sprintf("%s:%d: rule %q", rule.File, rule.Line, rule.Name)
	for _, line := range rule.Examples.Match {
		switch got := hit(line); got {
		case rule.Name:
		case "":
			wrong = append(wrong, fmt.Errorf("%s: expected a match, got none: %q", at, line))
		default:
			wrong = append(wrong, fmt.Errorf("%s: expected a match, but rule %q is more specific here (see priority): %q", at, got, line))
		}
	}
	for _, line := range rule.Examples.Ignore {
		if hit(line) == rule.Name {
			wrong = append(wrong, fmt.Errorf("%s: expected no match, but it matches: %q", at, line))
		}
	}
	return wrong
}
