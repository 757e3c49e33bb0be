package gist

import (
	"encoding/binary"
	"math/bits"
)

// Read makes the gist of text, which g borrows. It does not allocate.
//
// Left out are ids, times of day, numbers of threads and of peers' ports, and
// fractions, all of which have a digit, and the keys of S3 objects, before which
// one stands: so only words with a digit are looked at.
func (g *Gist) Read(text []byte) {
	g.Whole(text)
	if len(text) > MaxText {
		return
	}
	w := writer{Gist: g}
	for i := nextDigit(text, 0); i < len(text); i = nextDigit(text, i) {
		i = w.word(wordAround(text, w.copied, i))
	}
	w.end()
}

// word leaves out the word w.raw[start:end], or what it begins (a time, a UUID, the name
// of an object), if that is no evidence. It returns where to go on.
func (w *writer) word(start, end int) int {
	t := w.raw
	word := t[start:end]
	before, behind := byte(0), byte(0)
	if start > 0 {
		before = t[start-1]
	}
	if end < len(t) {
		behind = t[end]
	}
	if is(before, symbol) || is(behind, symbol) {
		if to, random := w.base64(start); random {
			return to
		}
	}
	switch behind {
	case ':':
		if isS3(word) {
			if from, to := keyOf(t, end); from < to {
				w.cut(from, to)
				return to
			}
			return end
		}
		if isHour(t, start, end) {
			w.put(end-2, blankClock)
			return w.fraction(end + 6)
		}
	case '.':
		if to := fractionAt(t, start, end); to > end && isNumber(word) {
			if to-end > minFraction || len(word) >= minNumber {
				w.cut(start, to)
			}
			return to
		}
	case '-':
		if len(word) == uuidHead && isUUID(t[start:]) {
			w.put(start, blankUUID)
			return start + uuidLen
		}
	}
	switch {
	case len(word) >= minNumber:
		if isID(word) && !isNegative(t, start, end) {
			w.blank(start, end)
		}
	case before == '-' && len(word) <= maxThread:
		if isThread(t[:start]) && isNumber(word) {
			w.cut(start, end)
		}
	case before == ':' && len(word) == portLen:
		if start > 1 && is(t[start-2], digit) && isNumber(word) {
			w.blank(start, end)
		}
	}
	return end
}

// base64 leaves out the base64 that w.raw[i] is part of, if it is random. It returns where
// that ends, and whether it is; of base64 that was looked at before it says that it is not.
func (w *writer) base64(i int) (end int, random bool) {
	if i < w.seen {
		return 0, false
	}
	from, to, random := randomAround(w.raw, w.copied, i)
	if random {
		w.blank(from, to)
	}
	w.seen = to
	return to, random
}

// fraction leaves out the fraction of a second at w.raw[i:], if there is one,
// and returns where it ends.
func (w *writer) fraction(i int) int {
	if !isPoint(w.raw, i) {
		return i
	}
	to := digitsEnd(w.raw, i+1)
	w.cut(i+1, to)
	return to
}

// nextDigit returns the place of the first digit in b at or after i, or len(b).
func nextDigit(b []byte, i int) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for ; i+8 <= len(b); i += 8 {
		v := binary.LittleEndian.Uint64(b[i:]) ^ '0'*ones // digits are 0 to 9 now
		above := v | (v&^high + (0x80-10)*ones)
		if digits := ^above & high; digits != 0 {
			return i + bits.TrailingZeros64(digits)/8
		}
	}
	for ; i < len(b); i++ {
		if is(b[i], digit) {
			return i
		}
	}
	return len(b)
}
