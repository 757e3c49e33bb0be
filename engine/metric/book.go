package metric

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// entriesMax bounds a Book. What exceeds it joins the window in which the bound
// was met: the sum stays right, its time does not.
const entriesMax = 8192

// A Book adds up points until they are taken as data. It belongs to one
// goroutine.
type Book struct {
	series  *Series
	entries map[entry]int64
	sources map[*Combination]Source
	full    time.Time // the window that takes what exceeds entriesMax; zero: none
	folded  int64
	others  int64

	levels []Level
	on     map[*Combination]Source // those whose last sample was not zero
	before map[string]sampled      // the same of earlier Books, by their dimensions
}

// A sampled is a combination that an earlier Book sampled, of a Series of its own.
type sampled struct {
	dimensions []Dimension
	source     Source
}

// An entry is one metric of one combination in one window.
type entry struct {
	name   string
	of     *Combination
	window int64 // its beginning, ns
}

// NewBook returns an empty Book of the given series.
func NewBook(s *Series) *Book {
	return &Book{series: s, entries: make(map[entry]int64), sources: make(map[*Combination]Source)}
}

// Add adds points to those of the same combination and window.
func (b *Book) Add(points []Point) {
	for _, p := range points {
		for _, c := range b.series.Of(p.Key) {
			b.sources[c] = Source{p.Tag, p.Key.Container}
			if c.IsOther {
				b.others += p.Failures + p.Opened + p.Resolved
			}
			b.add(AuthenticationFailures, c, p.Window, p.Failures)
			b.add(FindingsOpened, c, p.Window, p.Opened)
			b.add(FindingsResolved, c, p.Window, p.Resolved)
		}
	}
}

func (b *Book) add(name string, of *Combination, window time.Time, n int64) {
	if n == 0 {
		return
	}
	e := entry{name, of, window.UnixNano()}
	if _, ok := b.entries[e]; !ok && len(b.entries) >= entriesMax {
		if b.full.IsZero() {
			b.full = window
		}
		e.window = b.full.UnixNano()
		b.folded += n
	}
	b.entries[e] += n
}

// SetLevels says how many findings are open; it replaces what was said before.
func (b *Book) SetLevels(levels []Level) { b.levels = levels }

// Folded returns how many events and findings were counted in another window than
// their own.
func (b *Book) Folded() int64 { return b.folded }

// Others returns how many events and findings were counted under Other, for want of
// combinations, in each set.
func (b *Book) Others() int64 { return b.others }

// Adopt goes on with the samples of other, which must not be used again: what other last
// sampled as open, and is not any more, is sampled by b once more, as zero.
func (b *Book) Adopt(other *Book) {
	if b.before == nil {
		b.before = make(map[string]sampled)
	}
	maps.Copy(b.before, other.before)
	for c, source := range other.on {
		b.before[ID(c.Dimensions)] = sampled{c.Dimensions, source}
	}
	other.on, other.before = nil, nil
}

// TakeZeros samples as zero, at now, whatever b last sampled as open: nobody goes on with b.
func (b *Book) TakeZeros(now time.Time) []Datum {
	b.levels = nil
	return inOrder(b.sampled(now.Truncate(time.Minute).UTC()))
}

// Take empties b into data, oldest first. Open findings are sampled at now.
func (b *Book) Take(now time.Time) []Datum {
	return inOrder(append(b.counted(), b.sampled(now.Truncate(time.Minute).UTC())...))
}

// TakeCounts is Take without a sample.
func (b *Book) TakeCounts() []Datum { return inOrder(b.counted()) }

func inOrder(data []Datum) []Datum {
	slices.SortFunc(data, func(x, y Datum) int {
		return cmp.Or(x.Time.Compare(y.Time), cmp.Compare(x.Name, y.Name), compare(x.Dimensions, y.Dimensions))
	})
	return data
}

// counted returns what was added. CloudWatch keeps minutes: the counts of the
// windows that begin in one minute are the values of one datum.
func (b *Book) counted() []Datum {
	minutes := make(map[entry]*Datum)
	var data []*Datum
	for e, n := range b.entries {
		minute := time.Unix(0, e.window).UTC().Truncate(time.Minute)
		key := entry{e.name, e.of, minute.UnixNano()}
		d := minutes[key]
		if d == nil {
			d = &Datum{Name: e.name, Unit: Count, Dimensions: e.of.Dimensions, Time: minute, Source: b.sources[e.of]}
			minutes[key] = d
			data = append(data, d)
		}
		d.Values = append(d.Values, float64(n)) // at most 60: a window is a second at least
	}
	clear(b.entries)
	clear(b.sources)
	b.full = time.Time{}

	values := make([]Datum, len(data))
	for i, d := range data {
		slices.Sort(d.Values)
		values[i] = *d
	}
	return values
}

// sampled returns the number of open findings for each combination that has
// any, and zero for each that had at the last sample.
func (b *Book) sampled(now time.Time) []Datum {
	open := make(map[*Combination]int64)
	for c := range b.on {
		open[c] = 0
	}
	sources := b.on
	if sources == nil {
		sources = make(map[*Combination]Source)
	}
	for _, l := range b.levels {
		for _, c := range b.series.Of(l.Key) {
			open[c] += l.Open
			sources[c] = Source{l.Tag, l.Key.Container}
		}
	}
	b.on = make(map[*Combination]Source)
	var data []Datum
	for c, n := range open {
		if n > 0 {
			b.on[c] = sources[c]
		}
		delete(b.before, ID(c.Dimensions))
		data = append(data, openFindings(c.Dimensions, now, n, sources[c]))
	}
	for _, s := range b.before {
		data = append(data, openFindings(s.dimensions, now, 0, s.source))
	}
	b.before = nil
	return data
}

func openFindings(of []Dimension, now time.Time, n int64, source Source) Datum {
	return Datum{Name: OpenFindings, Unit: Count, Dimensions: of, Time: now, Values: []float64{float64(n)}, Source: source}
}

func compare(x, y []Dimension) int {
	return slices.CompareFunc(x, y, func(a, b Dimension) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Value, b.Value))
	})
}
