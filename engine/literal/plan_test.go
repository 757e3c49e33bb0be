package literal

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/rules"
)

// Parts of the log text that the plan is for.
const (
	quietPart    = 0.7
	widePart     = 0.1
	ordinaryPart = 0.2
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
		for w := range ways {
			if isWide(byte(g)) != (to[w]%buckets == wideBucket) {
				t.Errorf("%q is in buckets %v", g.text(), to)
			}
		}
	}
}

// gramsOfRules chooses grams, without a plan, for the literals of those embedded rules that no
// option turns on.
func gramsOfRules(t *testing.T, text *countedText) []gram {
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	var literals [][]byte
	met := map[string]bool{}
	for _, r := range set.Rules {
		if r.Option != "" {
			continue // most do without it, and its literals may be common
		}
		for i := range r.Signatures {
			need, err := r.Signatures[i].Required()
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range need {
				if !met[l.Text] {
					met[l.Text], literals = true, append(literals, []byte(l.Text))
				}
			}
		}
	}
	greedy := map[gram]bool{}
	cover(text.gramShare, literals, greedy)
	misled := countMisled(t, literals)
	c := newCovering(func(g gram) float64 { return costOf(text.gramShare(g)) + misledWeight*misled[g] }, literals, greedy)
	c.improve()
	var anchors []anchor
	for _, l := range literals {
		anchors = append(anchors, rarest(l, c.chosen))
	}
	grams := gramsOf(anchors)
	slices.Sort(grams)
	return grams
}

// misledWeight is how much it costs, against one more gram, that places in log text mislead. It was
// chosen by measurement.
const misledWeight = 25_000

// countMisled returns for each gram of literals the share of places in log text that mislead: the
// gram is there, and beside it what is beside it in a literal, so that the literal is looked for.
func countMisled(t *testing.T, literals [][]byte) map[gram]float64 {
	gramsOf := map[sides]map[gram]bool{}
	for _, l := range literals {
		for at := range anchorable(l) {
			s := sidesOf(l, at)
			if gramsOf[s] == nil {
				gramsOf[s] = map[gram]bool{}
			}
			gramsOf[s][gramAt(l, at)] = true
		}
	}
	shares := map[gram]float64{}
	eachPlace(t, quietPart, widePart, ordinaryPart, func(chunk []byte, at int, share float64) {
		var c context
		c.set(chunk, at)
		for r := range gramOnly + 1 {
			for g := range gramsOf[c[r]] {
				shares[g] += share
			}
		}
	})
	return shares
}

func planTableSource(text *countedText, grams []gram) []byte {
	// Of the seeds 1 to 8, for byASCII 1 to 48, those that deal best for lines and for whole chunks;
	// for byCaseless no other was tried.
	bucketOf := [ways]map[gram]int{
		byCaseless: bestDeal(3, text.through, grams, buckets, nil),
		byClass:    bestDeal(3, text.through, grams, fineBuckets, nil),
		byASCII:    bestDeal(11, text.through, grams, fineBuckets, nil),
	}
	// Which kinds must be told apart depends on the deal, and the deal on the classes.
	const turns = 8
	sharing := ""
	for range turns {
		sharing = sharingFor(text.through, grams, bucketOf[byClass])
		of := newClassing(sharing)
		bucketOf[byClass] = bestDeal(3, of.blur(text.through), grams, fineBuckets, bucketOf[byClass])
	}
	var rows []string
	for _, g := range grams {
		row := []byte(g.text())
		for _, of := range bucketOf {
			row = append(row, 'a'+byte(of[g]))
		}
		rows = append(rows, string(row))
	}
	source := tableSource("PlanTable", `// planTable has the grams of the plan, each with its buckets, from
// 'a': few places get through of lines as FireLens chunks, of which seven parts of ten
// are one MiB of the quiet corpus of engine/enginetest, one part is as much of its wide
// one, and two are testdata/ordinary.log, which holds words of failures and reports none.
const planTable`, rows)
	return fmt.Appendf(source, `
// planClasses has the letter with which each digit or mark shares its class, from ' '.
const planClasses = %+q
`, sharing)
}

// sharingFor chooses for each digit and mark the letter with which it shares a class: the pair
// first that lets the fewest places more through, given those before. Those that stand in no
// gram stay together.
func sharingFor(text textModel, grams []gram, groupOf map[gram]int) string {
	var sets [fineBuckets][gramSize]kindSet
	var used uint64
	for _, g := range grams {
		for j := range gramSize {
			if s := &sets[groupOf[g]][j]; !isWide(byte(g)) { // which let little through
				*s = s.with(g.kind(j))
				used |= s.ascii
			}
		}
	}
	const marks = 1<<letters - 1
	open := []uint64{marks &^ used}
	for rest := used & marks; rest != 0; rest &= rest - 1 {
		open = append(open, rest&-rest)
	}
	var shared [classes]uint64 // the kinds of each class
	for class := range shared {
		shared[class] = 1 << (letters + class)
	}
	var sharing [letters]byte
	for len(open) > 0 {
		var alone [fineBuckets]float64
		for i := range sets {
			alone[i] = text(&sets[i])
		}
		next, class, least := 0, 0, math.Inf(1)
		for i := range open {
			for c := range shared {
				cost := 0.0
				for g, with := range sets {
					if merge(&with, open[i]|shared[c]) {
						cost += text(&with) - alone[g]
					}
				}
				if cost < least {
					next, class, least = i, c, cost
				}
			}
		}
		shared[class] |= open[next]
		for i := range sets {
			merge(&sets[i], shared[class])
		}
		for rest := open[next]; rest != 0; rest &= rest - 1 {
			sharing[bits.TrailingZeros64(rest)] = '`' + byte(class)
		}
		open = slices.Delete(open, next, next+1)
	}
	return string(sharing[:])
}

// merge adds to those sets that have any of these kinds all of them, and reports whether
// that changed one.
func merge(sets *[gramSize]kindSet, these uint64) (changed bool) {
	for j := range sets {
		if s := &sets[j]; s.ascii&these != 0 && s.ascii&these != these {
			s.ascii |= these
			changed = true
		}
	}
	return changed
}

// bestDeal deals the grams that are in no group of from, and then those of some groups again and
// again, in another order each time: how many places get through is a matter of the company a gram
// is in.
func bestDeal(seed uint64, text textModel, grams []gram, n int, from map[gram]int) map[gram]int {
	const (
		tries    = 300
		dissolve = 4
	)
	best := map[gram]int{}
	maps.Copy(best, from)
	least := deal(text, grams, n, best)
	random, order := rand.New(rand.NewPCG(seed, 0)), slices.Clone(grams)
	for range tries {
		dissolved := random.Perm(n)[:dissolve]
		groupOf := maps.Clone(best)
		maps.DeleteFunc(groupOf, func(_ gram, to int) bool { return slices.Contains(dissolved, to) })
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		if share := deal(text, order, n, groupOf); share < least {
			least, best = share, groupOf
		}
	}
	return best
}

// A countedText is what is known of a text: how often grams are there, and what pairs tell of
// those that another text would have.
type countedText struct {
	share map[gram]float64
	by    [kinds][]counted // the most common grams, by the kind of their first byte
}

type counted struct {
	kinds [gramSize - 1]int // of the other bytes
	share float64
}

func countText(t *testing.T) *countedText {
	const most = 6_000
	c := &countedText{share: countGrams(t, quietPart, widePart, ordinaryPart)}
	grams := slices.SortedFunc(maps.Keys(c.share), func(a, b gram) int {
		return cmp.Or(cmp.Compare(c.share[b], c.share[a]), cmp.Compare(a, b))
	})
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
