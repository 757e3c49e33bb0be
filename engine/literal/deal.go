package literal

import "slices"

// A group is grams that the filter cannot tell apart: it lets a place through whose
// first byte is any of their first ones, whose second byte is any of their second
// ones, and so on.
type group struct {
	grams []gram
	share float64 // of places in log text, that get through
}

func newGroup(grams []gram) group {
	var sets [minPiece]kindSet
	for _, g := range grams {
		for j := range sets {
			sets[j] = sets[j].with(byte(g >> (8 * j)))
		}
	}
	return group{grams, logText.through(&sets)}
}

// with returns g and one more gram.
func (g *group) with(one gram) group { return newGroup(append(slices.Clone(g.grams), one)) }

// without returns g less one of its grams.
func (g *group) without(one gram) group {
	return newGroup(slices.DeleteFunc(slices.Clone(g.grams), func(x gram) bool { return x == one }))
}

// maxRounds bounds how often deal goes through the grams again.
const maxRounds = 8

// deal puts grams into n groups so that few places in log text get through, and
// writes the group of each to groupOf. Those that have one there keep it.
//
// Each goes where it costs least, and then moves for as long as that saves
// anything: how many get through is a matter of the company a gram is in.
func deal(grams []gram, n int, groupOf map[gram]int) {
	groups := make([]group, n)
	var loose []gram
	for _, g := range grams {
		if to, ok := groupOf[g]; ok {
			groups[to] = groups[to].with(g)
		} else {
			loose = append(loose, g)
		}
	}
	for _, g := range loose {
		to, with := cheapest(groups, g, -1)
		groups[to], groupOf[g] = with, to
	}
	for round, moved := 0, true; moved && round < maxRounds; round++ {
		moved = false
		for _, g := range loose {
			from := groupOf[g]
			without := groups[from].without(g)
			to, with := cheapest(groups, g, from)
			const least = 1e-9 // so that errors of rounding move nothing
			if to < 0 || with.share-groups[to].share > groups[from].share-without.share-least {
				continue
			}
			groups[from], groups[to], groupOf[g] = without, with, to
			moved = true
		}
	}
}

// cheapest returns which of the groups but one lets the fewest more places through
// with g, and what it is then; or -1.
func cheapest(groups []group, g gram, but int) (to int, with group) {
	to = -1
	for k := range groups {
		if k == but {
			continue
		}
		if w := groups[k].with(g); to < 0 || w.share-groups[k].share < with.share-groups[to].share {
			to, with = k, w
		}
	}
	return to, with
}
