package match

import (
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/authlens/authlens/engine/gist"
	"github.com/authlens/authlens/engine/literal"
	"github.com/authlens/authlens/rules"
)

// guardDetails makes the guard: it knows the literals of every signature that may
// turn on a detail, something that a gist leaves out. If in doubt it includes one:
// that slows down storms of failures that such a rule is about, and misses none.
// The rules that come with AuthLens turn on no detail, as their proofs show. needed
// are the literals of each signature of set.
func (m *Matcher) guardDetails(set *rules.Set, needed [][]rules.Piece) (err error) {
	embedded, err := rules.Default()
	if err != nil || embedded == set {
		return err
	}
	known := phrasesOf(embedded)
	var literals []string
	for i := range m.signatures {
		rule := &set.Rules[m.signatures[i].rule]
		if turnsOnDetails(&rule.Signatures[m.signatures[i].index], rule.Unless, known) {
			for _, l := range needed[i] {
				literals = append(literals, l.Text)
			}
		}
	}
	if len(literals) > 0 {
		m.guard, err = literal.New(literals)
	}
	return err
}

// turnsOnDetails tells whether a signature may turn on a detail, because of a phrase
// or expression that is not among known.
func turnsOnDetails(s *rules.Signature, unless []string, known map[string]bool) bool {
	for _, phrase := range slices.Concat([]string{s.Literal, s.Word}, s.Conditions(), unless) {
		if !known[phrase] && hasDetail(phrase) {
			return true
		}
	}
	return !known[s.Regex] && asksForDetail(s.Regex)
}

// phrasesOf returns the phrases and expressions of the rules of set.
func phrasesOf(set *rules.Set) map[string]bool {
	all := map[string]bool{}
	add := func(texts ...string) {
		for _, text := range texts {
			all[text] = true
		}
	}
	for i := range set.Rules {
		add(set.Rules[i].Unless...)
		for j := range set.Rules[i].Signatures {
			s := &set.Rules[i].Signatures[j]
			add(s.Literal, s.Word, s.Regex)
			add(s.Conditions()...)
		}
	}
	return all
}

// hasDetail tells whether a phrase may stand in what a gist leaves out, or in
// what it puts there: an id; what may be part of an object's key or its end, as
// ".csv is missing"; a 9.
func hasDetail(phrase string) bool {
	if phrase == "" {
		return false
	}
	head := gist.KeyAt(phrase)
	return holdsID(phrase) || head == phrase || strings.ContainsAny(phrase, "/9") || head != "" && !wordByte(head[0])
}

func holdsID(phrase string) bool {
	var g gist.Gist
	g.Read([]byte(phrase))
	return g.Short()
}

// asksForDetail tells whether an expression asks for a detail, or for particular
// letters or digits, as only some ids have them.
func asksForDetail(expr string) bool {
	re, err := syntax.Parse(expr, syntax.Perl|syntax.FoldCase)
	return err != nil || asks(re)
}

func asks(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpLiteral:
		return hasDetail(string(re.Rune))
	case syntax.OpCharClass:
		nine := contains(re.Rune, '9')
		return contains(re.Rune, '0') != nine || contains(re.Rune, 'a') != nine
	}
	for _, sub := range re.Sub {
		if asks(sub) {
			return true
		}
	}
	return false
}

// contains tells whether a class, which is pairs of first and last runes, holds r.
func contains(class []rune, r rune) bool {
	for i := 0; i+1 < len(class); i += 2 {
		if class[i] <= r && r <= class[i+1] {
			return true
		}
	}
	return false
}
