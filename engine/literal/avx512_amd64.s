//go:build !purego

#include "textflag.h"
#include "vector_amd64.h"

// The numbers 0 to 63.
DATA index<>+0(SB)/8, $0x0706050403020100
DATA index<>+8(SB)/8, $0x0f0e0d0c0b0a0908
DATA index<>+16(SB)/8, $0x1716151413121110
DATA index<>+24(SB)/8, $0x1f1e1d1c1b1a1918
DATA index<>+32(SB)/8, $0x2726252423222120
DATA index<>+40(SB)/8, $0x2f2e2d2c2b2a2928
DATA index<>+48(SB)/8, $0x3736353433323130
DATA index<>+56(SB)/8, $0x3f3e3d3c3b3a3938
GLOBL index<>(SB), RODATA|NOPTR, $64

// LOAD leaves in a and in b the 64 bytes at at.
#define LOAD(at, a, b) \
	VMOVDQU64 at, a \
	VMOVDQA64 a, b

// LOOKUP turns each of 64 bytes into the buckets it may belong to. The shuffle
// takes bytes 0 to 63 from low, 64 to 127 from high, and does not look at the
// eighth bit.
#define LOOKUP(low, high, bytes) \
	VPERMI2B high, low, bytes

#define PLACES(at) \
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
	KMOVQ    K1, BX

#define LASTPLACES(at) PLACES(at)

#define CHOSEN \
	KMOVQ BX, K1

// Z26 has the numbers 0 to 63, Z28 words of the block's distance from the start of
// b, and Z30 words of 64.
#define WRITE \
	VPCOMPRESSB.Z Z26, K1, Z27  \
	VPMOVZXBW     X27, X29      \
	VPADDW        X28, X29, X29 \
	VMOVDQU16     X29, (R9)     \
	VPADDW        Z30, Z28, Z28

// MORE writes all of them; Z28 is the next block's already.
#define MORE \
	VPSUBW        Z30, Z28, Z31 \
	VPMOVZXBW     Y27, Z29      \
	VPADDW        Z31, Z29, Z29 \
	VMOVDQU16     Z29, (R9)     \
	VEXTRACTI64X4 $1, Z27, Y29  \
	VPMOVZXBW     Y29, Z29      \
	VPADDW        Z31, Z29, Z29 \
	VMOVDQU16     Z29, 64(R9)

// func placesAVX512(f *filter, b []byte, places *[placesMax]uint16, enough int, then *byte) (n, seen int)
TEXT ·placesAVX512(SB), NOSPLIT, $0-72
	ARGUMENTS
	// The first half of the fine buckets
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
	VMOVDQU64    index<>(SB), Z26
	VPXORQ       Z28, Z28, Z28
	MOVQ         $64, R14
	VPBROADCASTW R14, Z30

	BLOCKS(8)
