package mention

import "bytes"

// inCode tells whether the evidence is a name in source code or in the frame of
// a stack: at com.example.AccessDeniedException.<init>(…).
func (p *place) inCode() bool {
	q := p.qualified()
	i := p.beforeSpaces(q)
	if c := p.byteAt(i - 1); c == '{' || c == '(' {
		i--
	}
	w := p.wordBefore(i)
	if i < p.beforeSpaces(q) && w.start < w.end && w.end == i && p.byteAt(w.start-1) == '@' {
		return true // @ExceptionHandler(AccessDeniedException)
	}
	if crate := p.before(q, func(c byte) bool { return identByte(c) || c == ':' }); p.byteAt(crate-1) == '`' {
		before := p.line[:crate-1]
		if bytes.HasSuffix(before, []byte(" import ")) || bytes.HasSuffix(before, []byte(" import: ")) {
			return true // of rustc: unresolved import `crate::Unauthorized`, unused import: `…`
		}
	}
	if w.is(source) && !quoteByte(p.byteAt(q-1)) ||
		string(w.text()) == "throws" && (p.byteAt(p.right) == ',' || hasFold(p.line[p.right:], " {")) || q < p.left && (string(w.text()) == "loaded" || string(w.text()) == "loading") {
		return true
	}
	for _, s := range [...]string{".class", ".<init>", ".java:", "..ctor(", "::new", "(0x", "({0x", "(...)"} { // the last of Go
		if hasFold(p.line[p.right:], s) {
			return true
		}
	}
	if p.byteAt(i) == '(' && hasFold(p.line[p.right:], "):") && w.end == i {
		if class := p.wordBefore(w.start); string(class.text()) == "class" {
			return true // class TokenExpired(InvalidToken):
		}
	}
	if p.inFunction(q) || p.isMethod() || p.inDiff() || p.isExecuted() || p.isUnknown(q) || p.isEnumerated() || p.isConstant() {
		return true
	}
	if string(w.text()) == "case" && p.isQuoted() && p.byteAt(p.right+1) == ':' && bytes.Contains(p.line[p.right:], []byte("return")) {
		return true
	}
	if p.right == len(p.line) {
		return false
	}
	begin, key := p.message()
	if key == 0 {
		if begin = 0; !p.whole {
			return false
		}
	}
	i = p.afterSpaces(begin)
	if hasFold(p.line[i:], "at ") && i > begin {
		return q == i+3 && bytes.IndexByte(p.line[p.right:], '(') >= 0 || positioned(p.line[p.right:])
	}
	return p.byteAt(i) == '#' && digit(p.byteAt(i+1)) && positioned(p.line[i:])
}

// isExecuted tells whether the evidence is in a statement that PostgreSQL logs while it
// executes it, or quotes under an error: LOG:  duration: 2 ms  statement: SELECT …,
// STATEMENT:  INSERT ….
func (p *place) isExecuted() bool {
	before := p.line[:p.start]
	i := bytes.Index(before, []byte("LOG:  "))
	if i < 0 {
		return bytes.Contains(before, []byte("STATEMENT:  "))
	}
	for _, head := range [...]string{"statement: ", "execute ", "duration: ", "AUDIT: "} {
		if bytes.HasPrefix(before[i+len("LOG:  "):], []byte(head)) {
			return true
		}
	}
	return false
}

// isUnknown tells whether the evidence is a name that a compiler, a loader of classes or an
// interpreter does not know. Q is where its qualified name begins.
func (p *place) isUnknown(q int) bool {
	before := bytes.TrimRight(p.line[max(0, q-unknownReach):q], " '\"`:(")
	after := p.line[p.right:]
	for _, s := range [...]string{
		"cannot find name", "cannot find type", "cannot find value", "undeclared type", "uninitialized constant", "has no exported member", "has no attribute",
		"cannot import name", "classnotfoundexception", "noclassdeffounderror", "(reading",
	} {
		if n := len(before) - len(s); n >= 0 && hasFold(before[n:], s) {
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

// inDiff tells whether the line is one that a diff takes out or puts in.
func (p *place) inDiff() bool {
	if c := p.byteAt(0); p.at == 0 || !p.whole || c != '+' && c != '-' {
		return false
	}
	above := p.text[max(0, p.at-diffReach):p.at]
	return bytes.Contains(above, []byte("diff --git ")) || bytes.Contains(above, []byte("\n@@ -"))
}

// diffReach is how far above a line it is looked for that it is one of a diff, in bytes.
const diffReach = 2048

// isMethod tells whether the evidence is the name of a method that is called without
// arguments: ErrorController.accessDenied(). An error that is printed as its call
// begins with a capital: botocore.exceptions.NoCredentialsError().
func (p *place) isMethod() bool {
	return p.byteAt(p.left-1) == '.' && letter(p.byteAt(p.left)) && !upper(p.byteAt(p.left)) && p.byteAt(p.right) == '(' && p.byteAt(p.right+1) == ')'
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
	for _, s := range [...]string{".js:", ".ts:", ".mjs:", ".cjs:", ".jsx:", ".tsx:", ".java:", ".kt:", ".scala:", ".groovy:", ".cs:line ", ".vb:line ", ".fs:line ", ".php(", ".php:", ".dart:", "(<anonymous>", "(native)", "(Native Method)", "(Unknown Source)", "node:internal"} {
		if bytes.Contains(text, []byte(s)) {
			return true
		}
	}
	return false
}
