package text

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// A style says what the backslashes of a text are.
type style int

const (
	plain style = iota // there are none that JSON could have written
	json               // every one is a JSON escape
	mixed              // some are not: there is a Windows path or a PHP class next to JSON
)

// styleOf judges the backslashes of one layer. JSON knows eight escapes; one
// backslash before anything else proves that the text was not escaped as a
// whole: Aws\Exception, D:\Sites\notify.
func styleOf(b []byte) style {
	found := plain
	for i := 0; ; {
		at := bytes.IndexByte(b[i:], '\\')
		if at < 0 {
			return found
		}
		i += at
		run := runOf(b[i:])
		next := i + run
		if run > 1 {
			found = json
		}
		if run%2 == 1 && next < len(b) {
			if !isEscape(b[next:]) || run == 1 && afterDrive(b[:i]) {
				return mixed
			}
			found = json
		}
		i = next
	}
}

// runOf counts the backslashes at the start of b.
func runOf(b []byte) int {
	n := 0
	for n < len(b) && b[n] == '\\' {
		n++
	}
	return n
}

// isEscape tells whether b, which follows a backslash, is a JSON escape. That of the
// apostrophe is JavaScript's and Python's.
func isEscape(b []byte) bool {
	switch b[0] {
	case '"', '\'', '/', 'b', 'f', 'n', 'r', 't':
		return true
	case 'u':
		// If the text is cut within the four digits, it may still be one.
		return len(b) < 5 || hex4(b[1:]) >= 0
	}
	return false
}

// afterDrive tells whether b ends in a drive letter: `… C:`.
func afterDrive(b []byte) bool {
	n := len(b)
	return n >= 2 && b[n-1] == ':' && isLetter(b[n-2]) && (n == 2 || !isWord(b[n-3]))
}

// unescape appends one layer of b, resolved, to dst. dst may be b[:0].
func unescape(dst, b []byte, s style) []byte {
	resolved := false // the byte before this backslash was itself an escape
	for i := 0; i < len(b); {
		at := bytes.IndexByte(b[i:], '\\')
		if at < 0 {
			return append(dst, b[i:]...)
		}
		if at > 0 {
			dst = append(dst, b[i:i+at]...)
			resolved = false
			i += at
		}
		var used int
		if s == json {
			dst, used = resolve(dst, b[i:])
		} else {
			dst, used, resolved = resolveCertain(dst, b[i:], resolved)
		}
		i += used
	}
	return dst
}

// resolve appends what the escape at the start of b stands for and returns its
// length. A backslash that begins no escape is kept.
func resolve(dst, b []byte) ([]byte, int) {
	if len(b) < 2 {
		return append(dst, b...), len(b)
	}
	switch c := b[1]; c {
	case '"', '\'', '/', '\\':
		return append(dst, c), 2
	case 'n':
		return append(dst, '\n'), 2
	case 't':
		return append(dst, '\t'), 2
	case 'r':
		return append(dst, '\r'), 2
	case 'b':
		return append(dst, '\b'), 2
	case 'f':
		return append(dst, '\f'), 2
	case 'u':
		if r, n := unicode(b); n > 0 {
			return utf8.AppendRune(dst, r), n
		}
	}
	return append(dst, b[0]), 1
}

// resolveCertain resolves, in a text of mixed style, only what no path or class
// name contains: quotes, \u00xx, and line breaks that no word follows.
func resolveCertain(dst, b []byte, resolved bool) ([]byte, int, bool) {
	run := runOf(b)
	if run == len(b) {
		return append(dst, b...), run, false
	}
	c := b[run]
	if c == '"' {
		dst = append(dst, b[:run/2]...)
		return append(dst, '"'), run + 1, true
	}
	if run == 1 {
		breaks := c == 'n' || c == 'r' || c == 't'
		word := run+1 < len(b) && (isWord(b[run+1]) || b[run+1] == '.')
		if breaks && (resolved || !word) || c == '/' {
			dst, used := resolve(dst, b)
			return dst, used, true
		}
		if c == 'u' {
			if r, n := unicode(b); n > 0 {
				return utf8.AppendRune(dst, r), n, true
			}
		}
	}
	return append(dst, b[:run]...), run, false
}

// unicode decodes the \uXXXX, or pair of surrogates, at the start of b, and returns
// its length, 0 if there is none.
func unicode(b []byte) (rune, int) {
	if len(b) < 6 || b[1] != 'u' {
		return 0, 0
	}
	r := hex4(b[2:])
	if r < 0 {
		return 0, 0
	}
	if !utf16.IsSurrogate(r) {
		return r, 6
	}
	if len(b) >= 12 && b[6] == '\\' && b[7] == 'u' {
		if pair := utf16.DecodeRune(r, hex4(b[8:])); pair != utf8.RuneError {
			return pair, 12
		}
	}
	return utf8.RuneError, 6
}

// hex4 reads four hexadecimal digits, or returns -1.
func hex4(b []byte) rune {
	if len(b) < 4 {
		return -1
	}
	var r rune
	for _, c := range b[:4] {
		switch {
		case '0' <= c && c <= '9':
			r = r<<4 | rune(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return -1
		}
	}
	return r
}

func isLetter(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z'
}

func isWord(c byte) bool {
	return isLetter(c) || '0' <= c && c <= '9' || c == '_'
}
