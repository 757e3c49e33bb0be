package mention

import "bytes"

// inStatement tells whether the evidence is in a string of an SQL statement.
func (p *place) inStatement() bool {
	open := bytes.LastIndexByte(p.line[:p.start], '\'')
	if open < 0 || open+1 != p.left && bytes.IndexByte(p.line[p.end:], '\'') < 0 {
		return false
	}
	operand := p.isOperand(open)
	if operand && p.at > 0 && p.whole && p.wordAfter(0).isOneOf("and", "or", "where", "when", "else", "set", "values") {
		return true // a line of a statement
	}
	for i := range open {
		var starts bool
		switch p.line[i] | 0x20 {
		case 'i':
			starts = hasFold(p.line[i:], "insert into ")
		case 's', 'u', 'a', 'c', 'w', 'r', 'd':
			starts = operand && startsStatement(p.line[i:])
		}
		if starts && !endsClause(p.line[i:]) && (open+1 == p.left && p.line[i]|0x20 != 'i' || p.inQuotesSince(i)) {
			return true
		}
	}
	return false
}

// inQuotesSince tells whether a quote that opens after i is not closed before the evidence.
func (p *place) inQuotesSince(i int) bool {
	return bytes.Count(p.line[i:p.start], []byte("'"))%2 == 1
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
	return p.wordBefore(i).isOneOf("select", "like", "ilike", "in", "then", "else", "when", "and", "or", "exception", "default", "comment", "regexp", "rlike")
}

// startsStatement tells whether text begins with the verb of an SQL statement.
func startsStatement(text []byte) bool {
	return hasAnyFold(text, "select ", "update ", "alter t", "create t", "where ", "raise exception ", "delete from ")
}

// isExecuted tells whether the evidence is in a statement that PostgreSQL logs while it
// executes it, or quotes under an error: LOG:  duration: 2 ms  statement: SELECT …,
// STATEMENT:  INSERT ….
// TypeORM and MyBatis print its values behind it.
func (p *place) isExecuted() bool {
	before := p.line[:p.start]
	if containsAny(before, " -- PARAMETERS: [", "==> Parameters: ") {
		return true
	}
	i := bytes.Index(before, []byte("LOG:  "))
	if i < 0 {
		return bytes.Contains(before, []byte("STATEMENT:  "))
	}
	for _, head := range [...]string{"statement: ", "execute ", "duration: ", "AUDIT: "} {
		if bytes.HasPrefix(before[i+len("LOG:  "):], []byte(head)) {
			return true
		}
	}
	return false
}
