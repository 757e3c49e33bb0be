//go:build !purego

#include "textflag.h"
#include "vector_amd64.h"

// LOAD leaves in a and in b the 64 bytes at at.
#define LOAD(at, a, b) \
	VMOVDQU64 at, a \
	VMOVDQA64 a, b

// LOOKUP turns each of 64 bytes into the buckets it may belong to. The shuffle
// takes bytes 0 to 63 from low, 64 to 127 from high, and does not look at the
// eighth bit.
#define LOOKUP(low, high, bytes) \
	VPERMI2B high, low, bytes

#define PLACES(at, to) \
	LOAD(0(at), Z16, Z20)  \
	LOAD(1(at), Z17, Z21)  \
	LOAD(2(at), Z18, Z22)  \
	LOAD(3(at), Z19, Z23)  \
	LOOKUP(Z0, Z1, Z16)    \
	LOOKUP(Z2, Z3, Z17)    \
	LOOKUP(Z4, Z5, Z18)    \
	LOOKUP(Z6, Z7, Z19)    \
	LOOKUP(Z8, Z9, Z20)    \
	LOOKUP(Z10, Z11, Z21)  \
	LOOKUP(Z12, Z13, Z22)  \
	LOOKUP(Z14, Z15, Z23)  \
	VMOVDQU64 0(at), Z24   \ // wideBucket's bit is an eighth bit, too:
	VPANDQ   Z16, Z17, Z17 \ // buckets & (byte | 0x7f)
	VPANDQ   Z18, Z19, Z19 \
	VPANDQ   Z20, Z21, Z21 \
	VPANDQ   Z22, Z23, Z23 \
	VPTERNLOGQ $0xE0, Z24, Z25, Z17 \
	VPTERNLOGQ $0xE0, Z24, Z25, Z21 \
	VPTESTMB Z17, Z19, K1  \
	VPTESTMB Z21, Z23, K2  \
	KORQ     K1, K2, K1    \
	KMOVQ    K1, to

// func firstBlockAVX512(f *filter, b []byte) (at int, places uint64)
TEXT ·firstBlockAVX512(SB), NOSPLIT, $0-48
	ARGUMENTS
	// The first part of the buckets
	VMOVDQU64 EXACT+0(DI), Z0
	VMOVDQU64 EXACT+64(DI), Z1
	VMOVDQU64 EXACT+128(DI), Z2
	VMOVDQU64 EXACT+192(DI), Z3
	VMOVDQU64 EXACT+256(DI), Z4
	VMOVDQU64 EXACT+320(DI), Z5
	VMOVDQU64 EXACT+384(DI), Z6
	VMOVDQU64 EXACT+448(DI), Z7
	// and the second
	VMOVDQU64 EXACT+512(DI), Z8
	VMOVDQU64 EXACT+576(DI), Z9
	VMOVDQU64 EXACT+640(DI), Z10
	VMOVDQU64 EXACT+704(DI), Z11
	VMOVDQU64 EXACT+768(DI), Z12
	VMOVDQU64 EXACT+832(DI), Z13
	VMOVDQU64 EXACT+896(DI), Z14
	VMOVDQU64 EXACT+960(DI), Z15
	MOVQ         $0x7F7F7F7F7F7F7F7F, R14
	VPBROADCASTQ R14, Z25

	BLOCKS
