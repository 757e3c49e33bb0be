//go:build !purego

package literal

import "golang.org/x/sys/cpu"

// What a search uses. BMI1 and BMI2 came with AVX2.
var (
	useVector = cpu.X86.HasAVX2 && cpu.X86.HasBMI1 && cpu.X86.HasBMI2
	useAVX512 = useVector && cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VBMI
)

// firstBlockVector returns where the first block of b starts that may hold a
// literal, and at which of its places, by a bit each, of which the first has what
// mayStart and mayHold ask for; what is before b is not known. Without any it
// returns len(b)-maxPiece and no places. b has minVector bytes or more, none
// outside of which is read.
func firstBlockVector(f *filter, b []byte) (at int, places uint64) {
	if useAVX512 {
		return firstBlockAVX512(f, b)
	}
	return firstBlockAVX2(f, b)
}

// firstBlockAVX2 is firstBlockVector with AVX2, BMI1 and BMI2.
//
// For each of the first four bytes of a piece four shuffles look 32 bytes up in
// the quarters of a table; the bits that the look-ups of all four bytes have in
// common are the buckets a place may belong to. The keys of the places that have
// any are looked up in members, and where one is there the sides in beside.
//
//go:noescape
func firstBlockAVX2(f *filter, b []byte) (at int, places uint64)

// firstBlockAVX512 is firstBlockVector with AVX-512 F, BW and VBMI, BMI1 and
// BMI2.
//
// It is as firstBlockAVX2, but one shuffle looks up 64 whole bytes. That leaves
// time to look at each part of the buckets for itself, and a third fewer blocks
// have a place.
//
//go:noescape
func firstBlockAVX512(f *filter, b []byte) (at int, places uint64)
