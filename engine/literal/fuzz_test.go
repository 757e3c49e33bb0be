package literal

import (
	"bytes"
	"testing"
)

// FuzzFinder compares all engines with the naive ones on any literals and text.
// Literals are separated by newlines.
func FuzzFinder(f *testing.F) {
	for _, c := range cases {
		literals := ""
		for _, s := range c.literals[:min(8, len(c.literals))] {
			literals += s + "\n"
		}
		f.Add([]byte(literals), []byte(c.text), uint8(3))
	}
	f.Fuzz(func(t *testing.T, list, text []byte, repeat uint8) {
		var literals []string
		for s := range bytes.SplitSeq(list, []byte("\n")) {
			if MinLen <= len(s) && len(s) <= MaxLen && len(literals) < 50 {
				literals = append(literals, string(s))
			}
		}
		// Literals within the text, and the text often enough to fill a vector.
		for i := 0; i+MinLen <= len(text) && len(literals) < 60; i += 7 {
			literals = append(literals, string(text[i:min(i+MinLen+i%9, len(text))]))
		}
		b := bytes.Repeat(text, int(repeat%8)+1)
		b = b[:min(len(b), 1000)]
		check(t, "fuzz", newFinder(t, literals...), b)
	})
}
