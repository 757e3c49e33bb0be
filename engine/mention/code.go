package mention

import (
	"bytes"
	"unicode"
)

// inCode tells whether the evidence is a name in source code or in the frame of
// a stack: at com.example.AccessDeniedException.<init>(…).
func (p *place) inCode() bool {
	q := p.qualified()
	bracket := p.bracketBefore(q)
	w := p.wordBefore(bracket)
	return p.isAnnotated(q, bracket, w) || p.isImported(q) || p.isBehindKeyword(q, w) || p.isUsedInSource() || p.isBaseClass(bracket, w) ||
		p.inFunction(q) || p.isMethod() || p.inDiff() || p.isExecuted() || p.isUnknown(q) || p.isEnumerated() || p.isConstant() ||
		p.isCase(w) || p.isRaised() || p.inFrame(q)
}

// bracketBefore returns the place of the bracket before the name at q, or where what stands
// before the name ends.
func (p *place) bracketBefore(q int) int {
	i := p.beforeSpaces(q)
	if c := p.byteAt(i - 1); c == '{' || c == '(' {
		i--
	}
	return i
}

// isAnnotated tells whether the name at q is the argument of an annotation, of which w is
// the name and bracket what opens its arguments: @ExceptionHandler(AccessDeniedException).
func (p *place) isAnnotated(q, bracket int, w word) bool {
	if open := bytes.LastIndexByte(p.line[:p.left], '('); open > 0 && bytes.IndexByte(p.line[open:p.left], ')') < 0 {
		// @ApiResponse(code = 403, message = "Access denied")
		if start := p.before(open, identByte); p.byteAt(start-1) == '@' && upper(p.byteAt(start)) {
			return true
		}
	}
	return bracket < p.beforeSpaces(q) && !w.isEmpty() && w.end == bracket && p.byteAt(w.start-1) == '@'
}

// isImported tells whether rustc complains of the name at q, which is imported or unused:
// unresolved import `crate::Unauthorized`, unused import: `…`, unused variable: `…`.
func (p *place) isImported(q int) bool {
	if module, ok := bytes.CutPrefix(bytes.TrimLeft(p.line[:p.left], " >"), []byte("from ")); ok && p.whole {
		name, _, ok := bytes.Cut(module, []byte(" import ")) // of Python
		return ok && len(name) > 0 && bytes.IndexByte(name, ' ') < 0
	}
	crate := p.before(q, func(c byte) bool { return identByte(c) || c == ':' })
	if p.byteAt(crate-1) != '`' {
		return false
	}
	before := p.line[:crate-1]
	if bytes.HasSuffix(before, []byte(" unused variable: ")) || bytes.HasSuffix(before, []byte(" unused constant: ")) {
		return true
	}
	return bytes.HasSuffix(before, []byte(" import ")) || bytes.HasSuffix(before, []byte(" import: "))
}

// isBehindKeyword tells whether w, before the name at q, is a language's keyword, or how the
// loader of its classes begins.
func (p *place) isBehindKeyword(q int, w word) bool {
	switch {
	case w.is(source):
		return !quoteByte(p.byteAt(q - 1))
	case w.equals("constructor"): // 'constructor AccessDeniedException(String)' is deprecated
		return p.byteAt(p.right) == '('
	case w.equals("throws"):
		return p.byteAt(p.right) == ',' || hasFold(p.line[p.right:], " {")
	case w.isOneOf("loaded", "loading", "transformed", "transforming", "instrumented", "instrumenting"):
		return q < p.left
	}
	return false
}

// isUsedInSource tells whether what follows the evidence stands behind a name in source or
// in the frame of a stack only.
func (p *place) isUsedInSource() bool {
	return hasAnyFold(p.line[p.right:], ".class", ".<init>", ".java:", "..ctor(", "::new", "(0x", "({0x", "(...)", // the last of Go
		" source: jar:", " source: jrt:", " source: file:") // -Xlog:class+load
}

// isBaseClass tells whether the class w is derived from the evidence, in Python:
// class TokenExpired(InvalidToken):
func (p *place) isBaseClass(bracket int, w word) bool {
	return p.byteAt(bracket) == '(' && hasFold(p.line[p.right:], "):") && w.end == bracket && p.previous(w).equals("class")
}

// isCase tells whether the evidence is a case of a switch: case 'AccessDenied': return 403;
// on a line of its own, case "ExpiredToken", "RequestExpired":
func (p *place) isCase(w word) bool {
	if !p.isQuoted() {
		return false
	}
	const keyword = "case "
	before := p.line[:p.before(p.left, listByte)]
	among := bytes.HasSuffix(before, []byte("{")) && bytes.Contains(p.line[len(before):p.left], []byte(keyword))
	if (w.equals("case") || among) && bytes.Contains(p.line[p.right:], []byte(": return")) {
		return true
	}
	line := bytes.TrimSpace(p.line)
	return bytes.HasPrefix(line, []byte(keyword)) && quoteByte(line[len(keyword)]) && bytes.HasSuffix(line, []byte(":"))
}

// isRaised tells whether the evidence is among the arguments of an error that a line of source
// makes, as tracebacks quote it, or of an answer that it sends: raise HTTPException(
// status_code=401, detail="Invalid token"); return c.JSON(401, …).
func (p *place) isRaised() bool {
	statement := bytes.TrimLeft(p.line[:p.left], "+- \t")
	for _, keyword := range [...]string{"raise ", "throw new ", "return "} {
		call, ok := bytes.CutPrefix(statement, []byte(keyword))
		if !ok {
			continue
		}
		name, _, ok := bytes.Cut(call, []byte("("))
		isNoName := func(c rune) bool { return c != '.' && c < 0x80 && !identByte(byte(c)) }
		return ok && len(name) > 0 && bytes.IndexFunc(name, isNoName) < 0 && bytes.HasSuffix(bytes.TrimRight(p.line, " ;"), []byte(")"))
	}
	return false
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
// arguments, or stands there with their types: ErrorController.accessDenied(),
// {GET [/denied]}: accessDenied(Model). An error that is printed as its call
// begins with a capital: botocore.exceptions.NoCredentialsError().
func (p *place) isMethod() bool {
	if !lower(p.byteAt(p.left)) || p.byteAt(p.right) != '(' {
		return false
	}
	if p.byteAt(p.right+1) == ')' {
		return p.byteAt(p.left-1) == '.'
	}
	name := p.line[p.left:p.right]
	end := p.after(p.right+1, func(c byte) bool { return identByte(c) || c == ',' || c == '<' || c == '>' || c == '.' })
	return upper(p.byteAt(p.right+1)) && p.byteAt(end) == ')' && bytes.IndexFunc(name, unicode.IsUpper) > 0
}
