package match

import "slices"

// maxPending bounds the signatures whose conditions are postponed. Those of further
// ones are looked at right away.
const maxPending = 32

// A search is what is remembered while one text is searched.
type search struct {
	text         []byte
	expressions  int  // regular expressions run so far
	surroundings int  // messages and levels looked at so far
	mentions     int  // times that evidence was checked for being a mention
	bounded      bool // one of these reached its bound
	pending      [maxPending]pending
	waiting      int
	// seen are the signatures whose conditions are postponed or were looked at, if
	// they concern the whole text, so that once is enough.
	seen signatureSet
	// judged are those whose phrases were looked for all over the text, and failed
	// those of them that this ruled out: the same evidence may stand in a text a
	// thousand times.
	judged, failed signatureSet
}

// A signatureSet has a bit for every signature, by its rank.
type signatureSet [maxSignatures / 64]uint64

func (s *signatureSet) has(rank int32) bool { return s[rank/64]>>(rank%64)&1 != 0 }
func (s *signatureSet) add(rank int32)      { s[rank/64] |= 1 << (rank % 64) }

// throughout is c.throughout for the signature of rank, but looks through the text only
// once. Of a very long text that is what surrounds the first evidence.
func (r *search) throughout(c *conditions, rank int32, where span) outcome {
	if r.judged.has(rank) {
		if r.failed.has(rank) {
			return ruledOut
		}
		return holds
	}
	r.judged.add(rank)
	v := c.throughout(around(r.text, where))
	if v != holds {
		r.failed.add(rank)
	}
	return v
}

// isMentioned is s.isMentioned, up to maxMentions times.
func (r *search) isMentioned(s *signature, where span) bool {
	if r.mentions == maxMentions {
		r.bounded = true
		return true
	}
	r.mentions++
	return s.isMentioned(r.text, where)
}

// pending is a signature whose literal is there and whose conditions are open.
type pending struct {
	rank  int32
	where span
}

// postpone puts the signature on the list, and tells whether nothing is left to do
// about it now.
func (r *search) postpone(s *signature, rank int32, where span) bool {
	if s.expr == nil && !s.conditions.local() {
		if r.seen.has(rank) {
			return true
		}
		r.seen.add(rank)
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
