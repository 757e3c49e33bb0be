package literal

import (
	"math"
	"slices"
)

// A textModel estimates the share of places in a text whose first byte is in the first
// set, whose second byte is in the second set, and so on.
type textModel func(sets *[gramSize]kindSet) float64

// A group is grams that the filter cannot tell apart: it lets a place through whose
// first byte is one of their first bytes, whose second byte is one of their second
// bytes, and so on.
type group struct {
	text  textModel
	grams []gram
	sets  [gramSize]kindSet
	share float64 // of the places in log text, what gets through
}

func newGroup(text textModel, grams []gram) (g group) {
	for _, one := range grams {
		g.sets = g.setsWith(one)
	}
	return group{text, grams, g.sets, text(&g.sets)}
}

func (g *group) setsWith(one gram) [gramSize]kindSet {
	sets := g.sets
	for j := range sets {
		sets[j] = sets[j].with(one.kind(j))
	}
	return sets
}

// costOf returns by how much g's share grows with one more gram.
func (g *group) costOf(one gram) float64 {
	sets := g.setsWith(one)
	if sets == g.sets {
		return 0
	}
	return g.text(&sets) - g.share
}

// with returns g and one more gram.
func (g *group) with(one gram) group {
	return newGroup(g.text, append(slices.Clone(g.grams), one))
}

// without returns g less one of its grams.
func (g *group) without(one gram) group {
	return newGroup(g.text, slices.DeleteFunc(slices.Clone(g.grams), func(x gram) bool { return x == one }))
}

// maxRounds bounds how often all grams are revisited while the plugin's start waits.
const maxRounds = 3

// deal puts grams into n groups so that few places in text get through, and writes
// the group of each to groupOf. Those that have one there keep it.
//
// One by one, each goes where it costs least; then each is moved to where it costs less, for
// maxRounds rounds or until none moves. share is what all groups together let through.
func deal(text textModel, grams []gram, n int, groupOf map[gram]int) (share float64) {
	groups := make([]group, n)
	for k := range groups {
		groups[k].text = text
	}
	var loose []gram
	for _, g := range grams {
		if to, ok := groupOf[g]; ok {
			groups[to] = groups[to].with(g)
		} else {
			loose = append(loose, g)
		}
	}
	for _, g := range loose {
		to, _ := cheapest(groups, g, -1)
		groups[to], groupOf[g] = groups[to].with(g), to
	}
	for round, moved := 0, true; moved && round < maxRounds; round++ {
		moved = false
		for _, g := range loose {
			from := groupOf[g]
			without := groups[from].without(g)
			const least = 1e-9 // so that errors of rounding move nothing
			saved := groups[from].share - without.share - least
			if saved <= 0 {
				continue // Fast path: many grams share each of their bytes with others.
			}
			if to, cost := cheapest(groups, g, from); cost < saved {
				groups[from], groups[to], groupOf[g] = without, groups[to].with(g), to
				moved = true
			}
		}
	}
	for _, g := range groups {
		share += g.share
	}
	return share
}

// cheapest returns the group other than groups[but] to whose share g adds least, and how much
// that is: +Inf if g may be in no other.
func cheapest(groups []group, g gram, but int) (to int, cost float64) {
	cost = math.Inf(1)
	for k := range groups {
		if k != but && isWide(byte(g)) == (k%buckets == wideBucket) {
			if c := groups[k].costOf(g); c < cost {
				to, cost = k, c
			}
		}
	}
	return to, cost
}
