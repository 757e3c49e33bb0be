package main

import (
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/authlens/authlens/cmd/authlens/internal/look"
	"github.com/authlens/authlens/rules"
)

type rulesCommand struct {
	List  rulesListCommand  `cmd:"" help:"List the rules in force."`
	Check rulesCheckCommand `cmd:"" aliases:"test" help:"Check rules of your own, as the plugin does at its start: their form, their texts, and that each one's example lines prove it."`
}

type rulesListCommand struct {
	ruleFlags
	Format string `enum:"text,json" default:"text" help:"text, for people; or json, one object for each rule."`
}

func (c *rulesListCommand) Run(here place) error {
	set, err := c.set()
	if err != nil {
		return err
	}
	if c.Format == "json" {
		out := newEncoder(here.stdout)
		for i := range set.Rules {
			if err := out.Encode(&set.Rules[i]); err != nil {
				return err
			}
		}
		return nil
	}
	table := tabwriter.NewWriter(here.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "RULE\tSEVERITY\tCAUSE\tSIGNATURES\tNEEDS")
	for i := range set.Rules {
		r := &set.Rules[i]
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\n", r.Name, r.Severity, r.Cause, len(r.Signatures), r.Option)
	}
	return table.Flush()
}

type rulesCheckCommand struct {
	Paths []string `arg:"" name:"path" help:"Rules files, or folders of them."`
}

func (c *rulesCheckCommand) Run(here place) error {
	var wrong []error
	for _, path := range c.Paths {
		n, err := checkRules(path)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		verdict := "no rules; causes and adjustments are in order"
		if n > 0 {
			verdict = look.Number(int64(n), "rule") + ", every example line proves its rule"
		}
		if _, err := fmt.Fprintf(here.stdout, "%s: %s\n", path, verdict); err != nil {
			return errors.Join(append(wrong, err)...)
		}
	}
	return errors.Join(wrong...)
}

// checkRules reads the rules at path as the plugin does, with every option on. The
// error holds everything that is wrong.
func checkRules(path string) (int, error) {
	if _, err := (ruleFlags{RulesFile: path, AccessLogs: true}).explainer(); err != nil {
		return 0, err
	}
	own, err := rules.Load(path)
	if err != nil {
		return 0, err
	}
	return len(own.Rules), nil
}
