package gist

// minRandom is the length of base64 that is an id, in bytes: S3's second one has
// 76.
const minRandom = 40

// A stretch is what is known of bytes that may be base64, all of them in one of the kinds.
//
// Ids within it are not looked at: how often a hexadecimal one changes from digits to letters says
// nothing of the path in which it stands, role/NAME/ID.
type stretch struct {
	from, to int
	length   int // how many bytes there are beside ids
	changes  int // how many of those are of another kind than the byte before
	kinds    class
}

// isRandom tells whether s is long and random: a path has words, in which letters of a kind follow
// each other.
func (s *stretch) isRandom() bool { return s.length >= minRandom && 2*s.changes >= s.length }

// stretchAround returns the stretch that b[i] is part of. It begins at floor or later.
func stretchAround(b []byte, floor, i int) stretch {
	for i > floor && is(b[i-1], kind) {
		i--
	}
	return stretchAt(b, i)
}

// stretchAt returns the stretch that begins at b[i].
func stretchAt(b []byte, i int) stretch {
	s := stretch{from: i, to: i}
	word, before := i, 0 // where the last word begins, and the changes before it
	skipped, last := 0, classes[b[i]]&kind
	for ; ; s.to++ {
		k := class(0)
		if s.to < len(b) {
			k = classes[b[s.to]] & kind
		}
		if k&alnum == 0 {
			if n := s.to - word; n >= minNumber && isID(b[word:s.to]) {
				skipped, s.changes = skipped+n, before
			}
			word = s.to + 1
		}
		if k == 0 {
			s.length = s.to - i - skipped
			return s
		}
		s.kinds |= k
		s.changes += differ(k, last)
		if last = k; k == symbol {
			before = s.changes
		}
	}
}

// differ returns 1 if two kinds differ, else 0. Which of them cannot be foretold,
// so that it is computed without a branch.
func differ(x, y class) int { return int((uint32(x^y) + 0xff) >> 8) }
