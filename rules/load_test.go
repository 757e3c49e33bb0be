package rules

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLoad(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f := func(path, want string) {
		t.Helper()
		set, err := Load(path)
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			for _, r := range set.Rules {
				got += r.Name + " "
			}
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q in it", filepath.Base(path), got, want)
		}
	}
	f(filepath.Join(folder, "missing.yaml"), "no such file")
	f(folder, "expected at least one .yaml file")
	write("b.yaml", valid)
	write("a.yml", strings.Replace(valid, "name: one", "name: two", 1))
	write("notes.txt", "not rules")
	f(filepath.Join(folder, "b.yaml"), "one ")
	f(folder, "two one ")
	write("c.yaml", valid)
	f(folder, `a rule named "one" stands in `)
	write("c.yaml", "nonsense: 1")
	f(folder, "c.yaml:1:1: expected `rules`, `causes` or `adjust`")
}

// A file that is too large is not read.
func TestLoadRefusesLargeFiles(t *testing.T) {
	large := filepath.Join(t.TempDir(), "large.yaml")
	if err := os.WriteFile(large, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, 8<<30); err != nil { // all of it a hole
		t.Fatal(err)
	}
	for _, path := range []string{large, filepath.Dir(large)} {
		if _, err := Load(path); err == nil || !strings.Contains(err.Error(), "may have 4194304 bytes; this one has more") {
			t.Errorf("%s: got %.200v", path, err)
		}
	}
}
