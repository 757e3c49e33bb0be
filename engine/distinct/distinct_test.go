package distinct

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestCounter(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{0, 1, 2, exactMax, exactMax + 1, 1000, 10_000, 100_000} {
		var c Counter
		for range n {
			h := rng.Uint64()
			c.Add(h)
			c.Add(h)
		}
		got, exact := c.Count()
		if exact != (n <= exactMax) {
			t.Errorf("%d things: exact = %v", n, exact)
		}
		// Four standard errors of 2^11 registers.
		if off := math.Abs(float64(got - n)); exact && off != 0 || off > 0.092*float64(n)+1 {
			t.Errorf("%d things counted as %d", n, got)
		}
	}
}

func TestCounterMerge(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	f := func(a, b, common int) {
		t.Helper()
		var x, y, all Counter
		for range common {
			h := rng.Uint64()
			x.Add(h)
			y.Add(h)
			all.Add(h)
		}
		for range a {
			h := rng.Uint64()
			x.Add(h)
			all.Add(h)
		}
		for range b {
			h := rng.Uint64()
			y.Add(h)
			all.Add(h)
		}
		before, _ := y.Count()
		x.Merge(&y)
		got, gotExact := x.Count()
		want, wantExact := all.Count()
		if got != want || gotExact != wantExact {
			t.Errorf("%d + %d, %d common: merged %d (exact %v); counted together %d (exact %v)", a, b, common, got, gotExact, want, wantExact)
		}
		if after, _ := y.Count(); after != before {
			t.Errorf("merging changed the other counter from %d to %d", before, after)
		}
	}
	f(0, 0, 0)
	f(3, 4, 2)
	f(exactMax-2, 2, 0)
	f(exactMax, 1, 0)
	f(500, 3, 1)
	f(3, 500, 1)
	f(4000, 5000, 2000)
}
