package literal

import "encoding/binary"

// buckets is how many groups the pieces are dealt into; one bit each in a byte
// of a vector.
const buckets = 8

// A filter is what the engines rule places out by. The assembly knows its
// layout: 64 bytes low, 64 bytes high, then members.
type filter struct {
	// A place may start a piece of bucket k only if bit k is set in
	// low[j][c&15] and in high[j][c>>4] for each of its bytes c, the j-th.
	low, high [PieceLen][16]uint8

	// members has the bit hash(piece) of every folded piece.
	members bitmap

	// grams has the bit gramHash of the first and of the last three bytes of
	// every folded piece. Only the portable engine looks at it.
	grams bitmap
}

// A bitmap is 8 KiB, a quarter of the smallest first-level cache, and nearly
// empty even with thousands of pieces.
type bitmap [1 << hashBits / 32]uint32

const hashBits = 16

// hashMultiplier spreads a word over the upper bits of a product (Knuth's
// multiplicative hashing: the odd number nearest 2^32 / golden ratio).
const hashMultiplier = 0x9E3779B1

func (m *bitmap) set(hash uint32) { m[hash/32] |= 1 << (hash % 32) }

// bit returns 1 or 0 in the lowest bit; hash is below 1<<hashBits.
func (m *bitmap) bit(hash uint32) uint32 { return m[hash/32%uint32(len(m))] >> (hash % 32) }

// hash is the place of a folded piece in members.
func hash(piece uint32) uint32 { return piece * hashMultiplier >> (32 - hashBits) }

// gramHash is the place in grams of the lower three bytes of w; the shifted
// multiplier takes the fourth out.
func gramHash(w uint32) uint32 {
	const multiplier = hashMultiplier << 8 & (1<<32 - 1)
	return w * multiplier >> (32 - hashBits)
}

// add lets piece, folded, through, as a member of bucket.
func (f *filter) add(piece uint32, bucket int) {
	for j := range PieceLen {
		c := uint8(piece >> (8 * j))
		f.low[j][c&15] |= 1 << bucket
		f.high[j][c>>4] |= 1 << bucket
		f.high[j][(c&^caseBit)>>4] |= 1 << bucket // letter case is a bit of the high half
	}
	f.members.set(hash(piece))
	f.grams.set(gramHash(piece))
	f.grams.set(gramHash(piece >> 8))
}

// word reads the four bytes at b[at:].
func word(b []byte, at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }

// ruledOutPortable is ruledOut in plain Go.
//
// It looks at three neighbouring bytes at every second place. A piece has two
// such triples, its first and its last three bytes, and one of them is where
// the engine looks.
func (f *filter) ruledOutPortable(b []byte) int {
	const step = 2
	i := 1 // the place in front of it is looked at by this triple too
	for ; i+8 <= len(b); i += 3 * step {
		// Fast path: three triples out of one load, one branch for all of them.
		w := binary.LittleEndian.Uint64(b[i:]) | foldMask
		hits := [...]uint32{
			f.grams.bit(gramHash(uint32(w))),
			f.grams.bit(gramHash(uint32(w >> (8 * step)))),
			f.grams.bit(gramHash(uint32(w >> (16 * step)))),
		}
		if (hits[0]|hits[1]|hits[2])&1 == 0 {
			continue
		}
		for k, hit := range hits {
			for at := i + k*step - 1; hit&1 != 0 && at <= i+k*step; at++ {
				if f.members.bit(hash(foldWord(word(b, at))))&1 != 0 {
					return at
				}
			}
		}
	}
	return min(i-1, len(b))
}
