package redact

import (
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// statementWords are the words of which one is in what rowsOfValues finds.
var statementWords = []string{"values", "[parameters: "}

// rowsOfValues finds what begins the values of a statement of SQL, up to the bracket
// that encloses them. A database prints the statement that it refused, and a mapper
// the values it sent.
//
//	INSERT INTO users (name, pw) VALUES ('ada', '…'), ('bob', '…')
//	[parameters: ('ada', '…')]
var rowsOfValues = lazy.Compile(`(?i)(?:(?:\)|\binto\s+\S+)\s*values\s*\(|\[parameters: [\[({])`)

// statements removes the strings among such values: nothing tells which of them is
// a secret.
func statements(s string) string {
	r := remover{text: s}
	for at := 0; ; {
		m := rowsOfValues().FindStringIndex(s[at:])
		if m == nil {
			return r.result()
		}
		at = r.rows(at + m[1] - 1)
	}
}

// rows removes the strings within the brackets that begin at r.text[at:], and
// within those that follow behind a comma. Names of values, as in {'name': 'ada'},
// stay. It returns where the brackets end.
func (r *remover) rows(at int) int {
	s, depth := r.text, 0
	for i := at; i < len(s); i++ {
		switch c := s[i]; c {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth == 0 && !strings.HasPrefix(strings.TrimLeft(s[i+1:], ", \t\n"), "(") {
				return i
			}
		case '\'', '"':
			level := backslashes(s[at:i])
			to := closing(s, i+1, level, c)
			if behind := min(to+level+1, len(s)); to > i+1 && !strings.HasPrefix(s[behind:], ":") {
				r.remove(i+1, to)
			}
			i = to + level
		}
	}
	return len(s)
}
