package match

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/authlens/authlens/rules"
)

// Bounds on the work that one text can cause, however it was made.
const (
	// reach is how far a regular expression sees on either side of the literal
	// it was found by, in bytes.
	reach = 1 << 10
	// maxExpressions is how often regular expressions are run on one text.
	maxExpressions = 32
	// maxContext is how far conditions look on either side of the evidence, in
	// bytes. A container's log line has at most 16 KiB.
	maxContext = 32 << 10
)

// A signature is a compiled rules.Signature together with its rule's Unless.
type signature struct {
	rule, index int32
	text        []byte         // lower case; nil for a regular expression
	word        bool           // text must stand between boundaries
	expr        *regexp.Regexp // nil for a literal
	bare        bool           // neither an expression nor conditions
	required    []required
	all         []phrase
	any         []phrase
	unless      []phrase
	unlessNear  []phrase
	ruleUnless  []phrase // the rule's own, shared by all its signatures
}

// required is a literal that a signature cannot match without.
type required struct {
	text  string
	start int // distance from the start of signature.text; 0 for a regular expression
}

func compile(from *rules.Signature, ruleUnless []phrase) (signature, error) {
	s := signature{
		text:       []byte(rules.Lower(from.Literal + from.Word)),
		word:       from.Word != "",
		all:        phrases(from.All),
		any:        phrases(from.Any),
		unless:     phrases(from.Unless),
		unlessNear: phrases(from.UnlessNear),
		ruleUnless: ruleUnless,
	}
	s.bare = from.Regex == "" && s.all == nil && s.any == nil && s.unless == nil && s.unlessNear == nil && ruleUnless == nil
	need, err := from.Required()
	if err != nil {
		return s, err
	}
	if from.Regex == "" {
		for _, piece := range rules.Pieces(string(s.text)) {
			s.required = append(s.required, required{piece.Text, piece.Start})
		}
		return s, nil
	}
	for _, text := range need {
		s.required = append(s.required, required{text: text})
	}
	s.text = nil
	s.expr, err = from.Compile()
	return s, err
}

// A verdict says whether a signature holds for a text, and if not, why.
type verdict uint8

const (
	holds     verdict = iota
	differs           // only a piece of the literal is there, or no boundary around it, or the expression does not match
	lacksAll          // a phrase of `all` is missing
	lacksAny          // every phrase of `any` is missing
	hasUnless         // a phrase of `unless` is there
	mentioned         // the evidence is there, but only mentioned
)

// A span is a piece of a text.
type span struct{ start, end int }

// here tells whether the literal of the signature stands in text, given that one
// of its required pieces was found at found, start bytes into the literal. Of an
// expression nothing more is known yet.
func (s *signature) here(text []byte, found, start int) (span, bool) {
	if s.expr != nil {
		return span{found, found}, true
	}
	where := span{found - start, found - start + len(s.text)}
	if where.start < 0 || where.end > len(text) || !equalFold(text[where.start:where.end], s.text) {
		return where, false
	}
	return where, !s.word || boundary(text, where.start) && boundary(text, where.end)
}

// rest decides about what is dear: the expression and the conditions.
func (s *signature) rest(r *record, where span) verdict {
	if s.expr != nil && !s.matches(r, where.start) {
		return differs
	}
	return s.conditions(r.text, where)
}

// matches runs the regular expression in the neighbourhood of its literal.
func (s *signature) matches(r *record, found int) bool {
	if r.expressions == maxExpressions {
		return false
	}
	r.expressions++
	return s.expr.Match(r.text[max(0, found-reach):min(len(r.text), found+reach)])
}

func (s *signature) conditions(record []byte, where span) verdict {
	text := around(record, where)
	for i := range s.all {
		if !s.all[i].in(text) {
			return lacksAll
		}
	}
	if s.any != nil && !anyIn(s.any, text) {
		return lacksAny
	}
	if anyIn(s.unless, text) || anyIn(s.ruleUnless, text) {
		return hasUnless
	}
	if s.unlessNear != nil && nearby(s.unlessNear, messageOf(record, where)) != nil {
		return hasUnless
	}
	return holds
}

// around returns text, or of a very long one the part that conditions look at.
func around(text []byte, where span) []byte {
	return text[max(0, where.start-maxContext):min(len(text), where.end+maxContext)]
}

// boundary tells whether a word can end or begin between text[i-1] and text[i].
func boundary(text []byte, i int) bool {
	return i == 0 || i == len(text) || !wordByte(text[i-1]) || !wordByte(text[i])
}

func wordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_'
}

// A phrase is a condition's text, ready to be searched for.
type phrase struct {
	lower []byte
	// rare is the place of the least common byte of the phrase in log text,
	// which is searched for, in both cases when it is a letter.
	rare         int
	small, large byte
}

func phrases(texts []string) []phrase {
	var all []phrase
	for _, text := range texts {
		p := phrase{lower: []byte(rules.Lower(text))}
		for i, c := range p.lower {
			if commonness(c) < commonness(p.lower[p.rare]) {
				p.rare = i
			}
		}
		p.small = p.lower[p.rare]
		p.large = p.small
		if 'a' <= p.small && p.small <= 'z' {
			p.large -= 'a' - 'A'
		}
		all = append(all, p)
	}
	return all
}

// commonness orders bytes by how often they occur in log text: English letters,
// then digits and the punctuation of JSON and of times.
func commonness(c byte) int {
	const mostCommonFirst = "e t:aio0rns\"1,2dl/-c3.5p4um678f9gh=_b[]vky(){}w'xj@<>z|qjz"
	if i := strings.IndexByte(mostCommonFirst, c); i >= 0 {
		return len(mostCommonFirst) - i
	}
	return 0
}

func anyIn(list []phrase, text []byte) bool {
	for i := range list {
		if list[i].in(text) {
			return true
		}
	}
	return false
}

// in tells whether the phrase stands in text, without regard to ASCII case.
func (p *phrase) in(text []byte) bool { return p.find(text, 0) >= 0 }

// find returns the first place of the phrase in text at or after start, or -1.
func (p *phrase) find(text []byte, start int) int {
	small, large := -1, -1 // next places of the rare byte in either case
	for at := start + p.rare; at+len(p.lower)-p.rare <= len(text); at++ {
		if small < at {
			small = indexFrom(text, at, p.small)
		}
		if large < at {
			large = indexFrom(text, at, p.large)
		}
		at = min(small, large)
		from := at - p.rare
		if from+len(p.lower) <= len(text) && equalFold(text[from:from+len(p.lower)], p.lower) {
			return from
		}
	}
	return -1
}

// indexFrom returns the place of c at or after from, or len(text).
func indexFrom(text []byte, from int, c byte) int {
	if i := bytes.IndexByte(text[from:], c); i >= 0 {
		return from + i
	}
	return len(text)
}

// equalFold compares text with lower, which is lower case and of the same
// length, without regard to ASCII case.
func equalFold(text, lower []byte) bool {
	for i, c := range lower {
		t := text[i]
		if t != c && !(t|0x20 == c && 'a' <= c && c <= 'z') {
			return false
		}
	}
	return true
}
