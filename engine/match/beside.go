package match

import (
	"bytes"

	"github.com/authlens/authlens/engine/literal"
)

const (
	// besideReach is how far `preceded_by` and `followed_by` look, in bytes: half a
	// dozen words.
	besideReach = 48
	// A word of longName bytes or more can only be a name, such as an address or an ARN. It
	// does not count, up to besideMost bytes in all.
	longName   = 20
	besideMost = 256
)

// before returns what stands before the evidence in its sentence, as far as
// besideReach.
func before(text []byte, where span) []byte {
	from, left, most := where.start, besideReach, max(0, where.start-besideMost)
	for from > most && left > 0 {
		start := from
		for start > most && text[start-1] != ' ' {
			start--
		}
		if n := from - start; n < longName {
			start = max(start, from-left)
			left -= n
		}
		from = max(most, start-1)
		left--
	}
	words := text[from:where.start]
	for i := len(words) - 1; i >= 0; i-- {
		if endsSentence(words, i) {
			return words[i+1:]
		}
	}
	return words
}

// after is before in the other direction.
func after(text []byte, where span) []byte {
	to, left, most := where.end, besideReach, min(len(text), where.end+besideMost)
	for to < most && left > 0 {
		end := to
		for end < most && text[end] != ' ' {
			end++
		}
		if n := end - to; n < longName {
			end = min(end, to+left)
			left -= n
		}
		to = min(most, end+1)
		left--
	}
	words := text[where.end:to]
	for i := range words {
		if endsSentence(words, i) {
			return words[:i]
		}
	}
	return words
}

// endsSentence tells whether a sentence, or the value of a JSON object, ends
// with words[i].
func endsSentence(words []byte, i int) bool {
	switch words[i] {
	case '\n', ';', '{', '}':
		return true
	case '.', ',':
		return i+1 < len(words) && (words[i+1] == '"' || words[i] == '.' && words[i+1] == ' ') ||
			i > 0 && words[i-1] == '"' && i+2 < len(words) && words[i+1] == ' ' && words[i+2] == '"'
	}
	return false
}

// wordIn tells whether a phrase of list begins where a word of text does, or a part of one
// as in OPENAI_API_KEY, and is not the name of a page or a piece of a program.
func wordIn(list []phrase, text []byte) bool {
	for i := range list {
		p := &list[i]
		for at := p.find(text, 0); at >= 0; at = p.find(text, at+1) {
			if (boundary(text, at) || text[at-1] == '_') && !namesOther(text, at, at+len(p.lower)) {
				return true
			}
		}
	}
	return false
}

// asksBeside tells whether something must stand beside the evidence.
func (c *conditions) asksBeside() bool {
	return c.precededBy != nil || c.followedBy != nil || c.rightBefore != nil || c.rightAfter != nil
}

// missingBeside returns what must stand next to the evidence and does not, and on which side;
// nil if nothing is missing.
func (c *conditions) missingBeside(text []byte, where span) (list []phrase, side string) {
	switch {
	case c.precededBy != nil && !wordIn(c.precededBy, before(text, where)):
		return c.precededBy, "in the words before it"
	case c.followedBy != nil && !wordIn(c.followedBy, after(text, where)):
		return c.followedBy, "in the words after it"
	case c.rightBefore != nil && endsWithOne(c.rightBefore, before(text, where)) < 0:
		return c.rightBefore, "right before it"
	case c.rightAfter != nil && beginsWithOne(c.rightAfter, after(text, where)) < 0:
		return c.rightAfter, "right after it"
	}
	return nil, ""
}

// withNeighbours returns where together with the phrase that must stand right next to it,
// which is part of the evidence: an API key may merely be mentioned, and what is wrong with
// it tells whether this is a report.
func (c *conditions) withNeighbours(text []byte, where span) span {
	wide := where
	if c.rightBefore != nil {
		words := before(text, where)
		if i := endsWithOne(c.rightBefore, words); i >= 0 {
			wide.start = where.start - len(words) + i
		}
	}
	if c.rightAfter != nil {
		if i := beginsWithOne(c.rightAfter, after(text, where)); i >= 0 {
			wide.end = where.end + i
		}
	}
	return wide
}

// besideSigns may stand between the evidence and what is right before or after it.
const besideSigns = " :=-\"'`(["

// endsWithOne returns where the phrase of list begins that text ends with, or -1. Signs, and
// words that say only whose the evidence is, may follow it: "rejected our", "invalid: the".
func endsWithOne(list []phrase, text []byte) int {
	for {
		if at := lastOf(list, text); at >= 0 {
			return at
		}
		if bare := bytes.TrimRight(text, besideSigns); len(bare) < len(text) {
			text = bare
			continue
		}
		start := len(text)
		for start > 0 && wordByte(text[start-1]) {
			start--
		}
		if !isOneOf(determiners, text[start:]) {
			return -1
		}
		text = text[:start]
	}
}

// beginsWithOne returns where the phrase of list ends that text begins with, or -1. Signs, and
// the verb of the evidence, may precede it: "is invalid", "has been revoked".
func beginsWithOne(list []phrase, text []byte) int {
	all := len(text)
	for {
		if n := firstOf(list, text); n >= 0 {
			return all - len(text) + n
		}
		if bare := bytes.TrimLeft(text, besideSigns); len(bare) < len(text) {
			text = bare
			continue
		}
		end := 0
		for end < len(text) && wordByte(text[end]) {
			end++
		}
		if !isOneOf(auxiliaries, text[:end]) {
			return -1
		}
		text = text[end:]
	}
}

// lastOf returns where a phrase of list begins that text ends with, or -1.
func lastOf(list []phrase, text []byte) int {
	for i := range list {
		at := len(text) - len(list[i].lower)
		if at >= 0 && literal.HasPrefixFold(text[at:], list[i].lower) && boundary(text, at) {
			return at
		}
	}
	return -1
}

// firstOf returns where a phrase of list ends that text begins with, or -1.
func firstOf(list []phrase, text []byte) int {
	for i := range list {
		n := len(list[i].lower)
		if n <= len(text) && literal.HasPrefixFold(text, list[i].lower) && boundary(text, n) {
			return n
		}
	}
	return -1
}

var (
	determiners = phrases([]string{"the", "a", "an", "our", "your", "my", "its", "their", "this", "that", "any"})
	auxiliaries = phrases([]string{
		"is", "are", "was", "were", "has", "have", "had", "been", "being", "got", "seems", "seem", "looks", "look", "appears", "appear",
	})
)

// isOneOf tells whether word is one of the list.
func isOneOf(list []phrase, word []byte) bool {
	for i := range list {
		if len(word) == len(list[i].lower) && literal.HasPrefixFold(word, list[i].lower) {
			return true
		}
	}
	return false
}
