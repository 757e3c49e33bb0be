package literal

// A bloom is a set of sides, as a bloom filter: each member has two bits of one word. It is
// 16 KiB, so that it stays in the first-level cache.
type bloom [1 << bloomBits]uint64

const bloomBits = 11

func (m *bloom) add(s sides) {
	word, first, second := bloomBitsOf(s)
	m[word] |= 1<<first | 1<<second
}

// has returns 1 if s may be a member, else 0: a branch could not be predicted.
func (m *bloom) has(s sides) uint64 {
	word, first, second := bloomBitsOf(s)
	return m[word] >> first & (m[word] >> second) & 1
}

// bloomBitsOf returns which bits of which word are those of s.
func bloomBitsOf(s sides) (word, first, second uint64) {
	hash := uint64(s) * multiplier64
	return hash >> (64 - bloomBits), hash >> 26 & 63, hash >> 32 & 63
}
