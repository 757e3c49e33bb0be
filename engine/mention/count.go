package mention

import "bytes"

// isZero tells whether the evidence is counted and the count is 0, or is a
// setting that is off: AccessDenied=0, "login failed": false, 403 errors: 0.
func (p *place) isZero() bool {
	if quoteByte(p.byteAt(p.right)) && p.byteAt(p.right+1) == ',' && p.countsNone(p.right+2) || p.isPlural() && p.endsInNone() || p.isQuantity() {
		return true
	}
	if hasFold(p.line[p.right:], " (0)") {
		return p.isTerm()
	}
	i := p.afterNouns()
	value, ok := p.valueAfter(i)
	if !ok {
		return false
	}
	end := p.afterNumber(value)
	adjacent := p.byteAt(i) != ' '
	switch string(p.line[value:end]) {
	case "0", "0.0", "0.00", "0件", "0건", "0次", "0回":
		return p.ends(end)
	case "none":
		return adjacent && p.ends(end)
	case "false", "retryable", "ignored":
		return adjacent
	case "disabled": // Login failed: disabled
		return adjacent && p.isTerm()
	}
	return false
}

// isPlural tells whether the evidence goes on as a plural, in English or in German:
// failed logins, Anmeldungen.
func (p *place) isPlural() bool {
	return p.byteAt(p.right-1) == 's' && p.right > p.end || string(p.line[p.end:p.right]) == "en"
}

// isQuantity tells whether the evidence ends in a number that counts something else:
// received 403 bytes.
func (p *place) isQuantity() bool {
	return digit(p.byteAt(p.end-1)) && p.byteAt(p.end) == ' ' && p.wordAfter(p.end).is(unit)
}

// afterNouns returns where what the count counts ends: AccessDenied errors total.
func (p *place) afterNouns() int {
	i := p.right
	for i > p.end-2 && (spaceByte(p.byteAt(i-1)) || p.byteAt(i-1) == ':') {
		i--
	}
	for range 3 {
		w := p.wordAfter(i)
		if !w.is(failureNoun | tally) {
			break
		}
		i = w.end
	}
	return p.afterQuotes(i)
}

// valueAfter returns where the value begins of the key that ends at i, if there is anything
// between them: a sign, dots, a space.
func (p *place) valueAfter(i int) (value int, ok bool) {
	j := p.afterSpaces(i)
	switch c := p.byteAt(j); {
	case c == '=', c == ':', c == '|':
		j++
	case c == '.' && p.byteAt(j+1) == '.' && p.byteAt(j+2) == '.': // Access denied ..... 0
		j = p.after(j, func(c byte) bool { return c == '.' })
	case j == i:
		return 0, false
	}
	return p.afterQuotes(p.afterSpaces(j)), true
}

// afterNumber returns where the word or the number, with a fraction, ends that begins at i.
func (p *place) afterNumber(i int) int {
	for i < len(p.line) && (identByte(p.line[i]) || p.line[i] == '.' && digit(p.byteAt(i+1))) {
		i++
	}
	return i
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
	return w.equals("0") && p.byteAt(w.end) != '.'
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
	return w.isOneOf("0", "none") && p.atEnd(w.end)
}

// isSample tells whether the evidence is a label of a metric's sample, in the
// text format of Prometheus, or the name: errors{code="AccessDenied"} 3.
func (p *place) isSample() bool {
	end := bytes.IndexByte(p.line[p.right:], '}') + p.right + 1
	if end <= p.right || !digit(p.byteAt(end+1)) {
		return false
	}
	if p.byteAt(p.right) == '{' && identByte(p.byteAt(p.right+1)) { // auth_failed{error="…"} 0
		return p.byteAt(end) == ' '
	}
	value := p.opensString()
	if i := bytes.IndexByte(p.line[p.start:p.end], '"'); i > 0 { // of a rule that asks for the label too
		value = p.start + i
	}
	if value < 0 || p.line[value] != '"' || p.byteAt(value-1) != '=' {
		return false
	}
	open := bytes.LastIndexByte(p.line[:value], '{')
	return open > 0 && identByte(p.line[open-1]) && (p.byteAt(end) == ' ' || p.byteAt(end) == '[')
}

// describesMetric tells whether the line says what a metric counts, in the text format of Prometheus:
// # HELP logins_failed_total Logins with invalid credentials.
func (p *place) describesMetric() bool { return bytes.HasPrefix(p.line, []byte("# HELP ")) }

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
	return w.isOneOf("in", "since", "total")
}
