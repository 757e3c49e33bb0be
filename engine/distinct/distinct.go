// Package distinct counts distinct things: exactly while they are few, by
// HyperLogLog when they are many.
package distinct

import (
	"slices"

	"github.com/axiomhq/hyperloglog"
)

// exactMax is how many things are counted exactly.
const exactMax = 64

// precision gives 2^11 one-byte registers: 2 KiB, a standard error of 2.3 %.
const precision = 11

// A Counter counts distinct 64-bit hashes in at most 2 KiB. The zero value is
// empty. It belongs to one goroutine.
type Counter struct {
	exact  []uint64 // sorted
	sketch *hyperloglog.Sketch
}

// Add counts hash.
func (c *Counter) Add(hash uint64) {
	if c.sketch != nil {
		c.sketch.InsertHash(hash)
		return
	}
	at, found := slices.BinarySearch(c.exact, hash)
	if found {
		return
	}
	c.exact = slices.Insert(c.exact, at, hash)
	if len(c.exact) > exactMax {
		c.estimate()
	}
}

// estimate goes over from exact counting to a sketch.
func (c *Counter) estimate() {
	sketch, err := hyperloglog.NewSketch(precision, false)
	if err != nil {
		panic(err) // a constant precision out of range is a bug
	}
	for _, h := range c.exact {
		sketch.InsertHash(h)
	}
	c.exact, c.sketch = nil, sketch
}

// Merge counts what other counted. Other is unchanged.
func (c *Counter) Merge(other *Counter) {
	for _, h := range other.exact {
		c.Add(h)
	}
	if other.sketch == nil {
		return
	}
	if c.sketch == nil {
		c.estimate()
	}
	if err := c.sketch.Merge(other.sketch); err != nil {
		panic(err) // sketches of one constant precision always merge
	}
}

// Count returns the number of distinct hashes; exact tells whether it is
// certain.
func (c *Counter) Count() (n int, exact bool) {
	if c.sketch != nil {
		return int(c.sketch.Estimate()), false
	}
	return len(c.exact), true
}

// Reset empties the counter.
func (c *Counter) Reset() { c.exact, c.sketch = nil, nil }
