package literal

import (
	"cmp"
	"math"
	"slices"
)

// An anchor is a literal's piece and the bucket of the filter it is in.
type anchor struct {
	at     int // distance from the literal's start
	piece  uint32
	bucket int
}

// pieceWeight is how much a place that the filter lets through costs when a
// piece really is there, against one that the next check stops: a return to the
// caller, a look-up, a comparison. It was chosen by measurement.
const pieceWeight = 10

// chooseAnchors chooses a piece and a bucket for each literal so that, in log
// text, the filter lets few places through.
//
// It is greedy. The shortest literals come first, as they have the fewest
// pieces to choose from; each takes the piece and the bucket that add least. So
// literals come to share pieces, and buckets to hold pieces that look alike.
func chooseAnchors(literals [][]byte) []anchor {
	order := make([]int, len(literals))
	for id := range order {
		order[id] = id
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(literals[a]), len(literals[b])) })

	anchors := make([]anchor, len(literals))
	chosen := map[uint32]bool{}
	var groups [buckets]group
	for _, id := range order {
		best := math.Inf(1)
		var bestGroup group
		for at := 0; at+PieceLen <= len(literals[id]); at++ {
			piece := foldWord(word(literals[id], at))
			cost := 0.0
			if !chosen[piece] {
				cost = pieceWeight * logText.piece(piece)
			}
			for k := range groups {
				if cost >= best {
					break
				}
				g := groups[k].with(piece)
				if added := cost + g.share - groups[k].share; added < best {
					best, bestGroup = added, g
					anchors[id] = anchor{at, piece, k}
				}
			}
		}
		groups[anchors[id].bucket] = bestGroup
		chosen[anchors[id].piece] = true
	}
	return anchors
}

// A group is the pieces of a bucket, as the filter sees them: sets of halves of
// bytes, for each position.
type group struct {
	low, high [PieceLen]uint16
	share     float64 // of all places in log text, that the sets let through
}

// with returns g with piece in it.
func (g group) with(piece uint32) group {
	g.share = 1
	for j := range PieceLen {
		c := byte(piece >> (8 * j))
		g.low[j] |= 1 << (c & 15)
		g.high[j] |= 1 << (c >> 4)
		g.share *= logText.halves(g.low[j], g.high[j])
	}
	return g
}

// halves returns the share of bytes whose low and high half are in the sets.
func (f *frequencies) halves(low, high uint16) (share float64) {
	for h := range 16 {
		if high>>h&1 == 0 {
			continue
		}
		for l := range 16 {
			if low>>l&1 != 0 {
				share += f.byte[h<<4|l]
			}
		}
	}
	return share
}
