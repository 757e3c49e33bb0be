package mention

import "bytes"

// hasPhrase tells whether the evidence is the key of a sentence in a catalogue of texts: in
// a file of properties, errors.invalid_token=Your session …, or in JSON, where the next
// key has a sentence too.
func (p *place) hasPhrase() bool {
	if p.byteAt(p.left-1) == '.' && p.byteAt(p.right) == '=' && p.isPhrase(p.right+1) {
		begin, _ := p.message()
		return p.whole && p.before(p.left, elementByte) == p.afterSpaces(begin)
	}
	if !p.isQuoted() || upper(p.byteAt(p.left)) {
		return false
	}
	open := p.left - 2
	if p.byteAt(open) != '{' {
		return false
	}
	parent := p.wordBefore(p.beforeSpaces(open) - 1)
	if p.byteAt(open-1) != ':' || saysFailure(parent.text()) || isOutcome(parent.text()) || string(parent.text()) == "errors" {
		return false
	}
	value, ok := p.phraseOf(p.right)
	if !ok || p.byteAt(value) != ',' {
		return false
	}
	key := p.wordAfter(value + 1)
	if key.isOneOf("", "message", "msg", "detail", "details", "description", "error_description", "error", "reason", "hint", "title", "status") {
		return false
	}
	_, ok = p.phraseOf(key.end)
	return ok
}

// phraseOf returns where the sentence in quotes ends that is the value of the key in
// quotes that ends at i, if it is one.
func (p *place) phraseOf(i int) (end int, ok bool) {
	if p.byteAt(i) != '"' || p.byteAt(i+1) != ':' {
		return 0, false
	}
	open := p.afterSpaces(i + 2)
	if p.byteAt(open) != '"' || !p.isPhrase(open+1) {
		return 0, false
	}
	n := bytes.IndexByte(p.line[open+1:], '"')
	return open + 1 + n + 1, n > 0 && bytes.IndexByte(p.line[open+1:open+1+n], ' ') > 0
}

// isPhrase tells whether what begins at i is written like a sentence.
func (p *place) isPhrase(i int) bool {
	w := p.wordAfter(i)
	return w.start == i && w.n > 1 && upper(p.line[i]) && !upper(p.byteAt(i+1)) && p.byteAt(w.end) == ' '
}
