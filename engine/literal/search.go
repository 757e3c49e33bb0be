package literal

// thenRate is how many bytes of what comes after a text an engine prefetches for each byte of the
// text: where lines are gathered, what is searched is a small part of what is read.
const thenRate = 4

// placesOf is an engine: it writes the places in b, ascending, at which a gram may stand judging by
// single bytes. It returns how many it wrote, and how many places of b it has looked at: all, or
// fewer once it wrote at least enough. It chooses between placesVector and placesPortable. then is
// where to prefetch what is read after b; nil: more of b itself.
func placesOf(f *filter, b []byte, places *[placesMax]uint16, enough int, then *byte) (n, seen int) {
	if useVector && len(b) >= minVector {
		return placesVector(f, b, places, enough, then)
	}
	return placesPortable(f, b, places, enough)
}

// blockPlaces is how many places a vector engine looks at in one go.
const blockPlaces = 64

// minVector is what a vector engine reads for one block: the grams that may stand at
// its places.
const minVector = blockPlaces + gramSize - 1

// maxBatch is how many bytes of a text an engine is given at once: whole blocks, so few that
// 16 bits can number the places in them.
const maxBatch = minVector + 1000*blockPlaces

// How many places end a batch. After a literal, the rest of its record is skipped, and what
// an engine has seen of it is wasted. So the batch after a literal is short, and each one
// after that is twice as long.
const (
	leastEnough = 16
	mostEnough  = 256
	placesMax   = mostEnough + blockPlaces // an engine ends with a block
)

// A Search goes through a text once, from its start to its end. It is ready after
// Reset, and may be used for one text after the other.
//
// It works in batches: an engine writes the places of a batch where a gram may
// stand, and hashes rule most of them out. Neither branches on what it finds, which
// the processor could not predict.
type Search struct {
	finder *Finder
	b      []byte
	start  int               // where the current batch starts in b
	behind int               // where the next batch starts in b
	enough int               // how many places end the next batch
	places [placesMax]uint16 // counted from start
	n, i   int               // places[i:n] are still to be looked at
	found  span              // of the literal found last
	then   []byte            // what is read after b, or nil
	beside context           // of the current place; kept here, since a local one would be cleared each time
}

// A span is a part of a text.
type span struct{ from, to int }

// Reset makes s a search of b by f.
func (s *Search) Reset(f *Finder, b []byte) {
	s.finder, s.enough = f, leastEnough
	s.GoOn(b, nil)
}

// GoOn makes s a search of b, a text like the one before: what was learnt about the length of
// batches stays. then is what will be read after b, or nil; an engine may prefetch it meanwhile.
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
		s.beside.set(s.b, at)
		set := s.finder.filter.reachesOf(&s.beside)
		if set == 0 {
			continue // Fast path: most places do not need the call below.
		}
		if t := s.finder.any(s.b, at, &s.beside, set); t != nil {
			s.enough = leastEnough
			start := at - int(t.before)
			s.found = span{start, start + int(t.size)}
			return at
		}
	}
	return -1
}

// Found returns where the literal starts and ends whose anchor Find or FindWithin found last. If
// several literals have their anchor there, it is any of them.
func (s *Search) Found() (from, to int) { return s.found.from, s.found.to }

// At appends to ids those of all literals whose anchor stands at offset at, in ascending order.
func (s *Search) At(at int, ids []int32) []int32 {
	return s.finder.appendAt(ids, s.b, at, s.finder.literals.len())
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

// thenAt returns where the next batch is to begin prefetching what is read after b, or nil.
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
