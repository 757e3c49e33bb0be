package rules

import (
	"strings"
	"testing"
)

func TestAliases(t *testing.T) {
	set, err := Parse("shared.yaml", []byte(`
causes:
  - name: one
    kind: external
    title: One
    fix:
      - &restart
        when: {starting: ["yes"]}
        say: Start it again.
  - name: two
    kind: external
    title: Two
    fix: [*restart]
`))
	if err != nil {
		t.Fatal(err)
	}
	if got := set.Causes[1].Fix[0].Say; got != "Start it again." {
		t.Errorf("an alias stands for %q; want the anchored step", got)
	}

	f := func(src, want string) {
		t.Helper()
		_, err := Parse("wrong.yaml", []byte(src))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%q)\n got %v\nwant %s", src, err, want)
		}
	}
	f("causes: [*lost]", "wrong.yaml:1:10: expected an anchor &lost before *lost; found none")
	f("causes:\n  - &a {name: a}\n  - &b {name: *a}", "wrong.yaml:3:15: an anchored value may hold no alias; &b holds *a")
}
