//go:build !purego

#include "textflag.h"
#include "vector_amd64.h"

DATA lowHalf<>+0(SB)/8, $0x0f0f0f0f0f0f0f0f
GLOBL lowHalf<>(SB), RODATA|NOPTR, $8

// LOOKUP leaves in to the buckets that 32 bytes, at distance j of the block's
// start, may belong to.
#define LOOKUP(j, low, high, to) \
	VMOVDQU j(SI), to      \
	VPSRLW  $4, to, Y12    \
	VPAND   Y8, to, to     \
	VPAND   Y8, Y12, Y12   \
	VPSHUFB to, low, to    \
	VPSHUFB Y12, high, Y12 \
	VPAND   Y12, to, to

// BUCKETS leaves in to the buckets that 32 places, at distance j of the block's
// start, may belong to.
#define BUCKETS(j, to) \
	LOOKUP(j+0, Y0, Y4, to)  \
	LOOKUP(j+1, Y1, Y5, Y11) \
	VPAND Y11, to, to        \
	LOOKUP(j+2, Y2, Y6, Y11) \
	VPAND Y11, to, to        \
	LOOKUP(j+3, Y3, Y7, Y11) \
	VPAND Y11, to, to

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
	PCALIGN        $32

block:
	BUCKETS(0, Y10)
	BUCKETS(32, Y13)
	VPOR      Y10, Y13, Y11
	VPTEST    Y11, Y11
	JZ        next
	VPCMPEQB  Y9, Y10, Y10
	VPCMPEQB  Y9, Y13, Y13
	VPMOVMSKB Y10, BX
	VPMOVMSKB Y13, CX
	SHLQ      $32, CX
	ORQ       CX, BX
	NOTQ      BX
	JMP       places

	BLOCKS
