//go:build !purego

#include "textflag.h"

// Offsets in a filter.
#define LOW 0
#define HIGH 64
#define SHIFTS 128
#define MEMBERS 1152

DATA lowHalf<>+0(SB)/8, $0x0f0f0f0f0f0f0f0f
GLOBL lowHalf<>(SB), RODATA|NOPTR, $8

// FIRST looks up the bytes at distance j of the places from AX on and leaves
// the buckets they may belong to in y.
#define FIRST(j, low, high, y) \
	VMOVDQU j(SI)(AX*1), y \
	VPSRLW  $4, y, Y12     \
	VPAND   Y8, y, y       \
	VPAND   Y8, Y12, Y12   \
	VPSHUFB y, low, y      \
	VPSHUFB Y12, high, Y12 \
	VPAND   Y12, y, y

// LOOKUP does the same and keeps in y what both have in common.
#define LOOKUP(j, low, high, y) \
	VMOVDQU j(SI)(AX*1), Y11 \
	VPSRLW  $4, Y11, Y12     \
	VPAND   Y8, Y11, Y11     \
	VPAND   Y8, Y12, Y12     \
	VPSHUFB Y11, low, Y11    \
	VPSHUFB Y12, high, Y12   \
	VPAND   Y11, y, y        \
	VPAND   Y12, y, y

// CHECK takes the first place out of BX and ors into R12 whether its key may be
// in members. When BX is empty it looks at the place behind the block.
#define CHECK \
	TZCNTQ  BX, R13                  \
	BLSRQ   BX, BX                   \
	MOVQ    (R14)(R13*1), DX         \
	ORQ     R10, DX                  \
	MOVWLZX DX, CX                   \
	IMULL   $0x9E3779B1, CX          \ // class
	SHRL    $22, CX                  \
	MOVBLZX SHIFTS(DI)(CX*1), CX     \
	SHLXQ   CX, DX, DX               \ // key
	IMULQ   R11, DX                  \ // hash
	SHRQ    $48, DX                  \
	MOVL    DX, CX                   \
	SHRL    $5, CX                   \
	MOVL    MEMBERS(DI)(CX*4), CX    \
	SHRXL   DX, CX, CX               \
	ORL     CX, R12

// func ruledOutAVX2(f *filter, b *byte, n int) int
TEXT ·ruledOutAVX2(SB), NOSPLIT, $0-32
	MOVQ f+0(FP), DI
	MOVQ b+8(FP), SI
	MOVQ n+16(FP), R8

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

	SUBQ $72, R8 // the start of the last block that is inside b
	XORQ AX, AX  // the start of this block

	PCALIGN $32
block:
	FIRST(0, Y0, Y4, Y10)
	LOOKUP(1, Y1, Y5, Y10)
	LOOKUP(2, Y2, Y6, Y10)
	LOOKUP(3, Y3, Y7, Y10)
	FIRST(32, Y0, Y4, Y13)
	LOOKUP(33, Y1, Y5, Y13)
	LOOKUP(34, Y2, Y6, Y13)
	LOOKUP(35, Y3, Y7, Y13)
	VPOR   Y10, Y13, Y11
	VPTEST Y11, Y11
	JNZ    places

next:
	ADDQ $64, AX
	CMPQ AX, R8
	JLE  block

	// The last block overlaps the one before, unless that was the last.
	LEAQ 64(R8), CX
	CMPQ AX, CX
	JEQ  done
	MOVQ R8, AX
	JMP  block

places:
	VPCMPEQB  Y9, Y10, Y10
	VPCMPEQB  Y9, Y13, Y13
	VPMOVMSKB Y10, BX
	VPMOVMSKB Y13, CX
	SHLQ      $32, CX
	ORQ       CX, BX
	NOTQ      BX           // bit i: the place AX+i has a bucket

	// Four places without a branch: how many there are cannot be predicted.
	LEAQ  (SI)(AX*1), R14
	MOVQ  BX, R15
	XORL  R12, R12
	CHECK
	CHECK
	CHECK
	CHECK
	TESTL $1, R12
	JNZ   each
	TESTQ BX, BX
	JZ    next

place:
	XORL  R12, R12
	MOVQ  BX, R15
	CHECK
	TESTL $1, R12
	JZ    more
	TZCNTQ R15, R13
	LEAQ  (AX)(R13*1), R13
	JMP   found
more:
	TESTQ BX, BX
	JNZ   place
	JMP   next
each:
	MOVQ R15, BX
	JMP place

found:
	VZEROUPPER
	MOVQ R13, ret+24(FP)
	RET

done:
	VZEROUPPER
	MOVQ AX, ret+24(FP)
	RET
