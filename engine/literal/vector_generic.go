//go:build purego || !(amd64 || arm64)

package literal

// useVector says whether a search uses placesVector.
var useVector = false

// placesVector is the engine with vectors where there are none. b has minVector bytes or more.
//
// It is the twin of the assembly, to compare with; placesPortable is faster.
func placesVector(f *filter, b []byte, places *[placesMax]uint16, enough int, _ *byte) (n, seen int) {
	for seen <= len(b)-gramSize && n < enough {
		for end := min(seen+blockPlaces, len(b)-gramSize+1); seen < end; seen++ {
			if f.bucketsAt(b, seen) != 0 {
				places[n] = uint16(seen)
				n++
			}
		}
	}
	return n, seen
}
