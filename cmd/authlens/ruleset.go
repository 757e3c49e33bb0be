package main

import (
	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/engine/explain"
	"github.com/authlens/authlens/plugin/instance"
	"github.com/authlens/authlens/rules"
)

// ruleFlags choose the rules, by the names of the plugin's options.
type ruleFlags struct {
	RulesFile  string `placeholder:"PATH" help:"Rules of your own: a YAML file, or a folder of them."`
	RulesMode  string `enum:"extend,replace" default:"extend" help:"extend: beside the built-in rules, in place of those with the same name; replace: instead of them all."`
	AccessLogs bool   `help:"Count a web server's own refusals (401, 403) in its access log too."`
}

// options returns the flags as options of the plugin; all others are unset.
func (f ruleFlags) options() (*conf.Config, error) {
	if f.RulesMode == "replace" && f.RulesFile == "" {
		return nil, &exit{code: exitUsage, text: `--rules-mode: expected extend, unless --rules-file is set; got "replace"`}
	}
	return &conf.Config{RulesFile: f.RulesFile, RulesReplace: f.RulesMode == "replace", AccessLogs: f.AccessLogs}, nil
}

// set returns the rules in force.
func (f ruleFlags) set() (*rules.Set, error) {
	cfg, err := f.options()
	if err != nil {
		return nil, err
	}
	set, _, err := rules.InForce(cfg.RulesFile, cfg.RulesReplace)
	return set, err
}

// explainer returns an explainer by the rules in force.
func (f ruleFlags) explainer() (*explain.Explainer, error) {
	cfg, err := f.options()
	if err != nil {
		return nil, err
	}
	return explainerOf(cfg)
}

// explainerOf returns the explainer of a plugin with these options.
func explainerOf(cfg *conf.Config) (*explain.Explainer, error) {
	set, matcher, err := instance.Rules(cfg)
	if err != nil {
		return nil, err
	}
	return explain.New(set, matcher)
}
