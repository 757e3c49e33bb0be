package literal

import "encoding/binary"

// The portable engine looks at every third pair of neighbouring bytes. A piece
// of four bytes has three such pairs, and one of them is where the engine
// looks, so a place whose pair belongs to no piece rules out three places.

// stride is the distance between the pairs looked at.
const stride = PieceLen - 1

// A pairSet holds pairs of bytes, the first in the low half, in any letter case.
type pairSet [1 << 16 / 64]uint64

func newPairSet(pieces []uint32) (s pairSet) {
	for _, w := range pieces {
		for i := range stride {
			pair := uint16(w >> (8 * i))
			for _, letterCase := range []uint16{0, caseBit, caseBit << 8, caseBit<<8 | caseBit} {
				s.add(pair &^ letterCase)
			}
		}
	}
	return s
}

func (s *pairSet) add(pair uint16) { s[pair/64] |= 1 << (pair % 64) }

// has returns 1 when pair is in the set, else 0, in the lowest bit.
func (s *pairSet) has(pair uint16) uint64 { return s[pair/64] >> (pair % 64) }

// nextPortable is Next in plain Go. from is not negative.
func (f *Finder) nextPortable(b []byte, from int) int {
	i := from + stride - 1 // the last place where the first piece has a pair
	for ; i+8 <= len(b); i += 3 * stride {
		// Fast path: three pairs out of one load, one branch for all of them.
		w := binary.LittleEndian.Uint64(b[i:])
		pairs := &f.pairs
		if (pairs.has(uint16(w))|pairs.has(uint16(w>>(8*stride)))|pairs.has(uint16(w>>(16*stride))))&1 == 0 {
			continue
		}
		if at := f.firstPiece(b, max(from, i-stride+1), i+2*stride); at >= 0 {
			return at
		}
	}
	return f.firstPiece(b, max(from, i-stride+1), len(b))
}

// firstPiece returns the first place in b, from from to last, where a piece
// stands, or -1.
func (f *Finder) firstPiece(b []byte, from, last int) int {
	for at := from; at <= min(last, len(b)-PieceLen); at++ {
		if f.pieces.find(foldWord(binary.LittleEndian.Uint32(b[at:]))) != nil {
			return at
		}
	}
	return -1
}
