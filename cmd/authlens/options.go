package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/authlens/authlens/conf"
)

// optionFlags set options of the plugin.
type optionFlags struct {
	Option map[string]string `short:"o" placeholder:"NAME=VALUE" help:"An option of the plugin (docs/options.md), such as window=30s; may be repeated. Those about delivery have no effect here."`
}

// config reads the plugin's options from the command line.
func (f optionFlags) config(r ruleFlags) (conf.Config, error) {
	given := map[string]string{"verbosity": conf.VerbosityWarn, "rules_file": r.RulesFile, "rules_mode": r.RulesMode}
	if r.AccessLogs {
		given["access_logs"] = "on"
	}
	for _, name := range slices.Sorted(maps.Keys(f.Option)) {
		if !conf.Known(name) {
			return conf.Config{}, &exit{code: exitUsage, text: unknownOption(name)}
		}
		given[strings.ToLower(name)] = f.Option[name]
	}
	cfg, err := conf.Load(func(name string) string { return given[name] })
	var problems conf.Problems
	if errors.As(err, &problems) && slices.ContainsFunc(problems, ofCommandLine) {
		err = &exit{code: exitUsage, text: err.Error()}
	}
	return cfg, err
}

// ofCommandLine reports whether a problem is in what was written, and not a file that
// cannot be read.
func ofCommandLine(p conf.Problem) bool { return p.Option != "rules_file" }

// unknownOption says about a name that is no option of the plugin that it is Fluent Bit's,
// or which option may have been meant.
func unknownOption(name string) string {
	var names []string
	for _, o := range conf.Options() {
		names = append(names, o.Name)
	}
	if conf.Reserved(name) {
		return fmt.Sprintf("--option: %q is Fluent Bit's own, and has no effect here", name)
	}
	text := fmt.Sprintf("--option: the plugin has no option %q", name)
	if other := meant(strings.ToLower(name), names); other != "" {
		return text + fmt.Sprintf(", did you mean %q?", other)
	}
	return text + "; its options are " + strings.Join(names, ", ")
}
