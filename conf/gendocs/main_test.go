package main

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const stale = "is stale; run `go run ./conf/gendocs` from the project's root (-have +want)\n%s"

func TestOptionsPageIsFresh(t *testing.T) {
	have, err := os.ReadFile("../../docs/options.md")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(have), string(optionsPage())); diff != "" {
		t.Errorf("docs/options.md "+stale, diff)
	}
}

func TestReadmeIsFresh(t *testing.T) {
	have, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	want, err := fillReadme(have)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(have), string(want)); diff != "" {
		t.Errorf("README.md "+stale, diff)
	}
}

func TestFillReadme(t *testing.T) {
	got, err := fillReadme([]byte("a\n" + beginMark + "\nold\n" + endMark + "\nb\n"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "a\n" + beginMark + "\n" + readmeTable() + endMark + "\nb\n"; string(got) != want {
		t.Errorf("got %q", got)
	}
	for _, name := range common {
		if !strings.Contains(string(got), "\n| `"+name+"` |") {
			t.Errorf("the table lacks %s: there is no such option", name)
		}
	}
	for _, bad := range []string{"", "a\n", beginMark + "\nold\n"} {
		if _, err := fillReadme([]byte(bad)); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}
