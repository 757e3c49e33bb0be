package literal

// placesPortable is an engine without vectors: it writes the places in b around
// which three neighbouring bytes are a gram's.
//
// It looks at three neighbouring bytes at every second place. A gram has two such
// triples, and the engine looks at one of them.
func placesPortable(f *filter, b []byte, places *[placesMax]uint16, enough int) (n, seen int) {
	const step = 2
	i := 1 // the triple there also covers the place before it
	for ; i+wordSize <= len(b); i += 3 * step {
		// Fast path: three triples out of one load, one branch for all of them.
		w := fold8(b, i)
		hits := [...]uint32{
			f.triples.bit(tripleHash(w)),
			f.triples.bit(tripleHash(w >> (8 * step))),
			f.triples.bit(tripleHash(w >> (16 * step))),
		}
		if (hits[0]|hits[1]|hits[2])&1 == 0 {
			continue
		}
		for k, hit := range hits {
			if hit&1 != 0 {
				at := i + k*step
				places[n], places[n+1] = uint16(at-1), uint16(at)
				n += 2
			}
		}
		if n >= enough {
			return n, i + 3*step - 1
		}
	}
	// What is left is shorter than a load.
	seen = max(0, len(b)-gramSize+1)
	for at := i - 1; at < seen; at++ {
		places[n] = uint16(at)
		n++
	}
	return n, seen
}
