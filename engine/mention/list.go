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
	l, r := p.beforeQuotes(me.start), p.afterQuotes(me.end)
	l, r = p.beforeSpaces(l), p.afterSpaces(r)
	before, after := p.byteAt(l-1), p.byteAt(r)
	if (before == ':' || before == '=') && (p.atEnd(p.right) || separator(after)) && p.isTerm() && p.exempts(l-1) {
		return true
	}
	if separator(before) && p.isTerm() && p.inExempted(l) {
		return true
	}
	if closesBracket(after) || separator(after) || before == '[' || separator(before) || letter(after) && p.isTerm() {
		if open := p.opensList(l); open >= 0 && p.setting(open) {
			return true
		}
	}
	// Fast path: most evidence stands in a sentence.
	if !separator(before) && !separator(after) {
		return false
	}
	if p.inStatuses() {
		return true
	}
	left, first, opened := p.elementsBefore(l, me)
	right, closed := p.elementsAfter(r, me)
	switch others := left + right; {
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
		if digit(p.line[i]) && digit(p.line[i+1]) && digit(p.line[i+2]) && p.line[i+3] == ' ' && upper(p.line[i+4]) &&
			p.byteAt(i-1) == ' ' && p.byteAt(i-2) == ',' {
			n++
		}
	}
	return n > 1
}

// isOfCodes tells whether w, behind a word that says what becomes of them, is what the
// codes of a list are called: allowed errors, supported codes.
func (p *place) isOfCodes(w word) bool {
	switch string(w.text()) {
	case "errors", "codes", "error_codes":
	default:
		return false
	}
	switch w = p.wordBefore(w.start); string(w.text()) {
	case "allowed", "supported", "possible", "known", "handled", "ignored", "expected", "valid":
		return true
	}
	return false
}

// exempts tells whether the sign at i ends the key of a setting that names
// failures which do not count: ignore-exceptions=a.b.AccessDeniedException.
func (p *place) exempts(i int) bool {
	end := p.beforeQuotes(p.beforeSpaces(i))
	start := p.before(end, elementByte)
	if upper(p.byteAt(start)) && p.line[i] == ':' {
		return false // RetryableError: … is how a class begins its message
	}
	for i := start; i < end; i++ {
		for _, w := range [...]string{"ignor", "retryable", "exclud", "suppress"} {
			if hasFold(p.line[i:end], w) {
				return true
			}
		}
	}
	return false
}

// inExempted tells whether i is in the value of a setting that names failures which
// do not count, with nothing but names and commas from there:
// retryable_errors: Throttling, AccessDenied.
func (p *place) inExempted(i int) bool {
	for i > 0 && (elementByte(p.line[i-1]) || separator(p.line[i-1]) || spaceByte(p.line[i-1]) || quoteByte(p.line[i-1])) {
		i--
	}
	return (p.byteAt(i-1) == ':' || p.byteAt(i-1) == '=') && p.exempts(i-1)
}

// opensList returns the place where the list begins that i is in, with nothing
// but names and what separates them in between: that of a square bracket, or
// after an equals sign; or -1.
func (p *place) opensList(i int) int {
	for i > 0 && (elementByte(p.line[i-1]) || separator(p.line[i-1]) || spaceByte(p.line[i-1]) || quoteByte(p.line[i-1])) {
		i--
	}
	switch p.byteAt(i - 1) {
	case '[':
		return i - 1
	case '=':
		return i
	}
	return -1
}

// isItem tells whether the evidence is an item of a YAML list of several.
func (p *place) isItem() bool {
	i := p.beforeSpaces(p.beforeQuotes(p.left))
	if p.byteAt(i-1) != '-' || !p.whole || p.afterSpaces(p.afterQuotes(p.right)) != len(p.line) && !p.atEnd(p.right) || p.afterSpaces(p.carried()) != i-1 {
		return false
	}
	end := p.at + len(p.line)
	next := p.text[min(end+1, len(p.text)):min(len(p.text), end+lineReach)]
	if i := bytes.IndexByte(next, '\n'); i >= 0 {
		next = next[:i]
	}
	if i := bytes.IndexByte(next, '"'); i >= 0 && bytes.HasPrefix(bytes.TrimLeft(next, " "), []byte("- ")) {
		next = next[:max(i, 3)] // the end of a string of JSON
	}
	before := bytes.TrimRight(p.text[:p.at], "\n")
	return endsInItem(next) || endsInItem(before[bytes.LastIndexByte(before, '\n')+1:])
}

// endsInItem tells whether a line has nothing after "- " but a name.
func endsInItem(line []byte) bool {
	line = bytes.TrimRight(line, " \t\r\"'")
	i := len(line)
	for i > 0 && elementByte(line[i-1]) {
		i--
	}
	return i < len(line) && bytes.HasSuffix(bytes.TrimRight(line[:i], "\"'"), []byte("- "))
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
