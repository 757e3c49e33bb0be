package literal

// MaxStretch is how long a part of a text may be that Blocks are of: each place of a block
// that begins in it fits 16 bits.
const MaxStretch = 1<<16 - blockPlaces

// BlockReads is how many bytes of the text are read from the start of a block on.
const BlockReads = minVector

// Blocks say where in a stretch of a text a Search is to look, blockPlaces places each.
// They are in ascending order, and none overlaps another.
type Blocks struct {
	start int // of the stretch, in the text
	at    [MaxStretch/blockPlaces + atOnce]uint16
	n     int
	end   int // where the last one ends, from start
}

// atOnce is how many blocks Add writes at once. How many a line takes could not be
// predicted.
const atOnce = 4

// Reset begins a stretch at start, without blocks.
func (s *Blocks) Reset(start int) { s.start, s.n, s.end = start, 0, 0 }

// Bytes returns how many bytes of the text a Search looks at.
func (s *Blocks) Bytes() int { return s.n * blockPlaces }

// Add makes a Search look for what is all in the text's bytes from from to to. They must be in
// the stretch, behind what was added before, and BlockReads or more before the text's end.
func (s *Blocks) Add(from, to int) {
	at := max(from-s.start, s.end)
	n := (to - s.start - gramSize - at + blockPlaces) / blockPlaces
	if n <= 0 {
		return
	}
	for i := 0; i < n; i += atOnce {
		next := (*[atOnce]uint16)(s.at[s.n+i:])
		for k := range next {
			next[k] = uint16(at + (i+k)*blockPlaces)
		}
	}
	s.n, s.end = s.n+n, at+n*blockPlaces
}

// placesOfEach is an engine that looks at blocks of b only, of which it has then seen so
// many. It asks the engine for all of a text about one after the other.
func placesOfEach(f *filter, b []byte, blocks []uint16, places *[placesMax]uint16, enough int) (n, seen int) {
	var found [placesMax]uint16
	for seen < len(blocks) && n < enough {
		at := blocks[seen]
		k, _ := placesOf(f, b[at:][:minVector], &found, placesMax)
		for _, place := range found[:k] {
			places[n] = at + place
			n++
		}
		seen++
	}
	return n, seen
}
