package literal

import "math/bits"

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

// logText is decoded from pairTable: a row for each first byte, a character for the
// share of each second one.
var logText = func() (f frequencies) {
	for a := range kinds {
		for b := range kinds {
			f.next[a][b] = shareOf(pairTable[a][b])
			f.first[a] += f.next[a][b]
		}
		for b := range kinds {
			f.next[a][b] /= f.first[a]
		}
	}
	return f
}()

// wordShare estimates the share of places where the first size bytes of w stand.
func (f *frequencies) wordShare(w uint64, size int) float64 {
	share := f.gramShare(gram(w))
	for j := gramSize; j < size; j++ {
		share *= f.follows(w, j)
	}
	return share
}

// gramShare estimates the share of places where g stands.
func (f *frequencies) gramShare(g gram) float64 {
	if share, ok := commonShare(g); ok {
		return share
	}
	return f.byPairs(g)
}

// byPairs estimates the share of places where g stands, from pairs of bytes alone.
func (f *frequencies) byPairs(g gram) float64 {
	share := f.first[kind(byte(g))]
	for j := 1; j < gramSize; j++ {
		share *= f.follows(uint64(g), j)
	}
	return share
}

// follows returns how often the j-th byte of w follows the one before it.
func (f *frequencies) follows(w uint64, j int) float64 {
	return f.next[kind(byte(w>>(8*j-8)))][kind(byte(w>>(8*j)))]
}

// through estimates the share of places whose bytes are in the sets, from pairs of bytes alone.
func (f *frequencies) through(sets *[gramSize]kindSet) float64 {
	// The share of places that got through so far, by their last byte.
	var sofar [kinds]float64
	var last, these []int
	var lastKinds, theseKinds [kinds]int
	for j, set := range sets {
		these = set.kinds(theseKinds[:0])
		var next [kinds]float64
		if j == 0 {
			for _, b := range these {
				next[b] = f.first[b]
			}
		}
		for _, a := range last {
			share, follow := sofar[a], &f.next[a]
			for _, b := range these {
				next[b] += share * follow[b]
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

// A kindSet is a set of kinds.
type kindSet struct {
	ascii uint64 // a bit for each kind but otherKind
	other bool
}

// with returns s with a kind in it.
func (s kindSet) with(k int) kindSet {
	if k != otherKind {
		s.ascii |= 1 << k
	} else {
		s.other = true
	}
	return s
}

// kinds appends the kinds in s to dst, in ascending order.
func (s kindSet) kinds(dst []int) []int {
	for rest := s.ascii; rest != 0; rest &= rest - 1 {
		dst = append(dst, bits.TrailingZeros64(rest))
	}
	if s.other {
		dst = append(dst, otherKind)
	}
	return dst
}
