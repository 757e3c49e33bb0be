package literal

import (
	"container/heap"
	"iter"
	"math"
	"slices"
)

// An anchor is where in a literal the gram stands that it is searched by.
type anchor struct {
	gram   gram
	at     uint8 // distance from the literal's start
	bucket dealt
}

// gramWeight is how much a gram's being common in log text costs, relative to one
// more gram in the filter. It was chosen by measurement.
const gramWeight = 25_000

// costOf returns the cost of a gram that stands at the given share of places in log text.
func costOf(share float64) float64 { return 1 + gramWeight*share }

// chooseAnchors chooses a gram and its buckets for each literal so that, in log
// text, the filter lets few places through.
//
// What a filter lets through grows with the grams it knows, so literals share
// them: the next gram chosen is the one that stands in most literals without one, in
// proportion to how common it is in log text, until every literal has one (the greedy
// cover of a set). The grams of plan are chosen beforehand.
//
// The first literals keep the anchors in known.
func chooseAnchors(literals [][]byte, known []anchor) []anchor {
	anchors := slices.Grow(slices.Clone(known), len(literals)-len(known))[:len(literals)]
	chosen := map[gram]bool{}
	for g := range plan {
		chosen[g] = true
	}
	for _, a := range known {
		chosen[a.gram] = true
	}
	cover(logText.gramShare, literals[len(known):], chosen)
	for id := len(known); id < len(literals); id++ {
		anchors[id] = rarest(literals[id], chosen)
	}
	chooseBuckets(anchors, len(known))
	return anchors
}

// cover adds grams to chosen until every literal has one of them. share tells how
// common a gram is.
func cover(share func(gram) float64, literals [][]byte, chosen map[gram]bool) {
	cost := func(g gram) float64 { return costOf(share(g)) }
	holders := map[gram][]int32{} // the uncovered literals that a gram stands in
	covered := make([]bool, len(literals))
	for id, l := range literals {
		for at := range anchorable(l) {
			covered[id] = covered[id] || chosen[gramAt(l, at)]
		}
		if covered[id] {
			continue
		}
		for at := range anchorable(l) {
			g := gramAt(l, at)
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
		// A gram's worth only falls, so most need no second look.
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

// anchorable returns the places in a literal where its anchor may be. If some of them
// begin with a byte beyond ASCII, it is only those.
func anchorable(literal []byte) iter.Seq[int] {
	wide := false
	for at := 0; at+gramSize <= len(literal); at++ {
		wide = wide || isWide(literal[at])
	}
	return func(yield func(int) bool) {
		for at := 0; at+gramSize <= len(literal); at++ {
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

// rarest returns the anchor of a literal: the one of its chosen grams that is rarest in log
// text together with what follows it, up to wordSize bytes in all.
func rarest(literal []byte, chosen map[gram]bool) (best anchor) {
	least := math.Inf(1)
	for at := range anchorable(literal) {
		w := foldTail(literal, at)
		if !chosen[gram(w)] {
			continue
		}
		if share := logText.wordShare(w, min(len(literal)-at, wordSize)); share < least {
			least, best = share, anchor{gram: gram(w), at: uint8(at)}
		}
	}
	return best
}

// chooseBuckets deals the grams of anchors into the buckets of each way. Grams of the plan and
// of the first known anchors keep their buckets.
func chooseBuckets(anchors []anchor, known int) {
	grams := gramsOf(anchors)
	for w := range ways {
		groupOf := map[gram]int{}
		for g, to := range plan {
			groupOf[g] = int(to[w])
		}
		for _, a := range anchors[:known] {
			groupOf[a.gram] = int(a.bucket[w])
		}
		deal(w.model(logText.through), grams, w.buckets(), groupOf)
		for id := range anchors {
			anchors[id].bucket[w] = uint8(groupOf[anchors[id].gram])
		}
	}
}

// gramsOf returns the grams of anchors, once each, in an order that is the same in
// every process.
func gramsOf(anchors []anchor) (grams []gram) {
	met := map[gram]bool{}
	for _, a := range anchors {
		if !met[a.gram] {
			grams, met[a.gram] = append(grams, a.gram), true
		}
	}
	return grams
}
