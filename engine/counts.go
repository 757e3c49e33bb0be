package engine

import (
	"math"

	"github.com/authlens/authlens/engine/window"
)

// Bounds of one Counts. What exceeds them is still counted: new groups join the
// "other" group of their rule and scope, and what has no room even there is
// added to Lost.
const (
	// countsGroups is how many groups one Counts tells apart; the last
	// countsOthers places are kept for "other" groups.
	countsGroups = 256
	countsOthers = 32
	// countsCells is how many pairs of a group and a window it holds.
	countsCells = 1024
	// countsMarks is how many distinct tasks and resources it notes.
	countsMarks = 2048
	// countsText is the room for samples and scopes, in bytes; the last
	// othersText are kept for "other" groups.
	countsText = 256 << 10
	othersText = countsOthers * 1 << 10
	// nameMax is the most that is kept of one name (cluster, tag), in bytes.
	nameMax = 256
)

// Stats count what a Scanner saw. All are totals since the Counts was reset.
type Stats struct {
	Chunks, Bytes int64
	Candidates    int64 // records that were looked at
	Matches       int64 // records that carry a rule's signature, each failure once
	Duplicates    int64 // the same failure told again: same request id, or further lines of one error
	Own           int64 // records that are findings of ours
	Broken        int64 // chunks whose framing broke off
	BrokenBytes   int64 // bytes that could not be read because of that
	Odd           int64 // well-framed objects that are no records, and were passed over
	Grouped       int64 // matches counted under "other" for want of room
	Lost          int64 // matches counted here only
	MarksLost     int64 // distinct tasks or resources not noted for want of room
	StreamsLost   int64 // unfinished records given up for want of room
	Unjudged      int64 // records with more evidence than is looked at, in which no failure was found
}

// Add adds other to s.
func (s *Stats) Add(other *Stats) {
	s.Chunks += other.Chunks
	s.Bytes += other.Bytes
	s.Candidates += other.Candidates
	s.Matches += other.Matches
	s.Duplicates += other.Duplicates
	s.Own += other.Own
	s.Broken += other.Broken
	s.BrokenBytes += other.BrokenBytes
	s.Odd += other.Odd
	s.Grouped += other.Grouped
	s.Lost += other.Lost
	s.MarksLost += other.MarksLost
	s.StreamsLost += other.StreamsLost
	s.Unjudged += other.Unjudged
}

// Counts holds the matches of some chunks by group and window, not yet judged.
// Its size is bounded. Filling it allocates only when it needs room for more text than
// ever before. It belongs to one goroutine at a time.
type Counts struct {
	Stats Stats
	// newest is the newest time at which a scanned chunk begins, ns; it moves
	// the clock even when nothing matched.
	newest int64

	groups  [countsGroups]groupCount
	nGroups int
	byKey   [2 * countsGroups]uint16 // open addressing; place + 1

	cells  [countsCells]cell
	nCells int
	byCell [2 * countsCells]uint16

	marks  [countsMarks]mark
	nMarks int
	byMark [2 * countsMarks]uint16

	text []byte // grows to countsText at most

	scratch *scratch // the Scanner's working memory; nil until the first scan
}

// A groupCount is one group in a Counts.
type groupCount struct {
	key         uint64 // the fingerprint
	rule        int32  // in the matcher
	other       bool   // stands for the groups that found no room
	newest      uint16 // place + 1 of the cell used last
	events      uint32
	first, last int64 // event times, ns
	scope       scopeText
	sample      textSpan // normalised text of one record, at most sampleMax
	cut         bool     // sample is the end of a longer text
}

// A cell counts a group's events in one window.
type cell struct {
	group  uint16
	window window.Index
	events uint32
}

// A mark notes that a group met a task or a resource in a window.
type mark struct {
	cell uint16
	kind markKind
	hash uint64
}

type markKind uint8

const (
	markTask markKind = iota
	markResource
)

// A textSpan is a piece of Counts.text.
type textSpan struct{ at, n uint32 }

// A scopeText is a scope whose names lie in Counts.text.
type scopeText struct {
	hash                                           uint64
	cluster, family, taskDef, container, task, tag textSpan
}

// NewCounts returns an empty Counts.
func NewCounts() *Counts {
	c := &Counts{}
	c.Reset()
	return c
}

// Reset empties c for another use. Matches of an error that waits for its next
// record are the Scanner's and are not touched.
func (c *Counts) Reset() {
	c.Stats = Stats{}
	c.newest = math.MinInt64
	if c.nGroups > 0 {
		c.nGroups, c.nCells, c.nMarks, c.text = 0, 0, 0, c.text[:0]
		clear(c.byKey[:])
		clear(c.byCell[:])
		clear(c.byMark[:])
	}
}

// Empty reports whether c holds no match.
func (c *Counts) Empty() bool { return c.nGroups == 0 && c.Stats.Lost == 0 }

// Merge adds what other holds to c. Other is unchanged.
func (c *Counts) Merge(other *Counts) {
	c.Stats.Add(&other.Stats)
	c.newest = max(c.newest, other.newest)
	if other.nGroups == 0 {
		return
	}
	var groupOf [countsGroups]uint16
	for i := range other.groups[:other.nGroups] {
		groupOf[i] = c.mergeGroup(other, &other.groups[i])
	}
	for i := range other.cells[:other.nCells] {
		from := &other.cells[i]
		if g := groupOf[from.group]; g != noPlace {
			c.cells[c.cell(g, from.window)].events += from.events
		}
	}
	for i := range other.marks[:other.nMarks] {
		m := &other.marks[i]
		from := &other.cells[m.cell]
		if g := groupOf[from.group]; g != noPlace && from.events > 0 { // else it was taken back
			c.mark(c.cell(g, from.window), m.kind, m.hash)
		}
	}
}

// noPlace stands for a group that has no place.
const noPlace = math.MaxUint16

// mergeGroup adds other's group from without its cells and marks, and returns
// its place in c.
func (c *Counts) mergeGroup(other *Counts, from *groupCount) uint16 {
	at, isNew := c.group(from.key, from.scope.hash, from.rule)
	if at == noPlace {
		c.Stats.Lost += int64(from.events)
		return noPlace
	}
	g := &c.groups[at]
	if isNew {
		g.first, g.last = from.first, from.last
		o := other.origin(&from.scope)
		g.scope = c.keepOrigin(&o, from.scope.hash)
		g.sample, g.cut = c.keepSample(other.read(from.sample)), from.cut
	}
	g.other = g.other || from.other
	if g.key != from.key {
		c.Stats.Grouped += int64(from.events)
	}
	g.events += from.events
	g.first, g.last = min(g.first, from.first), max(g.last, from.last)
	return at
}

// group returns the place of the group with key, or of the "other" group of its
// rule and scope when there is no room for it, or noPlace.
func (c *Counts) group(key, scope uint64, rule int32) (at uint16, isNew bool) {
	if at, ok := c.find(key); ok {
		return at, false
	}
	if c.nGroups < countsGroups-countsOthers && len(c.text)+sampleMax+6*nameMax <= countsText-othersText {
		return c.insert(key, rule, false), true
	}
	key = otherKey(scope, rule)
	if at, ok := c.find(key); ok {
		return at, false
	}
	if c.nGroups < countsGroups {
		return c.insert(key, rule, true), true
	}
	return noPlace, false
}

// otherKey is the key of the group that stands for the groups of a rule and
// scope that found no room. The rule is the matcher's number: such a group is
// not published under this key.
func otherKey(scope uint64, rule int32) uint64 {
	return hashInt(scope^hashStart, uint64(rule)<<32|0x6f74686572)
}

func (c *Counts) find(key uint64) (at uint16, ok bool) {
	const mask = uint64(len(c.byKey) - 1)
	for i := key & mask; c.byKey[i] != 0; i = (i + 1) & mask {
		if at := c.byKey[i] - 1; c.groups[at].key == key {
			return at, true
		}
	}
	return 0, false
}

func (c *Counts) insert(key uint64, rule int32, other bool) uint16 {
	const mask = uint64(len(c.byKey) - 1)
	at := uint16(c.nGroups)
	c.nGroups++
	c.groups[at] = groupCount{key: key, rule: rule, other: other}
	i := key & mask
	for c.byKey[i] != 0 {
		i = (i + 1) & mask
	}
	c.byKey[i] = at + 1
	return at
}

// cell returns the place of the cell of group g in window w. Every group gets
// one; when there is no room for more, it is the group's newest: the count
// stays right, its window does not.
func (c *Counts) cell(g uint16, w window.Index) uint16 {
	newest := c.groups[g].newest
	if newest != 0 && c.cells[newest-1].window == w {
		return newest - 1
	}
	const mask = uint64(len(c.byCell) - 1)
	i := hashInt(uint64(g)+1, uint64(w)) & mask
	for ; c.byCell[i] != 0; i = (i + 1) & mask {
		if at := c.byCell[i] - 1; c.cells[at].group == g && c.cells[at].window == w {
			c.groups[g].newest = at + 1
			return at
		}
	}
	if newest != 0 && c.nCells >= countsCells-countsGroups {
		return newest - 1
	}
	at := uint16(c.nCells)
	c.nCells++
	c.cells[at] = cell{group: g, window: w}
	c.byCell[i] = at + 1
	c.groups[g].newest = at + 1
	return at
}

// mark notes hash for a cell, once.
func (c *Counts) mark(cell uint16, kind markKind, hash uint64) {
	const mask = uint64(len(c.byMark) - 1)
	i := hashInt(hash, uint64(cell)<<8|uint64(kind)) & mask
	for ; c.byMark[i] != 0; i = (i + 1) & mask {
		if m := &c.marks[c.byMark[i]-1]; m.hash == hash && m.cell == cell && m.kind == kind {
			return
		}
	}
	if c.nMarks == countsMarks {
		c.Stats.MarksLost++
		return
	}
	c.marks[c.nMarks] = mark{cell: cell, kind: kind, hash: hash}
	c.nMarks++
	c.byMark[i] = uint16(c.nMarks)
}

// keep copies at most limit bytes of b into c's text, as far as there is room.
func (c *Counts) keep(b []byte, limit int) textSpan {
	n := min(len(b), limit, countsText-len(c.text))
	at := len(c.text)
	c.text = append(c.text, b[:n]...)
	return textSpan{uint32(at), uint32(n)}
}

// keepSample copies a sample into c's text, or nothing if there is no room for all of it:
// the sample's end was chosen so that no secret is cut in two and goes unrecognised.
func (c *Counts) keepSample(sample []byte) textSpan {
	if len(sample) > countsText-len(c.text) {
		sample = nil
	}
	return c.keep(sample, sampleMax)
}

func (c *Counts) read(s textSpan) []byte { return c.text[s.at : s.at+s.n] }

// keepOrigin copies the names of o into c's text.
func (c *Counts) keepOrigin(o *origin, hash uint64) scopeText {
	return scopeText{
		hash:      hash,
		cluster:   c.keep(o.cluster, nameMax),
		family:    c.keep(o.family, nameMax),
		taskDef:   c.keep(o.taskDef, nameMax),
		container: c.keep(o.container, nameMax),
		task:      c.keep(o.task, nameMax),
		tag:       c.keep(o.tag, nameMax),
	}
}

// origin returns the origin that s was kept from, borrowed from c.
func (c *Counts) origin(s *scopeText) origin {
	return origin{
		cluster:   c.read(s.cluster),
		family:    c.read(s.family),
		taskDef:   c.read(s.taskDef),
		container: c.read(s.container),
		task:      c.read(s.task),
		tag:       c.read(s.tag),
	}
}
