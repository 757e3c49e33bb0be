package mention

import "bytes"

// quoteReach is how far before the evidence the quote is looked for that opens
// the string it is in, in bytes.
const quoteReach = 64

// opensString returns the place of the quote that opens the string the evidence
// is in, or -1. An apostrophe and a quote that closes open none.
func (p *place) opensString() int {
	for i := p.left - 1; i >= max(0, p.left-quoteReach); i-- {
		if !quoteByte(p.line[i]) {
			continue
		}
		if identByte(p.byteAt(i-1)) || spaceByte(p.byteAt(i+1)) {
			return -1
		}
		return i
	}
	return -1
}

// inLiteral tells in what way the string that the evidence is in is no message,
// but a literal in source code, the text that a statement or a directive holds,
// an operand, or the title of something.
func (p *place) inLiteral() Kind {
	if p.isRemark() {
		return Code
	}
	if i := p.beforeSpaces(p.beforeQuotes(p.left)); p.byteAt(i-1) == '=' && p.byteAt(i-2) == ']' || p.byteAt(i-1) == ':' && quoteByte(p.byteAt(i-2)) {
		w := p.wordBefore(i - 2)
		if w.n == 3 && digit(w.buf[0]) && digit(w.buf[2]) && (p.byteAt(w.start-1) == '[' || quoteByte(p.byteAt(w.start-1))) {
			return Code // messages[403]=Access denied, "403": Access denied
		}
	}
	if i := p.start - 1; p.byteAt(i) == '=' && digit(p.byteAt(i-1)) && digit(p.byteAt(i-2)) && digit(p.byteAt(i-3)) && p.byteAt(i-4) == '.' && letter(p.byteAt(i-5)) {
		return Code // error.403=Access denied
	}
	open := p.opensString()
	if open < 1 {
		return None
	}
	if p.isStatement() {
		return Code
	}
	if p.byteAt(open+1) == '^' || p.byteAt(p.right) == p.line[open] && p.piped(p.right+1) {
		return Condition
	}
	i := p.beforeSpaces(open)
	switch c := p.byteAt(i - 1); {
	case c == '=' && p.byteAt(i-2) == ':': // msg := "token expired"
		return Code
	case c == '=' && p.byteAt(i-2) == '|', c == '~' && (p.byteAt(i-2) == '|' || p.byteAt(i-2) == '='), c == '*' && i == open:
		return Condition // |= "invalid password", *"Access denied"*
	case (c == ':' || c == '>' || c == '=') && p.keyIsStatus(i-1):
		return Code // { 401: 'Unauthorized', … }
	case c == ':' && bytes.Contains(p.line[max(0, open-24):open], []byte("json({")):
		return Code
	case c == ':' && p.ofTicket(i-1):
		return Topic
	case c == ',' && p.isAnswer(i-1):
		return Code
	case c == '=' && i == open: // panel title="…"
		key := p.wordBefore(i - 1)
		switch string(key.text()) {
		case "title", "name", "subject", "label", "caption", "text":
			// And not: failed to send email error="…".
			w := p.wordBefore(key.start)
			if p.byteAt(w.end) != ' ' {
				break
			}
			if w.is(titled) && !assigns(p.byteAt(w.start-1)) || p.isWritten(w) {
				return Topic
			}
		}
	case c == ',' && (bytes.HasSuffix(p.line[:i-1], []byte("contains")) || bytes.Contains(p.line[max(0, open-40):open], []byte("contains("))):
		return Condition
	case c == '(' && i == open:
		return p.argument(i - 1)
	case spaceByte(p.byteAt(open - 1)):
		w := p.wordBefore(open)
		if w.end == i && w.is(directive) {
			return Code
		}
		if w.end == i && w.is(titled) {
			return Topic
		}
		if w.end == i && w.n > 0 && digit(w.buf[w.n-1]) { // ticket 12 "Login failed on iPad"
			for w.start > 0 && (identByte(p.line[w.start-1]) || p.line[w.start-1] == '-' || p.line[w.start-1] == '#') {
				w.start--
			}
			if w = p.wordBefore(w.start); w.is(titled) {
				return Topic
			}
			if w.is(directive) {
				return Code
			}
		}
	}
	return None
}

// ofTicket tells whether what became of a ticket ends at i, before the colon in front of
// its title: ticket #12 closed: "…".
func (p *place) ofTicket(i int) bool {
	w := p.wordBefore(i)
	switch string(w.text()) {
	case "closed", "opened", "created", "reopened", "assigned", "updated", "merged":
	default:
		return false
	}
	if w = p.wordBefore(w.start); w.n == 0 || !digit(w.buf[w.n-1]) {
		return false
	}
	if w.start > 0 && p.line[w.start-1] == '#' {
		w.start--
	}
	w = p.wordBefore(w.start)
	return w.is(titled)
}

// isWritten tells whether w, before the title of something, says what was done with what
// somebody writes: post created, thread closed.
func (p *place) isWritten(w word) bool {
	switch string(w.text()) {
	case "closed", "opened", "created", "reopened", "assigned", "updated", "posted", "published", "saved":
	default:
		return false
	}
	switch w = p.wordBefore(w.start); string(w.text()) {
	case "post", "thread", "topic", "task", "todo", "card", "comment", "question", "answer", "note":
		return true
	}
	return w.is(titled)
}

// assigns tells whether what stands behind c is the value of something:
// channel=email, path/email.
func assigns(c byte) bool { return c == '=' || c == ':' || c == '/' }

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

// isRemark tells whether the evidence begins the comment after a statement, or is
// the message of a rule in Rego: } # 403 Forbidden, violation[{"msg": "…"}] {
func (p *place) isRemark() bool {
	if hasFold(p.line[p.right:], `"}] {`) || hasFold(p.line[p.right:], `"}] if`) {
		return true
	}
	if bytes.Contains(p.line[p.end:], []byte("*/")) {
		before := p.line[:p.start]
		if i := bytes.LastIndex(before, []byte("/*")); i > bytes.LastIndex(before, []byte("*/")) && (i == 0 || before[i-1] == ' ') {
			return true // and not accept=*/*
		}
	}
	if i := bytes.LastIndex(p.line[:p.start], []byte("; # ")); i >= 0 && p.whole && bytes.IndexByte(p.line[:i], ':') < 0 {
		return true // deny all; # 403 for files that begin with a dot
	}
	i := p.left
	if p.byteAt(i-1) != ' ' {
		return false
	}
	switch i--; {
	case p.byteAt(i-1) == '#':
		i--
	case p.byteAt(i-1) == '/' && p.byteAt(i-2) == '/':
		i -= 2
	default:
		return false
	}
	switch p.byteAt(p.beforeSpaces(i) - 1) {
	case ';', '}', ')', ']', '{':
		return true
	}
	return false
}

// keyIsStatus tells whether the key of a map is a status or the code of an exit;
// i is where the sign between key and value ends.
func (p *place) keyIsStatus(i int) bool {
	arrow := p.line[i] == '>'
	if arrow {
		if i--; p.byteAt(i) != '=' && p.byteAt(i) != '-' {
			return false
		}
	}
	w := p.wordBefore(i)
	if w.n == 0 || w.n > 3 || !digit(w.buf[0]) || !digit(w.buf[w.n-1]) {
		return false
	}
	if arrow {
		return true
	}
	switch c := p.byteAt(p.beforeSpaces(p.beforeQuotes(w.start)) - 1); c {
	case '{', ',':
		return true
	}
	return p.line[i] == '=' && w.n == 3 && w.end == i
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
	for _, mark := range [...]string{"{0}", "${", "{{ $", "{{$", "{{ .", "{{."} {
		if bytes.Contains(after, []byte(mark)) {
			return true
		}
	}
	return false
}

// piped tells whether what a search was for is followed by what is done with
// the hits: "authentication failed" | stats count.
func (p *place) piped(i int) bool {
	if i = p.afterSpaces(i); p.byteAt(i) != '|' {
		return false
	}
	w := p.wordAfter(i + 1)
	switch string(w.text()) {
	case "stats", "where", "count", "limit", "sort", "head", "timechart", "table", "summarize", "project", "line_format", "json", "logfmt", "fields", "wc", "grep", "parse":
		return true
	}
	return false
}

// argument tells what the bracket at i makes of the evidence, if it opens the
// arguments of a call in source code: errors.New("…"), throw new Denied("…"),
// expect(x).toBe("…"). The printed
// form of an error has none of these names or words: Denied("…").
func (p *place) argument(i int) Kind {
	start := i
	for start > 0 && (elementByte(p.line[start-1]) || p.line[start-1] == ':') {
		start--
	}
	name := p.line[start:i]
	if dot := bytes.LastIndexByte(name, '.'); dot >= 0 {
		switch string(name[dot+1:]) {
		case "toBe", "toEqual", "toContain", "toMatch", "toThrow", "contains", "equals", "isEqualTo", "hasMessage":
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
	}
	w := p.wordBefore(start)
	switch string(w.text()) {
	case "new", "raise", "throw", "return":
		return Code
	}
	return None
}
