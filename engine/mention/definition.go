package mention

import "bytes"

// isUnknown tells whether the evidence is a name that a compiler, a loader of classes or an
// interpreter does not know. Q is where its qualified name begins.
func (p *place) isUnknown(q int) bool {
	before := bytes.TrimRight(p.line[max(0, q-unknownReach):q], " '\"`:(")
	after := p.line[p.right:]
	for _, s := range [...]string{
		"cannot find name", "cannot find type", "cannot find value", "undeclared type", "uninitialized constant", "has no exported member", "has no attribute",
		"cannot import name", "classnotfoundexception", "noclassdeffounderror", "(reading",
	} {
		if endsFold(before, s) {
			return true
		}
	}
	switch w := p.wordBefore(q); string(w.text()) {
	case "find":
		return hasFold(after, "' in scope")
	case "class":
		return p.byteAt(p.right) == '"' && hasFold(after[1:], " not found")
	}
	if n := len(before) - len(": undefined"); n > 0 && hasFold(before[n:], ": undefined") {
		return digit(before[n-1]) && p.atEnd(p.right) // a.go:14:7: undefined: …
	}
	return false
}

// unknownReach is how far before a name it is looked for that nobody knows it, in bytes.
const unknownReach = 40

// isEnumerated tells whether the evidence is a constant in the definition of an
// enumeration or of a table of codes: enum Status { OK TOKEN_EXPIRED }.
func (p *place) isEnumerated() bool {
	if bytes.IndexByte(p.line[:p.left], '{') < 0 {
		return false // Fast path: few lines have one.
	}
	i := p.left
	for i > 0 && p.line[i-1] != '{' && p.line[i-1] != '}' && !quoteByte(p.line[i-1]) {
		i--
	}
	if p.byteAt(i-1) != '{' || !p.isTerm() {
		return false
	}
	head := p.line[:i-1]
	for _, s := range [...]string{"enum class ", "enum ", "const "} {
		if j := bytes.LastIndex(head, []byte(s)); j >= 0 && (j == 0 || !identByte(head[j-1])) {
			name := bytes.TrimRight(head[j+len(s):], " =")
			return len(name) > 0 && bytes.IndexByte(name, ' ') < 0
		}
	}
	return false
}

// isConstant tells whether the line is an entry in a table of texts, a constant and what
// it stands for in quotes: UNAUTHORIZED: 'You may not see this page',
func (p *place) isConstant() bool {
	begin := p.afterSpaces(0)
	if !p.whole || !upper(p.byteAt(begin)) {
		return false
	}
	i := begin
	for i < len(p.line) && (upper(p.line[i]) || p.line[i] == '_') {
		i++
	}
	line := bytes.TrimRight(p.line, " ")
	c := p.byteAt(i + 2)
	return p.byteAt(i) == ':' && p.byteAt(i+1) == ' ' && quoteByte(c) && len(line) > i+4 && line[len(line)-1] == ',' && line[len(line)-2] == c
}
