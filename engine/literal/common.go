package literal

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// A commonGram is one that is much more common in log text than its pairs of bytes
// tell, since text is made of words: "auth" a hundred times. Its surplus is by how much
// its share of all places is more than that.
type commonGram struct {
	gram    gram
	surplus float32
}

// commonGrams are decoded from gramTable, in ascending order.
var commonGrams = func() (all []commonGram) {
	for row, grams := range gramTable {
		share := math.Exp2(-float64(row) / 2)
		for ; grams != ""; grams = grams[minPiece:] {
			g := gram(foldTail([]byte(grams[:minPiece]), 0))
			all = append(all, commonGram{g, float32(share - logText.gram(g))})
		}
	}
	slices.SortFunc(all, func(a, b commonGram) int { return cmp.Compare(a.gram, b.gram) })
	return all
}()

// surplusOf returns the surplus of g, 0 if it is not common.
func surplusOf(g gram) float64 {
	i, ok := slices.BinarySearchFunc(commonGrams, g, func(c commonGram, g gram) int { return cmp.Compare(c.gram, g) })
	if !ok {
		return 0
	}
	return float64(commonGrams[i].surplus)
}

// in reports whether g's bytes are in the sets.
func (g gram) in(sets *[minPiece]kindSet) bool {
	for j := range sets {
		if !sets[j].has(g.kind(j)) {
			return false
		}
	}
	return true
}

// A commonSet is a set of the common grams of a crowd: a bit for each.
type commonSet []uint64

// A crowd is the common grams that get through a group of all grams that are dealt:
// those that may get through a smaller one.
//
// A deal weighs thousands of groups. So what gets through is not looked for among all
// common grams, but by 64 of them at once.
type crowd struct {
	surplus []float32                  // of each
	having  [minPiece][kinds]commonSet // those with a kind as their first byte, and so on
}

func newCrowd(dealt []gram) *crowd {
	sets, c := setsOf(dealt), &crowd{}
	var grams []gram
	for _, one := range commonGrams {
		if one.gram.in(&sets) {
			grams, c.surplus = append(grams, one.gram), append(c.surplus, one.surplus)
		}
	}
	size := (len(grams) + 63) / 64
	words := make(commonSet, minPiece*kinds*size)
	for j := range c.having {
		for k := range c.having[j] {
			c.having[j][k], words = words[:size], words[size:]
		}
	}
	for i, g := range grams {
		for j := range minPiece {
			c.having[j][g.kind(j)][i/64] |= 1 << (i % 64)
		}
	}
	return c
}

// like returns those with a first byte in the first set, those with a second one in the
// second set, and so on.
func (c *crowd) like(sets *[minPiece]kindSet) (like [minPiece]commonSet) {
	var all [kinds]int
	for j := range like {
		like[j] = make(commonSet, len(c.having[j][0]))
		for _, k := range sets[j].kinds(all[:0]) {
			for i, word := range c.having[j][k] {
				like[j][i] |= word
			}
		}
	}
	return like
}

// surplusOf returns the surplus of those that are in all four sets, if one more gram
// belongs to what the sets are like.
func (c *crowd) surplusOf(like *[minPiece]commonSet, one gram) (sum float64) {
	var more [minPiece]commonSet
	for j := range more {
		more[j] = c.having[j][one.kind(j)]
	}
	for i := range like[0] {
		through := ^uint64(0)
		for j := range like {
			through &= like[j][i] | more[j][i]
		}
		for ; through != 0; through &= through - 1 {
			sum += float64(c.surplus[64*i+bits.TrailingZeros64(through)])
		}
	}
	return sum
}
