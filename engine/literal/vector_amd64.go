//go:build !purego

package literal

import "golang.org/x/sys/cpu"

// What ruledOut uses. BMI1 and BMI2 came with AVX2.
var (
	useVector = cpu.X86.HasAVX2 && cpu.X86.HasBMI1 && cpu.X86.HasBMI2
	useAVX512 = useVector && cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VBMI
)

// ruledOutVector is ruledOut for b of minVector bytes or more, where useVector
// says so. It reads no byte outside of b. The result is at most
// len(b)-maxPiece.
func ruledOutVector(f *filter, b []byte) int {
	if useAVX512 {
		return ruledOutAVX512(f, b)
	}
	return ruledOutAVX2(f, b)
}

// ruledOutAVX2 is ruledOutVector with AVX2, BMI1 and BMI2.
//
// A block is 64 places. For each of the first four bytes of a piece four shuffles
// look 32 bytes up in the quarters of a table; the bits that the look-ups of all
// four bytes have in common are the buckets a place may belong to. The key of a
// place that has any is looked up in members.
//
//go:noescape
func ruledOutAVX2(f *filter, b []byte) int

// ruledOutAVX512 is ruledOutVector with AVX-512 F, BW and VBMI, BMI1 and BMI2.
//
// It is as ruledOutAVX2, but one shuffle looks up 64 whole bytes. That leaves
// time to look at each part of the buckets for itself, and a third fewer blocks
// have a place.
//
//go:noescape
func ruledOutAVX512(f *filter, b []byte) int
