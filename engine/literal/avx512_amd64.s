//go:build !purego

#include "textflag.h"
#include "vector_amd64.h"

// LOOKUP turns each of 64 bytes into the buckets it may belong to. The shuffle
// takes bytes 0 to 63 from low, 64 to 127 from high, and does not look at the
// eighth bit.
#define LOOKUP(low, high, bytes) \
	VPERMI2B high, low, bytes

#define PLACES(at, to) \
	VMOVDQU64 0(at), Z16  \
	VMOVDQU64 1(at), Z17  \
	VMOVDQU64 2(at), Z18  \
	VMOVDQU64 3(at), Z19  \
	LOOKUP(Z0, Z1, Z16)    \
	LOOKUP(Z2, Z3, Z17)    \
	LOOKUP(Z4, Z5, Z18)    \
	LOOKUP(Z6, Z7, Z19)    \
	VPANDQ   Z16, Z17, Z17 \
	VPANDQ   Z18, Z19, Z19 \
	VPTESTMB Z17, Z19, K1  \
	KMOVQ    K1, to

// func ruledOutAVX512(f *filter, b []byte) int
TEXT ·ruledOutAVX512(SB), NOSPLIT, $0-40
	ARGUMENTS
	VMOVDQU64 EXACT+0(DI), Z0
	VMOVDQU64 EXACT+64(DI), Z1
	VMOVDQU64 EXACT+128(DI), Z2
	VMOVDQU64 EXACT+192(DI), Z3
	VMOVDQU64 EXACT+256(DI), Z4
	VMOVDQU64 EXACT+320(DI), Z5
	VMOVDQU64 EXACT+384(DI), Z6
	VMOVDQU64 EXACT+448(DI), Z7

	BLOCKS
