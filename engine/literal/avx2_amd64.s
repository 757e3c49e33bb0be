//go:build !purego

#include "textflag.h"
#include "vector_amd64.h"

DATA lowHalf<>+0(SB)/8, $0x0f0f0f0f0f0f0f0f
GLOBL lowHalf<>(SB), RODATA|NOPTR, $8

// LOOKUP leaves in to the buckets that the 32 bytes at at may belong to.
#define LOOKUP(at, low, high, to) \
	VMOVDQU at, to         \
	VPSRLW  $4, to, Y12    \
	VPAND   Y8, to, to     \
	VPAND   Y8, Y12, Y12   \
	VPSHUFB to, low, to    \
	VPSHUFB Y12, high, Y12 \
	VPAND   Y12, to, to

// BUCKETS leaves in to the buckets that the 32 places at distance j of at may
// belong to.
#define BUCKETS(j, at, to) \
	LOOKUP(j+0(at), Y0, Y4, to)  \
	LOOKUP(j+1(at), Y1, Y5, Y11) \
	VPAND Y11, to, to            \
	LOOKUP(j+2(at), Y2, Y6, Y11) \
	VPAND Y11, to, to            \
	LOOKUP(j+3(at), Y3, Y7, Y11) \
	VPAND Y11, to, to

#define PLACES(at, to) \
	BUCKETS(0, at, Y10)     \
	BUCKETS(32, at, Y13)    \
	VPCMPEQB  Y9, Y10, Y10  \
	VPCMPEQB  Y9, Y13, Y13  \
	VPMOVMSKB Y10, to       \
	VPMOVMSKB Y13, CX       \
	SHLQ      $32, CX       \
	ORQ       CX, to        \
	NOTQ      to

// func ruledOutAVX2(f *filter, b []byte) int
TEXT ·ruledOutAVX2(SB), NOSPLIT, $0-40
	ARGUMENTS
	VBROADCASTI128 LOW+0(DI), Y0
	VBROADCASTI128 LOW+16(DI), Y1
	VBROADCASTI128 LOW+32(DI), Y2
	VBROADCASTI128 LOW+48(DI), Y3
	VBROADCASTI128 HIGH+0(DI), Y4
	VBROADCASTI128 HIGH+16(DI), Y5
	VBROADCASTI128 HIGH+32(DI), Y6
	VBROADCASTI128 HIGH+48(DI), Y7
	VPBROADCASTQ   lowHalf<>(SB), Y8
	VPXOR          Y9, Y9, Y9

	BLOCKS
