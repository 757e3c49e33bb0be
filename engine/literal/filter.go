package literal

const (
	// buckets is how many groups the pieces are dealt into; one bit each in a byte
	// of a vector.
	buckets = 8

	// halves is how many bytes an engine looks up for each place that can look at
	// more: it has that many times as many buckets, into which the pieces are dealt
	// anew.
	halves      = 2
	fineBuckets = halves * buckets

	// The last bucket of a byte holds the pieces that begin beyond ASCII, and no
	// others: text in English then pays nothing for the other languages. Its bit in
	// the byte is the bit that such a byte has.
	wideBucket = buckets - 1
)

// A filter is what places are ruled out by. The assembly knows its layout;
// filter_test.go holds both to each other.
type filter struct {
	// A place may start a piece of bucket k only if bit k is set in
	// whole[j][caseless(c)] for each c of its first four bytes, the j-th. It may
	// start a piece of wideBucket only if it is beyond ASCII.
	whole [minPiece][64]uint8

	// steps is whole in quarters, each but the first as its difference from the
	// one before, for an engine that can look up 16 values and gets 0 below
	// the first: the exclusive or of its look-ups in all four is the look-up in
	// whole.
	steps [minPiece][4][16]uint8

	// The same for the fine buckets: of bucket k, bit k%buckets is set in
	// exact[k/buckets][j][c&127].
	exact [halves][minPiece][128]uint8

	// shifts tells how long a piece can be, by the class of its first four
	// bytes: 64 less the bits of the pieces in that class.
	shifts [1 << classBits]uint8

	// members has the bit key.hash() of every piece's key.
	members bitmap

	// grams has the bit gramHash of the first three and of the second to fourth
	// byte of every piece. Only the portable engine looks at it.
	grams bitmap

	// beside has the sides of every literal: most places where a piece stands hold
	// none, by what stands beside it.
	beside bloom
}

// A bitmap is 8 KiB, a quarter of the smallest first-level cache, and nearly
// empty even with thousands of pieces.
type bitmap [1 << hashBits / 32]uint32

const (
	hashBits  = 16
	classBits = 12
)

// Multipliers that spread a word over the upper bits of a product (Knuth's
// multiplicative hashing: the odd numbers nearest 2^32 and 2^64 / golden ratio).
const (
	multiplier32 = 0x9E3779B1
	multiplier64 = 0x9E3779B97F4A7C15
)

func (m *bitmap) set(hash uint32) { m[hash/32] |= 1 << (hash % 32) }

// bit returns 1 or 0 in the lowest bit; hash is below 1<<hashBits.
func (m *bitmap) bit(hash uint32) uint32 { return m[hash/32%uint32(len(m))] >> (hash % 32) }

// A key is a piece shifted to the upper end of a word, so that what follows a
// short one in the text is gone.
type key uint64

// hash is the place of a key in members.
func (k key) hash() uint32 { return uint32(uint64(k) * multiplier64 >> (64 - hashBits)) }

// key returns the key of the piece that can stand at a place, given the folded
// eight bytes there.
func (f *filter) key(w uint64) key { return key(w << (f.shifts[class(w)] & 63)) }

// class is the class of the first four bytes of w.
func class(w uint64) uint32 { return uint32(w) * multiplier32 >> (32 - classBits) }

// gramHash is the place in grams of the lowest three bytes of w; the shifted
// multiplier takes the others out.
func gramHash(w uint64) uint32 {
	const multiplier = multiplier32 << 8 & (1<<32 - 1)
	return uint32(w) * multiplier >> (32 - hashBits)
}

// add lets a literal through, at its anchor a.
func (f *filter) add(literal []byte, a anchor) {
	f.beside.add(sidesOf(literal, int(a.at)))
	bucket := uint8(1) << a.bucket
	exact, fine := &f.exact[a.fine/buckets], uint8(1)<<(a.fine%buckets)
	for j := range minPiece {
		c := uint8(a.piece >> (8 * j))
		exact[j][c&127] |= fine
		exact[j][c&^caseBit&127] |= fine
		if at := caseless(c); f.whole[j][at]&bucket == 0 {
			f.whole[j][at] |= bucket
			f.steps[j][at/16][at%16] ^= bucket
			if next := at/16 + 1; next < 4 {
				f.steps[j][next][at%16] ^= bucket
			}
		}
	}
	f.shifts[class(a.piece)] = 64 - 8*a.size
	f.members.set(a.key().hash())
	f.grams.set(gramHash(a.piece))
	f.grams.set(gramHash(a.piece >> 8))
}

// caseless returns the six bits of c that tell ASCII letters, digits and marks
// apart without regard to case.
func caseless(c byte) byte { return c&31 | c&64>>1 }

// bucketsAt returns the buckets that the four bytes at b[at:] may belong to.
func (f *filter) bucketsAt(b []byte, at int) uint8 {
	buckets := ^uint8(0)
	for j := range minPiece {
		buckets &= f.whole[j][caseless(b[at+j])]
	}
	return buckets & (b[at] | (1<<wideBucket - 1))
}

// halvesAt is bucketsAt by the fine buckets, with the bits of both halves in one byte.
func (f *filter) halvesAt(b []byte, at int) (buckets uint8) {
	for half := range halves {
		these := ^uint8(0)
		for j := range minPiece {
			these &= f.exact[half][j][b[at+j]&127]
		}
		buckets |= these
	}
	return buckets & (b[at] | (1<<wideBucket - 1))
}

// keepMembers moves those places in b at which a piece may start, by its hash, to
// the front of places, and returns how many they are.
func (f *filter) keepMembers(b []byte, places []uint16) (kept int) {
	whole := len(places) // how many of them have a whole word of b
	for whole > 0 && int(places[whole-1]) > len(b)-wordSize {
		whole--
	}
	for _, at := range places[:whole] {
		places[kept] = at
		kept += int(f.member(word(b, int(at))))
	}
	for _, at := range places[whole:] {
		places[kept] = at
		kept += int(f.member(foldTail(b, int(at))))
	}
	return kept
}

// member returns 1 in the lowest bit if eight folded bytes, zero where the text
// has ended, may start with a piece.
func (f *filter) member(w uint64) uint32 { return f.members.bit(f.key(w).hash()) & 1 }

// reachesOf returns a bit for each reach whose sides in c may be a literal's.
func (f *filter) reachesOf(c *context) (set uint64) {
	m := &f.beside
	return m.has(c.sides(farBehind)) | m.has(c.sides(farBefore))<<farBefore | m.has(c.sides(nearBehind))<<nearBehind |
		m.has(c.sides(nearBefore))<<nearBefore | m.has(c.sides(gramOnly))<<gramOnly
}
