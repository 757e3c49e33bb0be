package match

import "slices"

// maxPending bounds the signatures that wait for their conditions to be looked
// at. What exceeds it is looked at without waiting.
const maxPending = 32

// A search is what is remembered while one text is gone over.
type search struct {
	text        []byte
	expressions int // regular expressions run so far
	pending     [maxPending]pending
	waiting     int
	// seen has a bit for every signature whose conditions wait or were looked
	// at, where they concern the whole text, so that once is enough.
	seen [maxSignatures / 64]uint64
}

// pending is a signature whose literal is there and whose conditions are open.
type pending struct {
	rank  int32
	where span
}

// postpone puts the signature on the list, and tells whether there is nothing
// left to do about it now.
func (r *search) postpone(s *signature, rank int32, where span) bool {
	if s.expr == nil && !s.conditions.local() {
		word, bit := &r.seen[rank/64], uint64(1)<<(rank%64)
		if *word&bit != 0 {
			return true
		}
		*word |= bit
	}
	if r.waiting == maxPending {
		return false
	}
	r.pending[r.waiting] = pending{rank, where}
	r.waiting++
	return true
}

// bySpecificity returns the list, the most specific rule first.
func (r *search) bySpecificity() []pending {
	list := r.pending[:r.waiting]
	slices.SortFunc(list, func(a, b pending) int { return int(a.rank - b.rank) })
	return list
}
