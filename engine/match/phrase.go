package match

import (
	"bytes"
	"slices"
	"strings"

	"github.com/authlens/authlens/engine/literal"
	"github.com/authlens/authlens/rules"
)

// A phrase is a condition's text, ready to be searched for.
type phrase struct {
	lower []byte
	// rare is the place of the phrase's byte that is least common in log text. It is
	// the one searched for, in both cases if it is a letter.
	rare         int32
	small, large byte
}

func phrases(texts []string) []phrase {
	all := slices.Grow([]phrase(nil), len(texts))
	for _, text := range texts {
		p := phrase{lower: []byte(rules.Lower(text))}
		for i, c := range p.lower {
			if commonness(c) < commonness(p.lower[p.rare]) {
				p.rare = int32(i)
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
// then digits and the punctuation of JSON and of times. 9 is common because it
// stands for all that a gist leaves out.
func commonness(c byte) int {
	const mostCommonFirst = "e t9:aio0rns\"1,2dl/-c3.5p4um678fgh=_b[]vky(){}w'xj@<>z|qjz"
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
	rare := int(p.rare)
	small, large := -1, -1 // next places of the rare byte in either case
	for at := start + rare; at+len(p.lower)-rare <= len(text); at++ {
		if small < at {
			small = indexFrom(text, at, p.small)
		}
		if large < at {
			large = indexFrom(text, at, p.large)
		}
		at = min(small, large)
		from := at - rare
		if from+len(p.lower) <= len(text) && literal.HasPrefixFold(text[from:], p.lower) {
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
