package literal

// An engine writes the places in b, ascending, where a gram may stand by its single
// bytes, and returns how many it wrote and how many places it has seen: all, or so
// many that enough were written. There are placesVector and placesPortable.

// thenRate is how many bytes of what is read next an engine brings into the cache for each that it
// looks at: what is searched is most often little of what is read.
const thenRate = 4

// placesOf is the engine for b. then is what is read next, or nil: then that is more of b.
func placesOf(f *filter, b []byte, places *[placesMax]uint16, enough int, then *byte) (n, seen int) {
	if useVector && len(b) >= minVector {
		return placesVector(f, b, places, enough, then)
	}
	return placesPortable(f, b, places, enough)
}

// blockPlaces is how many places a vector engine looks at at once.
const blockPlaces = 64

// minVector is what a vector engine reads for one block: the grams that may stand at
// its places.
const minVector = blockPlaces + gramSize - 1

// maxBatch is how much of a text an engine is given at once, so that a place in
// it fits 16 bits: whole blocks, of which none overlaps another.
const maxBatch = minVector + 1000*blockPlaces

// How many places are enough for a batch. Where literals are found, much of a
// text is passed over, and what was seen of it is in vain: there batches are
// short.
const (
	leastEnough = 16
	mostEnough  = 256
	placesMax   = mostEnough + blockPlaces // an engine ends with a block
)

// A Search goes through a text once, from its start to its end. It is ready after
// Reset, and may be used for one text after the other.
//
// It works in batches: an engine writes the places of a batch where a gram may
// stand, and hashes rule most of them out, without a branch on what is found: nothing
// could predict it.
type Search struct {
	finder *Finder
	b      []byte
	start  int // of the batch at hand
	behind int // where the next batch starts
	enough int // places of the next batch
	places [placesMax]uint16
	n, i   int // places[i:n], from start, are still to be looked at
	found  span
	then   []byte // what is read after b, or nil
}

// A span is a part of a text.
type span struct{ from, to int }

// Reset makes s a search of b by f.
func (s *Search) Reset(f *Finder, b []byte) {
	s.finder, s.enough = f, leastEnough
	s.GoOn(b, nil)
}

// GoOn makes s a search of b, which is like what it has searched. then is what will be read
// after b, or nil; it is brought into the cache meanwhile.
func (s *Search) GoOn(b, then []byte) {
	s.b, s.then, s.behind = b, then, 0
	s.n, s.i = 0, 0
}

// Find returns the offset of the first anchor at or after from whose literal
// stands there, or -1. from must not be less than it was in the call before.
func (s *Search) Find(from int) int { return s.FindWithin(from, len(s.b)) }

// FindWithin is Find for the anchors before to. Those from there on are left for the
// next call.
func (s *Search) FindWithin(from, to int) int {
	for at := s.next(from); at >= 0; at = s.next(from) {
		if at >= to {
			s.i-- // it is the next one again
			break
		}
		c := contextAt(s.b, at)
		set := s.finder.filter.reachesOf(&c)
		if set == 0 {
			continue // Fast path: without a call that most places do not need.
		}
		if t := s.finder.any(s.b, at, &c, set); t != nil {
			s.enough = leastEnough
			from := at - int(t.before)
			s.found = span{from, from + int(t.size)}
			return at
		}
	}
	return -1
}

// Found returns where a literal starts and ends whose anchor Find has found last.
func (s *Search) Found() (from, to int) { return s.found.from, s.found.to }

// At appends the ids of all literals whose anchor stands at at to ids, in ascending order.
func (s *Search) At(at int, ids []int32) []int32 {
	return s.finder.appendAt(ids, s.b, at, len(s.finder.literals))
}

// FindBelow is Find for the literals with an id below limit. It appends the ids
// of all that have their anchor there to ids, in ascending order.
func (s *Search) FindBelow(from, limit int, ids []int32) (int, []int32) {
	for at := s.next(from); at >= 0; at = s.next(from) {
		if found := s.finder.appendAt(ids, s.b, at, limit); len(found) > len(ids) {
			s.enough = leastEnough
			return at, found
		}
	}
	return -1, ids
}

// next returns the first place at or after from where a gram may stand, or -1.
func (s *Search) next(from int) int {
	for {
		for s.i < s.n {
			at := s.start + int(s.places[s.i])
			s.i++
			if at >= from {
				return at
			}
		}
		s.behind = max(s.behind, from)
		if !s.nextBatch() {
			return -1
		}
	}
}

// thenAt returns from where on the next batch brings what is read after b into the cache, or nil.
func (s *Search) thenAt() *byte {
	if at := s.behind * thenRate; at < len(s.then) {
		return &s.then[at]
	}
	return nil
}

// nextBatch goes to the next batch, which may have no places, if there is one.
func (s *Search) nextBatch() bool {
	if s.behind > len(s.b)-gramSize {
		return false
	}
	f, rest := &s.finder.filter, s.b[s.behind:]
	batch := rest[:min(len(rest), maxBatch)]
	n, seen := placesOf(f, batch, &s.places, s.enough, s.thenAt())
	s.n, s.i = f.keepMembers(rest, s.places[:n]), 0
	s.start, s.behind = s.behind, s.behind+seen
	s.enough = min(2*s.enough, mostEnough)
	return true
}
