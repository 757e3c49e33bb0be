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
	case c == ',' && p.isAnswer(i-1):
		return Code
	case c == '=' && i == open: // panel title="…"
		w := p.wordBefore(i - 1)
		if w = p.wordBefore(w.start); titled(w.text()) && p.byteAt(w.end) == ' ' && !assigns(p.byteAt(w.start-1)) {
			return Topic
		}
	case c == ',' && (bytes.HasSuffix(p.line[:i-1], []byte("contains")) || bytes.Contains(p.line[max(0, open-40):open], []byte("contains("))):
		return Condition
	case c == '(' && i == open:
		return p.argument(i - 1)
	case spaceByte(p.byteAt(open - 1)):
		w := p.wordBefore(open)
		if w.end == i && directive(w.text()) {
			return Code
		}
		if w.end == i && titled(w.text()) {
			return Topic
		}
		if w.end == i && w.n > 0 && digit(w.buf[w.n-1]) { // ticket 12 "Login failed on iPad"
			for w.start > 0 && (identByte(p.line[w.start-1]) || p.line[w.start-1] == '-' || p.line[w.start-1] == '#') {
				w.start--
			}
			if w = p.wordBefore(w.start); titled(w.text()) {
				return Topic
			}
			if directive(w.text()) {
				return Code
			}
		}
	}
	return None
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
	return bytes.Contains(after, []byte("{0}")) || bytes.Contains(after, []byte("${"))
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
		case "error", "warn", "info", "debug", "warning", "fatal", "println", "printf", "log", "format":
			return Code
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

// titled tells whether w is what has a title: an issue, an article, a monitor.
func titled(w []byte) bool {
	switch string(w) {
	case "email", "issue", "ticket", "incident", "pr", "story", "article", "document", "video", "template", "monitor", "alarm", "alert",
		"rule", "panel", "dashboard", "chart", "flag", "subject", "titled", "entitled", "page", "screen", "banner", "translation",
		"label", "version", "movie", "song", "book", "condition",
		"displays", "shows", "renders":
		return true
	}
	return false
}

// isMapped tells whether the evidence is the key of a setting whose value says
// what to do: ExpiredToken: refresh, "AccessDenied" => "abort".
func (p *place) isMapped() bool {
	i := p.afterQuotes(p.right)
	j := p.afterSpaces(i)
	switch c := p.byteAt(j); {
	case c == '=' && p.byteAt(j+1) == '>':
		j += 2
	case c == '=' || c == ':':
		j++
	default:
		return false
	}
	j = p.afterSpaces(j)
	if p.byteAt(j) == '{' { // "AccessDenied":{"action":"drop"}
		w := p.wordAfter(p.afterQuotes(j + 1))
		switch string(w.text()) {
		case "action", "retry", "retryable", "severity", "strategy", "handler", "description":
			return true
		}
		return false
	}
	quoted := quoteByte(p.byteAt(j))
	j = p.afterQuotes(j)
	if p.byteAt(j) == ':' { // a symbol of Ruby
		j++
	}
	w := p.wordAfter(j)
	if s := string(w.text()); (s == "401" || s == "403") && p.byteAt(w.start-1) != ':' && w.start == j {
		return p.byteAt(p.afterSpaces(i)) == '=' && p.isTerm() && p.ends(w.end) // UNAUTHENTICATED=401
	}
	if string(w.text()) == "true" && !upper(p.byteAt(p.left)) {
		return false // login_failed: true
	}
	switch string(w.text()) {
	case "fatal", "permanent", "terminate", "stop":
		if !p.isTerm() {
			return false // authentication failed: fatal
		}
	}
	switch c := p.byteAt(w.end); {
	case w.start != j, !measure(w.text()), quoted && c == '-':
		return quoted && p.isTerm() && p.isEntry(j)
	case c == 0, c == ',', c == ';', closesBracket(c), quoteByte(c):
		return true
	case c == ' ':
		return p.byteAt(p.right) == '=' && p.byteAt(p.right+1) != ' ' || closesBracket(p.byteAt(p.afterSpaces(w.end)))
	}
	return false
}

// isEntry tells whether the evidence is a key in a map in braces, and the value
// at i a single word in lower case: { invalid_grant: 'show-login' }.
func (p *place) isEntry(i int) bool {
	if c := p.byteAt(p.beforeSpaces(p.beforeQuotes(p.left)) - 1); c != '{' && c != ',' {
		return false
	}
	end := i
	for end < len(p.line) && ('a' <= p.line[end] && p.line[end] <= 'z' || p.line[end] == '-') {
		end++
	}
	return end > i && quoteByte(p.byteAt(end))
}

// measure tells whether w is what a setting says is to be done about a failure.
func measure(w []byte) bool {
	switch string(w) {
	case "retry", "retryable", "refresh", "fatal", "abort", "halt", "drop", "ignore", "skip", "discard", "terminate", "logout", "reconnect",
		"backoff", "resync", "rethrow", "escalate", "alert", "page", "permanent", "transient", "clock_skew", "never", "always",
		"true", "false", "stop", "reauthenticate", "relogin", "renew":
		return true
	}
	return false
}
