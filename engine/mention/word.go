package mention

// wordBytes is how long a word is at most that is known.
const wordBytes = 16

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
func (w word) is(of class) bool { return w.says&of != 0 }

func (w word) equals(s string) bool { return string(w.buf[:w.n]) == s }

func (w word) isOneOf(words ...string) bool {
	for _, s := range words {
		if string(w.buf[:w.n]) == s {
			return true
		}
	}
	return false
}

// isEmpty tells whether there is no word where one was looked for.
func (w word) isEmpty() bool { return w.start == w.end }

func (w word) isNumber() bool { return w.n > 0 && digit(w.buf[0]) }

// isStatus tells whether w is written like a status of HTTP.
func (w word) isStatus() bool { return w.n == 3 && digit(w.buf[0]) && digit(w.buf[2]) }

// isStatusOrClass is isStatus, or such a class of them as 4xx.
func (w word) isStatusOrClass() bool { return w.n == 3 && digit(w.buf[0]) }

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
	end := p.inside(i)
	for end > 0 && (spaceByte(p.line[end-1]) || quoteByte(p.line[end-1])) {
		end--
	}
	start := end
	for start > 0 && (wordByte(p.line[start-1]) || p.line[start-1] == '-' || p.line[start-1] == '\'') {
		start--
	}
	for start < end && !wordByte(p.line[start]) {
		start++
	}
	return p.word(start, end)
}

// wordAfter returns the word that begins after i and the spaces and closing
// quotes there. As in byteAt, i may be outside.
func (p *place) wordAfter(i int) word {
	i = p.inside(i)
	start := p.afterSpaces(p.afterQuotes(i))
	if start == i && i < len(p.line) && identByte(p.byteAt(i-1)) {
		return word{start: i, end: i}
	}
	end := start
	for end < len(p.line) && wordByte(p.line[end]) {
		end++
	}
	return p.word(start, end)
}

func wordByte(c byte) bool { return letter(c) || digit(c) || c == '_' }

func (p *place) next(w word) word     { return p.wordAfter(w.end) }
func (p *place) previous(w word) word { return p.wordBefore(w.start) }

// goesOn tells whether these words follow w.
func (p *place) goesOn(w word, words ...string) bool {
	for _, s := range words {
		if w = p.next(w); !w.equals(s) {
			return false
		}
	}
	return true
}
