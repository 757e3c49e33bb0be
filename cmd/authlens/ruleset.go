package main

import (
	"github.com/authlens/authlens/engine/explain"
	"github.com/authlens/authlens/engine/match"
	"github.com/authlens/authlens/rules"
)

// ruleFlags choose the rules, by the names of the plugin's options.
type ruleFlags struct {
	RulesFile  string `placeholder:"PATH" help:"Rules of your own: a YAML file, or a folder of them."`
	RulesMode  string `enum:"extend,replace" default:"extend" help:"extend: beside the built-in rules, in place of those with the same name; replace: instead of them all."`
	AccessLogs bool   `help:"Count a web server's own refusals (401, 403) in its access log too."`
}

// set returns the rules in force.
func (f ruleFlags) set() (*rules.Set, error) {
	set, err := rules.Default()
	if err != nil || f.RulesFile == "" {
		return set, err
	}
	extra, err := rules.Load(f.RulesFile)
	switch {
	case err != nil:
		return nil, err
	case f.RulesMode == "replace":
		return set.Replace(extra)
	}
	return set.Extend(extra)
}

// explainer returns the detection path by the rules in force.
func (f ruleFlags) explainer() (*explain.Explainer, error) {
	set, err := f.set()
	if err != nil {
		return nil, err
	}
	var opt match.Options
	if f.AccessLogs {
		opt.Enabled = append(opt.Enabled, "access_logs")
	}
	matcher, err := match.New(set, opt)
	if err != nil {
		return nil, err
	}
	return explain.New(set, matcher)
}
