package literal

import (
	"maps"
	"math"
	"slices"
)

// A group is grams that the filter cannot tell apart: it lets a place through whose
// first byte is any of their first ones, whose second byte is any of their second
// ones, and so on.
type group struct {
	grams []gram
	sets  [minPiece]kindSet
	crowd *crowd
	like  [minPiece]commonSet // of the crowd
	share float64             // of places in log text, that get through
}

func newGroup(crowd *crowd, grams []gram) group {
	g := group{grams: grams, sets: setsOf(grams), crowd: crowd}
	g.like = crowd.like(&g.sets)
	if len(grams) > 0 {
		g.share = logText.through(&g.sets) + crowd.surplusOf(&g.like, grams[0])
	}
	return g
}

// emptyGroups returns n groups for grams.
func emptyGroups(n int, grams []gram) []group {
	return slices.Repeat([]group{newGroup(newCrowd(grams), nil)}, n)
}

// setsOf returns the sets of the grams' first bytes, of their second ones, and so on.
func setsOf(grams []gram) (sets [minPiece]kindSet) {
	for _, g := range grams {
		sets = setsWith(sets, g)
	}
	return sets
}

func setsWith(sets [minPiece]kindSet, one gram) [minPiece]kindSet {
	for j := range sets {
		sets[j] = sets[j].with(one.kind(j))
	}
	return sets
}

// costOf returns by how much g's share grows with one more gram.
func (g *group) costOf(one gram) float64 {
	sets := setsWith(g.sets, one)
	if sets == g.sets {
		return 0
	}
	return logText.through(&sets) + g.crowd.surplusOf(&g.like, one) - g.share
}

// with returns g and one more gram.
func (g *group) with(one gram) group {
	return newGroup(g.crowd, append(slices.Clone(g.grams), one))
}

// without returns g less one of its grams.
func (g group) without(one gram) group {
	rest := slices.DeleteFunc(slices.Clone(g.grams), func(x gram) bool { return x == one })
	if setsOf(rest) == g.sets {
		g.grams = rest // and that is all
		return g
	}
	return newGroup(g.crowd, rest)
}

// Bounds of deal's work, of which the start of the plugin waits for the whole.
const (
	maxDeals  = 8
	maxRounds = 3
)

// deal puts grams into n groups so that few places in log text get through, and
// writes the group of each to groupOf. Those that have one there keep it.
//
// How many get through is a matter of the company a gram is in, and no order of
// dealing is always good: the best of several counts. They are the same in every
// process.
func deal(grams []gram, n int, groupOf map[gram]int) {
	groups := emptyGroups(n, grams)
	var loose []gram
	for _, g := range grams {
		if to, ok := groupOf[g]; ok {
			groups[to] = groups[to].with(g)
		} else {
			loose = append(loose, g)
		}
	}
	least := math.Inf(1)
	for deal := range uint64(maxDeals) {
		if dealt, share := dealOnce(loose, slices.Clone(groups)); share < least {
			least = share
			maps.Copy(groupOf, dealt)
		}
		shuffle(loose, deal)
	}
}

// shuffle puts grams into another order, the same in every process.
func shuffle(grams []gram, seed uint64) {
	for i := len(grams) - 1; i > 0; i-- {
		seed = seed*multiplier64 + 1 // a linear congruential generator of full period
		j := int(seed>>32) % (i + 1)
		grams[i], grams[j] = grams[j], grams[i]
	}
}

// dealOnce puts each gram where it costs least, in their order, and then moves them
// for as long as that saves anything. share is that of all groups together.
func dealOnce(grams []gram, groups []group) (groupOf map[gram]int, share float64) {
	groupOf = make(map[gram]int, len(grams))
	for _, g := range grams {
		to, _ := cheapest(groups, g, -1)
		groups[to], groupOf[g] = groups[to].with(g), to
	}
	for round, moved := 0, true; moved && round < maxRounds; round++ {
		moved = false
		for _, g := range grams {
			from := groupOf[g]
			without := groups[from].without(g)
			const least = 1e-9 // so that errors of rounding move nothing
			saved := groups[from].share - without.share - least
			if saved <= 0 {
				continue
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
	return groupOf, share
}

// cheapest returns to which of the groups but one g adds the least, and how much;
// infinitely much where there is no other.
func cheapest(groups []group, g gram, but int) (to int, cost float64) {
	cost = math.Inf(1)
	for k := range groups {
		if k != but {
			if c := groups[k].costOf(g); c < cost {
				to, cost = k, c
			}
		}
	}
	return to, cost
}
