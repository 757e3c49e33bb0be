package literal

const (
	// buckets is how many groups the grams are dealt into; one bit each in a byte
	// of a vector.
	buckets = 8

	// halves is how many bytes an engine looks up for each place that can look at
	// more: it has that many times as many buckets, into which the grams are dealt
	// anew.
	halves      = 2
	fineBuckets = halves * buckets

	// The last bucket of a byte holds the grams that begin beyond ASCII, and no
	// others: text in English then pays nothing for the other languages. Its bit in
	// the byte is the bit that such a byte has.
	wideBucket = buckets - 1
)

// A filter is what places are ruled out by. The assembly knows its layout;
// filter_test.go holds both to each other.
type filter struct {
	// A gram of bucket k may stand at a place only if bit k is set in
	// whole[j][caseless(c)] for each c of the four bytes there, the j-th. One of
	// wideBucket may only if the first is beyond ASCII.
	whole [gramSize][64]uint8

	// steps is whole in quarters, each but the first as its difference from the
	// one before, for an engine that can look up 16 values and gets 0 below
	// the first: the exclusive or of its look-ups in all four is the look-up in
	// whole.
	steps [gramSize][4][16]uint8

	// The same for the fine buckets: of bucket k, bit k%buckets is set in
	// exact[k/buckets][j][c&127].
	exact [halves][gramSize][128]uint8

	// members has the bit hash of every gram.
	members bitmap

	// triples has the bit tripleHash of the first three and of the last three bytes
	// of every gram. Only the portable engine looks at it.
	triples bitmap

	// beside has the sides of every literal: most places where a gram stands hold
	// none, by what stands beside it.
	beside bloom
}

// A bitmap is 8 KiB, a quarter of the smallest first-level cache, and nearly
// empty even with thousands of grams.
type bitmap [1 << hashBits / 32]uint32

const hashBits = 16

// Multipliers that spread a word over the upper bits of a product (Knuth's
// multiplicative hashing: the odd numbers nearest 2^32 and 2^64 / golden ratio).
const (
	multiplier32 = 0x9E3779B1
	multiplier64 = 0x9E3779B97F4A7C15
)

func (m *bitmap) set(hash uint32) { m[hash/32] |= 1 << (hash % 32) }

// bit returns 1 or 0 in the lowest bit; hash is below 1<<hashBits.
func (m *bitmap) bit(hash uint32) uint32 { return m[hash/32%uint32(len(m))] >> (hash % 32) }

// tripleHash is the place in triples of the lowest three bytes of w; the shifted
// multiplier takes the others out.
func tripleHash(w uint64) uint32 {
	const multiplier = multiplier32 << 8 & (1<<32 - 1)
	return uint32(w) * multiplier >> (32 - hashBits)
}

// add lets a literal through, at its anchor a.
func (f *filter) add(literal []byte, a anchor) {
	f.beside.add(sidesOf(literal, int(a.at)))
	bucket := uint8(1) << a.bucket
	exact, fine := &f.exact[a.fine/buckets], uint8(1)<<(a.fine%buckets)
	for j := range gramSize {
		c := a.gram.byte(j)
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
	f.members.set(a.gram.hash())
	f.triples.set(tripleHash(uint64(a.gram)))
	f.triples.set(tripleHash(uint64(a.gram) >> 8))
}

// caseless returns the six bits of c that tell ASCII letters, digits and marks
// apart without regard to case.
func caseless(c byte) byte { return c&31 | c&64>>1 }

// bucketsAt returns the buckets that the four bytes at b[at:] may belong to.
func (f *filter) bucketsAt(b []byte, at int) uint8 {
	buckets := ^uint8(0)
	for j := range gramSize {
		buckets &= f.whole[j][caseless(b[at+j])]
	}
	return buckets & (b[at] | (1<<wideBucket - 1))
}

// halvesAt is bucketsAt by the fine buckets, with the bits of both halves in one byte.
func (f *filter) halvesAt(b []byte, at int) (buckets uint8) {
	for half := range halves {
		these := ^uint8(0)
		for j := range gramSize {
			these &= f.exact[half][j][b[at+j]&127]
		}
		buckets |= these
	}
	return buckets & (b[at] | (1<<wideBucket - 1))
}

// keepMembers moves those places in b at which a gram may stand, by its hash, to
// the front of places, and returns how many they are.
func (f *filter) keepMembers(b []byte, places []uint16) (kept int) {
	for _, at := range places {
		places[kept] = at
		kept += int(f.members.bit(gramAt(b, int(at)).hash()) & 1)
	}
	return kept
}

// reachesOf returns a bit for each reach whose sides in c may be a literal's.
func (f *filter) reachesOf(c *context) (set uint64) {
	m := &f.beside
	return m.has(c.sides(farBehind)) | m.has(c.sides(farBefore))<<farBefore | m.has(c.sides(nearBehind))<<nearBehind |
		m.has(c.sides(nearBefore))<<nearBefore | m.has(c.sides(gramOnly))<<gramOnly
}
