package mention

import "bytes"

// isKey tells whether the evidence is a key of a printed map, other than of
// counts: {AccessDeniedException=/error/403}.
func (p *place) isKey() bool {
	if p.byteAt(p.right) != '=' || digit(p.byteAt(p.right+1)) {
		return false
	}
	switch i := p.beforeSpaces(p.qualified()); p.byteAt(i - 1) {
	case '{':
		return true
	case ',':
		return bytes.LastIndexByte(p.line[:i], '{') > bytes.LastIndexByte(p.line[:i], '}')
	}
	return false
}

// isMapped tells whether the evidence is the key of a setting whose value says
// what to do: ExpiredToken: refresh, "AccessDenied" => "abort".
func (p *place) isMapped() bool {
	if p.byteAt(p.start-1) == '{' && hasAnyFold(p.line[p.right:], ", retry: ", ", retryable: ", `,"retry":`, `,"retryable":`) {
		return true // AccessDenied: {status: 403, retry: false}
	}
	key := p.afterQuotes(p.right)
	i, ok := p.afterAssignment(key)
	if !ok {
		return false
	}
	if p.byteAt(i) == '{' { // "AccessDenied":{"action":"drop"}
		w := p.wordAfter(p.afterQuotes(i + 1))
		return w.isOneOf("action", "retry", "retryable", "severity", "strategy", "handler", "description") ||
			w.isOneOf("status", "code") && containsAny(p.line[w.end:], "retry: ", `"retry":`, "retryable: ", `"retryable":`)
	}
	if p.isTranslated(key, i) {
		return true
	}
	quoted := quoteByte(p.byteAt(i))
	i = p.afterQuotes(i)
	if p.byteAt(i) == ':' { // a symbol of Ruby
		i++
	}
	w := p.wordAfter(i)
	switch string(w.text()) {
	case "401", "403": // UNAUTHENTICATED=401
		if w.start == i && p.byteAt(i-1) != ':' {
			return p.byteAt(p.afterSpaces(key)) == '=' && p.isTerm() && p.ends(w.end)
		}
	case "true": // login_failed: true
		if !upper(p.byteAt(p.left)) {
			return false
		}
	case "fail": // AccessDenied -> fail
		return p.byteAt(p.afterSpaces(key)+1) == '>' && p.isTerm() && p.endsValue(w.end)
	case "fatal", "permanent", "terminate", "stop": // authentication failed: fatal
		if !p.isTerm() {
			return false
		}
	}
	if w.start != i || !w.is(measure) || quoted && p.byteAt(w.end) == '-' {
		return quoted && p.isTerm() && p.isEntry(i)
	}
	return p.endsValue(w.end)
}

// isTranslated tells whether the evidence, a key that ends at key, is an entry of a table
// that has a constant or a status of HTTP for it, which begins at i:
// AccessDenied -> FORBIDDEN, {"AccessDenied": 403, "ExpiredToken": 400}.
func (p *place) isTranslated(key, i int) bool {
	if !p.isTerm() {
		return false
	}
	if w := p.wordAfter(i); w.start == i && w.isStatus() {
		next := p.afterSpaces(w.end)
		among := p.byteAt(p.beforeSpaces(p.beforeQuotes(p.left))-1) == ',' || p.byteAt(next) == ',' && quoteByte(p.byteAt(p.afterSpaces(next+1)))
		return p.isQuoted() && among && (p.byteAt(next) == ',' || p.byteAt(next) == '}')
	}
	end := p.after(i, func(c byte) bool { return upper(c) || c == '_' })
	return end-i > 3 && p.byteAt(p.afterSpaces(key)+1) == '>' && p.endsValue(end)
}

// endsValue tells whether the value of the evidence's key ends at i.
func (p *place) endsValue(i int) bool {
	switch c := p.byteAt(i); {
	case c == 0, c == ',', c == ';', closesBracket(c), quoteByte(c):
		return true
	case c == ' ':
		return p.byteAt(p.right) == '=' && p.byteAt(p.right+1) != ' ' || closesBracket(p.byteAt(p.afterSpaces(i)))
	}
	return false
}

// afterAssignment returns where the value begins of the key that ends at i, if it has one.
func (p *place) afterAssignment(i int) (value int, ok bool) {
	i = p.afterSpaces(i)
	switch c := p.byteAt(i); {
	case c == '=' && p.byteAt(i+1) == '>', c == '-' && p.byteAt(i+1) == '>':
		return p.afterSpaces(i + 2), true
	case c == '=', c == ':':
		return p.afterSpaces(i + 1), true
	}
	return 0, false
}

// isEntry tells whether the evidence is a key in a map in braces, and the value
// at i a single word in lower case: { invalid_grant: 'show-login' }.
func (p *place) isEntry(i int) bool {
	if c := p.byteAt(p.beforeSpaces(p.beforeQuotes(p.left)) - 1); c != '{' && c != ',' {
		return false
	}
	end := p.after(i, hyphenated)
	return end > i && quoteByte(p.byteAt(end))
}

// isArm tells whether the line is of source, and maps the evidence that it begins with to a
// name: "ExpiredToken": errors.Expired, or | InvalidAccessKeyIdError(_) => Kind::Auth,
func (p *place) isArm() bool {
	if len(bytes.Trim(p.line[:p.beforeQuotes(p.qualified())], "+-| \t")) > 0 {
		return false
	}
	i := p.right
	switch c := p.byteAt(p.afterSpaces(i)); {
	case p.isQuoted():
		i++
	case c == '(' || c == '{': // a pattern
		n := bytes.IndexAny(p.line[i:], ")}")
		if n < 0 {
			return false
		}
		i += n + 1
	}
	value, ok := p.afterAssignment(i)
	if !ok || !p.isQuoted() && bytes.IndexByte(p.line[i:value], '>') < 0 {
		return false
	}
	end := p.after(value, func(c byte) bool { return identByte(c) || c == '.' || c == ':' })
	name := bytes.TrimRight(p.line[value:end], ".:")
	return letter(p.byteAt(value)) && bytes.ContainsAny(name, ".:") && p.byteAt(end) == ',' && end+1 == len(bytes.TrimRight(p.line, " \t"))
}
