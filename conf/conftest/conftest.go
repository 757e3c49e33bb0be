// Package conftest reads Fluent Bit configurations in the classic format, for tests that
// check those we ship and those in the docs against the table of options.
package conftest

import (
	"strings"
	"testing"

	"github.com/authlens/authlens/conf"
)

// A Section is one of a configuration: its kind in lower case, and its options by their
// names in lower case.
type Section struct {
	Kind    string
	Options map[string]string
}

// Sections reads a configuration. name is used in messages only.
func Sections(t testing.TB, name, text string) []Section {
	t.Helper()
	var all []Section
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#' || line[0] == '@': // @INCLUDE
		case line[0] == '[':
			all = append(all, Section{strings.ToLower(strings.Trim(line, "[]")), map[string]string{}})
		default:
			option, value, ok := strings.Cut(line, " ")
			if !ok || len(all) == 0 {
				t.Fatalf("%s: expected a name and a value inside a section; got %q", name, line)
			}
			all[len(all)-1].Options[strings.ToLower(option)] = strings.TrimSpace(value)
		}
	}
	return all
}

// IsAuthLens reports whether s is an output of ours.
func (s Section) IsAuthLens() bool { return s.Kind == "output" && s.Options["name"] == "authlens" }

// Config returns the Config that the options of s, an output of ours, make. The test fails
// if there is no option of a name, or a value cannot be used.
func (s Section) Config(t testing.TB, name string) conf.Config {
	t.Helper()
	for option := range s.Options {
		if !conf.Known(option) && !conf.Reserved(option) {
			t.Errorf("%s: there is no option %s", name, option)
		}
	}
	cfg, err := conf.Load(func(option string) string { return s.Options[option] })
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	return cfg
}
