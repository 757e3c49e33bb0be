package literal

import "fmt"

// Bounds of what a Finder takes.
const (
	MinLen      = minPiece // bytes of the shortest literal
	MaxLen      = 64       // bytes of the longest literal
	MaxLiterals = 16384    // more than any rule set; keeps the tables small
)

// A Finder finds a fixed set of literals. It is immutable after New and may be
// used by many goroutines at once; none of its methods allocates, except At
// where ids has no room.
type Finder struct {
	literals [][]byte // in lower case
	anchors  []anchor
	pieces   pieceTable
	filter   filter
}

// New returns a Finder for literals, whose index in the slice is their id.
// Equal literals are all reported. It fails on a literal that is shorter than
// MinLen or longer than MaxLen, and on more than MaxLiterals of them.
func New(literals []string) (*Finder, error) {
	if len(literals) > MaxLiterals {
		return nil, fmt.Errorf("literal: expected at most %d literals, came %d", MaxLiterals, len(literals))
	}
	f := &Finder{literals: make([][]byte, len(literals))}
	for id, s := range literals {
		if len(s) < MinLen || len(s) > MaxLen {
			return nil, fmt.Errorf("literal %d: expected %d to %d bytes, came %d: %q", id, MinLen, MaxLen, len(s), s)
		}
		f.literals[id] = lower(s)
	}
	f.anchors = chooseAnchors(f.literals)
	keys := make([]key, len(literals))
	for id, a := range f.anchors {
		keys[id] = a.key()
		f.filter.add(a)
	}
	f.pieces = newPieceTable(keys)
	return f, nil
}

// Next returns the offset of the first candidate in b at or after from, or -1.
//
// Next may report a place where no literal is. It must never pass over the
// anchor of one that is in b, whatever the alignment, case, or length of b.
func (f *Finder) Next(b []byte, from int) int {
	for at := max(from, 0); at <= len(b)-minPiece; at++ {
		at += f.filter.ruledOut(b[at:])
		if len(f.at(b, at)) > 0 {
			return at
		}
	}
	return -1
}

// at returns the ids of the literals whose piece stands at b[at:].
func (f *Finder) at(b []byte, at int) []int32 {
	if at < 0 || at > len(b)-minPiece {
		return nil
	}
	return f.pieces.find(f.filter.key(foldTail(b, at)))
}

// At appends to ids the ids of the literals that stand in b with their anchor
// at b[at:], in ascending order, and returns ids.
func (f *Finder) At(b []byte, at int, ids []int32) []int32 {
	for _, id := range f.at(b, at) {
		start := at - f.anchors[id].at
		if start >= 0 && hasPrefixFold(b[start:], f.literals[id]) {
			ids = append(ids, id)
		}
	}
	return ids
}

// Anchor returns how far the anchor of literal id is from the literal's start.
func (f *Finder) Anchor(id int) int { return f.anchors[id].at }
