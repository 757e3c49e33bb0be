//go:build !purego

#include "textflag.h"
#include "vector_amd64.h"

// BYTES declares 32 bytes, four times eight.
#define BYTES(name, eight) \
	DATA name<>+0(SB)/8, $eight  \
	DATA name<>+8(SB)/8, $eight  \
	DATA name<>+16(SB)/8, $eight \
	DATA name<>+24(SB)/8, $eight \
	GLOBL name<>(SB), RODATA|NOPTR, $32

// What a byte is looked at by, without the bits of case and of what is beyond
// ASCII: marks are from 0x00 on then, digits from 0x10, and letters from 0x40.
BYTES(caseless, 0x5f5f5f5f5f5f5f5f)
// Added to that: the class of a letter.
BYTES(toClass, 0x3030303030303030)
// Added to that, and taken from the sum: what a filter's fix is looked up by. Letters have the
// eighth bit in both, and marks in the second. A shuffle gives 0 then.
BYTES(toMark, 0x1010101010101010)
BYTES(toDigit, 0x5050505050505050)
// The bit of the classes that have their buckets in the upper half of a table.
BYTES(upper, 0x8080808080808080)
BYTES(ascii, 0x7f7f7f7f7f7f7f7f)

// CLASSIFIER readies the registers of CLASSIFY.
#define CLASSIFIER \
	VMOVDQU        caseless<>(SB), Y13 \
	VBROADCASTI128 FIX+0(DI), Y14      \
	VBROADCASTI128 FIX+16(DI), Y15

// CLASSIFY leaves in to the classes of the 32 bytes at at.
#define CLASSIFY(at, to) \
	VPAND   at, Y13, to            \
	VPADDB  toClass<>(SB), to, to  \
	VPADDB  toMark<>(SB), to, Y8   \
	VPSUBSB toDigit<>(SB), Y8, Y9  \
	VPSHUFB Y8, Y14, Y8            \
	VPSHUFB Y9, Y15, Y9            \
	VPXOR   Y8, to, to             \
	VPXOR   Y9, to, to

// TABLE is where a filter has the buckets of half for the classes of the j-th byte.
#define TABLE(half, j) CLASSED+128*half+32*j

// BITS leaves in BX a bit for each place that has a bucket in Y0 or Y1. Y7 is zero.
#define BITS \
	VPCMPEQB  Y7, Y0, Y0 \
	VPCMPEQB  Y7, Y1, Y1 \
	VPMOVMSKB Y0, BX     \
	VPMOVMSKB Y1, CX     \
	SHLQ      $32, CX    \
	ORQ       CX, BX     \
	NOTQ      BX

// A block on its own, in LASTPLACES. Y4 and Y5 are the classes of its bytes, and Y7 and Y6 the upper
// half of each with the lower half of what is behind it.

// LOOKUP keeps in to0 and to1 the buckets of half that the bytes of the classes in low0 and
// low1, or in Y10 and Y11 for the upper half of the table, may belong to, as the j-th of a gram.
#define LOOKUP(half, j, low0, low1, to0, to1) \
	VBROADCASTI128 TABLE(half, j)(DI), Y12    \
	VPSHUFB low0, Y12, Y13                    \
	VPSHUFB low1, Y12, Y14                    \
	VBROADCASTI128 TABLE(half, j)+16(DI), Y12 \
	VPSHUFB Y10, Y12, Y15                     \
	VPOR    Y15, Y13, Y13                     \
	VPSHUFB Y11, Y12, Y15                     \
	VPOR    Y15, Y14, Y14                     \
	VPAND   Y13, to0, to0                     \
	VPAND   Y14, to1, to1

#define BOTH(j, low0, low1) \
	VPXOR upper<>(SB), low0, Y10      \
	VPXOR upper<>(SB), low1, Y11      \
	LOOKUP(0, j, low0, low1, Y0, Y1)  \
	LOOKUP(1, j, low0, low1, Y2, Y3)

#define FARTHER(j) \
	VPALIGNR $j, Y4, Y7, Y8 \
	VPALIGNR $j, Y5, Y6, Y9 \
	BOTH(j, Y8, Y9)

#define LASTPLACES(at) \
	CLASSIFIER                   \
	CLASSIFY(0(at), Y4)          \
	CLASSIFY(32(at), Y5)         \
	CLASSIFY(35(at), Y6)         \
	VEXTRACTI128 $1, Y6, X6      \
	VPSRLDQ      $13, X6, X6     \ // the three bytes behind the block
	VPERM2I128 $0x21, Y5, Y4, Y7 \
	VPERM2I128 $0x21, Y6, Y5, Y6 \
	VMOVDQU ascii<>(SB), Y1      \
	VPOR    0(at), Y1, Y0        \ // wideBucket's bit is an eighth bit, too:
	VPOR    32(at), Y1, Y1       \ // buckets & (byte | 0x7f)
	VMOVDQA Y0, Y2               \
	VMOVDQA Y1, Y3               \
	BOTH(0, Y4, Y5)              \
	FARTHER(1)                   \
	FARTHER(2)                   \
	FARTHER(3)                   \
	VPOR  Y2, Y0, Y0             \
	VPOR  Y3, Y1, Y1             \
	VPXOR Y7, Y7, Y7             \
	BITS

// A strip: several blocks that are classified at once, and looked up with the tables
// in registers, first for one half of the buckets, and then for the other. That takes an
// eighth less time. What is written has to reach the cache before it is read in another
// alignment: a strip of half the length gains nothing.
//
// Classes are on the stack, 64 bytes for each 32 of text: theirs, and those behind. So no
// load of classes at up to three bytes farther crosses the boundary of a cache line, for which
// there would be a price. LOW has the classes as they are looked up in the lower half of
// a table, HIGH as in the upper one, and FIRST the buckets of the first half.
//
// R12 is the end of the strip in the text, and R14 where the lines would begin if the text
// began at 0.

#define STRIP 512
#define LINES (2*STRIP+64)
#define LOW 64
#define HIGH (LOW+LINES)
#define FIRST (LOW+2*LINES)

#define STORE(line) \
	VPXOR   upper<>(SB), Y4, Y5         \
	VMOVDQU Y4, LOW+line(R14)(AX*2)     \
	VMOVDQU Y4, LOW-32+line(R14)(AX*2)  \
	VMOVDQU Y5, HIGH+line(R14)(AX*2)    \
	VMOVDQU Y5, HIGH-32+line(R14)(AX*2)

#define TABLES(half) \
	VBROADCASTI128 TABLE(half, 0)(DI), Y8     \
	VBROADCASTI128 TABLE(half, 0)+16(DI), Y9  \
	VBROADCASTI128 TABLE(half, 1)(DI), Y10    \
	VBROADCASTI128 TABLE(half, 1)+16(DI), Y11 \
	VBROADCASTI128 TABLE(half, 2)(DI), Y12    \
	VBROADCASTI128 TABLE(half, 2)+16(DI), Y13 \
	VBROADCASTI128 TABLE(half, 3)(DI), Y14    \
	VBROADCASTI128 TABLE(half, 3)+16(DI), Y15

#define STRIPLOOKUP(j, low, high, at, to0, to1) \
	VPSHUFB j+LOW(R14)(at*2), low, to0      \
	VPSHUFB j+HIGH(R14)(at*2), high, Y4     \
	VPSHUFB j+LOW+64(R14)(at*2), low, to1   \
	VPSHUFB j+HIGH+64(R14)(at*2), high, Y5  \
	VPOR    Y4, to0, to0                    \
	VPOR    Y5, to1, to1

// STRIPLOOKUPS leaves in Y0 and Y1 the buckets of the block at at, of the half whose TABLES
// there are.
#define STRIPLOOKUPS(at) \
	STRIPLOOKUP(0, Y8, Y9, at, Y0, Y1)   \
	STRIPLOOKUP(1, Y10, Y11, at, Y2, Y3) \
	VPAND Y2, Y0, Y0                     \
	VPAND Y3, Y1, Y1                     \
	STRIPLOOKUP(2, Y12, Y13, at, Y2, Y3) \
	VPAND Y2, Y0, Y0                     \
	VPAND Y3, Y1, Y1                     \
	STRIPLOOKUP(3, Y14, Y15, at, Y2, Y3) \
	VPAND Y2, Y0, Y0                     \
	VPAND Y3, Y1, Y1

// PLACES begins a strip where it fits, once as much text has been seen without there being
// enough places: before, much of it might be classified in vain.
#define PLACES(at) \
	CMPQ at, R12        \
	JCS  inStrip        \
	CMPQ R11, $STRIP    \
	JCS  single         \
	LEAQ STRIP-64(at), AX \
	CMPQ AX, R8         \
	JLS  strip          \
single: \
	LASTPLACES(at)      \
	JMP  write          \
strip: \
	LEAQ STRIP(at), R12 \
	LEAQ lines-(3*LINES+64)(SP), R14 \
	ANDQ $-64, R14      \
	SUBQ at, R14        \
	SUBQ at, R14        \
	CLASSIFIER          \
	MOVQ at, AX         \
classify: \
	CLASSIFY(0(AX), Y4)  \
	STORE(0)             \
	CLASSIFY(32(AX), Y4) \
	STORE(64)            \
	ADDQ $64, AX         \
	CMPQ AX, R12         \
	JCS  classify        \
	CLASSIFY(-29(AX), Y4) \ // ends with the three bytes behind the strip
	VPXOR   upper<>(SB), Y4, Y5    \
	VMOVDQU Y4, LOW-61(R14)(AX*2)  \
	VMOVDQU Y5, HIGH-61(R14)(AX*2) \
	TABLES(0)            \
	MOVQ at, AX          \
first: \
	STRIPLOOKUPS(AX)     \
	VMOVDQU Y0, FIRST(R14)(AX*2)    \
	VMOVDQU Y1, FIRST+64(R14)(AX*2) \
	ADDQ $64, AX         \
	CMPQ AX, R12         \
	JCS  first           \
	TABLES(1)            \
	VMOVDQU ascii<>(SB), Y6 \
	VPXOR   Y7, Y7, Y7   \
inStrip: \
	STRIPLOOKUPS(at)     \
	VPOR  FIRST(R14)(at*2), Y0, Y0    \
	VPOR  FIRST+64(R14)(at*2), Y1, Y1 \
	VPOR  0(at), Y6, Y4  \
	VPOR  32(at), Y6, Y5 \
	VPAND Y4, Y0, Y0     \
	VPAND Y5, Y1, Y1     \
	BITS

#define CHOSEN

// PLACE takes the first place out of BX and writes it to to. When BX is empty it
// writes the place behind the block.
#define PLACE(to) \
	TZCNTQ BX, DX  \
	BLSRQ  BX, BX  \
	ADDL   R11, DX \
	MOVW   DX, to

#define WRITE \
	PLACE(0(R9)) \
	PLACE(2(R9)) \
	PLACE(4(R9))

#define MORE \
	PLACE(6(R9)) \
	PLACE(8(R9)) \
	PLACE(10(R9)) \
	PLACE(12(R9)) \
	LEAQ  14(R9), AX \
	TESTQ BX, BX \
	JEQ   written \
place: \
	PLACE(0(AX)) \
	ADDQ  $2, AX \
	TESTQ BX, BX \
	JNE   place

// func placesAVX2(f *filter, b []byte, places *[placesMax]uint16, enough int, then *byte) (n, seen int)
TEXT ·placesAVX2(SB), 0, $3392-72
	ARGUMENTS
	XORL R12, R12 // no strip yet

	BLOCKS(3)
