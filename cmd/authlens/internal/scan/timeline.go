package scan

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/authlens/authlens/engine/metric"
)

// cellsMax bounds a Timeline; past it, neighbouring slices become one.
const cellsMax = 20_000

// A Series is what a Timeline tells apart.
type Series struct {
	Service string // task definition family and container
	Cause   string
}

// A Timeline counts failures over event time, told or not, in slices of equal
// width. The zero value is not usable.
type Timeline struct {
	width time.Duration
	cells map[timelineCell]int64
}

type timelineCell struct {
	series Series
	slice  int64 // number since 1970
}

func newTimeline(window time.Duration) *Timeline {
	return &Timeline{width: window, cells: map[timelineCell]int64{}}
}

func (t *Timeline) add(p *metric.Point) {
	if p.Failures == 0 {
		return
	}
	series := Series{Service: Service(p.Key.Family, p.Key.Container), Cause: p.Key.Cause}
	t.cells[timelineCell{series, t.sliceOf(p.Window)}] += p.Failures
	for len(t.cells) > cellsMax && t.width < 1000*24*time.Hour {
		t.widen()
	}
}

func (t *Timeline) sliceOf(at time.Time) int64 { return at.UnixNano() / int64(t.width) }

// begin returns when a slice begins.
func (t *Timeline) begin(slice int64) time.Time { return time.Unix(0, slice*int64(t.width)).UTC() }

// widen makes one slice of two.
func (t *Timeline) widen() {
	t.width *= 2
	wider := make(map[timelineCell]int64, len(t.cells)/2)
	for cell, n := range t.cells {
		cell.slice >>= 1
		wider[cell] += n
	}
	t.cells = wider
}

// A Chart is a Timeline in a bounded number of bars.
type Chart struct {
	Start  time.Time
	Width  time.Duration // of one bar
	Bars   int
	Counts map[Series][]int64 // of Bars each
}

// Begin returns when a bar begins; that of Bars is the end of the last.
func (c *Chart) Begin(bar int) time.Time { return c.Start.Add(time.Duration(bar) * c.Width) }

// Chart returns the failures between from and to in at most bars bars. Bars are
// whole minutes, hours or days wide where they can be.
func (t *Timeline) Chart(from, to time.Time, bars int) Chart {
	if len(t.cells) == 0 {
		return Chart{}
	}
	for cell := range t.cells {
		at := t.begin(cell.slice)
		if from.IsZero() || at.Before(from) {
			from = at
		}
		if at.After(to) {
			to = at
		}
	}
	width := t.width
	for _, w := range barWidths {
		if width = max(w, t.width); int(to.Sub(from)/width)+2 <= bars {
			break
		}
	}
	for int(to.Sub(from)/width)+2 > bars {
		width *= 2
	}
	c := Chart{Start: from.Truncate(width).UTC(), Width: width, Counts: map[Series][]int64{}}
	c.Bars = int(to.Sub(c.Start)/width) + 1
	for cell, n := range t.cells {
		row := c.Counts[cell.series]
		if row == nil {
			row = make([]int64, c.Bars)
			c.Counts[cell.series] = row
		}
		row[min(max(0, int(t.begin(cell.slice).Sub(c.Start)/width)), c.Bars-1)] += n
	}
	return c
}

var barWidths = []time.Duration{
	time.Second, 10 * time.Second, time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour, 7 * 24 * time.Hour,
}

// Sum returns the bars of all series that keep lets through.
func (c *Chart) Sum(keep func(Series) bool) []int64 {
	sum := make([]int64, c.Bars)
	for s, row := range c.Counts {
		if keep(s) {
			for i, n := range row {
				sum[i] += n
			}
		}
	}
	return sum
}

// Total returns how many failures there are in bars.
func Total(bars []int64) (n int64) {
	for _, b := range bars {
		n += b
	}
	return n
}

// Causes returns the causes in the chart, the most frequent first.
func (c *Chart) Causes() []string {
	totals := map[string]int64{}
	for s, row := range c.Counts {
		totals[s.Cause] += Total(row)
	}
	return slices.SortedFunc(maps.Keys(totals), func(a, b string) int {
		return cmp.Or(cmp.Compare(totals[b], totals[a]), cmp.Compare(a, b))
	})
}

// Service is the shortest name of a place that a person recognises.
func Service(family, container string) string {
	switch {
	case family == "":
		return container
	case container == "" || container == family:
		return family
	}
	return family + "/" + container
}
