//go:build !purego

package literal

import "golang.org/x/sys/cpu"

// hasAVX2 says whether this machine runs ruledOutAVX2.
var hasAVX2 = cpu.X86.HasAVX2

// ruledOut returns how many places at the start of b hold no piece. The place
// after them may hold none either. The result is at most len(b).
func (f *filter) ruledOut(b []byte) int {
	if hasAVX2 && len(b) >= minVector {
		return ruledOutAVX2(f, &b[0], len(b))
	}
	return f.ruledOutPortable(b)
}

// minVector is what ruledOutAVX2 reads for one block: 64 places, and what a
// piece at the last of them has behind it.
const minVector = 64 + maxPiece

// ruledOutAVX2 is ruledOut for the n bytes at b; n must be at least minVector.
// It reads no byte outside of b[:n]. The result is at most n-maxPiece+1.
//
// A block is 64 places. For each of the first four bytes of a piece one shuffle
// looks up the low half of 32 bytes in a table, another the high half; the bits
// that all eight look-ups have in common are the buckets a place may belong to.
// The key of a place that has any is looked up in members.
//
//go:noescape
func ruledOutAVX2(f *filter, b *byte, n int) int
