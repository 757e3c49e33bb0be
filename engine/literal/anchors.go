package literal

import (
	"cmp"
	"math"
	"slices"
)

// A piece is minPiece to maxPiece bytes. Four is what the shortest literals
// have and what the filter looks at first; eight fit a machine word.
const (
	minPiece = 4
	maxPiece = 8
)

// An anchor is the piece by which a literal is searched.
type anchor struct {
	at     int    // distance from the literal's start
	size   int    // bytes
	piece  uint64 // folded, the first byte lowest
	bucket int    // of the filter
	part   int    // of the bucket
}

// key returns the key of a's piece.
func (a anchor) key() key { return key(a.piece << (64 - 8*a.size)) }

// pieceWeight is how much a place that the filter lets through costs when a
// piece really is there, against one that the hash stops: a return to the
// caller, a look-up, a comparison. It was chosen by measurement.
const pieceWeight = 100

// chooseAnchors chooses a piece and a bucket for each literal so that, in log
// text, the filter lets few places through.
//
// It is greedy. The shortest literals come first, as they have the fewest
// pieces to choose from; each takes the piece and the bucket that add least. So
// literals come to share pieces, and buckets to hold pieces that look alike.
//
// The first literals keep the anchors in known.
func chooseAnchors(literals [][]byte, known []anchor) []anchor {
	var order []int
	for id := len(known); id < len(literals); id++ {
		order = append(order, id)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(literals[a]), len(literals[b])) })

	anchors := slices.Grow(slices.Clone(known), len(order))[:len(literals)]
	chosen := map[uint64]bool{}
	var groups [buckets]group
	for k := range groups {
		groups[k].halves = true
	}
	for _, a := range known {
		groups[a.bucket].sets = groups[a.bucket].with(a.piece)
		chosen[a.piece] = true
	}
	for k := range groups {
		groups[k].share = logText.through(&groups[k].sets)
	}
	for _, id := range order {
		best := math.Inf(1)
		for at := 0; at+minPiece <= len(literals[id]); at++ {
			piece, size := foldTail(literals[id], at), min(len(literals[id])-at, maxPiece)
			cost := 0.0
			if !chosen[piece] {
				cost = pieceWeight * logText.piece(piece, size)
			}
			for k := range groups {
				if cost >= best {
					break
				}
				if c := cost + groups[k].added(piece); c < best {
					best, anchors[id] = c, anchor{at: at, size: size, piece: piece, bucket: k}
				}
			}
		}
		groups[anchors[id].bucket].add(anchors[id].piece)
		chosen[anchors[id].piece] = true
	}
	chooseParts(anchors, len(known))
	truncate(anchors)
	return anchors
}

// chooseParts deals the pieces of each bucket into its parts, so that the parts
// let fewer places through than the bucket does.
//
// The first anchors have their parts already.
func chooseParts(anchors []anchor, known int) {
	var groups [buckets][parts]group
	chosen := map[uint64]int{}
	for id := range anchors {
		a := &anchors[id]
		bucket := &groups[a.bucket]
		part, ok := chosen[a.piece]
		switch {
		case id < known:
			part = a.part
		case !ok:
			best := math.Inf(1)
			for k := range bucket {
				if c := bucket[k].added(a.piece); c < best {
					best, part = c, k
				}
			}
		}
		a.part, chosen[a.piece] = part, part
		bucket[part].add(a.piece)
	}
}

// truncate makes all pieces of a class as short as the shortest of them,
// because one look at the class must tell how much to hash.
func truncate(anchors []anchor) {
	var shortest [1 << classBits]int
	for _, a := range anchors {
		if s := &shortest[class(a.piece)]; *s == 0 || a.size < *s {
			*s = a.size
		}
	}
	for i := range anchors {
		a := &anchors[i]
		a.size = shortest[class(a.piece)]
		unused := 64 - 8*a.size
		a.piece = a.piece << unused >> unused
	}
}

// A group is the pieces of a bucket, or of a part of one, as the filter sees
// them.
type group struct {
	halves bool // the filter looks at the halves of bytes
	sets   [minPiece]kindSet
	share  float64 // of places in log text, that the sets let through

	// known holds what added returned since the sets last grew, by the bytes of
	// a piece that matter. Most literals are made of the same few words.
	known map[uint32]float64
}

// with returns g's sets with piece in them.
func (g *group) with(piece uint64) [minPiece]kindSet {
	sets := g.sets
	for j := range sets {
		sets[j] = sets[j].with(byte(piece >> (8 * j)))
		if g.halves {
			sets[j] = sets[j].halves()
		}
	}
	return sets
}

// added returns how much larger g's share becomes with piece in it.
func (g *group) added(piece uint64) float64 {
	sets := g.with(piece)
	if sets == g.sets {
		return 0
	}
	more, ok := g.known[uint32(piece)]
	if !ok {
		more = logText.through(&sets) - g.share
		if g.known == nil {
			g.known = map[uint32]float64{}
		}
		g.known[uint32(piece)] = more
	}
	return more
}

// add puts piece into g.
func (g *group) add(piece uint64) {
	if sets := g.with(piece); sets != g.sets {
		g.sets, g.share, g.known = sets, logText.through(&sets), nil
	}
}
