package mention

import "bytes"

// lineReach is how much of the line on either side of the evidence is looked at, in bytes.
const lineReach = 256

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

// isTerm tells whether the evidence is a single name, or quoted.
func (p *place) isTerm() bool {
	return p.isQuoted() || bytes.IndexByte(p.line[p.left:p.right], ' ') < 0
}

// isQuoted tells whether there are quotes on both sides of the evidence.
func (p *place) isQuoted() bool {
	c := p.byteAt(p.left - 1)
	return quoteByte(c) && p.byteAt(p.right) == c
}

// plural tells whether the evidence is a plural or has a plural noun after it.
func (p *place) plural() bool {
	if p.byteAt(p.right-1) == 's' {
		return true
	}
	w := p.wordAfter(p.right)
	return w.n > 1 && w.buf[w.n-1] == 's' && w.is(failureNoun)
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
