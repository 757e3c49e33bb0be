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
	case w.start != j, !w.is(measure), quoted && c == '-':
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
