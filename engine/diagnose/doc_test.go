package diagnose

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/rules"
)

// Update is for the tests of this folder that hold output to files.
var Update = flag.Bool("update", false, "write what came out into the golden files and docs/diagnosis.md")

// TestDoc holds docs/diagnosis.md to the causes and names that there are.
func TestDoc(t *testing.T) {
	const file = "../../docs/diagnosis.md"
	set, d := pack(t)
	got := document(set, d)
	if *Update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("docs/diagnosis.md is out of date; run go test ./engine/diagnose -update (-want +got):\n%s", diff)
	}
}

func document(set *rules.Set, d *Diagnoser) string {
	var b strings.Builder
	b.WriteString(`<!-- Written by go test ./engine/diagnose -update. -->

# Causes and the words about them

A rule finds a failure; its cause says what it means and what to change. Several
rules share one cause. The facts of a finding may make a general cause more
exact: a refused call whose text goes on with "explicit deny" is no longer a
missing permission. All texts are in ` + "`rules/causes_*.yaml`" + `; a rule of one's own may
use any cause, put its own words in the place of the cause's, or bring a new cause.
`)
	for _, kind := range []struct {
		kind  rules.Kind
		title string
	}{
		{rules.Authorization, "Authorization: AWS knows who is asking, and says no"},
		{rules.Authentication, "Authentication: AWS does not accept the credentials"},
		{rules.Credentials, "Credentials: there is nothing to present"},
		{rules.External, "External: not AWS"},
	} {
		fmt.Fprintf(&b, "\n## %s\n\n| cause | meaning |\n| --- | --- |\n", kind.title)
		for i := range set.Causes {
			if c := &set.Causes[i]; c.Kind == kind.kind {
				fmt.Fprintf(&b, "| `%s` | %s |\n", c.Name, d.causes[c.Name]().explain[0].text)
			}
		}
	}
	b.WriteString(`
## Names

In a text, a name in braces stands for its value. A sentence with a name that has no
value is left out, a step whose first sentence is left out with all of it. Steps and
` + "`refines`" + ` have conditions:

| condition | holds when |
| --- | --- |
| ` + "`when`" + ` | each name in it has one of the values listed; ` + "`\"\"`" + ` stands for no value |
| ` + "`text`" + ` | one of these phrases stands in the failure's text, in any letter case |
| ` + "`unless`" + ` | none of these does |

| name | value |
| --- | --- |
`)
	for _, n := range names {
		fmt.Fprintf(&b, "| `%s` | %s |\n", n.name, n.meaning)
	}
	return b.String()
}
