package instance

import (
	"math/bits"
	"sync/atomic"
	"time"
)

// FlushTimes are how long flushes took.
type FlushTimes struct{ P50, P99, Max time.Duration }

// A histogram counts flushes by the time that they took; many may fill it at once. Its
// buckets are a quarter of a power of two wide, so a value read from it is only as exact
// as its bucket; the greatest is exact.
type histogram struct {
	buckets [bucketCount]atomic.Int64
	max     atomic.Int64
}

func (h *histogram) add(took time.Duration) {
	n := max(int64(took), 1)
	h.buckets[bucketOf(n)].Add(1)
	for old := h.max.Load(); n > old && !h.max.CompareAndSwap(old, n); old = h.max.Load() {
	}
}

// bucketCount is four for each power of two.
const bucketCount = 4 * 64

// bucketOf numbers the bucket of n > 0: its highest bit, and the two after it.
func bucketOf(n int64) int {
	high := bits.Len64(uint64(n)) - 1
	return high*4 + int(uint64(n)<<(63-high)<<1>>62)
}

// upperBound is the least value above bucket i.
func upperBound(i int) int64 {
	return int64(float64(uint64(1)<<(i/4)) * (1 + float64(i%4+1)/4))
}

// flushCounts is a copy of the buckets.
type flushCounts [bucketCount]int64

func (h *histogram) counts() (all flushCounts) {
	for i := range h.buckets {
		all[i] = h.buckets[i].Load()
	}
	return all
}

// times returns those of all flushes so far.
func (h *histogram) times() FlushTimes {
	now := h.counts()
	t := h.between(&flushCounts{}, &now)
	t.Max = time.Duration(h.max.Load())
	return t
}

// between returns those of the flushes between two copies; the greatest, too, is only
// as exact as its bucket.
func (h *histogram) between(before, after *flushCounts) FlushTimes {
	var counts flushCounts
	var total int64
	for i := range counts {
		counts[i] = after[i] - before[i]
		total += counts[i]
	}
	greatest := h.max.Load()
	quantile := func(part float64) time.Duration {
		rank := part * float64(total)
		seen := int64(0)
		for i, n := range counts {
			if seen += n; n > 0 && float64(seen) >= rank {
				// The flushes of a bucket are assumed to be spread evenly over it.
				lower, upper := upperBound(i-1), upperBound(i)
				above := (float64(seen) - rank) / float64(n)
				return time.Duration(min(upper-int64(above*float64(upper-lower)), greatest))
			}
		}
		return 0
	}
	return FlushTimes{P50: quantile(0.50), P99: quantile(0.99), Max: quantile(1)}
}
