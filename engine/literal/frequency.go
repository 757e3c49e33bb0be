package literal

import "math"

// kinds is how many kinds of byte the frequencies know: the folded ASCII
// characters, and one for all other bytes.
const kinds = 65

const otherKind = kinds - 1

// kind returns the kind of a folded byte.
func kind(c byte) int {
	switch {
	case c >= 0x80:
		return otherKind
	case c >= 0x60:
		return int(c) - 0x60 + 32
	default:
		return int(c) - 0x20
	}
}

// frequencies say how often a kind of byte occurs in log text, as a share of
// all bytes, and how often another follows it, as a share of those.
type frequencies struct {
	first [kinds]float64
	next  [kinds][kinds]float64
}

// logText is decoded from pairTable: a row for each first byte, a character
// for each second one, '(' plus twice the negated binary logarithm of its share.
var logText = func() (f frequencies) {
	for a := range kinds {
		for b := range kinds {
			f.next[a][b] = math.Exp2(-float64(pairTable[a][b]-'(') / 2)
			f.first[a] += f.next[a][b]
		}
		for b := range kinds {
			f.next[a][b] /= f.first[a]
		}
	}
	return f
}()

// piece estimates the share of places where a folded piece of size bytes is.
func (f *frequencies) piece(piece uint64, size int) float64 {
	share := f.first[kind(byte(piece))]
	for j := 1; j < size; j++ {
		share *= f.next[kind(byte(piece>>(8*j-8)))][kind(byte(piece>>(8*j)))]
	}
	return share
}

// through estimates the share of places whose bytes are in the sets.
func (f *frequencies) through(sets *[minPiece]halves) float64 {
	// The share of places that got through so far, by their last byte.
	var sofar [kinds]float64
	var last, these []int
	var lastKinds, theseKinds [kinds]int
	for j, set := range sets {
		these = set.kinds(theseKinds[:0])
		var next [kinds]float64
		for _, b := range these {
			if j == 0 {
				next[b] = f.first[b]
				continue
			}
			for _, a := range last {
				next[b] += sofar[a] * f.next[a][b]
			}
		}
		sofar = next
		last = append(lastKinds[:0], these...)
	}
	share := 0.0
	for _, b := range last {
		share += sofar[b]
	}
	return share
}

// A halves is the set of folded bytes whose low half is in one set and whose
// high half is in another: what two shuffles can tell.
type halves struct{ low, high uint16 }

// with returns h with a byte in it.
func (h halves) with(c byte) halves {
	return halves{h.low | 1<<(c&15), h.high | 1<<(c>>4)}
}

// kinds appends the kinds of the bytes in h. All bytes of otherKind count as in
// it when one is.
func (h halves) kinds(dst []int) []int {
	const ascii = 1<<8 - 1
	for high := range 8 {
		for low := range 16 {
			if c := byte(high<<4 | low); h.high>>high&1 != 0 && h.low>>low&1 != 0 {
				dst = append(dst, kind(c))
			}
		}
	}
	if h.high&^ascii != 0 {
		dst = append(dst, otherKind)
	}
	return dst
}
