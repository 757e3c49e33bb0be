package mention

import "bytes"

// isCompared tells whether the evidence is an operand, or part of an expression
// that searches: err.Code == "AccessDenied", LIKE '%Access denied%'.
func (p *place) isCompared() bool {
	q := p.qualified()
	return p.isPiped() || p.inStatement() || wildcard(p.line[p.right:]) || p.isSearched() || p.isPartOfPattern(q) || p.isRightSide(q) || p.isLeftOfArrow()
}

// isPiped tells whether the evidence ends a condition of a search in logs, and what becomes
// of what it finds follows: errorCode=AccessDenied | stats count by user.
func (p *place) isPiped() bool {
	i := p.afterQuotes(p.right)
	if p.byteAt(i) != ' ' || p.byteAt(i+1) != '|' || p.byteAt(i+2) != ' ' {
		return false
	}
	return p.wordAfter(i+3).isOneOf("stats", "summarize", "timechart", "eventstats", "dedup", "top", "where", "sort", "fields")
}

// isPartOfPattern tells whether the evidence, with the name that begins at q, has a sign
// next to it that a pattern has there: '%Access denied%', "*AccessDenied*", /AccessDenied/.
func (p *place) isPartOfPattern(q int) bool {
	before, after := p.byteAt(q-1), p.byteAt(p.right)
	outer := p.byteAt(q - 2)
	switch {
	case after == '*' && identByte(p.byteAt(p.right-1)), after == '%' && !digit(p.byteAt(p.right+1)):
		return true
	case before == '*', before == '%':
		return quoteByte(outer)
	case before == '?': // a filter pattern of CloudWatch Logs
		return identByte(p.byteAt(p.left)) && (outer == ' ' || quoteByte(outer))
	}
	return before == '/' && after == '/' && outer != '/'
}

// isRightSide tells whether the evidence, with the name that begins at q, is what
// something is compared with: code != "AccessDenied", { $.errorCode = "AccessDenied" }.
func (p *place) isRightSide(q int) bool {
	i := p.beforeSpaces(p.beforeQuotes(q)) - 1
	first := p.byteAt(i - 1)
	switch p.byteAt(i) {
	case '~':
		return first == '=' || first == '!'
	case '=':
		return first == '=' || first == '!' || p.isConditionOn(i, q)
	}
	return false
}

// isConditionOn tells whether the equals sign at i compares, and does not say what
// happened: $1 = 'AccessDenied', where code = 'AccessDenied', alertname="AccessDenied".
func (p *place) isConditionOn(i, q int) bool {
	start := p.before(p.beforeSpaces(i), func(c byte) bool { return elementByte(c) || c == '$' })
	if p.byteAt(start) == '$' && (p.byteAt(start+1) == '.' || digit(p.byteAt(start+1))) {
		return true
	}
	if p.wordBefore(start).isOneOf("where", "filter", "when", "expression") {
		return true
	}
	switch key := p.wordBefore(i); string(key.text()) {
	case "alarm_name", "alarmname", "alertname", "rule_name", "rulename", "metric_name", "metricname":
		return true
	case "match", "matches", "pattern", "regex", "contains", "expr":
		return p.byteAt(q-1) == '"'
	}
	return false
}

// isLeftOfArrow tells whether an arrow behind the evidence shows what is made of it:
// AccessDenied -> 403.
func (p *place) isLeftOfArrow() bool {
	i := p.afterSpaces(p.afterQuotes(p.right))
	for _, arrow := range [...]string{"->", "=>", "→"} {
		if hasFold(p.line[i:], arrow) {
			return p.isOneOfArrows(i, arrow) || p.isMappedTo(i+len(arrow))
		}
	}
	return false
}

// isOneOfArrows tells whether the arrow at i is one of a list without spaces:
// AccessDenied->denied, Throttling->throttled.
func (p *place) isOneOfArrows(i int, arrow string) bool {
	end := p.after(i+len(arrow), elementByte)
	return i == p.right && end > i+len(arrow) && p.isTerm() &&
		(p.byteAt(end) == ',' || p.byteAt(p.left-1) == ' ' && p.byteAt(p.left-2) == ',') && bytes.Count(p.line, []byte(arrow)) > 1
}

// isMappedTo tells whether what stands at i, behind an arrow, is what such a failure
// becomes: a status, a handler, or what is in quotes as the evidence is.
func (p *place) isMappedTo(i int) bool {
	if p.isQuoted() && quoteByte(p.byteAt(p.afterSpaces(i))) {
		return true
	}
	w := p.wordAfter(i)
	return w.isStatusOrClass() || w.is(thing) || thingSuffix(p.line[w.start:w.end])
}

// isSearched tells whether the evidence is the value of an address' parameter that
// holds what is searched for: /search?q=AccessDenied.
func (p *place) isSearched() bool {
	if p.byteAt(p.left-1) != '=' {
		return false
	}
	i := p.before(p.left-1, letter)
	if c := p.byteAt(i - 1); c != '?' && c != '&' {
		return false
	}
	return p.word(i, p.left-1).isOneOf("q", "query", "search", "s", "keyword", "keywords", "term", "filter", "text", "find")
}

// wildcard tells whether text begins with a part of a regular expression.
func wildcard(text []byte) bool {
	return hasAnyFold(text, ".*", ".+", "%{", " %{", " .*", " .+", "\\s", "\\d", "\\b", " \\s+", " \\s*", "(?")
}
