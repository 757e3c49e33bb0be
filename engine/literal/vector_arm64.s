//go:build !purego

#include "textflag.h"

// The offset in a filter.
#define WHOLE 0

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

// PLACE takes the first place out of R6 and writes it at distance at of R3. When
// R6 is empty it writes the place behind the block.
#define PLACE(at) \
	RBIT R6, R9     \
	CLZ  R9, R9     \
	ADD  R5, R9, R9 \
	MOVH R9, at(R3) \
	SUB  $1, R6, R9 \
	AND  R9, R6, R6

// func placesNEON(f *filter, b []byte, places *[placesMax]uint16, enough int) (n, seen int)
TEXT ·placesNEON(SB), NOSPLIT, $0-64
	MOVD f+0(FP), R0
	MOVD b_base+8(FP), R1 // the start of the block
	MOVD b_len+16(FP), R2
	ADD  R1, R2, R2
	SUB  $67, R2, R2      // the start of the last block, minVector before the end
	MOVD places+32(FP), R3 // where the next place is written
	MOVD enough+40(FP), R4
	ADD  R4<<1, R3, R4     // where enough are written
	MOVD ZR, R5            // the block's distance from the start of b
	MOVD ZR, R7            // how many of its places were seen in the one before

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

block:
	CMP  R2, R1
	BLS  look
	SUBS R2, R1, R7 // The last block overlaps the one before.
	CMP  $64, R7
	BEQ  done
	MOVD R2, R1

look:
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
	LSR   R7, R6, R6

	// Four places are written at once, of which there are most often fewer, as
	// nothing can predict how many there are.
	FMOVD   R6, F20
	VCNT    V20.B8, V20.B8
	VUADDLV V20.B8, V20
	VMOV    V20.H[0], R8 // how many there are
	PLACE(0)
	PLACE(2)
	PLACE(4)
	PLACE(6)
	ADD     R8<<1, R3, R8
	CBNZ    R6, more

next:
	MOVD R8, R3
	ADD  $64, R1
	ADD  $64, R5
	CBNZ R7, last
	CMP  R4, R3
	BLO  block
	B    done

more:
	ADD  $8, R3

place:
	PLACE(0)
	ADD  $2, R3
	CBNZ R6, place
	B    next

last:
	SUB R7, R5, R5

done:
	MOVD places+32(FP), R9
	SUB  R9, R3, R3
	LSR  $1, R3, R3
	MOVD R3, n+48(FP)
	MOVD R5, seen+56(FP)
	RET
