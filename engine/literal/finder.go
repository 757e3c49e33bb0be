package literal

import (
	"fmt"
	"math/bits"
	"slices"
)

// Bounds of what a Finder takes.
const (
	MinLen      = gramSize // bytes of the shortest literal
	MaxLen      = 64       // bytes of the longest literal
	MaxLiterals = 16384    // more than any rule set; keeps the tables small
)

// A Finder finds a fixed set of literals. It is immutable after New and may be
// used by many goroutines at once.
type Finder struct {
	literals texts // in lower case
	anchors  []anchor
	targets  targetTable
	filter   filter
}

// New returns a Finder for literals, whose index in the slice is their id.
// Equal literals are all reported. It fails on a literal that is shorter than
// MinLen or longer than MaxLen, and on more than MaxLiterals of them.
func New(literals []string) (*Finder, error) { return new(Finder).With(literals...) }

// With returns a Finder for the literals of f, under the same ids, and for more,
// whose ids follow. It fails as New does, but takes much less time than New for
// all of them.
func (f *Finder) With(more ...string) (*Finder, error) {
	known := f.anchors
	if n := len(known) + len(more); n > MaxLiterals {
		return nil, fmt.Errorf("literal: expected at most %d literals, got %d", MaxLiterals, n)
	}
	for i, s := range more {
		if len(s) < MinLen || len(s) > MaxLen {
			return nil, fmt.Errorf("literal %d: expected %d to %d bytes, got %d: %q", len(known)+i, MinLen, MaxLen, len(s), s)
		}
	}
	f = &Finder{literals: f.literals.withLower(more)}
	literals := f.literals.list()
	f.anchors = chooseAnchors(literals, known)
	f.filter.fix = markFix
	for id, a := range f.anchors {
		f.filter.add(literals[id], a)
	}
	f.targets = newTargetTable(literals, f.anchors)
	return f, nil
}

// appendAt appends to ids those of the literals that stand in b with their anchor
// at b[at:] and have an id below limit, in ascending order.
func (f *Finder) appendAt(ids []int32, b []byte, at, limit int) []int32 {
	had, lists := len(ids), 0
	var c context
	c.set(b, at)
	for set := f.filter.reachesOf(&c); set != 0; set &= set - 1 {
		slot := f.targets.slot(c[bits.TrailingZeros64(set)])
		for branch := slot.branch; slot != nil; slot, branch = f.targets.next(branch, b, at) {
			before := len(ids)
			list := f.targets.of(slot)
			for i := range list {
				t := &list[i]
				if int(t.id) >= limit {
					break
				}
				if t.mayStand(b, at) && f.stands(b, at, t) {
					ids = append(ids, t.id)
				}
			}
			if len(ids) > before {
				lists++
			}
		}
	}
	if lists > 1 {
		slices.Sort(ids[had:])
	}
	return ids
}

// stands reports whether t stands in b with its anchor at b[at:].
func (f *Finder) stands(b []byte, at int, t *target) bool {
	start, ok := t.start(b, at)
	return ok && HasPrefixFold(b[start:], f.literals.at(int(t.id)))
}

// any returns one of the literals, of a reach in set, that stand in b with their anchor at
// b[at:], where the context is c; or nil.
func (f *Finder) any(b []byte, at int, c *context, set uint64) *target {
	for ; set != 0; set &= set - 1 {
		slot := f.targets.slot(c[bits.TrailingZeros64(set)])
		for branch := slot.branch; slot != nil; slot, branch = f.targets.next(branch, b, at) {
			list := f.targets.of(slot)
			for i := range list {
				if t := &list[i]; t.mayStand(b, at) && f.stands(b, at, t) {
					return t
				}
			}
		}
	}
	return nil
}

// Find returns the offset of the first anchor in b at or after from whose literal
// stands there, or -1. For more than the first there is Search.
func (f *Finder) Find(b []byte, from int) int {
	var s Search
	s.Reset(f, b)
	return s.Find(from)
}

// Len returns how many literals f has; their ids are below.
func (f *Finder) Len() int { return f.literals.len() }

// Literal returns literal id, in lower case.
func (f *Finder) Literal(id int) string { return string(f.literals.at(id)) }

// Anchor returns how far the anchor of literal id is from the literal's start.
func (f *Finder) Anchor(id int) int { return int(f.anchors[id].at) }
