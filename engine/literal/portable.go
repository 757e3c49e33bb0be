package literal

// ruledOutPortable returns how many places at the start of b hold no piece. The
// place behind them may hold none either. The result is at most len(b).
//
// It looks at three neighbouring bytes at every second place. The first four
// bytes of a piece have two such triples, and one of them is where the engine
// looks.
func ruledOutPortable(f *filter, b []byte) int {
	const step = 2
	i := 1 // the place in front of it is looked at by this triple too
	for ; i+2*step+maxPiece <= len(b); i += 3 * step {
		// Fast path: three triples out of one load, one branch for all of them.
		w := fold8(b, i)
		hits := [...]uint32{
			f.grams.bit(gramHash(w)),
			f.grams.bit(gramHash(w >> (8 * step))),
			f.grams.bit(gramHash(w >> (16 * step))),
		}
		if (hits[0]|hits[1]|hits[2])&1 == 0 {
			continue
		}
		for k, hit := range hits {
			for at := i + k*step - 1; hit&1 != 0 && at <= i+k*step; at++ {
				if f.mayStartPiece(b, at) {
					return at
				}
			}
		}
	}
	return min(i-1, len(b))
}
