//go:build !purego

#include "textflag.h"

// Offsets in a filter.
#define LOW 0
#define HIGH 64
#define SHIFTS 128
#define MEMBERS 1152

DATA lowHalf<>+0(SB)/8, $0x0f0f0f0f0f0f0f0f
GLOBL lowHalf<>(SB), RODATA|NOPTR, $8

// LOOKUP leaves in to the buckets that 32 bytes, at distance j of the block's
// start, may belong to.
#define LOOKUP(j, low, high, to) \
	VMOVDQU j(SI), to       \
	VPSRLW  $4, to, Y12     \
	VPAND   Y8, to, to      \
	VPAND   Y8, Y12, Y12    \
	VPSHUFB to, low, to     \
	VPSHUFB Y12, high, Y12  \
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

// CHECK takes the first place out of BX, leaves its distance from the block's
// start in R13, and ors into R12 whether its key may be in members. When BX is
// empty it looks at the place behind the block.
#define CHECK \
	TZCNTQ  BX, R13               \
	BLSRQ   BX, BX                \
	MOVQ    (SI)(R13*1), DX       \
	ORQ     R10, DX               \
	MOVWLZX DX, CX                \
	IMULL   $0x9E3779B1, CX       \ // class
	SHRL    $22, CX               \
	MOVBLZX SHIFTS(DI)(CX*1), CX  \
	SHLXQ   CX, DX, DX            \ // key
	IMULQ   R11, DX               \ // hash
	SHRQ    $48, DX               \
	MOVL    DX, CX                \
	SHRL    $5, CX                \
	MOVL    MEMBERS(DI)(CX*4), CX \
	SHRXL   DX, CX, CX            \
	ORL     CX, R12

// func ruledOutVector(f *filter, b []byte) int
TEXT ·ruledOutVector(SB), NOSPLIT, $0-40
	MOVQ f+0(FP), DI
	MOVQ b_base+8(FP), SI // the start of the block
	MOVQ b_len+16(FP), R8
	MOVQ SI, AX
	LEAQ -72(SI)(R8*1), R8 // the start of the last block, minVector before the end

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
	MOVQ           $0x2020202020202020, R10 // foldMask
	MOVQ           $0x9E3779B97F4A7C15, R11 // multiplier64

	PCALIGN $32

block:
	BUCKETS(0, Y10)
	BUCKETS(32, Y13)
	VPOR   Y10, Y13, Y11
	VPTEST Y11, Y11
	JNZ    places

next:
	ADDQ $64, SI
	CMPQ SI, R8
	JLS  block

	// The last block overlaps the one before, unless that was the last.
	LEAQ 64(R8), CX
	CMPQ SI, CX
	JEQ  done
	MOVQ R8, SI
	JMP  block

places:
	VPCMPEQB  Y9, Y10, Y10
	VPCMPEQB  Y9, Y13, Y13
	VPMOVMSKB Y10, BX
	VPMOVMSKB Y13, CX
	SHLQ      $32, CX
	ORQ       CX, BX
	NOTQ      BX           // bit i: the place at distance i has a bucket

	// Fast path: four places without a branch, as nothing can predict how many
	// there are.
	MOVQ  BX, R9
	XORL  R12, R12
	CHECK
	CHECK
	CHECK
	CHECK
	TESTL $1, R12
	JNZ   each
	MOVQ  BX, R9
	TESTQ BX, BX
	JZ    next

each:
	MOVQ R9, BX

place:
	TESTQ BX, BX
	JZ    next
	XORL  R12, R12
	CHECK
	TESTL $1, R12
	JZ    place
	ADDQ  R13, SI

done:
	VZEROUPPER
	SUBQ AX, SI
	MOVQ SI, ret+32(FP)
	RET
