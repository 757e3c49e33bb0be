package docs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The tree of ARCHITECTURE.md has every file of the engine.
func TestTree(t *testing.T) {
	page, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	_, tree, _ := strings.Cut(string(page), "\n## 3. ")
	tree, _, _ = strings.Cut(tree, "\n## ")
	words := strings.FieldsFunc(tree, func(r rune) bool { return strings.ContainsRune(" ,\n", r) })
	named := map[string]bool{}
	for _, w := range words {
		named[w] = true
	}
	for _, name := range files(t, "../engine/*.go") {
		name = filepath.Base(name)
		if !strings.HasSuffix(name, "_test.go") && name != "doc.go" && !named[name] {
			t.Errorf("ARCHITECTURE.md, section 3, does not have engine/%s", name)
		}
	}
}
