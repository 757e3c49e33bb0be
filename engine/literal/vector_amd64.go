//go:build !purego

package literal

import "golang.org/x/sys/cpu"

// What a search uses. BMI1, BMI2 and POPCNT came with AVX2, or before.
var (
	useVector = cpu.X86.HasAVX2 && cpu.X86.HasBMI1 && cpu.X86.HasBMI2 && cpu.X86.HasPOPCNT
	useAVX512 = useVector && cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VBMI && cpu.X86.HasAVX512VBMI2
)

// placesVector is the engine that this processor has. b has minVector bytes or more,
// none outside of which is read.
func placesVector(f *filter, b []byte, places *[placesMax]uint16, enough int) (n, seen int) {
	if useAVX512 {
		return placesAVX512(f, b, places, enough)
	}
	return placesAVX2(f, b, places, enough)
}

// placesAVX2 is placesVector with AVX2, BMI1, BMI2 and POPCNT.
//
// Bytes become classes, of which two shuffles look 32 up in the halves of a table; the bits
// that the look-ups of all four bytes of a gram have in common are the buckets a place may
// belong to.
//
//go:noescape
func placesAVX2(f *filter, b []byte, places *[placesMax]uint16, enough int) (n, seen int)

// placesAVX512 is placesVector with AVX-512 F, BW, VBMI and VBMI2, BMI1, BMI2 and
// POPCNT.
//
// It is as placesAVX2, but one shuffle looks up 64 whole bytes. They need no classes, so that
// fewer places get through.
//
//go:noescape
func placesAVX512(f *filter, b []byte, places *[placesMax]uint16, enough int) (n, seen int)

// BlocksPay reports whether a Search of blocks takes less time than one of all that is between
// them, too. There is no engine for blocks with AVX-512, with which a search takes least.
func BlocksPay() bool { return !useVector || !useAVX512 }

// placesOfBlocks is the engine for blocks that this processor has. b has minVector bytes or
// more from each of them on.
func placesOfBlocks(f *filter, b []byte, blocks []uint16, places *[placesMax]uint16, enough int) (n, seen int) {
	if useVector && !useAVX512 {
		return placesOfBlocksAVX2(f, b, blocks, places, enough)
	}
	return placesOfEach(f, b, blocks, places, enough)
}

// placesOfBlocksAVX2 is placesOfEach with placesAVX2.
//
//go:noescape
func placesOfBlocksAVX2(f *filter, b []byte, blocks []uint16, places *[placesMax]uint16, enough int) (n, seen int)
