package mention

import (
	"bytes"
	"strings"
)

// identByte tells whether c may be part of an identifier.
func identByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '$' || c >= 0x80
}

// elementByte tells whether c may be part of a name with dots and hyphens.
func elementByte(c byte) bool { return identByte(c) || c == '.' || c == '-' }

// hyphenated tells whether c may be part of words in lower case with hyphens.
func hyphenated(c byte) bool { return lower(c) || c == '-' }

func lower(c byte) bool         { return 'a' <= c && c <= 'z' }
func upper(c byte) bool         { return 'A' <= c && c <= 'Z' }
func digit(c byte) bool         { return '0' <= c && c <= '9' }
func letter(c byte) bool        { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func quoteByte(c byte) bool     { return c == '"' || c == '\'' || c == '`' }
func spaceByte(c byte) bool     { return c == ' ' || c == '\t' }
func separator(c byte) bool     { return c == ',' || c == '|' }
func opensBracket(c byte) bool  { return c == '[' || c == '(' || c == '{' }
func closesBracket(c byte) bool { return c == ']' || c == ')' || c == '}' }

// hasFold tells whether text begins with lower, upper and lower case alike.
func hasFold(text []byte, lower string) bool {
	if len(text) < len(lower) {
		return false
	}
	for i := range len(lower) {
		c := text[i]
		if upper(c) {
			c |= 0x20
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

// hasAnyFold tells whether text begins with one of lower.
func hasAnyFold(text []byte, lower ...string) bool {
	for _, s := range lower {
		if hasFold(text, s) {
			return true
		}
	}
	return false
}

// endsFold tells whether text ends with lower, upper and lower case alike.
func endsFold(text []byte, lower string) bool {
	n := len(text) - len(lower)
	return n >= 0 && hasFold(text[n:], lower)
}

// containsAny tells whether text holds one of pieces.
func containsAny(text []byte, pieces ...string) bool {
	for _, s := range pieces {
		if bytes.Contains(text, []byte(s)) {
			return true
		}
	}
	return false
}

// find returns the first place of mark in text, or -1. It looks for rare, a byte
// of mark that log text seldom has.
func find(text []byte, mark string, rare byte) int {
	before := strings.IndexByte(mark, rare)
	for from := 0; ; {
		i := bytes.IndexByte(text[from:], rare)
		if i < 0 {
			return -1
		}
		start := from + i - before
		if start >= 0 && start+len(mark) <= len(text) && string(text[start:start+len(mark)]) == mark {
			return start
		}
		from += i + 1
	}
}
