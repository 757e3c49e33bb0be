//go:build !purego

package literal

// useVector says whether ruledOut uses ruledOutVector. Every arm64 that Linux
// runs on has NEON.
var useVector = true

// ruledOutVector is ruledOut for b of minVector bytes or more, with NEON. It
// reads no byte outside of b. The result is at most len(b)-maxPiece.
//
// A block is 64 places. For each of the first four bytes of a piece 16 bytes are
// looked up in a table; the bits that all four look-ups have in common are the
// buckets a place may belong to. The key of a place that has any is looked up in
// members.
//
//go:noescape
func ruledOutVector(f *filter, b []byte) int
