//go:build !purego

package literal

// useVector says whether a search uses firstBlockVector. Every arm64 that Linux
// runs on has NEON.
var useVector = true

// firstBlockVector returns where the first block of b starts that may hold a
// literal, and at which of its places, by a bit each, of which the first has what
// mayStart and mayHold ask for; what is before b is not known. Without any it
// returns len(b)-maxPiece and no places. b has minVector bytes or more, none
// outside of which is read. It uses NEON.
//
// For each of the first four bytes of a piece 16 bytes are looked up in a table;
// the bits that all four look-ups have in common are the buckets a place may
// belong to. The keys of the places that have any are looked up in members, and
// where one is there the sides in beside.
//
//go:noescape
func firstBlockVector(f *filter, b []byte) (at int, places uint64)
