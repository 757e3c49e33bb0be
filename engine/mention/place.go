package mention

import (
	"bytes"
	"strings"
)

// Bounds on what is looked at.
const (
	lineReach = 256 // bytes of the line on either side of the evidence
	wordBytes = 16  // longest word that is known
)

// A place is evidence in its line.
type place struct {
	text []byte // everything
	at   int    // where line begins in text
	line []byte // the line, or of a long one what is within lineReach
	// start and end enclose the evidence.
	start, end int
	// left and right enclose the evidence together with the rest of the
	// identifier it begins or ends in.
	left, right int
	// whole tells that the line begins where the text does, or after a newline.
	whole bool
}

func placeOf(text []byte, start, end int) place {
	from := max(0, start-lineReach)
	whole := from == 0
	// Fast path: most texts are one line, and a search forwards is the faster.
	if before := text[from:start]; bytes.IndexByte(before, '\n') >= 0 {
		from, whole = from+bytes.LastIndexByte(before, '\n')+1, true
	}
	to := min(len(text), end+lineReach)
	if i := bytes.IndexByte(text[end:to], '\n'); i >= 0 {
		to = end + i
	}
	p := place{text: text, at: from, line: text[from:to], start: start - from, end: end - from, whole: whole}
	p.left, p.right = p.start, p.end
	if p.start == p.end || identByte(p.line[p.start]) {
		for p.left > 0 && identByte(p.line[p.left-1]) {
			p.left--
		}
	}
	if p.start == p.end || identByte(p.line[p.end-1]) {
		for p.right < len(p.line) && identByte(p.line[p.right]) {
			p.right++
		}
	}
	return p
}

// byteAt returns the byte of the line at i, or 0 outside.
func (p *place) byteAt(i int) byte {
	if i < 0 || i >= len(p.line) {
		return 0
	}
	return p.line[i]
}

// inside returns the place in the line that is nearest to i.
func (p *place) inside(i int) int { return min(max(i, 0), len(p.line)) }

// qualified returns where the name that the evidence ends begins, with the
// packages or namespaces before it.
func (p *place) qualified() int {
	i := p.left
	if !identByte(p.byteAt(i)) {
		return i
	}
	for i > 0 && (identByte(p.line[i-1]) || p.line[i-1] == '.' || p.line[i-1] == '\\' ||
		p.line[i-1] == ':' && (p.byteAt(i-2) == ':' || p.byteAt(i) == ':')) {
		i--
	}
	return i
}

// atEnd tells whether the message ends at i: with the line, or with the string of
// JSON that it is in.
func (p *place) atEnd(i int) bool {
	switch p.byteAt(i) {
	case 0:
		return i < len(p.line) || p.at+i >= len(p.text) || p.text[p.at+i] == '\n'
	case '"':
		c := p.byteAt(i + 1)
		return c == '}' || c == ',' || c == 0
	}
	return false
}

// after returns the first place at or after i whose byte is none of those that is
// knows.
func (p *place) after(i int, is func(c byte) bool) int {
	for i < len(p.line) && is(p.line[i]) {
		i++
	}
	return i
}

// before is after in the other direction: the bytes up to i are.
func (p *place) before(i int, is func(c byte) bool) int {
	for i > 0 && is(p.line[i-1]) {
		i--
	}
	return i
}

func (p *place) afterQuotes(i int) int  { return p.after(i, quoteByte) }
func (p *place) beforeQuotes(i int) int { return p.before(i, quoteByte) }
func (p *place) afterSpaces(i int) int  { return p.after(i, spaceByte) }
func (p *place) beforeSpaces(i int) int { return p.before(i, spaceByte) }

func identByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '$' || c >= 0x80
}

func upper(c byte) bool     { return 'A' <= c && c <= 'Z' }
func digit(c byte) bool     { return '0' <= c && c <= '9' }
func letter(c byte) bool    { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func quoteByte(c byte) bool { return c == '"' || c == '\'' || c == '`' }
func spaceByte(c byte) bool { return c == ' ' || c == '\t' }

// A word is a word of the line in lower case, or nothing when it is too long to
// be one that is known.
type word struct {
	buf        [wordBytes]byte
	n          int
	says       class
	start, end int // its place in the line
}

func (w *word) text() []byte { return w.buf[:w.n] }

// is tells whether w is of one of the classes.
func (w *word) is(of class) bool { return w.says&of != 0 }

func (p *place) word(start, end int) word {
	w := word{start: start, end: end}
	if end-start > wordBytes {
		return w
	}
	for i, c := range p.line[start:end] {
		if upper(c) {
			c |= 0x20
		}
		w.buf[i] = c
	}
	w.n = end - start
	if w.n > 0 {
		w.says = lexicon[string(w.text())]
	}
	return w
}

// wordBefore returns the word that ends at i, when there is nothing between them
// but spaces and marks that quote or bracket. As in byteAt, i may be outside.
func (p *place) wordBefore(i int) word {
	j := p.inside(i)
	for j > 0 && (spaceByte(p.line[j-1]) || quoteByte(p.line[j-1])) {
		j--
	}
	k := j
	for k > 0 && (letter(p.line[k-1]) || digit(p.line[k-1]) || p.line[k-1] == '_' || p.line[k-1] == '-' || p.line[k-1] == '\'') {
		k--
	}
	for k < j && !letter(p.line[k]) && !digit(p.line[k]) && p.line[k] != '_' {
		k++
	}
	return p.word(k, j)
}

// wordAfter returns the word that begins after i and the spaces and closing
// quotes there. As in byteAt, i may be outside.
func (p *place) wordAfter(i int) word {
	i = p.inside(i)
	j := p.afterSpaces(p.afterQuotes(i))
	if j == i && i < len(p.line) && identByte(p.byteAt(i-1)) {
		return word{start: i, end: i}
	}
	k := j
	for k < len(p.line) && (letter(p.line[k]) || digit(p.line[k]) || p.line[k] == '_') {
		k++
	}
	return p.word(j, k)
}

// find returns the first place of mark in text, or -1. It looks for rare, a byte
// of mark that log text seldom has.
func find(text []byte, mark string, rare byte) int {
	before := strings.IndexByte(mark, rare)
	for from := 0; ; {
		i := bytes.IndexByte(text[from:], rare)
		if i < 0 {
			return -1
		}
		start := from + i - before
		if start >= 0 && start+len(mark) <= len(text) && string(text[start:start+len(mark)]) == mark {
			return start
		}
		from += i + 1
	}
}
