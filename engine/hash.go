package engine

import (
	"encoding/binary"
	"math/bits"

	"github.com/authlens/authlens/engine/literal"
)

// The hash behind fingerprints. A fingerprint is published and must be the same
// in every process and on every architecture, so it is fixed here: the wyhash
// construction (multiply, fold the 128-bit product), little-endian, without a
// seed. It does not resist made-up collisions, so the tables that use it are bounded.
const (
	hashStart = 0xa0761d6478bd642f
	hashWord  = 0xe7037ed1a0b428db
	hashTail  = 0x8ebc6af09c88c6e3
)

// hashBytes folds b into h.
func hashBytes(h uint64, b []byte) uint64 {
	n, tail := len(b), tailOf(b)
	for ; len(b) >= 8; b = b[8:] {
		h = mix(h^binary.LittleEndian.Uint64(b), hashWord)
	}
	return mix(h^tail, hashTail^uint64(n))
}

// hashFold is hashBytes without regard to ASCII case.
func hashFold(h uint64, b []byte) uint64 {
	n, tail := len(b), tailOf(b)
	for ; len(b) >= 8; b = b[8:] {
		h = mix(h^literal.LowerWord(binary.LittleEndian.Uint64(b)), hashWord)
	}
	return mix(h^literal.LowerWord(tail), hashTail^uint64(n))
}

// tailOf returns the bytes of b behind its last whole word of eight.
func tailOf(b []byte) (tail uint64) {
	rest := len(b) % 8
	if len(b) >= 8 { // Fast path: the length of a loop over them could not be predicted.
		return binary.LittleEndian.Uint64(b[len(b)-8:]) >> (64 - 8*rest)
	}
	for i, c := range b {
		tail |= uint64(c) << (8 * i)
	}
	return tail
}

func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}

// hashInt folds the number v into h.
func hashInt(h, v uint64) uint64 { return mix(h^v, hashWord) }
