package literal

import (
	"maps"
	"math/rand/v2"
	"testing"
)

// TestDeal deals grams, and compares the result with that of putting each where it costs least
// at the moment.
func TestDeal(t *testing.T) {
	const n = 5
	rng := rand.New(rand.NewPCG(9, 10))
	total := func(grams []gram, groupOf map[gram]int) (share float64) {
		var in [n][]gram
		for _, g := range grams {
			in[groupOf[g]] = append(in[groupOf[g]], g)
		}
		for _, grams := range in {
			share += newGroup(logText.through, grams).share
		}
		return share
	}
	better := 0
	for range 20 {
		met := map[gram]bool{}
		var grams []gram
		for len(grams) < 60 {
			s := signatures[rng.IntN(len(signatures))]
			if g := gramAt([]byte(s), rng.IntN(len(s)-gramSize+1)); !met[g] {
				grams, met[g] = append(grams, g), true
			}
		}
		groups, greedy := make([]group, n), map[gram]int{}
		for k := range groups {
			groups[k].text = logText.through
		}
		for _, g := range grams {
			to, _ := cheapest(groups, g, -1)
			groups[to], greedy[g] = groups[to].with(g), to
		}
		dealt := map[gram]int{}
		deal(logText.through, grams, n, dealt)
		got, atMost := total(grams, dealt), total(grams, greedy)
		if len(dealt) != len(grams) || got > atMost+1e-9 {
			t.Errorf("dealt %d of %d grams, share %v, want at most %v", len(dealt), len(grams), got, atMost)
		}
		if got < 0.95*atMost {
			better++
		}
		fixed := maps.Clone(greedy)
		for _, g := range grams[30:] {
			delete(fixed, g)
		}
		deal(logText.through, grams, n, fixed)
		for _, g := range grams[:30] {
			if fixed[g] != greedy[g] {
				t.Errorf("gram %x moved from group %d to %d", g, greedy[g], fixed[g])
			}
		}
	}
	if better < 10 {
		t.Errorf("moving grams made %d of 20 deals better, want most", better)
	}
}
