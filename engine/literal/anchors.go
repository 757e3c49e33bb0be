package literal

import (
	"container/heap"
	"iter"
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
	piece  uint64 // folded, the first byte lowest
	at     uint8  // distance from the literal's start
	size   uint8  // bytes
	bucket uint8  // of the filter
	fine   uint8  // of its fine buckets
}

// key returns the key of a's piece.
func (a anchor) key() key { return key(a.piece << (64 - 8*a.size)) }

// gramWeight is how much it costs that the first bytes of a piece are common in
// log text, against one more piece in the filter. It was chosen by measurement.
const gramWeight = 25_000

// A gram is the first minPiece bytes of a piece, folded: what the filter looks at.
type gram uint32

// kind returns the kind of g's j-th byte.
func (g gram) kind(j int) int { return kind(byte(g >> (8 * j))) }

// chooseAnchors chooses a piece and a bucket for each literal so that, in log
// text, the filter lets few places through.
//
// What a filter lets through grows with the grams it knows. So literals share
// them: of all grams, the one goes first that stands in most literals for how
// common it is, until every literal has one (the greedy cover of a set). Those of
// plan went before all.
//
// The first literals keep the anchors in known.
func chooseAnchors(literals [][]byte, known []anchor) []anchor {
	anchors := slices.Grow(slices.Clone(known), len(literals)-len(known))[:len(literals)]
	chosen := map[gram]bool{}
	for g := range plan {
		chosen[g] = true
	}
	for _, a := range known {
		chosen[gram(a.piece)] = true
	}
	cover(logText.gramShare, literals[len(known):], chosen)
	for id := len(known); id < len(literals); id++ {
		anchors[id] = rarest(literals[id], chosen)
	}
	chooseBuckets(anchors, len(known))
	truncate(anchors)
	return anchors
}

// cover adds grams to chosen until every literal has one of them. share tells how
// common a gram is.
func cover(share func(gram) float64, literals [][]byte, chosen map[gram]bool) {
	cost := func(g gram) float64 { return 1 + gramWeight*share(g) }
	holders := map[gram][]int32{} // the literals not covered that a gram stands in
	covered := make([]bool, len(literals))
	for id, l := range literals {
		for at := range anchorable(l) {
			covered[id] = covered[id] || chosen[gram(foldTail(l, at))]
		}
		if covered[id] {
			continue
		}
		for at := range anchorable(l) {
			g := gram(foldTail(l, at))
			if in := holders[g]; len(in) == 0 || in[len(in)-1] != int32(id) {
				holders[g] = append(in, int32(id))
			}
		}
	}
	open := make(candidates, 0, len(holders))
	for g, in := range holders {
		open = append(open, candidate{g, float64(len(in)) / cost(g)})
	}
	heap.Init(&open)
	for len(open) > 0 {
		best := &open[0]
		left := 0
		for _, id := range holders[best.gram] {
			if !covered[id] {
				left++
			}
		}
		// What a gram is worth only falls, so that most need no second look.
		worth := float64(left) / cost(best.gram)
		switch {
		case left == 0:
			heap.Pop(&open)
		case worth < best.worth:
			best.worth = worth
			heap.Fix(&open, 0)
		default:
			chosen[best.gram] = true
			for _, id := range holders[best.gram] {
				covered[id] = true
			}
		}
	}
}

// anchorable returns the places in a literal where its anchor may be: of one with
// bytes beyond ASCII those that begin with such a byte, if there are any.
func anchorable(literal []byte) iter.Seq[int] {
	wide := false
	for at := 0; at+minPiece <= len(literal); at++ {
		wide = wide || isWide(literal[at])
	}
	return func(yield func(int) bool) {
		for at := 0; at+minPiece <= len(literal); at++ {
			if (!wide || isWide(literal[at])) && !yield(at) {
				return
			}
		}
	}
}

// isWide tells whether c is beyond ASCII.
func isWide(c byte) bool { return c >= 0x80 }

// candidates is a heap of grams, the one that is worth most first.
type candidates []candidate

type candidate struct {
	gram  gram
	worth float64 // literals it would cover, by its cost
}

func (c candidates) Len() int { return len(c) }

func (c candidates) Less(i, j int) bool {
	if c[i].worth != c[j].worth {
		return c[i].worth > c[j].worth
	}
	return c[i].gram < c[j].gram // the same choice in every process
}

func (c candidates) Swap(i, j int) { c[i], c[j] = c[j], c[i] }
func (c *candidates) Push(x any)   { *c = append(*c, x.(candidate)) }

func (c *candidates) Pop() any {
	last := len(*c) - 1
	x := (*c)[last]
	*c = (*c)[:last]
	return x
}

// rarest returns the anchor in a literal whose piece is rarest in log text, of
// those that begin with a chosen gram.
func rarest(literal []byte, chosen map[gram]bool) (best anchor) {
	least := math.Inf(1)
	for at := range anchorable(literal) {
		piece, size := foldTail(literal, at), min(len(literal)-at, maxPiece)
		if !chosen[gram(piece)] {
			continue
		}
		if share := logText.piece(piece, size); share < least {
			least, best = share, anchor{at: uint8(at), size: uint8(size), piece: piece}
		}
	}
	return best
}

// chooseBuckets deals the grams into the buckets, and into the fine ones.
//
// Those of the plan and of the first anchors have theirs already.
func chooseBuckets(anchors []anchor, known int) {
	bucketOf, fineOf := map[gram]int{}, map[gram]int{}
	for g, to := range plan {
		bucketOf[g], fineOf[g] = to.bucket, to.fine
	}
	for _, a := range anchors[:known] {
		bucketOf[gram(a.piece)], fineOf[gram(a.piece)] = int(a.bucket), int(a.fine)
	}
	grams := gramsOf(anchors)
	deal(logText.through, grams, buckets, bucketOf)
	deal(logText.through, grams, fineBuckets, fineOf)
	for id := range anchors {
		a := &anchors[id]
		a.bucket, a.fine = uint8(bucketOf[gram(a.piece)]), uint8(fineOf[gram(a.piece)])
	}
}

// gramsOf returns the grams of anchors, once each, in an order that is the same in
// every process.
func gramsOf(anchors []anchor) (grams []gram) {
	met := map[gram]bool{}
	for _, a := range anchors {
		if g := gram(a.piece); !met[g] {
			grams, met[g] = append(grams, g), true
		}
	}
	return grams
}

// truncate makes all pieces of a class as short as the shortest of them,
// because one look at the class must tell how much to hash.
func truncate(anchors []anchor) {
	var shortest [1 << classBits]uint8
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
