package instance

import (
	"testing"
	"time"
)

func TestHistogram(t *testing.T) {
	var h histogram
	if got := h.times(); got != (FlushTimes{}) {
		t.Errorf("of nothing: %v", got)
	}
	for i := 1; i <= 1000; i++ {
		h.add(time.Duration(i) * time.Microsecond)
	}
	got := h.times()
	within := func(name string, got, want time.Duration) {
		t.Helper()
		if off := (got - want).Abs(); off > want/50 {
			t.Errorf("%s: %v, want %v within 2 %%", name, got, want)
		}
	}
	within("median", got.P50, 500*time.Microsecond)
	within("99 %", got.P99, 990*time.Microsecond)
	expectEqual(t, "greatest", got.Max, time.Millisecond)
}

func TestBuckets(t *testing.T) {
	for _, n := range []int64{1, 2, 3, 4, 5, 7, 8, 1000, 1 << 40, 1<<40 + 1<<39, 1<<63 - 1} {
		i := bucketOf(n)
		if upper := upperBound(i); n < 1<<62 && (upper <= n && n >= 4 || upper > 2*n) {
			t.Errorf("%d is in bucket %d, below %d", n, i, upper)
		}
	}
	var h histogram
	h.add(-time.Second)
	h.add(1<<63 - 1)
	expectEqual(t, "greatest", h.times().Max, time.Duration(1<<63-1))
}
