package mention

import "bytes"

// isHelp tells whether the line is one of those that a heading of a help text
// introduces: EXIT CODES, and below it a number and what it stands for; OPTIONS. An
// option with its default shows it alone.
func (p *place) isHelp() bool {
	i := p.afterSpaces(0)
	first := p.byteAt(i)
	if p.whole && first == '-' && bytes.Contains(p.line[p.end:], []byte(" (default ")) {
		return true // -fail-delay duration  wait after a failed login (default 2s)
	}
	if !p.whole || p.at == 0 || i == 0 || !digit(first) && first != '-' {
		return false
	}
	heading := p.unindented()
	return hasAnyFold(heading, "exit code", "exit status", "exit value", "return code", "error code") ||
		first == '-' && hasAnyFold(heading, "options", "flags", "usage", "global ")
}

// unindented returns the next line above that is not indented, if one is near: of a line
// that opens a string in quotes, what is in them.
func (p *place) unindented() []byte {
	above := p.text[max(0, p.at-2*lineReach) : p.at-1]
	for {
		n := bytes.LastIndexByte(above, '\n')
		if line := above[n+1:]; len(line) > 0 && !spaceByte(line[0]) {
			return line[bytes.LastIndexByte(line, '"')+1:]
		}
		if n < 0 {
			return nil
		}
		above = above[:n]
	}
}

// isTable tells whether the line is a row of a table in Markdown with a code in it:
// | `FORBIDDEN` | 403 | Insufficient permissions |
func (p *place) isTable() bool {
	start, _ := p.message()
	return p.byteAt(start) == '|' && p.byteAt(start+1) == ' ' &&
		(bytes.Contains(p.line[start:p.start], []byte("` | ")) || p.byteAt(p.left-1) == '`' && bytes.Contains(p.line[p.end:], []byte("` | ")))
}

// isTallied tells whether the evidence is a status of HTTP in a row of a table, and a count of
// it stands in the next column: | 401 Unauthorized | 31 | 0.8% |
func (p *place) isTallied() bool {
	if p.byteAt(p.start-1) != ' ' || p.byteAt(p.start-2) != '|' || !digit(p.byteAt(p.start)) {
		return false
	}
	bar := p.afterSpaces(p.right)
	count := p.wordAfter(bar + 1)
	return p.byteAt(bar) == '|' && count.isNumber() && p.byteAt(p.afterSpaces(count.end)) == '|'
}

// isAdvisory tells whether the message at i is about a known vulnerability, which it begins
// with or is a row of a table of: │ PyJWT │ CVE-2031-4031 │ MEDIUM │ invalid signature accepted.
func (p *place) isAdvisory(i int) bool {
	head := p.line[min(p.afterSpaces(i), p.start):p.start]
	if bytes.HasPrefix(head, []byte("CVE-2")) {
		return !bytes.Contains(head, []byte("fail"))
	}
	return (bytes.HasPrefix(head, []byte("│")) || bytes.HasPrefix(head, []byte("| "))) && containsAny(head, " CVE-2", " GHSA-")
}

// isComment tells whether the line is one of a comment that documents an interface:
// /// <response code="403">…, * example: "…".
func (p *place) isComment() bool {
	if bytes.Contains(p.line[:p.start], []byte("/// <")) {
		return true
	}
	start, _ := p.message()
	if p.whole {
		start = 0
	}
	rest := bytes.TrimLeft(p.line[start:p.start], " \t")
	if bytes.HasPrefix(rest, []byte("/// ")) {
		return true
	}
	rest, ok := bytes.CutPrefix(rest, []byte("* "))
	rest = bytes.TrimLeft(rest, " ")
	return ok && (bytes.HasPrefix(rest, []byte("example: ")) || bytes.HasPrefix(rest, []byte("description: ")))
}

// isReference tells whether the evidence is an entry in the list of errors of an
// AWS operation's documentation: its next line but one or two is a status.
func (p *place) isReference() bool {
	rest := p.text[p.at+p.end : min(len(p.text), p.at+p.end+lineReach)]
	for range 3 {
		n := bytes.IndexByte(rest, '\n')
		if n < 0 {
			return false
		}
		rest = bytes.TrimLeft(rest[n+1:], " \t")
		if hasFold(rest, "http status code: ") {
			return true
		}
	}
	return false
}
