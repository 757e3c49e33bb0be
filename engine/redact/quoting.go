package redact

import (
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// maxValue bounds a value whose end is not found, in bytes. Longer secrets have
// a form of their own.
const maxValue = 8192

// wrappers stand between a separator and the value it belongs to.
var wrappers = [...]string{"Some(", "Ok(", "Secret(", "[]string{", "(*string)(", "<<", "[", "("}

// nested is what begins a value that is an object with the value in it, or PHP's
// dump of a string.
var nested = lazy.Compile(`^(?:\{\s*\\*["']?(?i:value|val|raw|plain\w*|secret|text|string|data)\\*["']?\s*(?:=>|[:=])\s*|string\(\d+\) |\(string\) \(len=\d+\) )`)

// opening returns how many bytes of wrappers and opening quotes s starts with.
func opening(s string) int {
	i := len(nested().FindString(s))
	for _, w := range wrappers {
		if strings.HasPrefix(s[i:], w) {
			i += len(w)
			break
		}
	}
	if (strings.HasPrefix(s[i:], "b'") || strings.HasPrefix(s[i:], `b"`)) || strings.HasPrefix(s[i:], "u'") || strings.HasPrefix(s[i:], "N'") {
		i++
	}
	if e := entityAt(s[i:]); e != "" {
		return i + len(e)
	}
	j := i
	for j < len(s) && s[j] == '\\' {
		j++
	}
	if j < len(s) && isQuote(s[j]) {
		return j + 1
	}
	return i
}

// entities are quotes as HTML escapes them, and as nginx does in its logs.
var entities = [...]string{"&quot;", "&#34;", "&#39;", "&#x22;", "&#x27;", `\x22`, `\x27`}

func entityAt(s string) string {
	for _, e := range entities {
		if strings.HasPrefix(s, e) {
			return e
		}
	}
	return ""
}

// entityBefore returns the one that s ends with, or "".
func entityBefore(s string) string {
	for _, e := range entities {
		if strings.HasSuffix(s, e) {
			return e
		}
	}
	return ""
}

// quoteBefore tells by which quote, behind how many backslashes, s ends.
func quoteBefore(s string) (level int, quote byte) {
	n := len(s)
	if n == 0 || !isQuote(s[n-1]) {
		return 0, 0
	}
	return backslashes(s[:n-1]), s[n-1]
}

// closing returns where the quotation that starts at s[from:] ends. A quote of
// JSON inside JSON stands behind level backslashes, one inside the value behind
// more: level + (level+1)·m for m backslashes of the value's own, and an odd m
// escapes it. In normalised text an inner quote has none, but a word follows.
func closing(s string, from, level int, quote byte) int {
	limit := min(len(s), from+maxValue)
	for i := from; i < limit; i++ {
		if s[i] == '\n' && level == 0 && i-from > 200 {
			return i
		}
		if s[i] != quote {
			continue
		}
		run := min(backslashes(s[:i]), i-from)
		if run > level && (run-level)/(level+1)%2 == 1 {
			continue
		}
		if run <= level && i+1 < len(s) && isWordByte(s[i+1]) {
			continue
		}
		if isDoubled(s[i:]) {
			i++
			continue
		}
		return i - min(run, level)
	}
	return limit
}

// isDoubled tells whether the quote that s begins with stands twice, as SQL and CSV
// write one of the value's own: behind it goes on what no end of a value is followed by.
func isDoubled(s string) bool {
	return len(s) > 2 && s[1] == s[0] && strings.IndexByte(" \t\r\n\"'`,;:&)]}<>\\", s[2]) < 0
}

// unquotedEnd returns where the value without quotes that starts at s[from:]
// ends: at white space or a quote, and at punctuation that something other than
// the value follows. In markup it ends at the next tag.
func unquotedEnd(s string, from int, markup bool) int {
	limit := min(len(s), from+maxValue)
	for i := from; i < limit; i++ {
		switch c := s[i]; c {
		case ' ', '\t', '\n', '\r', '"', '\'', '`', '<':
			return i
		case '\\':
			if j := i + 1; j < len(s) && (isQuote(s[j]) || strings.HasPrefix(s[j:], "u003") || strings.HasPrefix(s[j:], "u0026")) {
				return i
			}
		case '%':
			if strings.HasPrefix(s[i:], "%26") {
				return i
			}
		case '&':
			if markup && strings.HasPrefix(s[i:], "&lt;") || startsField(strings.TrimPrefix(s[i+1:], "amp;")) {
				return i
			}
		case ',', ';', ')', ']', '}', '>':
			if i+1 == len(s) || strings.IndexByte(" \t\r\n\"'`,;)]}\\", s[i+1]) >= 0 || startsField(s[i+1:]) {
				return i
			}
		}
	}
	return limit
}

// startsField tells whether s starts with another `name=` or `name:`.
func startsField(s string) bool {
	i := 0
	for i < len(s) && i < 64 && (isWordByte(s[i]) || s[i] == '-' || s[i] == '.') {
		i++
	}
	return i > 0 && i < len(s) && (s[i] == '=' || s[i] == ':')
}

// backslashes counts those that s ends with.
func backslashes(s string) int {
	return len(s) - len(strings.TrimRight(s, `\`))
}

func isQuote(c byte) bool { return c == '"' || c == '\'' || c == '`' }

func isWordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}
