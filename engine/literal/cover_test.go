package literal

import (
	"cmp"
	"maps"
	"slices"
)

// A covering is a set of grams of which each literal has at least one, while it is made cheaper.
// The greedy cover is not the cheapest: grams chosen early stand in the way of better ones.
type covering struct {
	cost     func(gram) float64
	literals [][]gram         // the grams of each
	holders  map[gram][]int32 // the literals that have a gram
	chosen   map[gram]bool
	times    []int // how many of the chosen grams each literal has
}

func newCovering(cost func(gram) float64, literals [][]byte, chosen map[gram]bool) *covering {
	c := &covering{
		cost: cost, literals: make([][]gram, len(literals)), holders: map[gram][]int32{},
		chosen: map[gram]bool{}, times: make([]int, len(literals)),
	}
	for id, l := range literals {
		for at := range anchorable(l) {
			if g := gramAt(l, at); !slices.Contains(c.literals[id], g) {
				c.literals[id] = append(c.literals[id], g)
				c.holders[g] = append(c.holders[g], int32(id))
			}
		}
	}
	for g := range chosen {
		c.choose(g)
	}
	return c
}

func (c *covering) choose(g gram) { c.chosen[g] = true; c.count(g, 1) }
func (c *covering) drop(g gram)   { delete(c.chosen, g); c.count(g, -1) }

func (c *covering) count(g gram, by int) {
	for _, id := range c.holders[g] {
		c.times[id] += by
	}
}

// improve makes c cheaper until neither of two ways helps: a chosen gram makes room for others,
// or another gram makes chosen ones unnecessary.
func (c *covering) improve() {
	for changed := true; changed; {
		changed = false
		for _, g := range c.dearestFirst(c.chosen) {
			changed = c.replace(g) || changed
		}
		for _, g := range slices.Sorted(maps.Keys(c.holders)) {
			changed = !c.chosen[g] && c.absorb(g) || changed
		}
	}
}

// replace drops a chosen gram and chooses others for the literals that then have none, if that
// is cheaper.
func (c *covering) replace(g gram) bool {
	c.drop(g)
	var others []gram
	spent := 0.0
	for _, id := range c.holders[g] {
		for c.times[id] == 0 && spent < c.cost(g) {
			other, ok := c.bestFor(c.holders[g], g)
			if !ok {
				spent = c.cost(g)
				break
			}
			c.choose(other)
			others, spent = append(others, other), spent+c.cost(other)
		}
	}
	if isLess(spent, c.cost(g)) {
		return true
	}
	for _, other := range others {
		c.drop(other)
	}
	c.choose(g)
	return false
}

// bestFor returns the gram, other than but, that covers the most literals without a chosen gram
// for what it costs.
func (c *covering) bestFor(literals []int32, but gram) (best gram, ok bool) {
	stands := map[gram]int{}
	for _, id := range literals {
		if c.times[id] == 0 {
			for _, g := range c.literals[id] {
				stands[g]++
			}
		}
	}
	delete(stands, but)
	most := 0.0
	for _, g := range slices.Sorted(maps.Keys(stands)) {
		if worth := float64(stands[g]) / c.cost(g); worth > most {
			best, most, ok = g, worth, true
		}
	}
	return best, ok
}

// absorb chooses a gram and drops those that it makes unnecessary, if that is cheaper.
func (c *covering) absorb(g gram) bool {
	c.choose(g)
	beside := map[gram]bool{}
	for _, id := range c.holders[g] {
		for _, other := range c.literals[id] {
			if other != g && c.chosen[other] {
				beside[other] = true
			}
		}
	}
	var dropped []gram
	saved := 0.0
	for _, other := range c.dearestFirst(beside) {
		if !slices.ContainsFunc(c.holders[other], func(id int32) bool { return c.times[id] == 1 }) {
			c.drop(other)
			dropped, saved = append(dropped, other), saved+c.cost(other)
		}
	}
	if isLess(c.cost(g), saved) {
		return true
	}
	for _, other := range dropped {
		c.choose(other)
	}
	c.drop(g)
	return false
}

func (c *covering) dearestFirst(grams map[gram]bool) []gram {
	return slices.SortedFunc(maps.Keys(grams), func(a, b gram) int {
		return cmp.Or(cmp.Compare(c.cost(b), c.cost(a)), cmp.Compare(a, b))
	})
}

// isLess tells whether a is less than b by more than rounding errors.
func isLess(a, b float64) bool { return a < b-1e-9 }
