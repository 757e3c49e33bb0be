package mention

import "bytes"

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
	return hasAnyFold(text, "select ", "update ", "alter t", "create t", "where ", "raise exception ", "delete from ")
}
