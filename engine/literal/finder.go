package literal

import (
	"fmt"
	"slices"
)

// Bounds of what a Finder takes.
const (
	MinLen      = minPiece // bytes of the shortest literal
	MaxLen      = 64       // bytes of the longest literal
	MaxLiterals = 16384    // more than any rule set; keeps the tables small
)

// A Finder finds a fixed set of literals. It is immutable after New and may be
// used by many goroutines at once; none of its methods allocates, except where
// ids has no room.
type Finder struct {
	literals [][]byte // in lower case
	anchors  []anchor
	pieces   pieceTable
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
	f = &Finder{literals: slices.Grow(slices.Clone(f.literals), len(more))}
	if n := len(known) + len(more); n > MaxLiterals {
		return nil, fmt.Errorf("literal: expected at most %d literals, came %d", MaxLiterals, n)
	}
	for i, s := range more {
		id := len(known) + i
		if len(s) < MinLen || len(s) > MaxLen {
			return nil, fmt.Errorf("literal %d: expected %d to %d bytes, came %d: %q", id, MinLen, MaxLen, len(s), s)
		}
		f.literals = append(f.literals, lower(s))
	}
	f.anchors = chooseAnchors(f.literals, known)
	for id, a := range f.anchors {
		f.filter.add(f.literals[id], a)
	}
	f.pieces = newPieceTable(f.literals, f.anchors, &f.filter.beside)
	return f, nil
}

// Next returns the offset of the first candidate in b at or after from, or -1.
//
// Next may report a place where no literal is. It must never pass over the
// anchor of one that is in b, whatever the alignment, case, or length of b.
func (f *Finder) Next(b []byte, from int) int {
	s := f.search(b, from)
	return s.next()
}

// At appends to ids the ids of the literals that stand in b with their anchor
// at b[at:], in ascending order, and returns ids.
func (f *Finder) At(b []byte, at int, ids []int32) []int32 {
	return f.confirm(b, at, len(f.literals), ids)
}

// confirm appends to ids those of the literals that stand in b with their anchor
// at b[at:] and have an id below limit.
func (f *Finder) confirm(b []byte, at, limit int, ids []int32) []int32 {
	if at < 0 || at > len(b)-minPiece {
		return ids
	}
	had, lists := len(ids), 0
	for _, list := range f.pieces.at(b, at) {
		before := len(ids)
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
	if lists > 1 {
		slices.Sort(ids[had:])
	}
	return ids
}

// stands reports whether t stands in b with its piece at b[at:].
func (f *Finder) stands(b []byte, at int, t *target) bool {
	start, ok := t.start(b, at)
	return ok && equalFold(b[start:], f.literals[t.id])
}

// Find returns the offset of the first anchor in b at or after from whose
// literal really stands there, or -1.
func (f *Finder) Find(b []byte, from int) int {
	s := f.search(b, from)
	for at := s.next(); at >= 0; at = s.next() {
		for _, list := range f.pieces.at(b, at) {
			for i := range list {
				if t := &list[i]; t.mayStand(b, at) && f.stands(b, at, t) {
					return at
				}
			}
		}
	}
	return -1
}

// FindBelow is Find for the literals with an id below limit. It appends the ids
// of all that have their anchor there to ids, in ascending order.
func (f *Finder) FindBelow(b []byte, from, limit int, ids []int32) (int, []int32) {
	s := f.search(b, from)
	for at := s.next(); at >= 0; at = s.next() {
		if found := f.confirm(b, at, limit, ids); len(found) > len(ids) {
			return at, found
		}
	}
	return -1, ids
}

// Anchor returns how far the anchor of literal id is from the literal's start.
func (f *Finder) Anchor(id int) int { return f.anchors[id].at }
