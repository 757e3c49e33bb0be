package match

import (
	"testing"

	"github.com/authlens/authlens/engine/gist"
	"github.com/authlens/authlens/engine/literal"
	"github.com/authlens/authlens/engine/text"
	"github.com/authlens/authlens/rules"
)

// suspects tells whether a text has a literal that may be evidence.
func suspects(m *Matcher, text []byte) bool {
	var s literal.Search
	s.Reset(m.finder, text)
	for at := s.Find(0); at >= 0; at = s.Find(at + 1) {
		if m.Suspects(text, at, s.At(at, nil)) {
			return true
		}
	}
	return false
}

// holdsSuspects fails when something is found in the gist of a text without suspects.
func holdsSuspects(t *testing.T, m *Matcher, said []byte) (none bool) {
	t.Helper()
	if suspects(m, said) {
		return false
	}
	var g gist.Gist
	m.Gist(&g, said)
	if won, ok := m.Judge(g.Text(), 0); ok || won.Bounded {
		t.Errorf("without suspects, and yet %s: %q", m.Rule(won.Rule).Name, said)
	}
	return true
}

func TestSuspects(t *testing.T) {
	m := defaultMatcher(t)
	f := func(line string, want bool) {
		t.Helper()
		if none := holdsSuspects(t, m, []byte(line)); none == want {
			t.Errorf("%q: got %v", line, !none)
		}
	}
	f("operation error S3: AccessDenied", true)
	f("Registered AccessDeniedHandler for /", false)
	f("AccessDeniedHandler: AccessDenied", true)
	f("asked ContainerCredentialsProvider", false)
	f("asked ContainerCredentialsProvider: too many requests", true)
}

// No line that is a rule's proof is a miss, and a good part of those that look like one
// are known to be none.
func TestSuspectsOfProofLines(t *testing.T) {
	set, m := embedded(t, Options{Enabled: rules.Options})
	ignored, none := 0, 0
	for _, rule := range set.Rules {
		for _, line := range rule.Examples.Match {
			if holdsSuspects(t, m, text.Normalise(nil, []byte(line))) {
				t.Errorf("%s: no suspects in %s", rule.Name, line)
			}
		}
		for _, line := range rule.Examples.Ignore {
			said := text.Normalise(nil, []byte(line))
			if m.finder.Find(said, 0) < 0 {
				continue
			}
			ignored++
			if holdsSuspects(t, m, said) {
				none++
			}
		}
	}
	if none < 55 { // more lines that other things settle change nothing
		t.Errorf("%d of %d ignore lines have no suspects", none, ignored)
	}
}

// FuzzSuspects asks about two lines in one text.
func FuzzSuspects(f *testing.F) {
	set, m := embedded(f, Options{Enabled: rules.Options})
	for _, rule := range set.Rules {
		for i, line := range rule.Examples.Ignore {
			f.Add(line, rule.Examples.Match[i%len(rule.Examples.Match)])
		}
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		holdsSuspects(t, m, []byte(a+b))
	})
}
