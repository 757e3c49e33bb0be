//go:build !purego

#include "textflag.h"
#include "vector_amd64.h"

// What a byte is looked at by, without the bits of case and of what is beyond
// ASCII; where the quarters of a table begin in that; the upper bit's opposite.
DATA caseless<>+0(SB)/8, $0x5f5f5f5f5f5f5f5f
GLOBL caseless<>(SB), RODATA|NOPTR, $8
DATA second<>+0(SB)/8, $0x1010101010101010
GLOBL second<>(SB), RODATA|NOPTR, $8
DATA third<>+0(SB)/8, $0x4040404040404040
GLOBL third<>(SB), RODATA|NOPTR, $8
DATA fourth<>+0(SB)/8, $0x5050505050505050
GLOBL fourth<>(SB), RODATA|NOPTR, $8
DATA ascii<>+0(SB)/8, $0x7f7f7f7f7f7f7f7f
GLOBL ascii<>(SB), RODATA|NOPTR, $8

// STEP adds to Y4 and Y5 what the quarter of steps at offset has for the bytes
// in Y2 and Y3. A byte below start becomes negative, for which a shuffle
// gives 0.
#define STEP(offset, start) \
	VBROADCASTI128 STEPS+offset(DI), Y6 \
	VPSUBB  start, Y2, Y7 \
	VPSUBB  start, Y3, Y8 \
	VPSHUFB Y7, Y6, Y7    \
	VPSHUFB Y8, Y6, Y8    \
	VPXOR   Y7, Y4, Y4    \
	VPXOR   Y8, Y5, Y5

// LOOKUP leaves in Y4 and Y5 the buckets that the 64 bytes at distance j of at
// may belong to, as the j-th of a gram.
#define LOOKUP(j, at) \
	VPAND   j+0(at), Y11, Y2  \
	VPAND   j+32(at), Y11, Y3 \
	VBROADCASTI128 STEPS+64*j(DI), Y6 \
	VPSHUFB Y2, Y6, Y4        \
	VPSHUFB Y3, Y6, Y5        \
	STEP(64*j+16, Y12)        \
	STEP(64*j+32, Y13)        \
	STEP(64*j+48, Y14)

#define PLACES(at) \
	VPOR 0(at), Y15, Y0  \ // wideBucket's bit is an eighth bit, too:
	VPOR 32(at), Y15, Y1 \ // buckets & (byte | 0x7f)
	LOOKUP(0, at)        \
	VPAND Y4, Y0, Y0     \
	VPAND Y5, Y1, Y1     \
	LOOKUP(1, at)        \
	VPAND Y4, Y0, Y0     \
	VPAND Y5, Y1, Y1     \
	LOOKUP(2, at)        \
	VPAND Y4, Y0, Y0     \
	VPAND Y5, Y1, Y1     \
	LOOKUP(3, at)        \
	VPAND Y4, Y0, Y0     \
	VPAND Y5, Y1, Y1     \
	VPCMPEQB  Y9, Y0, Y0 \
	VPCMPEQB  Y9, Y1, Y1 \
	VPMOVMSKB Y0, BX     \
	VPMOVMSKB Y1, CX     \
	SHLQ      $32, CX    \
	ORQ       CX, BX     \
	NOTQ      BX

#define CHOSEN

// PLACE takes the first place out of BX and writes it to to. When BX is empty it
// writes the place behind the block.
#define PLACE(to) \
	TZCNTQ BX, DX  \
	BLSRQ  BX, BX  \
	ADDL   R11, DX \
	MOVW   DX, to

#define WRITE \
	PLACE(0(R9))  \
	PLACE(2(R9))  \
	PLACE(4(R9))  \
	PLACE(6(R9))  \
	PLACE(8(R9))  \
	PLACE(10(R9))

#define MORE \
	LEAQ  12(R9), AX \
place: \
	PLACE(0(AX)) \
	ADDQ  $2, AX \
	TESTQ BX, BX \
	JNE   place

// func placesAVX2(f *filter, b []byte, places *[placesMax]uint16, enough int) (n, seen int)
TEXT ·placesAVX2(SB), NOSPLIT, $0-64
	ARGUMENTS
	VPXOR        Y9, Y9, Y9
	VPBROADCASTQ caseless<>(SB), Y11
	VPBROADCASTQ second<>(SB), Y12
	VPBROADCASTQ third<>(SB), Y13
	VPBROADCASTQ fourth<>(SB), Y14
	VPBROADCASTQ ascii<>(SB), Y15

	BLOCKS(6)
