package gist

// A form is the shape of what is left out of a text.
type form uint8

const (
	none     form = iota // nothing is left out
	clock                // a time of day: 04:05:06
	fraction             // digits of a second, behind a point
	decimal              // a number with a fraction
	number               // digits
	hexID                // hexadecimal digits and letters
	capitals             // digits and capitals
	uuid
	thread // the number of a thread in its pool
	key    // the name of an object
	random // base64
)

// Forms, with blanks in place of their digits.
const (
	blankClock = "99:99:99"
	blankUUID  = "99999999-9999-9999-9999-999999999999"
)

// The lengths of a time of day, a UUID, its first part, and all that stands before its last.
const (
	clockLen   = len(blankClock)
	uuidLen    = len(blankUUID)
	uuidHead   = 8
	uuidBefore = uuidLen - 12
)

// isUUID tells whether b begins with a UUID that ends with its word.
func isUUID(b []byte) bool {
	return (len(b) <= uuidLen || !is(b[uuidLen], alnum)) && beginsUUID(b, uuidLen)
}

// beginsUUID tells whether the first n bytes of b are those of a UUID.
func beginsUUID(b []byte, n int) bool {
	if len(b) < n {
		return false
	}
	for i, form := range []byte(blankUUID[:n]) {
		if form == '-' && b[i] != '-' || form != '-' && !is(b[i], hex) {
			return false
		}
	}
	return true
}

// isPoint tells whether a fraction's point and a digit stand at b[i:].
func isPoint(b []byte, i int) bool {
	return i+1 < len(b) && (b[i] == '.' || b[i] == ',') && is(b[i+1], digit)
}

// digitsEnd returns where the digits at b[i:] end.
func digitsEnd(b []byte, i int) int {
	for i < len(b) && is(b[i], digit) {
		i++
	}
	return i
}

// fractionAt returns where the fraction of the number b[start:end] ends: at end if
// it has none, or if the number is part of an address or a version.
func fractionAt(b []byte, start, end int) int {
	if end+1 >= len(b) || b[end] != '.' || !is(b[end+1], digit) || start > 0 && b[start-1] == '.' {
		return end
	}
	to := digitsEnd(b, end+1)
	if to < len(b) && b[to] == '.' {
		return end
	}
	return to
}

// isLong tells whether the number b[start:end] with a fraction that ends at to has enough
// digits to be left out.
func isLong(start, end, to int) bool {
	return to-end > minFraction || to > end && end-start >= minNumber
}
