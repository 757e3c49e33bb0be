//go:build !purego

#include "textflag.h"

// Offsets in a filter.
#define WHOLE 0
#define SHIFTS 1536
#define MEMBERS 5632
#define BESIDE 22016

// LOOKUP leaves in to the buckets that 16 bytes, at distance j of the block's
// start, may belong to by the table in t0 to t3. f is the floating-point name
// of to.
#define LOOKUP(j, t0, t1, t2, t3, to, f) \
	FMOVQ j(R1), f                     \
	VUSHR $1, to.B16, V20.B16          \
	VAND  V24.B16, to.B16, to.B16      \
	VAND  V25.B16, V20.B16, V20.B16    \
	VORR  V20.B16, to.B16, to.B16      \ // caseless
	VTBL  to.B16, [t0.B16, t1.B16, t2.B16, t3.B16], to.B16

// BUCKETS leaves in to the buckets that 16 places, at distance j of the block's
// start, may belong to.
#define BUCKETS(j, to, f) \
	LOOKUP(j+0, V0, V1, V2, V3, to, f)        \
	LOOKUP(j+1, V4, V5, V6, V7, V21, F21)     \
	VAND  V21.B16, to.B16, to.B16             \
	LOOKUP(j+2, V8, V9, V10, V11, V21, F21)   \
	VAND  V21.B16, to.B16, to.B16             \
	LOOKUP(j+3, V12, V13, V14, V15, V21, F21) \
	VAND  V21.B16, to.B16, to.B16             \
	FMOVQ j(R1), F21                          \ // wideBucket's bit is an eighth bit, too:
	VORR  V27.B16, V21.B16, V21.B16           \ // buckets & (byte | 0x7f)
	VAND  V21.B16, to.B16, to.B16

// BITS leaves in each byte of v the bit of its place when it has a bucket.
#define BITS(v) \
	VCMTST v.B16, v.B16, v.B16 \
	VAND   V26.B16, v.B16, v.B16

// MEMBER ors into R8 whether the word in R9 may be in the bitmap at table.
#define MEMBER(table) \
	MUL   R11, R9, R9        \ // hash
	LSR   $48, R9, R9        \
	LSR   $5, R9, R12        \
	MOVWU (table)(R12<<2), R12 \
	LSRW  R9, R12, R12       \
	ORR   R12, R8, R8

// CHECK takes the first place out of R6, leaves its distance from the block's
// start in R7, and ors into R8 whether its key may be in members. When R6 is
// empty it looks at the place behind the block.
#define CHECK \
	RBIT   R6, R7            \
	CLZ    R7, R7            \
	SUB    $1, R6, R9        \
	AND    R9, R6, R6        \
	MOVD   (R1)(R7), R9      \
	ORR    R10, R9, R9       \
	MULW   R13, R9, R12      \ // class
	LSRW   $20, R12, R12     \
	MOVBU  (R14)(R12), R12   \
	LSL    R12, R9, R9       \ // key
	MEMBER(R15)

// func firstBlockVector(f *filter, b []byte) (at int, places uint64)
TEXT ·firstBlockVector(SB), NOSPLIT, $0-48
	MOVD f+0(FP), R0
	MOVD b_base+8(FP), R1 // the start of the block
	MOVD b_len+16(FP), R2
	MOVD R1, R3
	ADD  R1, R2, R2
	SUB  $72, R2, R2      // the start of the last block, minVector before the end

	FMOVQ WHOLE+0(R0), F0
	FMOVQ WHOLE+16(R0), F1
	FMOVQ WHOLE+32(R0), F2
	FMOVQ WHOLE+48(R0), F3
	FMOVQ WHOLE+64(R0), F4
	FMOVQ WHOLE+80(R0), F5
	FMOVQ WHOLE+96(R0), F6
	FMOVQ WHOLE+112(R0), F7
	FMOVQ WHOLE+128(R0), F8
	FMOVQ WHOLE+144(R0), F9
	FMOVQ WHOLE+160(R0), F10
	FMOVQ WHOLE+176(R0), F11
	FMOVQ WHOLE+192(R0), F12
	FMOVQ WHOLE+208(R0), F13
	FMOVQ WHOLE+224(R0), F14
	FMOVQ WHOLE+240(R0), F15
	VMOVI $0x1f, V24.B16
	VMOVI $0x20, V25.B16
	MOVD  $0x8040201008040201, R9
	VDUP  R9, V26.D2
	VMOVI $0x7f, V27.B16
	MOVD  $0x2020202020202020, R10 // foldMask
	MOVD  $0x9E3779B97F4A7C15, R11 // multiplier64
	MOVD  $0x9E3779B1, R13         // multiplier32
	ADD   $SHIFTS, R0, R14
	ADD   $MEMBERS, R0, R15
	ADD   $BESIDE, R0, R4

block:
	BUCKETS(0, V16, F16)
	BUCKETS(16, V17, F17)
	BUCKETS(32, V18, F18)
	BUCKETS(48, V19, F19)
	BITS(V16)
	BITS(V17)
	BITS(V18)
	BITS(V19)
	VADDP V17.B16, V16.B16, V16.B16 // eight places in two bytes
	VADDP V19.B16, V18.B16, V18.B16
	VADDP V18.B16, V16.B16, V16.B16
	VADDP V16.B16, V16.B16, V16.B16 // eight places in one byte
	VMOV  V16.D[0], R6              // bit i: the place at distance i has a bucket
	CBNZ  R6, places

next:
	ADD $64, R1
	CMP R2, R1
	BLS block

	// The last block overlaps the one before, unless that was the last.
	ADD $64, R2, R9
	MOVD ZR, R5
	CMP R9, R1
	BEQ done
	MOVD R2, R1
	B    block

places:
	// Fast path: four places without a branch, as nothing can predict how many
	// there are.
	MOVD R6, R5
	MOVD ZR, R8
	CHECK
	CHECK
	CHECK
	CHECK
	TBNZ $0, R8, each
	MOVD R6, R5
	CBZ  R6, next

each:
	MOVD R5, R6

place:
	MOVD R6, R5 // the places from this one on
	CBZ  R6, next
	MOVD ZR, R8
	CHECK
	TBZ  $0, R8, place
	ADD  R7, R1, R9
	SUB  $4, R9, R9
	CMP  R3, R9 // What is before b is not known here.
	BLO  done
	MOVD ZR, R8
	MOVD (R9), R9 // what is before the gram
	ORR  R10, R9, R9
	EOR  $0x2000000000000000, R9, R9 // sidesBefore
	MEMBER(R4)
	MOVD (R1)(R7), R9 // what is behind it
	ORR  R10, R9, R9
	MEMBER(R4)
	MOVWU (R1)(R7), R9 // the gram alone
	ORRW R10, R9, R9
	MEMBER(R4)
	TBZ  $0, R8, place

done:
	SUB  R3, R1, R1
	MOVD R1, at+32(FP)
	MOVD R5, places+40(FP)
	RET
