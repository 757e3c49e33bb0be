//go:build !purego

#include "textflag.h"

// Offsets in frames.
#define KEY 0
#define REACH 8
#define HINTS 16
#define SLOTS 144

// In a hint, of 16 bytes.
#define BYTEAT 0
#define SECONDBYTE 4
#define HINTVALUE 8

// In a frame.
#define FRAME 1144
#define NUMBER 0
#define BEHIND 16
#define HEAD 32
#define HEADMASK 36
#define SPLIT 40
#define LAST 48
#define FIRSTMASK 56
#define LASTMASK 88
#define COMMON 120 // its text

// In an Outline, of 40 bytes.
#define START 0
#define END 8
#define NUMBEROF 16
#define FROM 24
#define TO 32

// In Values.
#define VALUES 0 // n
#define LINES 8 // text

#define LEASTCOPY 192

// NEXTKB prefetches a kilobyte. The next record is not looked at before this one has been judged.
#define PREFETCH4(at, from) \
	PREFETCHT0 (from+0*64)(at) \
	PREFETCHT0 (from+1*64)(at) \
	PREFETCHT0 (from+2*64)(at) \
	PREFETCHT0 (from+3*64)(at)
#define NEXTKB(at) \
	PREFETCH4(at, 0)   \
	PREFETCH4(at, 256) \
	PREFETCH4(at, 512) \
	PREFETCH4(at, 768)

// func followAVX2(f *frames, b []byte, start, to int, outlines []Outline, v *Values, ahead int) (n int)
//
// R9 is the start of the record at hand, R10 to, R8 the end of b, and R11 where the next
// outline is written, and R15 where the next value is, or 0.
TEXT ·followAVX2(SB), NOSPLIT, $0-96
	MOVQ f+0(FP), DI
	MOVQ b_base+8(FP), R9
	MOVQ b_len+16(FP), R8
	MOVQ to+40(FP), R10
	ADDQ R9, R8
	ADDQ R9, R10
	ADDQ start+32(FP), R9
	MOVQ outlines_base+48(FP), R11
	MOVQ v+72(FP), R15
	TESTQ R15, R15
	JEQ  record
	ADDQ VALUES(R15), R15
	ADDQ $LINES, R15

record:
	MOVQ  ahead+80(FP), AX
	TESTQ AX, AX
	JEQ   prefetched
	ADDQ  R9, AX
	PREFETCH4(AX, 0)
	PREFETCH4(AX, 256)

prefetched:
	MOVQ REACH(DI), BX
	ADDQ R9, BX
	CMPQ BX, R8
	JHI  done

	// BX is the slot, times two, and then its frame that may fit. A branch takes less time here
	// than what it would do without: the next record waits for where this one ends.
	MOVQ    KEY(DI), BX
	MOVBLZX (R9)(BX*1), BX
	ANDL    $14, BX
	LEAQ    HINTS(DI)(BX*8), CX
	MOVL    BYTEAT(CX), DX
	MOVBLZX (R9)(DX*1), DX
	MOVL    HINTVALUE(CX), R14
	CMPB    DX, SECONDBYTE(CX)
	JEQ     second
hinted:
	ADDQ    R9, R14 // the value with its head
	IMULQ   $FRAME, BX
	LEAQ    SLOTS(DI)(BX*1), BX

	CMPQ  NUMBER(BX), $0
	JEQ   done // there is none yet
	MOVL  (R9), DX
	XORL  HEAD(BX), DX
	TESTL HEADMASK(BX), DX
	JNE   done

	// CX is where the value starts, and DX where it ends.
	MOVBLZX (R14), DX
	CMPL    DX, $0xd9
	JNE     otherHead
	MOVBLZX 1(R14), DX
	LEAQ    2(R14), CX

sized:
	ADDQ CX, DX

	// R14 and SI are where text would begin in b, if what is before the value, or
	// what is behind it, were all of it.
	MOVQ SPLIT(BX), AX
	SUBQ AX, R14
	MOVQ DX, SI
	SUBQ AX, SI
	MOVQ LAST(BX), R12
	LEAQ 32(SI)(R12*1), R13
	CMPQ R13, R8
	JHI  done

	VMOVDQU (R14), Y0
	VPXOR   COMMON(BX), Y0, Y0
	VPAND   FIRSTMASK(BX), Y0, Y0
	VMOVDQU (SI)(R12*1), Y1
	VPXOR   COMMON(BX)(R12*1), Y1, Y1
	VPAND   LASTMASK(BX), Y1, Y1
	VPOR    Y1, Y0, Y0
	MOVL    $32, R13
	CMPQ    R13, R12
	JCC     compared

part: // between the first and the last
	CMPQ    R13, AX
	CMOVQEQ SI, R14
	VMOVDQU (R14)(R13*1), Y1
	VPXOR   COMMON(BX)(R13*1), Y1, Y1
	VPOR    Y1, Y0, Y0
	ADDQ    $32, R13
	CMPQ    R13, R12
	JCS     part

compared:
	VPTEST Y0, Y0
	JNE    done

	MOVQ  BEHIND(BX), R13
	ADDQ  DX, R13
	TESTQ R15, R15
	JEQ   added
	CMPQ  R13, R10
	JHI   added

	// The value, and maybe what is behind it, becomes a line.
	LEAQ LEASTCOPY(CX), AX
	CMPQ AX, R8
	JHI  done
	VMOVDQU 0(CX), Y0
	VMOVDQU 32(CX), Y1
	VMOVDQU 64(CX), Y2
	VMOVDQU 96(CX), Y3
	VMOVDQU 128(CX), Y4
	VMOVDQU 160(CX), Y5
	VMOVDQU Y0, 0(R15)
	VMOVDQU Y1, 32(R15)
	VMOVDQU Y2, 64(R15)
	VMOVDQU Y3, 96(R15)
	VMOVDQU Y4, 128(R15)
	VMOVDQU Y5, 160(R15)
	MOVQ DX, AX
	SUBQ CX, AX
	CMPQ AX, $LEASTCOPY
	JHI  longer
copied:
	MOVB $'\n', (R15)(AX*1)
	LEAQ 1(R15)(AX*1), R15

added:
	MOVQ b_base+8(FP), AX
	SUBQ AX, R9
	MOVQ R9, START(R11)
	MOVQ R13, R9
	SUBQ AX, R13
	MOVQ R13, END(R11)
	MOVQ NUMBER(BX), BX
	MOVQ BX, NUMBEROF(R11)
	SUBQ AX, CX
	MOVQ CX, FROM(R11)
	SUBQ AX, DX
	MOVQ DX, TO(R11)
	ADDQ $40, R11
	CMPQ R9, R10
	JHI  done
	MOVQ outlines_len+56(FP), AX
	LEAQ (AX)(AX*4), AX
	SHLQ $3, AX
	ADDQ outlines_base+48(FP), AX
	CMPQ R11, AX
	JCS  record

done:
	NEXTKB(R9)
	VZEROUPPER
	TESTQ R15, R15
	JEQ   counted
	MOVQ  v+72(FP), AX
	SUBQ  AX, R15
	SUBQ  $LINES, R15
	MOVQ  R15, VALUES(AX)

counted:
	MOVQ R11, AX
	SUBQ outlines_base+48(FP), AX
	XORL DX, DX
	MOVL $40, CX
	DIVQ CX
	MOVQ AX, n+88(FP)
	RET

second:
	MOVL HINTVALUE+4(CX), R14
	INCQ BX
	JMP hinted

longer: // the rest of it, which has a part at least before the end of b
	MOVL $LEASTCOPY, R12
copy:
	VMOVDQU (CX)(R12*1), Y0
	VMOVDQU Y0, (R15)(R12*1)
	ADDQ $32, R12
	CMPQ R12, AX
	JCS  copy
	JMP  copied

otherHead:
	CMPL DX, $0xda
	JNE  shortHead
	MOVWLZX 1(R14), DX
	ROLW $8, DX
	MOVWLZX DX, DX
	LEAQ 3(R14), CX
	JMP  sized

shortHead:
	LEAQ 1(R14), CX
	SUBL $0xa0, DX
	CMPL DX, $32
	JCS  sized
	JMP  done
