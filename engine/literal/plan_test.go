package literal

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/rules"
)

// TestPlanTable proves that the plan has the grams that are chosen for the embedded
// rules, and only them. How they are dealt takes too long to do again.
func TestPlanTable(t *testing.T) {
	text := countText(t)
	grams := gramsOfRules(t, text)
	if *update {
		testTable(t, "plan_table.go", planTableSource(text, grams))
		return
	}
	if diff := gocmp.Diff(grams, slices.Sorted(maps.Keys(plan))); diff != "" {
		t.Errorf("plan_table.go is stale: run go test ./engine/literal -run TestPlanTable -update\n(-want +got): %s", diff)
	}
	for g, to := range plan {
		if wide := isWide(byte(g)); wide != (to.bucket%buckets == wideBucket) || wide != (to.fine%buckets == wideBucket) {
			t.Errorf("%q is in buckets %+v", g.text(), to)
		}
	}
}

// gramsOfRules chooses grams for the literals of the embedded rules, without a plan.
func gramsOfRules(t *testing.T, text *countedText) []gram {
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	var literals [][]byte
	met := map[string]bool{}
	for _, r := range set.Rules {
		for i := range r.Signatures {
			need, err := r.Signatures[i].Required()
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range need {
				if !met[l] {
					met[l], literals = true, append(literals, lower(l))
				}
			}
		}
	}
	chosen := map[gram]bool{}
	cover(text.gramShare, literals, chosen)
	var anchors []anchor
	for _, l := range literals {
		anchors = append(anchors, rarest(l, chosen))
	}
	grams := gramsOf(anchors)
	slices.Sort(grams)
	return grams
}

func planTableSource(text *countedText, grams []gram) []byte {
	bucketOf, fineOf := bestDeal(text.through, grams, buckets), bestDeal(text.through, grams, fineBuckets)
	var rows []string
	for _, g := range grams {
		rows = append(rows, g.text()+string([]byte{'a' + byte(bucketOf[g]), 'a' + byte(fineOf[g])}))
	}
	return tableSource("PlanTable", `// planTable has the grams of the plan, each with its bucket and its fine bucket, from
// 'a': few places get through of lines as FireLens chunks, of which seven parts of ten
// are one MiB of the quiet corpus of engine/enginetest, one part is as much of its wide
// one, and two are testdata/ordinary.log, which holds words of failures and reports none.
const planTable`, rows)
}

// bestDeal deals grams in many orders: how many places get through is a matter of the
// company a gram is in, and no order is always good.
func bestDeal(text textModel, grams []gram, n int) (best map[gram]int) {
	const deals = 64
	grams = slices.Clone(grams)
	least := math.Inf(1)
	for seed := range uint64(deals) {
		groupOf := map[gram]int{}
		if share := deal(text, grams, n, groupOf); share < least {
			least, best = share, groupOf
		}
		shuffle(grams, seed)
	}
	return best
}

// shuffle puts grams into another order, the same every time.
func shuffle(grams []gram, seed uint64) {
	for i := len(grams) - 1; i > 0; i-- {
		seed = seed*multiplier64 + 1 // a linear congruential generator of full period
		j := int(seed>>32) % (i + 1)
		grams[i], grams[j] = grams[j], grams[i]
	}
}

// A countedText is what is known of a text: how often its most common grams are there,
// and beside them what pairs tell, for those that another text would have.
type countedText struct {
	share map[gram]float64
	by    [kinds][]counted // the kind of their first byte
}

type counted struct {
	kinds [gramSize - 1]int // of the other bytes
	share float64
}

func countText(t *testing.T) *countedText {
	const most = 15_000
	c := &countedText{share: countGrams(t, 0.7, 0.1, 0.2)}
	grams := slices.SortedFunc(maps.Keys(c.share), func(a, b gram) int {
		return cmp.Or(cmp.Compare(c.share[b], c.share[a]), cmp.Compare(a, b))
	})
	for _, g := range grams[most:] {
		delete(c.share, g)
	}
	for _, g := range grams[:most] {
		c.by[g.kind(0)] = append(c.by[g.kind(0)], counted{[...]int{g.kind(1), g.kind(2), g.kind(3)}, c.share[g]})
	}
	return c
}

func (c *countedText) gramShare(g gram) float64 { return c.share[g] + logText.gramShare(g) }

func (c *countedText) through(sets *[gramSize]kindSet) float64 {
	const byPairs = 0.3
	share := byPairs * logText.through(sets)
	var first [kinds]int
	for _, k := range sets[0].kinds(first[:0]) {
		for _, g := range c.by[k] {
			if sets[1].has(g.kinds[0]) && sets[2].has(g.kinds[1]) && sets[3].has(g.kinds[2]) {
				share += g.share
			}
		}
	}
	return share
}

func (s kindSet) has(k int) bool {
	if k != otherKind {
		return s.ascii>>k&1 != 0
	}
	return s.other
}
