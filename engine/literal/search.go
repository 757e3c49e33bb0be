package literal

import "math/bits"

// blockPlaces is how many places a vector engine rules out at once.
const blockPlaces = 64

// minVector is what a vector engine reads for one block: a piece may stand at
// each of its places and at the one behind.
const minVector = blockPlaces + maxPiece

// A search goes through the candidates in b, in ascending order.
//
// It keeps what a vector engine has said of a block until all places of that
// are seen: a block may have several, and starting the engine anew behind each
// loads its tables and looks at the block again.
type search struct {
	filter *filter
	b      []byte
	block  int    // where the block at hand starts
	places uint64 // those of it that are still to be seen, by their distance
	behind int    // where the next block may start
}

func (f *Finder) search(b []byte, from int) search {
	return search{filter: &f.filter, b: b, behind: max(from, 0)}
}

// next returns the offset of the next candidate, or -1.
func (s *search) next() int {
	for s.places != 0 || s.nextBlock() {
		at := s.block + bits.TrailingZeros64(s.places)
		s.places &= s.places - 1
		if s.filter.mayStart(foldTail(s.b, at)) {
			return at
		}
	}
	return -1
}

// nextBlock goes to the next block with a place to be seen, if there is one.
func (s *search) nextBlock() bool {
	if s.behind > len(s.b)-minPiece {
		return false
	}
	rest := s.b[s.behind:]
	if useVector && len(rest) >= minVector {
		at, places := firstBlockVector(s.filter, rest)
		s.block, s.places = s.behind+at, places
		if places != 0 {
			s.behind = s.block + blockPlaces
			return true
		}
		s.behind = s.block
		rest = s.b[s.behind:]
	}
	s.block = s.behind + ruledOutPortable(s.filter, rest)
	s.places = 1
	s.behind = s.block + 1
	return s.block <= len(s.b)-minPiece
}
