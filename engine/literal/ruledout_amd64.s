//go:build !purego

#include "textflag.h"

// Offsets in a filter.
#define LOW 0
#define HIGH 64
#define MEMBERS 128

DATA lowHalf<>+0(SB)/8, $0x0f0f0f0f0f0f0f0f
GLOBL lowHalf<>(SB), RODATA|NOPTR, $8

// BYTE looks up the byte at distance j of 32 places and leaves in Y10 the
// buckets it has in common with the bytes before.
#define LOOKUP(j, low, high) \
	VMOVDQU j(SI)(AX*1), Y11 \
	VPSRLW  $4, Y11, Y12     \
	VPAND   Y8, Y11, Y11     \
	VPAND   Y8, Y12, Y12     \
	VPSHUFB Y11, low, Y11    \
	VPSHUFB Y12, high, Y12   \
	VPAND   Y11, Y10, Y10    \
	VPAND   Y12, Y10, Y10

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

	SUBQ $35, R8    // the start of the last block that is inside b
	XORQ AX, AX     // the start of this block

	PCALIGN $32
block:
	VPCMPEQB Y10, Y10, Y10
	LOOKUP(0, Y0, Y4)
	LOOKUP(1, Y1, Y5)
	LOOKUP(2, Y2, Y6)
	LOOKUP(3, Y3, Y7)
	VPTEST Y10, Y10
	JNZ    places

next:
	ADDQ $32, AX
	CMPQ AX, R8
	JLE  block

	// The last block overlaps the one before, unless that was the last.
	LEAQ 32(R8), CX
	CMPQ AX, CX
	JEQ  done
	MOVQ R8, AX
	JMP  block

places:
	VPCMPEQB  Y9, Y10, Y10
	VPMOVMSKB Y10, BX
	NOTL      BX           // bit i: the place AX+i has a bucket

place:
	BSFL  BX, CX
	ADDQ  AX, CX
	MOVL  (SI)(CX*1), DX
	ORL   $0x20202020, DX  // foldWord
	IMULL $0x9E3779B1, DX  // hash
	SHRL  $16, DX
	MOVL  DX, R9
	SHRL  $5, R9
	MOVL  MEMBERS(DI)(R9*4), R9
	BTL   DX, R9
	JCS   found
	LEAL  -1(BX), CX
	ANDL  CX, BX
	JNZ   place
	JMP   next

found:
	VZEROUPPER
	MOVQ CX, ret+24(FP)
	RET

done:
	VZEROUPPER
	MOVQ AX, ret+24(FP)
	RET
