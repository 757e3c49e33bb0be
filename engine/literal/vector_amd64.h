// What the engines of amd64 have in common.
//
// DI is the filter, SI the start of the block, R8 that of the last block that is
// inside b, R11 the block's distance from the start of b, R9 where the next place
// is written, and R10 where enough are written.

// Offsets in a filter.
#define STEPS 256
#define EXACT 512

// ARGUMENTS of func(f *filter, b []byte, places *[placesMax]uint16, enough int) (n, seen int).
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
// in BX a bit for each place of the block at at that has a bucket, CHOSEN tells
// the engine that BX has changed, and WRITE writes these places and moves R9
// behind them.
//
// Memory is not as fast as this: without the prefetch, which faults nowhere,
// quiet searches are 0.7 times as fast, and with a shorter distance little faster.
#define BLOCKS \
block: \
	CMPQ  SI, R8        \
	JHI   last          \
	PREFETCHT0 8192(SI) \
	PLACES(SI)          \
	WRITE               \
	ADDQ  $64, SI       \
	ADDQ  $64, R11      \
	CMPQ  R9, R10       \
	JCS   block         \
	JMP   done          \
last: \
	SUBQ  SI, R8        \ // The last block overlaps the one before, in which
	NEGQ  R8            \ // R8 of its places were seen.
	CMPQ  R8, $64       \
	JEQ   done          \
	MOVQ  SI, AX        \
	SUBQ  R8, AX        \
	PLACES(AX)          \
	SHRXQ R8, BX, BX    \
	CHOSEN              \
	WRITE               \
	ADDQ  $64, R11      \
	SUBQ  R8, R11       \
done: \
	VZEROUPPER          \
	SUBQ  places+32(FP), R9 \
	SHRQ  $1, R9        \
	MOVQ  R9, n+48(FP)  \
	MOVQ  R11, seen+56(FP) \
	RET
