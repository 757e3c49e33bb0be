package extract

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unsafe"
)

// view is b as a string, without a copy, so that comparing text with a phrase
// costs no conversion of the phrase. It lives no longer than the call it is
// made for.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

func index(b []byte, phrase string) int      { return strings.Index(view(b), phrase) }
func contains(b []byte, phrase string) bool  { return strings.Contains(view(b), phrase) }
func hasPrefix(b []byte, phrase string) bool { return strings.HasPrefix(view(b), phrase) }
func hasSuffix(b []byte, phrase string) bool { return strings.HasSuffix(view(b), phrase) }

func equalFold(b []byte, phrase string) bool { return strings.EqualFold(view(b), phrase) }

// lastOf returns the last place of phrase in b, or -1. It searches forwards,
// which is the direction that the library has fast code for.
func lastOf(b []byte, phrase string) int {
	last := -1
	for {
		at := index(b[last+1:], phrase)
		if at < 0 {
			return last
		}
		last += 1 + at
	}
}

// skipSpace returns the first offset at or after i that is no white space. The
// bar that Terraform draws before each line of an error counts as space.
func skipSpace(b []byte, i int) int {
	for i < len(b) {
		switch b[i] {
		case ' ', '\t', '\n', '\r':
			i++
		case bar[0]:
			if !hasPrefix(b[i:], bar) {
				return i
			}
			i += len(bar)
		default:
			return i
		}
	}
	return i
}

// skipColon returns the offset behind a colon and the white space around it.
func skipColon(b []byte, i int) int {
	i = skipSpace(b, i)
	if i < len(b) && b[i] == ':' {
		i = skipSpace(b, i+1)
	}
	return i
}

// skipQuote returns the offset behind one quote or bracket.
func skipQuote(b []byte, i int) int {
	if i < len(b) && isOneOf(b[i], "\"'`[]") {
		i++
	}
	return i
}

const bar = "\u2502"

// backSpace returns the end of the last word before i, which may be -1.
func backSpace(b []byte, i int) int {
	for i > 0 && isSpace(b[i-1]) {
		i--
	}
	return i
}

// words matches the words of phrase at b[i:], any white space between them, and
// returns the offset behind the last, or -1. A text that ends before the phrase
// does returns len(b) and cut.
func words(b []byte, i int, phrase ...string) (end int, cut bool) {
	for _, w := range phrase {
		i = skipSpace(b, i)
		rest := b[i:]
		if len(rest) < len(w) && string(rest) == w[:len(rest)] {
			return len(b), true
		}
		if len(rest) < len(w) || string(rest[:len(w)]) != w {
			return -1, false
		}
		i += len(w)
	}
	return i, false
}

// endsInWord returns the start of word if it ends at end, and -1 otherwise. The
// first letter may be a capital.
func endsInWord(b []byte, end int, word string) int {
	at := end - len(word)
	if at < 0 || b[at]|0x20 != word[0] || string(b[at+1:end]) != word[1:] {
		return -1
	}
	return at
}

// after returns what follows the first mark in b, or nil.
func after(b []byte, mark string) []byte {
	at := index(b, mark)
	if at < 0 {
		return nil
	}
	return b[at+len(mark):]
}

// until returns b up to the first byte of stops, or all of b.
func until(b []byte, stops string) []byte {
	for i, c := range b {
		for k := 0; k < len(stops); k++ {
			if c == stops[k] {
				return b[:i]
			}
		}
	}
	return b
}

// quoted returns the inside of the quotation that b starts with, nil if it
// starts with none or the closing quote is missing. A backquote may be closed
// `like this'.
func quoted(b []byte) []byte {
	if len(b) == 0 || b[0] != '"' && b[0] != '\'' && b[0] != '`' {
		return nil
	}
	end := bytes.IndexByte(b[1:], b[0])
	if b[0] == '`' {
		if close := bytes.IndexByte(b[1:], '\''); end < 0 || close >= 0 && close < end {
			end = close
		}
	}
	if end < 0 {
		return nil
	}
	return b[1 : 1+end]
}

// word returns the letters, digits, '_', '-', '.' that b starts with.
func word(b []byte) []byte {
	i := 0
	for i < len(b) && (isAlnum(b[i]) || b[i] == '_' || b[i] == '-' || b[i] == '.') {
		i++
	}
	return b[:i]
}

func isSpace(c byte) bool { return c <= ' ' && (c == ' ' || c == '\n' || c == '\t' || c == '\r') }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
func isAlnum(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'z' }

// isASCII tells whether no byte of b has its high bit set, eight at a time.
func isASCII(b []byte) bool {
	const high = 0x8080808080808080
	for ; len(b) >= 8; b = b[8:] {
		if binary.LittleEndian.Uint64(b)&high != 0 {
			return false
		}
	}
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}
