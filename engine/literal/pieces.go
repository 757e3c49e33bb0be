package literal

import (
	"cmp"
	"slices"
)

// A pieceTable maps what stands at a place to the literals whose anchor may be
// there: an open-addressing hash table, at most half full.
//
// A gram is shared by hundreds of literals. They are told apart by their sides,
// so that few are left to compare.
type pieceTable struct {
	slots   []slot
	shift   uint     // 64 - log2(len(slots))
	targets []target // of all literals, grouped by sides, ascending by id
}

type slot struct {
	sides    sides
	from, to int32 // targets[from:to]; from == to where the slot is free
}

// newPieceTable makes the table of literals with their anchors.
func newPieceTable(literals [][]byte, anchors []anchor) pieceTable {
	t := pieceTable{targets: make([]target, len(literals)), shift: 64 - 4}
	of, distinct := make([]sides, len(literals)), map[sides]struct{}{}
	for id := range literals {
		t.targets[id] = newTarget(id, literals[id], anchors[id])
		of[id] = sidesOf(literals[id], int(anchors[id].at))
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

// of returns the targets of s, most often none.
func (t *pieceTable) of(s sides) []target {
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
	at, anchored := 0, int(a.at)
	if last := len(literal) - wordSize; last-anchored > anchored {
		at = last
	}
	unused := 64 - 8*min(len(literal)-at, wordSize)
	return target{
		id: int32(id), before: a.at, size: uint8(len(literal)),
		probe: int8(at - anchored), unused: uint8(unused), word: foldTail(literal, at) << unused,
	}
}

// mayStand reports whether t's word stands where it must if t's anchor is at
// b[at:]. At the ends of b it does not look.
func (t *target) mayStand(b []byte, at int) bool {
	at += int(t.probe)
	return at < 0 || at > len(b)-wordSize || fold8(b, at)<<(t.unused&63) == t.word
}

// start returns where the literal starts in b if its anchor is at b[at:], and
// whether it is all in b.
func (t *target) start(b []byte, at int) (start int, ok bool) {
	start = at - int(t.before)
	return start, start >= 0 && int(t.size) <= len(b)-start
}
