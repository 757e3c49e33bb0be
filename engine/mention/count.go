package mention

import "bytes"

// isZero tells whether the evidence is counted and the count is 0, or is a
// setting that is off: AccessDenied=0, "login failed": false, 403 errors: 0.
func (p *place) isZero() bool {
	switch {
	case quoteByte(p.byteAt(p.right)) && p.byteAt(p.right+1) == ',' && p.countsNone(p.right+2):
		return true
	case (p.byteAt(p.right-1) == 's' && p.right > p.end || string(p.line[p.end:p.right]) == "en") && p.endsInNone(): // in German, Anmeldungen
		return true
	case digit(p.byteAt(p.end-1)) && p.byteAt(p.end) == ' ':
		if w := p.wordAfter(p.end); w.is(unit) {
			return true // received 403 bytes
		}
	}
	i := p.right
	for i > p.end-2 && (spaceByte(p.byteAt(i-1)) || p.byteAt(i-1) == ':') {
		i--
	}
	for range 3 {
		w := p.wordAfter(i)
		if !w.is(failureNoun) && !w.is(tally) {
			break
		}
		i = w.end
	}
	i = p.afterQuotes(i)
	j := p.afterSpaces(i)
	if c := p.byteAt(j); c == '=' || c == ':' || c == '|' {
		j++
	} else if c == '.' && p.byteAt(j+1) == '.' && p.byteAt(j+2) == '.' { // Access denied ..... 0
		for p.byteAt(j) == '.' {
			j++
		}
	} else if j == i {
		return false
	}
	j = p.afterQuotes(p.afterSpaces(j))
	end := j
	for end < len(p.line) && (identByte(p.line[end]) || p.line[end] == '.' && digit(p.byteAt(end+1))) {
		end++
	}
	switch string(p.line[j:end]) {
	case "0", "0.0", "0.00", "0件", "0건", "0次", "0回":
	case "disabled":
		return p.byteAt(i) != ' ' && p.isTerm() // Login failed: disabled
	case "false", "none", "retryable", "ignored":
		return p.byteAt(i) != ' '
	default:
		return false
	}
	return p.ends(end)
}

// countsNone tells whether what begins at i is a count of none: "count":0.
func (p *place) countsNone(i int) bool {
	w := p.wordAfter(p.afterQuotes(p.afterSpaces(i)))
	if !w.is(tally) {
		return false
	}
	if i = p.afterQuotes(w.end); p.byteAt(i) != ':' && p.byteAt(i) != '=' {
		return false
	}
	w = p.wordAfter(p.afterSpaces(i + 1))
	return string(w.text()) == "0" && p.byteAt(w.end) != '.'
}

// endsInNone tells whether the message goes on with words only, and ends in none:
// login failures in the last hour: 0, failed logins (24h): 0.
func (p *place) endsInNone() bool {
	words := func(c byte) bool { return letter(c) || digit(c) || c == ' ' }
	i := p.after(p.right, words)
	if p.byteAt(i) == '(' {
		if i = p.after(i+1, words); p.byteAt(i) == ')' {
			i++
		}
	}
	if p.byteAt(i) != ':' {
		return false
	}
	w := p.wordAfter(p.afterSpaces(i + 1))
	return (string(w.text()) == "0" || string(w.text()) == "none") && p.atEnd(w.end)
}

// isSample tells whether the evidence is a label of a metric's sample, in the
// text format of Prometheus: errors{code="AccessDenied"} 3.
func (p *place) isSample() bool {
	if p.byteAt(p.right) == '{' && identByte(p.byteAt(p.right+1)) { // auth_failed{error="…"} 0
		end := bytes.IndexByte(p.line[p.right:], '}') + p.right + 1
		return end > p.right && p.byteAt(end) == ' ' && digit(p.byteAt(end+1))
	}
	end := bytes.IndexByte(p.line[p.right:], '}')
	if end < 0 {
		return false
	}
	value := p.opensString()
	if value < 0 || p.line[value] != '"' || p.byteAt(value-1) != '=' {
		return false
	}
	open := bytes.LastIndexByte(p.line[:value], '{')
	if open < 0 || !identByte(p.byteAt(open-1)) {
		return false
	}
	end += p.right + 1
	return (p.byteAt(end) == ' ' || p.byteAt(end) == '[') && digit(p.byteAt(end+1))
}

// ends tells whether a value ends at i: no unit or noun follows it.
func (p *place) ends(i int) bool {
	switch c := p.byteAt(i); {
	case c == 0, c == ',', c == ';', c == '|', c == '.', c == '/', c == '%', closesBracket(c), quoteByte(c):
		return true
	case !spaceByte(c):
		return false
	}
	w := p.wordAfter(i)
	switch c := p.byteAt(w.end); {
	case w.start == w.end, digit(p.line[w.start]), c == '=', c == ':':
		return true
	}
	return string(w.text()) == "in" || string(w.text()) == "since" || string(w.text()) == "total"
}
