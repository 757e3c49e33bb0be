package literal

import (
	"encoding/binary"
	"math"
	"unsafe"
)

// gramSize is the bytes of a gram: what the shortest literals have.
const gramSize = 4

// A gram is four bytes, folded, the first one lowest.
type gram uint32

// gramAt returns the gram at b[at:], which must be known to be in b.
//
// Fast path: without bounds checks, as word.
func gramAt(b []byte, at int) gram {
	four := (*[gramSize]byte)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(b)), at))
	return gram(binary.LittleEndian.Uint32(four[:]) | foldMask&math.MaxUint32)
}

// byte returns the j-th byte of g.
func (g gram) byte(j int) byte { return byte(g >> (8 * j)) }

// kind returns the kind of g's j-th byte.
func (g gram) kind(j int) int { return kind(g.byte(j)) }

// text returns the bytes of g.
func (g gram) text() string { return string([]byte{g.byte(0), g.byte(1), g.byte(2), g.byte(3)}) }

// hash is the place of g in filter.members.
func (g gram) hash() uint32 { return uint32(g) * multiplier32 >> (32 - hashBits) }
