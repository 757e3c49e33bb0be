package literal

// A filter rules places out. The assembly knows its layout; filter_test.go holds the
// two to each other.
type filter struct {
	// byCaseless: a gram of bucket k may stand at a place only if bit k is set in
	// whole[j][caseless(c)] for the j-th of the four bytes there, c, for each j. In
	// wideBucket, only if the first byte is beyond ASCII.
	whole [gramSize][64]uint8

	// The same byClass: of bucket k, bit k%buckets is set in
	// classed[k/buckets][j][classOf[caseless(c)]].
	classed [halves][gramSize][classes]uint8

	// And byASCII: in exact[k/buckets][j][c&127].
	exact [halves][gramSize][128]uint8

	// fix is markFix, where the assembly finds it.
	fix [2][16]uint8

	// members has the bit hash of every gram.
	members bitmap

	// triples has the bit tripleHash of the first three and of the last three bytes
	// of every gram. Only the portable engine looks at it.
	triples bitmap

	// beside has the sides of every literal: at most places where a gram stands there is
	// no literal, and the sides show it.
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
// multiplier drops the others.
func tripleHash(w uint64) uint32 {
	const multiplier = multiplier32 << 8 & (1<<32 - 1)
	return uint32(w) * multiplier >> (32 - hashBits)
}

// add lets a literal through, at its anchor a.
func (f *filter) add(literal []byte, a anchor) {
	f.beside.add(sidesOf(literal, int(a.at)))
	for j := range gramSize {
		c := a.gram.byte(j)
		f.whole[j][caseless(c)] |= 1 << a.bucket[byCaseless]
		half, bit := a.bucket.fine(byClass)
		f.classed[half][j][classOf[caseless(c)]] |= bit
		half, bit = a.bucket.fine(byASCII)
		f.exact[half][j][c&127] |= bit
		f.exact[half][j][c&^caseBit&127] |= bit
	}
	f.members.set(a.gram.hash())
	f.triples.set(tripleHash(uint64(a.gram)))
	f.triples.set(tripleHash(uint64(a.gram) >> 8))
}

// caseless returns the six bits of c that tell ASCII letters, digits and marks
// apart without regard to case.
func caseless(c byte) byte { return c&31 | c&64>>1 }

// keepMembers moves the places in b at which a gram may stand, by its hash, to the
// front of places, and returns how many there are.
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
	return m.has(c[behind8]) | m.has(c[before8])<<before8 | m.has(c[behind6])<<behind6 |
		m.has(c[before6])<<before6 | m.has(c[behind3])<<behind3 | m.has(c[before3])<<before3 |
		m.has(c[behind2])<<behind2 | m.has(c[before1])<<before1 | m.has(c[gramOnly])<<gramOnly
}
