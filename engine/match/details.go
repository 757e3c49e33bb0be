package match

import (
	"regexp/syntax"
	"strings"

	"github.com/authlens/authlens/engine/gist"
	"github.com/authlens/authlens/rules"
)

// details says what a rule in force may turn on, of what a gist leaves out.
// Rather too often than too rarely: it costs the speed of storms, not a failure.
// The rules that come with AuthLens turn on nothing of it, as their proofs show.
type details struct {
	ids  bool // ids, times, numbers
	keys bool // words in the keys of objects
}

func (m *Matcher) detailsThatCount() (d details) {
	builtIn := builtIn()
	phrases := func(texts ...string) {
		for _, text := range texts {
			if text != "" && !builtIn[text] {
				d.phrase(text)
			}
		}
	}
	for i := range m.signatures {
		rule := &m.rules[m.signatures[i].rule]
		s := &rule.Signatures[m.signatures[i].index]
		phrases(s.Literal, s.Word)
		phrases(s.All...)
		phrases(s.Any...)
		phrases(s.Unless...)
		phrases(s.UnlessNear...)
		phrases(rule.Unless...)
		if s.Regex != "" && !builtIn[s.Regex] {
			d.expression(s.Regex)
		}
	}
	return d
}

// builtIn returns the phrases and expressions of the embedded rules.
func builtIn() map[string]bool {
	all := map[string]bool{}
	add := func(texts ...string) {
		for _, text := range texts {
			all[text] = true
		}
	}
	set, err := rules.Default()
	if err != nil {
		return all // whoever uses the rules will hear of it
	}
	for i := range set.Rules {
		add(set.Rules[i].Unless...)
		for j := range set.Rules[i].Signatures {
			s := &set.Rules[i].Signatures[j]
			add(s.Literal, s.Word, s.Regex)
			add(s.All...)
			add(s.Any...)
			add(s.Unless...)
			add(s.UnlessNear...)
		}
	}
	return all
}

// phrase notes what a phrase turns on: ids when it has one, and keys when it may
// stand in one, or at the end of one as ".csv is missing" does.
func (d *details) phrase(text string) {
	var g gist.Gist
	g.Read([]byte(text), false)
	d.ids = d.ids || g.Short()
	head := gist.KeyAt(text)
	d.keys = d.keys || head == text || strings.Contains(text, "/") || head != "" && !wordByte(head[0])
}

// expression notes what an expression turns on: what its phrases do, and ids
// when it asks for particular letters or digits.
func (d *details) expression(expr string) {
	re, err := syntax.Parse(expr, syntax.Perl|syntax.FoldCase)
	if err != nil {
		d.ids = true
		return
	}
	d.tree(re)
}

func (d *details) tree(re *syntax.Regexp) {
	switch re.Op {
	case syntax.OpLiteral:
		d.phrase(string(re.Rune))
	case syntax.OpCharClass:
		nine := contains(re.Rune, '9')
		d.ids = d.ids || contains(re.Rune, '0') != nine || contains(re.Rune, 'a') != nine
	}
	for _, sub := range re.Sub {
		d.tree(sub)
	}
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
