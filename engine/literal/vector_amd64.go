//go:build !purego

package literal

import "golang.org/x/sys/cpu"

// useVector says whether ruledOut uses ruledOutVector.
var useVector = cpu.X86.HasAVX2 && cpu.X86.HasBMI1 && cpu.X86.HasBMI2

// ruledOutVector is ruledOut for b of minVector bytes or more, with AVX2, BMI1
// and BMI2. It reads no byte outside of b. The result is at most
// len(b)-maxPiece.
//
// A block is 64 places. For each of the first four bytes of a piece one shuffle
// looks up the low half of 32 bytes in a table, another the high half; the bits
// that all eight look-ups have in common are the buckets a place may belong to.
// The key of a place that has any is looked up in members.
//
//go:noescape
func ruledOutVector(f *filter, b []byte) int
