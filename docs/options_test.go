package docs

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/authlens/authlens/conf"
)

// The options are those of the table: all of them on a page, the common ones in the README.
func TestOptions(t *testing.T) {
	part{"options.md", "options"}.holds(t, allOptions())
	part{"../README.md", "options"}.holds(t, commonOptions(t))
}

func allOptions() string {
	var b strings.Builder
	section := ""
	for _, o := range conf.Options() {
		if o.Section != section {
			section = o.Section
			fmt.Fprintf(&b, "\n## %s\n", section)
		}
		fmt.Fprintf(&b, "\n### `%s`\n\n%s\n\n- Type: %s", o.Name, o.Meaning, o.Type())
		if o.Bounds() != "" {
			fmt.Fprintf(&b, " (%s)", o.Bounds())
		}
		fmt.Fprintf(&b, "\n- Default: %s\n- Example: `%s %s`\n", code(o.Default, "not set"), o.Name, o.Example)
	}
	return b.String()
}

// common are the options that people set first. The README shows these, since a
// reader who meets all at once looks for none.
var common = []string{"threshold", "window", "sinks", "forward_to", "rules_file", "access_logs"}

// commonOptions is a table of the common options, with the first sentence of each meaning.
func commonOptions(t *testing.T) string {
	var b strings.Builder
	b.WriteString("| option | default | meaning |\n|---|---|---|\n")
	options := conf.Options()
	for _, name := range common {
		i := slices.IndexFunc(options, func(o conf.Option) bool { return o.Name == name })
		if i < 0 {
			t.Fatalf("there is no option %s", name)
		}
		first, _, _ := strings.Cut(options[i].Meaning, ". ")
		fmt.Fprintf(&b, "| `%s` | %s | %s. |\n", name, code(options[i].Default, ""), strings.TrimSuffix(first, "."))
	}
	return b.String()
}

func code(text, none string) string {
	if text == "" {
		return none
	}
	return "`" + text + "`"
}
