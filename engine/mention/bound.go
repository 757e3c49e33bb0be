package mention

import "bytes"

// isLimit tells whether the evidence, after "max", is what a setting limits:
// max failed login attempts: 5, max failed logins 5, maximum failed logins has been set to 5.
func (p *place) isLimit() bool {
	i := p.right
	if w := p.wordAfter(i); w.is(failureNoun) {
		i = w.end
	}
	if p.previous(p.nearest()).equals("invalid") { // invalid max failed login attempts
		return true
	}
	set := p.wordAfter(i)
	for range 2 {
		if set.isOneOf("has", "have", "been", "is", "are", "was") {
			set = p.next(set)
		}
	}
	if set.equals("set") && p.next(set).equals("to") {
		return true
	}
	c, number := p.byteAt(i), p.wordAfter(i)
	return (c == ':' || c == '=') && digit(p.byteAt(p.afterSpaces(i+1))) || number.isNumber() && p.atEnd(number.end)
}

// isBound tells whether number, before the evidence, is the most that a setting allows:
// max 5 failed logins, up to 3 failed logins. That it was exceeded is a report.
func (p *place) isBound(number word) bool {
	w := p.wordBefore(number.start)
	if string(w.text()) == "of" {
		w = p.wordBefore(w.start)
	}
	before := p.wordBefore(w.start)
	switch string(w.text()) {
	case "max", "maximum":
	case "most":
		if string(before.text()) != "at" {
			return false
		}
	case "to":
		if string(before.text()) != "up" {
			return false
		}
	case "after": // addresses will be banned for 300 s after 5 failed logins
		clause := p.line[p.before(w.start, func(c byte) bool { return c != '.' && c != ';' && c != ':' }):w.start]
		return bytes.Contains(clause, []byte(" will be "))
	default:
		return false
	}
	for range 4 { // exceeded the …, locked after …
		if passes(before) {
			return false
		}
		before = p.wordBefore(before.start)
	}
	return !p.isPassed()
}

// isPassed tells whether a word soon after the evidence says that a limit was reached:
// … were exceeded.
func (p *place) isPassed() bool {
	next := p.wordAfter(p.right)
	for range 4 {
		if passes(next) {
			return true
		}
		next = p.wordAfter(next.end)
	}
	return false
}

// passes tells whether w says that a bound was met or passed, or what came of it.
func passes(w word) bool {
	switch string(w.text()) {
	case "exceeded", "exceeds", "exceeding", "exceed", "reached", "reaches", "reaching", "hit", "over", "beyond", "passed", "locked", "blocked":
		return true
	}
	return false
}
