package mention

import "bytes"

// isStatement tells whether the message ends as a statement does: with a string,
// a block or a call, and a semicolon.
func (p *place) isStatement() bool {
	i := bytes.LastIndexByte(p.line[p.right:], ';') + p.right
	if i < p.right || !p.atEnd(i+1) {
		return false
	}
	c := p.byteAt(i - 1)
	return quoteByte(c) || c == '}' || c == ')' && quoteByte(p.byteAt(i-2)) || hasFold(p.line[p.right:], "' always")
}

// isRemark tells whether the evidence is in a comment beside code, or is the message of a
// rule in Rego: violation[{"msg": "…"}] {
func (p *place) isRemark() bool {
	return hasAnyFold(p.line[p.right:], `"}] {`, `"}] if`) || p.inBlockComment() || p.inDocstring() || p.inDirectiveComment() || p.beginsComment()
}

// inBlockComment tells whether the evidence is in such a comment /* as this */, and not
// behind accept=*/*.
func (p *place) inBlockComment() bool {
	if !bytes.Contains(p.line[p.end:], []byte("*/")) {
		return false
	}
	before := p.line[:p.start]
	i := bytes.LastIndex(before, []byte("/*"))
	return i > bytes.LastIndex(before, []byte("*/")) && (i == 0 || before[i-1] == ' ')
}

// inDocstring tells whether the evidence is in what documents a name of Python:
// class Retry: """Retries AccessDenied."""
func (p *place) inDocstring() bool {
	const quotes = `"""`
	if !bytes.Contains(p.line[p.end:], []byte(quotes)) {
		return false
	}
	open := bytes.LastIndex(p.line[:p.start], []byte(quotes))
	return open >= 0 && bytes.HasSuffix(bytes.TrimRight(p.line[:open], " "), []byte(":"))
}

// inDirectiveComment tells whether the evidence is in the comment after a directive of a
// server: deny all; # 403 for files that begin with a dot.
func (p *place) inDirectiveComment() bool {
	start, _ := p.message()
	head := p.line[start:p.start]
	return bytes.Contains(head, []byte("; # ")) && bytes.IndexByte(head, ':') < 0
}

// beginsComment tells whether the evidence begins the comment after a statement:
// } # 403 Forbidden.
func (p *place) beginsComment() bool {
	i := p.left - 1
	if p.byteAt(i) != ' ' {
		return false
	}
	switch {
	case p.byteAt(i-1) == '#':
		i--
	case p.byteAt(i-1) == '/' && p.byteAt(i-2) == '/':
		i -= 2
	default:
		return false
	}
	c := p.byteAt(p.beforeSpaces(i) - 1)
	return c == ';' || c == '{' || closesBracket(c)
}

// formatReach is how far after the evidence a place for an argument is looked for.
const formatReach = 24

// isFormat tells whether the evidence is in a text that is yet to be filled in:
// access denied for %s, user {0}.
func (p *place) isFormat() bool {
	after := p.line[p.right:min(len(p.line), p.right+formatReach)]
	if i := bytes.IndexByte(after, '%'); i >= 0 && i+1 < len(after) {
		switch after[i+1] {
		case 's', 'v', 'w', 'q':
			return i+2 == len(after) || !letter(after[i+2]) && !digit(after[i+2])
		}
	}
	return containsAny(after, "{0}", "${", "{{ $", "{{$", "{{ .", "{{.")
}

// isAnswer tells whether a call that answers with a status has the text after
// the comma at i for its second argument: synth(403, "…"), abort(401, "…").
func (p *place) isAnswer(i int) bool {
	w := p.wordBefore(i)
	if p.byteAt(w.start-1) != '(' {
		return false
	}
	w = p.wordBefore(w.start - 1)
	switch string(p.line[w.start:w.end]) {
	case "synth", "abort", "sendError", "Error":
		return p.line[w.start] != 'E' || hasFold(p.line[max(0, w.start-5):], "http.")
	}
	return false
}

// argument tells what the bracket at i makes of the evidence, if it opens the
// arguments of a call in source code: errors.New("…"), throw new Denied("…"),
// expect(x).toBe("…"). The printed form of an error has none of these names or words:
// Denied("…").
func (p *place) argument(i int) Kind {
	start := p.before(i, func(c byte) bool { return elementByte(c) || c == ':' })
	name := p.line[start:i]
	if dot := bytes.LastIndexByte(name, '.'); dot >= 0 {
		switch string(name[dot+1:]) {
		case "toBe", "toEqual", "toContain", "toMatch", "toThrow", "contains", "equals", "isEqualTo", "hasMessage",
			"getByText", "locator", "waitForSelector", "have_content", "have_text", "assertSee":
			return Test
		case "New", "Errorf":
			if hasFold(name, "errors.") || hasFold(name, "fmt.") {
				return Code
			}
		case "error", "warn", "info", "debug", "warning", "fatal", "println", "printf", "log", "format", "send", "json", "end":
			return Code // log.error("…"), res.status(401).send("…")
		}
	}
	switch string(name) {
	case "sprintf", "Sprintf", "printf", "print", "println", "contains":
		return Code
	case "getByText", "locator", "have_content", "have_text": // what is looked for on a page
		return Test
	}
	return Code.when(p.wordBefore(start).isOneOf("new", "raise", "throw", "return"))
}
