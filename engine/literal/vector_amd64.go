//go:build !purego

package literal

import "golang.org/x/sys/cpu"

// The instructions that a search uses. BMI1, BMI2 and POPCNT came with AVX2, or before it.
var (
	useVector = cpu.X86.HasAVX2 && cpu.X86.HasBMI1 && cpu.X86.HasBMI2 && cpu.X86.HasPOPCNT
	useAVX512 = useVector && cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VBMI && cpu.X86.HasAVX512VBMI2
)

// placesVector is the engine for this processor. b must have minVector bytes or more; nothing
// outside b is read.
func placesVector(f *filter, b []byte, places *[placesMax]uint16, enough int, then *byte) (n, seen int) {
	if useAVX512 {
		return placesAVX512(f, b, places, enough, nil) // too fast to prefetch for others
	}
	return placesAVX2(f, b, places, enough, then)
}

// placesAVX2 is placesVector with AVX2, BMI1, BMI2 and POPCNT.
//
// Bytes become classes, 32 of which two shuffles look up in the halves of a table; the bits
// that the look-ups of all four bytes of a gram have in common are the buckets a place may
// belong to.
//
//go:noescape
func placesAVX2(f *filter, b []byte, places *[placesMax]uint16, enough int, then *byte) (n, seen int)

// placesAVX512 is placesVector with AVX-512 F, BW, VBMI and VBMI2, BMI1, BMI2 and
// POPCNT.
//
// It works as placesAVX2 does, but one shuffle looks up 64 whole bytes. They need no classes,
// so fewer places get through.
//
//go:noescape
func placesAVX512(f *filter, b []byte, places *[placesMax]uint16, enough int, then *byte) (n, seen int)
