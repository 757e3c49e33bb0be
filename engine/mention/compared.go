package mention

import "bytes"

// isCompared tells whether the evidence is an operand, or part of an expression
// that searches: err.Code == "AccessDenied", LIKE '%Access denied%'.
func (p *place) isCompared() bool {
	if p.inStatement() || wildcard(p.line[p.right:]) || p.isSearched() {
		return true
	}
	q := p.qualified()
	i := p.beforeSpaces(p.beforeQuotes(q))
	before, after := p.byteAt(q-1), p.byteAt(p.right)
	switch {
	case before == '*' && quoteByte(p.byteAt(q-2)), after == '*' && identByte(p.byteAt(p.right-1)), after == '%' && !digit(p.byteAt(p.right+1)):
		return true
	case before == '?' && identByte(p.byteAt(p.left)) && (p.byteAt(q-2) == ' ' || quoteByte(p.byteAt(q-2))):
		return true // a filter pattern of CloudWatch Logs
	case before == '%' && quoteByte(p.byteAt(q-2)): // LIKE '%Access denied for user%'
		return true
	case before == '/' && after == '/' && p.byteAt(q-2) != '/':
		return true
	case i > 1 && p.line[i-1] == '=' && (p.line[i-2] == '=' || p.line[i-2] == '!'),
		i > 1 && p.line[i-1] == '~' && (p.line[i-2] == '=' || p.line[i-2] == '!'):
		return true
	case i > 0 && p.line[i-1] == '=': // { $.errorCode = "AccessDenied" }
		j := p.beforeSpaces(i - 1)
		for j > 0 && (elementByte(p.line[j-1]) || p.line[j-1] == '$') {
			j--
		}
		if p.byteAt(j) == '$' && (p.byteAt(j+1) == '.' || digit(p.byteAt(j+1))) { // $1 = 'AccessDenied'
			return true
		}
		w := p.wordBefore(j)
		switch string(w.text()) {
		case "where", "filter", "when":
			return true
		}
		key := p.wordBefore(i - 1)
		switch string(key.text()) {
		case "alarm_name", "alarmname", "alertname", "rule_name", "rulename", "metric_name", "metricname":
			return true
		case "match", "matches", "pattern", "regex", "contains", "expr":
			return i != q && p.byteAt(q-1) == '"'
		}
	}
	// AccessDenied -> 403
	j := p.afterSpaces(p.afterQuotes(p.right))
	for _, arrow := range [...]string{"->", "=>", "→"} {
		if hasFold(p.line[j:], arrow) {
			if end := p.after(j+len(arrow), elementByte); j == p.right && end > j+len(arrow) && p.isTerm() &&
				(p.byteAt(end) == ',' || p.byteAt(p.left-1) == ' ' && p.byteAt(p.left-2) == ',') && bytes.Count(p.line, []byte(arrow)) > 1 {
				return true // AccessDenied->denied, Throttling->throttled
			}
			w := p.wordAfter(j + len(arrow))
			if p.isQuoted() && quoteByte(p.byteAt(p.afterSpaces(j+len(arrow)))) {
				return true
			}
			return w.n == 3 && digit(w.buf[0]) || w.is(thing) || thingSuffix(p.line[w.start:w.end])
		}
	}
	return false
}

// isSearched tells whether the evidence is the value of an address' parameter that
// holds what is searched for: /search?q=AccessDenied.
func (p *place) isSearched() bool {
	if p.byteAt(p.left-1) != '=' {
		return false
	}
	i := p.left - 1
	for i > 0 && letter(p.line[i-1]) {
		i--
	}
	if c := p.byteAt(i - 1); c != '?' && c != '&' {
		return false
	}
	w := p.word(i, p.left-1)
	switch string(w.text()) {
	case "q", "query", "search", "s", "keyword", "keywords", "term", "filter", "text", "find":
		return true
	}
	return false
}

// wildcard tells whether text begins with a part of a regular expression.
func wildcard(text []byte) bool {
	for _, w := range [...]string{".*", ".+", "%{", " %{", " .*", " .+", "\\s", "\\d", "\\b", " \\S", "(?"} {
		if hasFold(text, w) {
			return true
		}
	}
	return false
}

// inStatement tells whether the evidence is in a string of an SQL statement.
func (p *place) inStatement() bool {
	open := bytes.LastIndexByte(p.line[:p.start], '\'')
	if open < 0 || open+1 != p.left && bytes.IndexByte(p.line[p.end:], '\'') < 0 {
		return false
	}
	operand := p.isOperand(open)
	if operand && p.at > 0 && p.whole {
		switch w := p.wordAfter(0); string(w.text()) {
		case "and", "or", "where", "when", "else", "set", "values": // a line of a statement
			return true
		}
	}
	for i := range open {
		switch p.line[i] | 0x20 {
		case 'i':
			if hasFold(p.line[i:], "insert into ") && !endsClause(p.line[i:]) && bytes.Count(p.line[i:p.start], []byte("'"))%2 == 1 {
				return true
			}
		case 's', 'u', 'a', 'c', 'w', 'r', 'd':
			if operand && startsStatement(p.line[i:]) && !endsClause(p.line[i:]) && (open+1 == p.left || bytes.Count(p.line[i:p.start], []byte("'"))%2 == 1) {
				return true
			}
		}
	}
	return false
}

// endsClause tells whether what text begins with ends with a colon before its first
// string: update failed: AuthError('…').
func endsClause(text []byte) bool {
	return bytes.Contains(text[:bytes.IndexByte(text, '\'')], []byte(": "))
}

// isOperand tells whether the quote at i opens a string where a value of SQL
// stands. The verbs of SQL are English ones too.
func (p *place) isOperand(i int) bool {
	i = p.beforeSpaces(i)
	switch p.byteAt(i - 1) {
	case '=', '(', '~', '%':
		return true
	case ',':
		return quoteByte(p.byteAt(i - 2))
	}
	w := p.wordBefore(i)
	switch string(w.text()) {
	case "select", "like", "ilike", "in", "then", "else", "when", "and", "or", "exception", "default", "comment", "regexp", "rlike":
		return true
	}
	return false
}

// startsStatement tells whether text begins with the verb of an SQL statement.
func startsStatement(text []byte) bool {
	for _, verb := range [...]string{"select ", "update ", "alter t", "create t", "where ", "raise exception ", "delete from "} {
		if hasFold(text, verb) {
			return true
		}
	}
	return false
}
