//go:build purego || !(amd64 || arm64)

package literal

// useVector says whether a search uses firstBlockVector.
var useVector = false

// firstBlockVector returns where the first block of b starts that may hold a
// literal, and at which of its places, by a bit each, of which the first has what
// mayStart and mayHold ask for; what is before b is not known. Without any it
// returns len(b)-maxPiece and no places. b has minVector bytes or more.
//
// It is the twin of the assembly, to compare with; ruledOutPortable is faster.
func firstBlockVector(f *filter, b []byte) (at int, places uint64) {
	for last := len(b) - minVector; ; at = min(at+blockPlaces, last) {
		for i := range blockPlaces {
			if f.bucketsAt(b, at+i) != 0 && (places != 0 || f.mayStartPiece(b, at+i) && (at+i < wordSize-minPiece || f.mayHold(b, at+i))) {
				places |= 1 << i
			}
		}
		if places != 0 {
			return at, places
		}
		if at == last {
			return len(b) - maxPiece, 0
		}
	}
}
