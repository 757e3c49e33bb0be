//go:build !purego

package literal

// useVector says whether a search uses placesVector. Every arm64 that Linux runs
// on has NEON.
var useVector = true

// placesVector is the engine that this processor has.
func placesVector(f *filter, b []byte, places *[placesMax]uint16, enough int, _ *byte) (n, seen int) {
	return placesNEON(f, b, places, enough)
}

// placesNEON is placesVector with NEON. b must have minVector bytes or more; nothing
// outside b is read.
//
// For each byte of a gram 16 bytes are looked up in a table; the bits that all four
// look-ups have in common are the buckets a place may belong to.
//
//go:noescape
func placesNEON(f *filter, b []byte, places *[placesMax]uint16, enough int) (n, seen int)
