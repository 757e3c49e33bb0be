//go:build purego || !(amd64 || arm64)

package literal

// useVector says whether a search uses placesVector.
var useVector = false

// placesVector is an engine that looks at the first four bytes of pieces. b has
// minVector bytes or more.
//
// It is the twin of the assembly, to compare with; placesPortable is faster.
func placesVector(f *filter, b []byte, places *[placesMax]uint16, enough int) (n, seen int) {
	for seen <= len(b)-minPiece && n < enough {
		for end := min(seen+blockPlaces, len(b)-minPiece+1); seen < end; seen++ {
			if f.bucketsAt(b, seen) != 0 {
				places[n] = uint16(seen)
				n++
			}
		}
	}
	return n, seen
}
