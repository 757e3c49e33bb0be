package literal

import (
	"fmt"
	"strings"
	"testing"
)

// Literals that share a word are dealt into lists by what stands around it.
func TestForkedLiterals(t *testing.T) {
	var literals []string
	for i := range 30 {
		word := fmt.Sprintf("%c%c%d", 'a'+i%26, 'z'-i%7, i*i)
		literals = append(literals, "quizzicalities "+word, word+" quizzicalities", "quizzicalities"+strings.Repeat("k", i%9))
	}
	f := newFinder(t, literals...)
	if len(f.targets.branches) < 3 {
		t.Fatalf("the literals made %d branches; expected two or more", len(f.targets.branches)-1)
	}
	for _, s := range literals {
		for _, text := range []string{s, strings.ToUpper(s), "x" + s, s + "x", strings.Repeat(".", 70) + s + strings.Repeat(" ", 70), s + " " + s} {
			check(t, s, f, []byte(text))
		}
	}
}
