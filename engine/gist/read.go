package gist

import "math/bits"

// Read makes the gist of text, which g borrows. It does not allocate.
//
// Left out are ids, times of day, numbers of threads and of peers' ports, and
// fractions, all of which have a digit, and the keys of S3 objects, which follow
// one: so only words with a digit are looked at.
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

// word leaves out the word w.raw[start:end], or the time, UUID or object name that it
// begins, if that is no evidence. It returns where to go on.
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
		if to, isRandom := w.base64(start); isRandom {
			return to
		}
	}
	switch behind {
	case ':':
		if isS3(word) {
			from, to := keyOf(t, end)
			if from < to {
				w.cut(from, to, key)
			}
			if to == end { // not the name of an object
				w.lookAt(end + 2)
			}
			return to
		}
		if isHour(t, start, end) {
			w.put(end-2, blankClock, clock)
			return w.fraction(end + 6)
		}
		if w.mayBeHour(start, end) && end+3 < len(t) && t[end+3] == ':' && is(t[end+1], digit) && is(t[end+2], digit) {
			w.lookAt(end + clockLen - 2)
		}
	case '.':
		if isNumber(word) {
			return w.beforePoint(start, end)
		}
	case '-':
		if len(word) != uuidHead {
			break
		}
		if isUUID(t[start:]) {
			w.put(start, blankUUID, uuid)
			return start + uuidLen
		}
		if beginsUUID(t[start:], uuidBefore) { // base64 may go on as its last part does
			w.lookAt(start + uuidLen)
		}
	}
	w.id(start, end)
	return end
}

// mayBeHour tells whether the word w.raw[start:end], which does not end in the hour of a time of
// day, may do so in another text of the same outline. A number of three digits or more cannot,
// unless it may be shorter there.
func (w *writer) mayBeHour(start, end int) bool {
	return end-start < 3 || !isNumber(w.raw[start:end]) || isThread(w.raw[w.copied:start])
}

// id leaves out the word w.raw[start:end] if it is an id, or the number of a thread or a port.
func (w *writer) id(start, end int) {
	word := w.raw[start:end]
	before := w.raw[w.copied:start]
	switch {
	case len(word) >= minNumber:
		if isID(word) && !(isNumber(word) && isMinus(before, w.copied)) {
			w.blank(start, end, formOf(word))
		}
	case len(word) <= maxThread:
		if isThread(before) && isNumber(word) {
			w.cut(start, end, thread)
		}
	case len(word) == portLen:
		if isBeforePort(before) && isNumber(word) {
			w.blank(start, end, number)
		}
	}
}

// beforePoint leaves out the number w.raw[start:end], before a point, with its fraction. It
// returns where to go on.
func (w *writer) beforePoint(start, end int) int {
	to := fractionAt(w.raw, start, end)
	if isLong(start, end, to) {
		w.cut(start, to, decimal)
		return to
	}
	if to == end {
		w.id(start, end)
	}
	w.lookAt(digitsEnd(w.raw, end+1))
	return to
}

// base64 leaves out the base64 that w.raw[i] is part of, if it is random. It returns where
// that ends, and whether it is; if it was looked at before, it is not.
func (w *writer) base64(i int) (end int, isRandom bool) {
	if i < w.seen.to {
		return 0, false
	}
	s := stretchAround(w.raw, w.copied, i)
	if s.isRandom() {
		w.blank(s.from, s.to, random)
	}
	w.seen = s
	return s.to, s.isRandom()
}

// fraction leaves out the fraction of a second at w.raw[i:], if there is one,
// and returns where it ends.
func (w *writer) fraction(i int) int {
	if !isPoint(w.raw, i) {
		w.lookAt(i + 1)
		return i
	}
	to := digitsEnd(w.raw, i+1)
	w.cut(i+1, to, fraction)
	return to
}

// nextDigit returns the place of the first digit in b at or after i, or len(b).
func nextDigit(b []byte, i int) int {
	for ; i+8 <= len(b); i += 8 {
		if digits := digitsOf(bytes8(b, i)); digits != 0 {
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
