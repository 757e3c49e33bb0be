//go:build !purego

#include "textflag.h"
#include "vector_amd64.h"

// LOOKUP leaves in to the buckets that 64 bytes, at distance j of the block's
// start, may belong to. The shuffle takes bytes 0 to 63 from low, 64 to 127
// from high, and does not look at the eighth bit.
#define LOOKUP(j, low, high, to) \
	VMOVDQU64 j(SI), to \
	VPERMI2B  high, low, to

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
	PCALIGN   $32

block:
	LOOKUP(0, Z0, Z1, Z8)
	LOOKUP(1, Z2, Z3, Z9)
	LOOKUP(2, Z4, Z5, Z10)
	LOOKUP(3, Z6, Z7, Z11)
	VPANDQ   Z8, Z9, Z9
	VPANDQ   Z10, Z11, Z11
	VPTESTMB Z9, Z11, K1
	KMOVQ    K1, BX
	TESTQ    BX, BX
	JNZ      places

	BLOCKS
