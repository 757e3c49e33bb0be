package match

import (
	"slices"
	"strings"
	"testing"
)

// TestChoice holds the look for phrases that share pieces to the look for each.
func TestChoice(t *testing.T) {
	f := func(familiesWanted int, texts ...string) {
		t.Helper()
		c := newChoice(phrases(texts), holdings{}, &rooms{})
		if len(c.families) != familiesWanted {
			t.Errorf("%q: %d families, want %d", texts, len(c.families), familiesWanted)
		}
		members := slices.Clone(c.single)
		for _, family := range c.families {
			members = append(members, family.phrases...)
		}
		if len(members) != len(texts) || len(c.phrases) != len(texts) {
			t.Errorf("%q: %d phrases and %d in families, want %d", texts, len(c.phrases), len(members), len(texts))
		}
		for i, p := range c.phrases {
			if string(p.lower) != texts[i] {
				t.Errorf("%q: phrase %d is %q; want them in their order", texts, i, p.lower)
			}
		}
		lines := []string{"", "an ordinary line of 429 bytes"}
		for _, text := range texts {
			lines = append(lines, text, "so: "+strings.ToUpper(text), text[1:], text[:len(text)-1])
		}
		for _, line := range lines {
			want := slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(strings.ToLower(line), text) })
			if got := c.in([]byte(line)); got != want {
				t.Errorf("one of %q in %q: got %t, want %t", texts, line, got, want)
			}
		}
	}
	f(0, "denied")
	f(0, "denied", "is denied", "denied by")
	f(1, "denied", "is denied", "denied by", "was denied")
	f(1, "throttl", "status code 429", "statuscode: 429", "code 429", "(429", "too many requests")
	f(2, "status=429", "code 429", "(429", "error 429", "status=503", "code 503", "(503", "error 503")
	f(0, "ab", "abab", "abababab", "ababababab", "c")
}
