// What the engines of amd64 have in common.
//
// DI is the filter, SI the start of the block, R8 that of the last block that is
// inside b, R11 the block's distance from the start of b, R9 where the next place
// is written, and R10 where enough are written.

// Offsets in a filter.
#define CLASSED 256
#define EXACT 512
#define FIX 1536

// ARGUMENTS of func(f *filter, b []byte, places *[placesMax]uint16, enough int, then *byte) (n, seen int).
#define ARGUMENTS \
	MOVQ f+0(FP), DI        \
	MOVQ b_base+8(FP), SI   \
	MOVQ b_len+16(FP), R8   \
	LEAQ -67(SI)(R8*1), R8  \ // minVector before the end
	MOVQ places+32(FP), R9  \
	MOVQ enough+40(FP), R10 \
	LEAQ (R9)(R10*2), R10   \
	XORL R11, R11

// BLOCKS is a loop over the blocks, given the engine's macros: PLACES(at) leaves
// in BX a bit for each place of the block at at that has a bucket, LASTPLACES(at) does
// so for a block that no other follows, CHOSEN tells the engine that BX has changed,
// WRITE writes so many of these places at once, of which there are most often fewer,
// and MORE those behind. A branch on how many there are could not be predicted, but for
// more than that.
//
// Memory is not as fast as this: without the prefetch, which faults nowhere,
// quiet searches are 0.7 times as fast, and with a shorter distance little faster. What is said to be
// read next is prefetched instead, thenRate bytes of it for each.
#define BLOCKS(atOnce) \
	XORL R13, R13       \
block: \
	CMPQ  SI, R8        \
	JHI   last          \
	MOVQ  then+48(FP), AX \
	TESTQ AX, AX        \
	JNE   then          \
	PREFETCHT0 8192(SI) \
look: \
	PLACES(SI)          \
write: \
	POPCNTQ BX, CX      \
	WRITE               \
	CMPQ  CX, $atOnce   \
	JHI   more          \
written: \
	ADDQ  $64, SI       \
	ADDQ  $64, R11      \
	LEAQ  (R9)(CX*2), R9 \
	CMPQ  R9, R10       \
	JCS   block         \
	JMP   done          \
then: \
	PREFETCHT1 0(AX)(R11*4)   \
	PREFETCHT1 64(AX)(R11*4)  \
	PREFETCHT1 128(AX)(R11*4) \
	PREFETCHT1 192(AX)(R11*4) \
	JMP   look          \
more: \
	MORE                \
	JMP   written       \
last: \
	MOVQ  SI, R13       \ // The last block overlaps the one before, in which
	SUBQ  R8, R13       \ // R13 of its places were seen.
	CMPQ  R13, $64      \
	JEQ   seen          \
	LASTPLACES(R8)      \
	SHRXQ R13, BX, BX   \
	CHOSEN              \
	XORL  R10, R10      \ // That is enough.
	JMP   write         \
seen: \
	XORL  R13, R13      \
done: \
	VZEROUPPER          \
	SUBQ  R13, R11      \
	SUBQ  places+32(FP), R9 \
	SHRQ  $1, R9        \
	MOVQ  R9, n+56(FP)  \
	MOVQ  R11, seen+64(FP) \
	RET
