package docs

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/authlens/authlens/rules"
)

// The table of rules is that of the built-in pack.
func TestRulesTable(t *testing.T) {
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	causes := map[string]rules.Cause{}
	for _, c := range set.Causes {
		causes[c.Name] = c
	}
	var b strings.Builder
	file := ""
	for _, r := range set.Rules {
		if base := filepath.Base(r.File); base != file {
			if file = base; b.Len() > 0 {
				b.WriteByte('\n')
			}
			fmt.Fprintf(&b, "### `rules/%s`\n\n| rule | matches, for example | cause |\n|---|---|---|\n", file)
		}
		name := "`" + r.Name + "`"
		if r.Option != "" {
			name += " (with `" + r.Option + " on`)"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", name, cell(r.Examples.Match[0]), causes[r.Cause].Name)
	}
	part{"rules.md", "rules"}.holds(t, b.String())
}

// cell is a log line as the content of a table's cell, cut to what can be read.
func cell(line string) string {
	const most = 120
	line = strings.Join(strings.Fields(line), " ")
	if runes := []rune(line); len(runes) > most {
		line = strings.TrimSpace(string(runes[:most])) + " …"
	}
	line = strings.ReplaceAll(line, "|", `\|`)
	if strings.Contains(line, "`") {
		return "`` " + line + " ``"
	}
	return "`" + line + "`"
}

// The page shows the example as it is.
func TestRulesExample(t *testing.T) {
	text, err := os.ReadFile("../examples/custom-rules/payments.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(string(text), "\nrules:\n")
	part{"rules.md", "payments"}.holds(t, "```yaml\nrules:\n"+body+"```\n")
}

// The table of fields has every field of a rule.
func TestRulesFields(t *testing.T) {
	text, err := os.ReadFile("rules.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, of := range []reflect.Type{reflect.TypeFor[rules.Rule](), reflect.TypeFor[rules.Signature]()} {
		for field := range of.Fields() {
			name, _, _ := strings.Cut(field.Tag.Get("yaml"), ",")
			if name == "-" {
				continue
			}
			if !slices.ContainsFunc(strings.Split(string(text), "\n"), func(line string) bool {
				head, _, _ := strings.Cut(strings.TrimPrefix(line, "| "), " | ")
				return strings.HasPrefix(line, "| ") && strings.Contains(head, "`"+name+"`")
			}) {
				t.Errorf("rules.md: no row for the field %s of a %s", name, of.Name())
			}
		}
	}
}
