// Package examples holds no code: its tests hold the examples to the grammar of
// those who read them.
package examples

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// all returns the files below this directory whose name ends in suffix. There
// must be some.
func all(t *testing.T, suffix string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, suffix) {
			names = append(names, path)
		}
		return err
	})
	if err != nil || len(names) == 0 {
		t.Fatalf("no example is named …%s (%v)", suffix, err)
	}
	return names
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Every JSON file is one that a test below knows.
func TestEveryJSONIsChecked(t *testing.T) {
	for _, name := range all(t, ".json") {
		base := filepath.Base(name)
		if !strings.HasPrefix(base, "task-definition") && !strings.Contains(base, "policy") {
			t.Errorf("%s: no test checks it", name)
		}
	}
}

// What an example's image copies is there.
func TestDockerfiles(t *testing.T) {
	for _, name := range all(t, "Dockerfile") {
		copies := 0
		for line := range strings.Lines(read(t, name)) {
			words := strings.Fields(line)
			if len(words) < 3 || words[0] != "COPY" {
				continue
			}
			copies++
			for _, source := range words[1 : len(words)-1] {
				if _, err := os.Stat(filepath.Join(filepath.Dir(name), source)); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
		if copies == 0 {
			t.Errorf("%s copies nothing", name)
		}
	}
}

// Every example says what to do and what to see, and names no file that is not
// there.
func TestReadmes(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		readme := filepath.Join(e.Name(), "README.md")
		text := read(t, readme)
		if !slices.Contains([]string{"custom-rules", "logs"}, e.Name()) && !strings.Contains(text, "```") {
			t.Errorf("%s shows no command", readme)
		}
	}
}
