package gist

// endOf returns where what is left out at b[i:] ends, if that is of form f and n blanks
// stand for it; else -1. What is before and behind it is known to be as in a text that was
// read and is not loose: so if it is a word, that begins at b[i].
func endOf(b []byte, i int, f form, n int) int {
	switch f {
	case fraction:
		return some(i, digitsEnd(b, i), len(b))
	case thread:
		return some(i, digitsEnd(b, i), maxThread)
	case decimal:
		end := digitsEnd(b, i)
		to := fractionAt(b, i, end)
		if end == i || end-i > minNumber || !isLong(i, end, to) {
			return -1
		}
		return to
	case key:
		return some(i, keyEnd(b, i), len(b))
	case uuid:
		if !isUUID(b[i:]) || digitsOf(bytes8(b, i)) == 0 {
			return -1
		}
		return i + n
	}
	to := i + n
	if to > len(b) || !isOf(b[i:to], f) || f != clock && to < len(b) && is(b[to], alnum) {
		return -1
	}
	return to
}

// some returns to if there are 1 to most bytes from i to there, else -1.
func some(i, to, most int) int {
	if to == i || to-i > most {
		return -1
	}
	return to
}

// isOf tells whether b is of a form of a fixed length.
func isOf(b []byte, f form) bool {
	switch f {
	case clock:
		const colons = 0x0000ff0000ff0000
		v := bytes8(b, 0)
		return digitsOf(v)|colons&high == high && v&colons == ':'*each&colons
	case number:
		return allOf(b, digit)
	case hexID:
		return mixed(b, true, 6)
	case capitals:
		return mixed(b, false, 26) && !isIAM(b)
	case random:
		s := stretchAt(b, 0)
		// Read looks at base64 only if it has a digit and, next to its word, a symbol.
		return s.to == len(b) && s.isRandom() && s.classes&digit != 0 && s.classes&symbol != 0
	}
	return false
}
