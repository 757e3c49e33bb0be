package text

import "bytes"

const escape = 0x1b

// arrow is what some viewers put in place of ESC when a log is copied.
const arrow = "\u2190["

// maxSequence bounds a terminal control sequence, in bytes. Real ones have a
// dozen; a longer one is text after a stray ESC.
const maxSequence = 32

// hasControl tells whether b may hold a terminal control sequence.
func hasControl(b []byte) bool {
	return bytes.IndexByte(b, escape) >= 0 || bytes.Contains(b, []byte(arrow))
}

// stripControl appends b without terminal control sequences to dst. dst may be
// b[:0].
func stripControl(dst, b []byte) []byte {
	for i := 0; i < len(b); {
		switch {
		case b[i] == escape:
			i += sequence(b[i:], 1)
		case b[i] == arrow[0] && bytes.HasPrefix(b[i:], []byte(arrow)):
			if n := sequence(b[i:], len(arrow)-1); n > 1 {
				i += n
				continue
			}
			// An arrow that somebody drew: "[←[link]".
			dst = append(dst, arrow...)
			i += len(arrow)
		default:
			dst = append(dst, b[i])
			i++
		}
	}
	return dst
}

// sequence returns the length of the control sequence at the start of b, whose
// introducer is intro bytes long: `ESC [ 1;31 m`, `ESC ( B`. A sequence that
// does not end within maxSequence is its first byte only.
func sequence(b []byte, intro int) int {
	i := intro
	last := byte('0') // finals of a plain escape: 0x30–0x7e
	if i < len(b) && b[i] == '[' {
		last = '@' // of a control sequence: 0x40–0x7e, after parameters
		i++
	}
	for ; i < len(b) && i < maxSequence; i++ {
		switch c := b[i]; {
		case c >= last && c <= '~':
			return i + 1
		case c < ' ' || c > '~':
			return 1
		}
	}
	return 1
}
