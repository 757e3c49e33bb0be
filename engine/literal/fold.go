package literal

// caseBit is what a lower-case ASCII letter has and its upper case has not.
// Folding a byte sets it. That makes equal what differs in letter case only,
// and a few other pairs too ('@' and '`'): right for a filter, whose errors are
// one-sided.
const caseBit = 0x20

// foldMask is caseBit in each of eight bytes.
const foldMask = 0x2020202020202020

// lowerByte returns c in lower case; only the letters A to Z change.
func lowerByte(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + caseBit
	}
	return c
}

func lower(s string) []byte {
	b := []byte(s)
	for i, c := range b {
		b[i] = lowerByte(c)
	}
	return b
}

// hasPrefixFold reports whether b starts with s, without regard to ASCII case.
// s is in lower case.
func hasPrefixFold(b, s []byte) bool {
	if len(b) < len(s) {
		return false
	}
	for i, c := range b[:len(s)] {
		if c != s[i] && lowerByte(c) != s[i] {
			return false
		}
	}
	return true
}
