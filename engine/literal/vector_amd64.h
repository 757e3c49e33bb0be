// What the engines of amd64 have in common.
//
// DI is the filter, SI the start of the block, AX that of the next, R8 that of
// the last block that is inside b, R10 foldMask, R11 multiplier64.

// Offsets in a filter.
#define STEPS 256
#define EXACT 512
#define SHIFTS 1536
#define MEMBERS 5632
#define BESIDE 22016

// ARGUMENTS of func(f *filter, b []byte) (at int, places uint64).
#define ARGUMENTS \
	MOVQ f+0(FP), DI                   \
	MOVQ b_base+8(FP), SI              \
	MOVQ b_len+16(FP), R8              \
	LEAQ -72(SI)(R8*1), R8             \ // minVector before the end
	MOVQ $0x2020202020202020, R10      \
	MOVQ $0x9E3779B97F4A7C15, R11

// MEMBER ors into R12 whether the word in DX may be in the bitmap at table.
#define MEMBER(table) \
	IMULQ R11, DX                \ // hash
	SHRQ  $48, DX                \
	MOVL  DX, CX                 \
	SHRL  $5, CX                 \
	MOVL  table(DI)(CX*4), CX    \
	SHRXL DX, CX, CX             \
	ORL   CX, R12

// CHECK takes the first place out of BX, leaves its distance from the block's
// start in R13, and ors into R12 whether its key may be in members. When BX is
// empty it looks at the place behind the block.
#define CHECK \
	TZCNTQ  BX, R13               \
	BLSRQ   BX, BX                \
	MOVQ    (SI)(R13*1), DX       \
	ORQ     R10, DX               \
	IMUL3L  $0x9E3779B1, DX, CX   \ // class
	SHRL    $20, CX               \
	MOVBLZX SHIFTS(DI)(CX*1), CX  \
	SHLXQ   CX, DX, DX            \ // key
	MEMBER(MEMBERS)

// BLOCKS is a loop over the blocks, given the engine's macro PLACES(at, to),
// which leaves in to a bit for each place of the block at at that has a bucket.
//
// The next block's places are looked up before anything depends on this one's,
// so that a branch that was predicted wrong is known at once: places come where
// nothing predicts them. For the same reason the processor's own prefetching
// falls behind; a prefetch faults nowhere.
#define BLOCKS \
	PLACES(SI, R14) \
block: \
	MOVQ  R14, BX   \
	PREFETCHT0 2048(SI) \
	LEAQ  64(SI), AX \
	CMPQ  AX, R8    \ // The last block overlaps the one before,
	CMOVQHI R8, AX  \ // unless that was the last.
	PLACES(AX, R14) \
	TESTQ BX, BX    \
	JNZ   places    \
next: \
	CMPQ  SI, R8    \
	MOVQ  AX, SI    \
	JNE   block     \
	ADDQ  $64, SI   \
	XORL  R9, R9    \
	JMP   done      \
places: \
	MOVQ  BX, R9    \ // Fast path: three places without a branch,
	XORL  R12, R12  \ // as nothing can predict how many there are.
	CHECK           \
	CHECK           \
	CHECK           \
	TESTL $1, R12   \
	JNZ   each      \
	MOVQ  BX, R9    \
	TESTQ BX, BX    \
	JZ    next      \
each: \
	MOVQ  R9, BX    \
place: \
	MOVQ  BX, R9    \ // the places from this one on
	TESTQ BX, BX    \
	JZ    next      \
	XORL  R12, R12  \
	CHECK           \
	TESTL $1, R12   \
	JZ    place     \
	LEAQ  -4(SI)(R13*1), DX \
	CMPQ  DX, b_base+8(FP)  \ // What is before b is not known here.
	JCS   done      \
	XORL  R12, R12  \
	MOVQ  (DX), DX  \ // what is before the gram
	ORQ   R10, DX   \
	BTCQ  $61, DX   \ // sidesBefore
	MEMBER(BESIDE)  \
	MOVQ  (SI)(R13*1), DX \ // what is behind it
	ORQ   R10, DX   \
	MEMBER(BESIDE)  \
	MOVL  (SI)(R13*1), DX \ // the gram alone
	ORL   R10, DX   \
	MEMBER(BESIDE)  \
	TESTL $1, R12   \
	JZ    place     \
done: \
	VZEROUPPER      \
	SUBQ  b_base+8(FP), SI \
	MOVQ  SI, at+32(FP) \
	MOVQ  R9, places+40(FP) \
	RET
