package mention

import "bytes"

// maxElements bounds the elements of a list that are read on one side.
const maxElements = 4

// An element of a list is text[start:end] without its quotes.
type element struct{ start, end int }

// inList tells whether the evidence is one of a list of codes: of several in
// brackets or between bars, of three without, or anywhere in the list of a
// setting.
func (p *place) inList() bool {
	me := element{p.qualified(), p.right}
	l := p.beforeSpaces(p.beforeQuotes(me.start))
	r := p.afterSpaces(p.afterQuotes(me.end))
	if p.isExempted(l, r) || p.inSetting(l, r) || p.isTreated(l) {
		return true
	}
	// Fast path: most evidence stands in a sentence.
	if !separator(p.byteAt(l-1)) && !separator(p.byteAt(r)) {
		return false
	}
	return p.inStatuses() || p.amongCodes(l, r, me)
}

// isExempted tells whether the evidence, between the signs before l and at r, is the value
// of a setting that names failures which do not count, or one of its values.
func (p *place) isExempted(l, r int) bool {
	if !p.isTerm() {
		return false
	}
	switch before := p.byteAt(l - 1); {
	case before == ':', before == '=':
		return (p.atEnd(p.right) || separator(p.byteAt(r)) || p.byteAt(r) == ';') && p.exempts(l-1)
	case separator(before), before == ';':
		return p.inExempted(l)
	}
	return false
}

// isTreated tells whether the evidence, behind the sign before l, is in a list of what a
// sentence says is seen to: the following are retried: X, Y. These are not: X, Y.
func (p *place) isTreated(l int) bool {
	if c := p.byteAt(l - 1); !p.isTerm() || c != ':' && !separator(c) {
		return false
	}
	colon := p.before(l, listByte)
	w := p.wordBefore(colon - 1)
	return p.byteAt(colon-1) == ':' && (w.is(treated) || w.equals("not")) && p.previous(w).equals("are")
}

// inSetting tells whether the evidence, between the signs before l and at r, is in the list
// of a setting that says what to do about codes.
func (p *place) inSetting(l, r int) bool {
	before, after := p.byteAt(l-1), p.byteAt(r)
	if !closesBracket(after) && !separator(after) && before != '[' && !separator(before) && !(letter(after) && p.isTerm()) {
		return false
	}
	open := p.opensList(l)
	return open >= 0 && p.setting(open)
}

// amongCodes tells whether enough codes stand beside me, between the signs before l and at
// r: one in brackets or behind what such a list is called, two without.
func (p *place) amongCodes(l, r int, me element) bool {
	left, first, opened := p.elementsBefore(l, me)
	right, closed := p.elementsAfter(r, me)
	switch others := left + right; {
	case left > 0 && right == 0 && letter(p.byteAt(r)) && bytes.IndexByte(p.line[me.start:me.end], ' ') > 0:
		return false // a code and its message: ('AccessDenied', 'Token is invalid here')
	case opened || closed:
		return others > 0
	case others == 1:
		w := p.wordBefore(first - 1)
		return p.byteAt(first-1) == ':' && (w.is(codeList) || p.isOfCodes(w))
	default:
		return others > 1
	}
}

// inStatuses tells whether the evidence is a status of HTTP in a list of three or more:
// 400 Bad Request, 401 Unauthorized, 403 Forbidden.
func (p *place) inStatuses() bool {
	if !digit(p.byteAt(p.start)) {
		return false
	}
	n := 0
	for i := 0; i+4 < len(p.line); i++ {
		if digit(p.line[i]) && digit(p.line[i+1]) && digit(p.line[i+2]) && p.line[i+3] == ' ' && letter(p.line[i+4]) &&
			p.byteAt(i-1) == ' ' && p.byteAt(i-2) == ',' {
			n++
		}
	}
	return n > 1
}

// isOfCodes tells whether w, behind a word that says what becomes of them, is what the
// codes of a list are called: allowed errors, supported codes.
func (p *place) isOfCodes(w word) bool {
	return w.isOneOf("errors", "codes", "error_codes") &&
		p.previous(w).isOneOf("allowed", "supported", "possible", "known", "handled", "ignored", "expected", "valid")
}

// listByte tells whether c may be part of a name in a list, or of what separates them.
func listByte(c byte) bool { return elementByte(c) || separator(c) || spaceByte(c) || quoteByte(c) }

// opensList returns the place where the list begins that i is in, with nothing
// but names and what separates them in between: that of a square bracket, or
// after an equals sign; or -1.
func (p *place) opensList(i int) int {
	i = p.before(i, listByte)
	switch p.byteAt(i - 1) {
	case '[':
		return i - 1
	case '=':
		return i
	}
	return -1
}

// elementsAfter counts the codes that follow, separated alike, and tells whether
// a bracket ends them. i is where the separator stands.
func (p *place) elementsAfter(i int, me element) (n int, closed bool) {
	for n < maxElements && separator(p.byteAt(i)) {
		start := p.afterQuotes(p.afterSpaces(i + 1))
		end := p.after(start, elementByte)
		next := p.afterSpaces(p.afterQuotes(end))
		switch c := p.byteAt(next); {
		case end == start, c == ':', c == '=', !p.code(element{start, end}, me):
			return n, false
		case c != 0 && !separator(c) && !closesBracket(c) && next == end:
			return n, false // more of a sentence
		}
		n, i = n+1, next
	}
	return n, closesBracket(p.byteAt(i))
}

// elementsBefore is elementsAfter in the other direction, and returns the place
// of the first too. i is the place after the separator.
func (p *place) elementsBefore(i int, me element) (n, first int, opened bool) {
	for n < maxElements && separator(p.byteAt(i-1)) {
		end := p.beforeQuotes(p.beforeSpaces(i - 1))
		start := p.before(end, elementByte)
		if end == start || !p.code(element{start, end}, me) {
			return n, i, false
		}
		n, i = n+1, p.beforeSpaces(p.beforeQuotes(start))
	}
	return n, i, opensBracket(p.byteAt(i - 1))
}

// code tells whether e is the name of a failure, and another one than me: a name
// of several words in which one says failure, or a status beside a status.
func (p *place) code(e, me element) bool {
	text, own := p.line[e.start:e.end], p.line[me.start:me.end]
	if bytes.EqualFold(text, own) {
		return false
	}
	if digit(text[0]) {
		return len(text) == 3 && len(own) > 0 && digit(own[0])
	}
	compound := false
	for i := 1; i < len(text); i++ {
		if upper(text[i]) && !upper(text[i-1]) || text[i] == '_' || text[i] == '-' {
			compound = true
		}
	}
	return compound && saysFailure(text)
}
