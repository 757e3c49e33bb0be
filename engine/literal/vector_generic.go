//go:build purego || !(amd64 || arm64)

package literal

// useVector says whether ruledOut uses ruledOutVector.
var useVector = false

// ruledOutVector is ruledOut for b of minVector bytes or more. It reads no byte
// outside of b. The result is at most len(b)-maxPiece.
//
// It is the twin of the assembly, to compare with; ruledOutPortable is faster.
func ruledOutVector(f *filter, b []byte) int {
	for at := range len(b) - maxPiece {
		if f.bucketsAt(b, at) != 0 && f.mayStartPiece(b, at) {
			return at
		}
	}
	return len(b) - maxPiece
}
