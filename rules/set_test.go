package rules

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func parsed(t *testing.T, name, src string) *Set {
	t.Helper()
	set, err := Parse(name, []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestExtend(t *testing.T) {
	parse := func(src string) *Set {
		t.Helper()
		return parsed(t, "my.yaml", src)
	}
	base := parse("causes: [{name: other, kind: external, title: Other}]\nrules:" + valid)
	same := parse(strings.Replace(valid, "cause: other", "cause: other\n  priority: 7", 1))
	more := parse(strings.Replace(valid, "name: one", "name: two", 1))
	lost := parse(strings.Replace(valid, "cause: other", "cause: nowhere", 1))

	f := func(set *Set, err error, want string) {
		t.Helper()
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			for _, r := range set.Rules {
				got += r.Name + strings.Repeat("!", r.Priority) + " "
			}
		}
		if !strings.Contains(got, want) {
			t.Errorf("got %q, want %q in it", got, want)
		}
	}
	set, err := base.Extend(more)
	f(set, err, "one two ")
	set, err = base.Extend(same)
	f(set, err, "one!!!!!!! ")
	set, err = base.Extend(lost)
	f(set, err, `my.yaml:2: rule "one" has the cause "nowhere", which does not exist; the causes are other`)
	set, err = base.Replace(more)
	f(set, err, "two ")
	if len(base.Rules) != 1 || base.Rules[0].Priority != 0 {
		t.Error("Extend changed the set it was called on")
	}
}

// An adjustment changes what it has and leaves the rest; the set it is of stays as it
// is.
func TestAdjust(t *testing.T) {
	base := parsed(t, "base.yaml", strings.Replace(valid, "cause: other", "cause: c\n  unless: [dry run]", 1))
	base.Causes = []Cause{{Name: "c"}}
	adjust := func(src string) (*Set, error) {
		t.Helper()
		return base.Extend(parsed(t, "my.yaml", src))
	}
	got, err := adjust("adjust:\n- rule: one\n  severity: low\n  unless: [crawler]\n  threshold: {events: 9}\n  escalate: [{severity: high, when: {distinct: task, at_least: 3}}]")
	if err != nil {
		t.Fatal(err)
	}
	want := base.Rules[0]
	want.Severity, want.Unless, want.Threshold = Low, []string{"dry run", "crawler"}, Threshold{Events: 9}
	want.Escalate = []Escalation{{High, When{"task", 3}}}
	if diff := cmp.Diff([]Rule{want}, got.Rules); diff != "" {
		t.Errorf("adjusted (-want +got):\n%s", diff)
	}
	if r := base.Rules[0]; len(r.Unless) != 1 || r.Severity != Elevated {
		t.Errorf("the set that was adjusted changed: %+v", r)
	}
	if got, err := adjust("adjust: [{rule: one, off: true}]"); err != nil || len(got.Rules) != 0 {
		t.Errorf("off: got %v, %v", got, err)
	}
	if _, err := adjust("adjust: [{rule: two, off: true}]"); err == nil || !strings.Contains(err.Error(), `my.yaml:1: `+"`adjust`"+` names the rule "two", which does not exist`) {
		t.Errorf("a rule that does not exist: got %v", err)
	}
}
