package gist

// minRandom is the length of base64 that is an id, in bytes: S3's second one has
// 76.
const minRandom = 40

// A stretch is what is known of consecutive bytes that may be base64.
type stretch struct {
	from, to int
	length   int   // how many bytes count: in a path, those that are not in ids
	changes  int   // how many of them are of another kind than the byte before
	classes  class // the classes of its bytes
	path     bool  // it has no symbols but slashes and inner equals signs
}

// isRandom tells whether s is long and random: a path has words, in which letters of one kind
// follow each other.
func (s *stretch) isRandom() bool { return s.length >= minRandom && 2*s.changes >= s.length }

// sways tells whether other bytes of form f within s could change whether it is random. Digits are
// all of one kind.
func (s *stretch) sways(f form) bool {
	switch f {
	case hexID, capitals:
		return s.length >= minRandom && !s.path
	case uuid: // its first part
		return s.length >= minRandom
	case decimal, thread: // more digits, of one of each
		return s.length+minNumber+maxThread >= minRandom
	}
	return false
}

// stretchAround returns the stretch that b[i] is part of. It begins at floor or later.
func stretchAround(b []byte, floor, i int) stretch {
	for i > floor && is(b[i-1], kind) {
		i--
	}
	return stretchAt(b, i)
}

// stretchAt returns the stretch that begins at b[i].
func stretchAt(b []byte, i int) stretch {
	to, changes := i, 0
	all, last := class(0), classes[b[i]]
	for ; to < len(b); to++ {
		c := classes[b[to]]
		if c&kind == 0 {
			break
		}
		all |= c
		changes += differ(c&kind, last&kind)
		last = c
	}
	s := stretch{from: i, to: to, length: to - i, changes: changes, classes: all, path: to > i && all&plus == 0 && b[to-1] != '='}
	if s.path && s.length >= minRandom {
		s.passOverIDs(b)
	}
	return s
}

// passOverIDs makes the ids in s not count: how often a hexadecimal one changes between digits and
// letters says nothing about the path it is in, role/NAME/ID.
func (s *stretch) passOverIDs(b []byte) {
	s.length, s.changes = 0, 0
	last := classes[b[s.from]] & kind
	for i := s.from; i < s.to; {
		word := i
		for i < s.to && is(b[i], alnum) {
			i++
		}
		if i-word < minNumber || !isID(b[word:i]) {
			for _, c := range b[word:i] {
				s.length, s.changes = s.length+1, s.changes+differ(classes[c]&kind, last)
				last = classes[c] & kind
			}
		}
		if i < s.to { // a symbol
			s.length, s.changes = s.length+1, s.changes+differ(symbol, last)
			last = symbol
			i++
		}
	}
}

// differ returns 1 if two kinds differ, else 0, without a branch, which could not
// be predicted.
func differ(x, y class) int { return int((uint32(x^y) + 0xff) >> 8) }
