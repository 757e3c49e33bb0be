package main

import (
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
			return conf.Config{}, fmt.Errorf("--option: the plugin has no option %q; docs/options.md lists them", name)
		}
		given[strings.ToLower(name)] = f.Option[name]
	}
	return conf.Load(func(name string) string { return given[name] })
}
