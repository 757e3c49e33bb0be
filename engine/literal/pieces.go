package literal

import (
	"cmp"
	"slices"
)

// A pieceTable maps what stands at a place to the literals whose anchor may be
// there: an open-addressing hash table, at most half full.
//
// A gram is shared by hundreds of literals. They are told apart by four more
// bytes on the side where the literal has them, so that few are left to compare.
type pieceTable struct {
	slots   []slot
	shift   uint     // 64 - log2(len(slots))
	targets []target // of all literals, grouped by sides, ascending by id
	beside  *bitmap  // the filter's, which unlike slots stays in the first cache
}

type slot struct {
	sides    sides
	from, to int32 // targets[from:to]; from == to where the slot is free
}

// sides are a gram and the four bytes beside it, folded, in the order of the
// text. No folded byte is zero, so that a gram alone is none of the others.
type sides uint64

// sidesBefore keeps those with the bytes before the gram apart from those with
// the bytes behind it: it takes from one byte what all folded ones have.
const sidesBefore sides = caseBit << 56

// sidesOf returns the sides of a literal with its anchor at at: with what is
// before, else with what is behind; a short one has its gram only.
func sidesOf(literal []byte, at int) sides {
	const beside = wordSize - minPiece
	switch {
	case at >= beside:
		return sides(foldTail(literal, at-beside)) ^ sidesBefore
	case len(literal)-at >= wordSize:
		return sides(foldTail(literal, at))
	}
	return sides(uint32(foldTail(literal, at)))
}

// hash is the place of s in the filter's bitmap.
func (s sides) hash() uint32 { return uint32(uint64(s) * multiplier64 >> (64 - hashBits)) }

// newPieceTable makes the table of literals with their anchors.
func newPieceTable(literals [][]byte, anchors []anchor, beside *bitmap) pieceTable {
	t := pieceTable{targets: make([]target, len(literals)), shift: 64 - 4, beside: beside}
	of, distinct := make([]sides, len(literals)), map[sides]struct{}{}
	for id := range literals {
		t.targets[id] = newTarget(id, literals[id], anchors[id])
		of[id] = sidesOf(literals[id], anchors[id].at)
		distinct[of[id]] = struct{}{}
	}
	slices.SortStableFunc(t.targets, func(a, b target) int { return cmp.Compare(of[a.id], of[b.id]) })
	for 1<<(64-t.shift) < 2*len(distinct) {
		t.shift--
	}
	t.slots = make([]slot, 1<<(64-t.shift))
	for from := 0; from < len(t.targets); {
		s, to := of[t.targets[from].id], from
		for to < len(t.targets) && of[t.targets[to].id] == s {
			to++
		}
		*t.slot(s) = slot{s, int32(from), int32(to)}
		from = to
	}
	return t
}

// slot returns the slot of s, or the free one where it belongs.
func (t *pieceTable) slot(s sides) *slot {
	for i := uint64(s) * multiplier64 >> t.shift; ; i = (i + 1) % uint64(len(t.slots)) {
		if slot := &t.slots[i]; slot.sides == s || slot.from == slot.to {
			return slot
		}
	}
}

// find returns the targets of s, most often none.
func (t *pieceTable) find(s sides) []target {
	if t.beside.bit(s.hash())&1 == 0 {
		return nil
	}
	slot := t.slot(s)
	return t.targets[slot.from:slot.to]
}

// A target is a literal as it is compared where its anchor may be. It is small,
// since literals that begin alike share their sides.
type target struct {
	id     int32
	before uint8 // distance of the anchor from the literal's start
	size   uint8 // of the literal
	// probe is where, from the anchor on, the word stands: the folded bytes of
	// that end of the literal that is farther from the anchor, up to eight.
	// Literals that share their sides differ there.
	probe int8
	// unused is 64 less the bits of the word, which are its upper ones.
	unused uint8
	word   uint64
}

func newTarget(id int, literal []byte, a anchor) target {
	at := 0
	if last := len(literal) - wordSize; last-a.at > a.at {
		at = last
	}
	unused := 64 - 8*min(len(literal)-at, wordSize)
	return target{
		id: int32(id), before: uint8(a.at), size: uint8(len(literal)),
		probe: int8(at - a.at), unused: uint8(unused), word: foldTail(literal, at) << unused,
	}
}

// mayStand reports whether t's word stands where it must if t's anchor is at
// b[at:]. At the ends of b it does not look.
func (t *target) mayStand(b []byte, at int) bool {
	at += int(t.probe)
	return at < 0 || at > len(b)-wordSize || fold8(b, at)<<(t.unused&63) == t.word
}

// targets are those that may have their anchor at one place: by what is before
// it, by what is behind it, and by the gram alone, each ascending by id.
type targets [3][]target

// at returns the targets at b[at:].
func (t *pieceTable) at(b []byte, at int) (found targets) {
	const beside = wordSize - minPiece
	behind := foldTail(b, at)
	if at >= beside {
		found[0] = t.find(sides(foldTail(b, at-beside)) ^ sidesBefore)
	}
	if at <= len(b)-wordSize {
		found[1] = t.find(sides(behind))
	}
	found[2] = t.find(sides(uint32(behind)))
	return found
}

// start returns where the literal starts in b if its anchor is at b[at:], and
// whether it is all in b.
func (t *target) start(b []byte, at int) (start int, ok bool) {
	start = at - int(t.before)
	return start, start >= 0 && int(t.size) <= len(b)-start
}
