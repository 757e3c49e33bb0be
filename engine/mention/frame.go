package mention

import "bytes"

// inFrame tells whether the line is a frame of a stack: at x.AccessDenied.of(Denied.java:4),
// #4 /srv/Denied.php(14): ….
func (p *place) inFrame(q int) bool {
	if p.right == len(p.line) {
		return false
	}
	begin, key := p.message()
	if key == 0 {
		if begin = 0; !p.whole {
			return false
		}
	}
	i := p.afterSpaces(begin)
	if hasFold(p.line[i:], "at ") && i > begin {
		return q == i+len("at ") && bytes.IndexByte(p.line[p.right:], '(') >= 0 || positioned(p.line[p.right:])
	}
	return p.byteAt(i) == '#' && digit(p.byteAt(i+1)) && positioned(p.line[i:])
}

// inFunction tells whether the evidence is the function that a frame of a stack
// names last: File "a.py", line 4, in access_denied; a.rb:4:in `access_denied'.
// Q is where its qualified name begins.
func (p *place) inFunction(q int) bool {
	if i := p.beforeSpaces(p.beforeQuotes(q)); p.byteAt(i-1) != 'n' && p.byteAt(i-1) != '#' {
		return false
	}
	if p.byteAt(q-1) == '#' { // in Ruby's name of a method
		for q--; q > 0 && (identByte(p.line[q-1]) || p.line[q-1] == ':'); q-- {
		}
	}
	w := p.wordBefore(q)
	if string(w.text()) != "in" {
		return false
	}
	i := w.start - 1
	switch p.byteAt(i) {
	case ':':
		return digit(p.byteAt(i - 1))
	case ' ':
		if p.byteAt(i-1) != ',' {
			return false
		}
	}
	w = p.wordBefore(i - 1)
	if w.n == 0 || !digit(w.buf[0]) {
		return false
	}
	w = p.wordBefore(w.start)
	return string(w.text()) == "line" && p.right == len(p.line)
}

// positioned tells whether text holds a place in a source, as the frame of a
// stack ends.
func positioned(text []byte) bool {
	return containsAny(text, ".js:", ".ts:", ".mjs:", ".cjs:", ".jsx:", ".tsx:", ".java:", ".kt:", ".scala:", ".groovy:", ".cs:line ", ".vb:line ",
		".fs:line ", ".php(", ".php:", ".dart:", "(<anonymous>", "(native)", "(Native Method)", "(Unknown Source)", "node:internal")
}
