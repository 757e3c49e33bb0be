package literal

import (
	"cmp"
	"maps"
	"slices"
)

// A targetTable maps what stands at a place to the literals whose anchor may be
// there: an open-addressing hash table, at most half full.
//
// A gram is shared by hundreds of literals. They are told apart by their sides and,
// where many share those too, by windows farther away, so that few are left to
// compare.
type targetTable struct {
	slots    []slot
	shift    uint     // 64 - log2(len(slots))
	targets  []target // of all literals, grouped by slots, ascending by id
	branches []branch // the first is none
}

type slot struct {
	sides sides
	from  int32 // targets[from:from+n]
	n     uint16
	// branch is the first of targetTable.branches that leads to further literals, or 0.
	branch uint16
}

func (s *slot) isFree() bool { return s.n == 0 && s.branch == 0 }

// newTargetTable makes the table of literals with their anchors.
func newTargetTable(literals [][]byte, anchors []anchor) targetTable {
	all := make([]sides, len(literals))
	bySides := make([]int32, len(literals)) // the ids, those of the same sides side by side
	for id := range literals {
		all[id], bySides[id] = sidesOf(literals[id], int(anchors[id].at)), int32(id)
	}
	slices.SortFunc(bySides, func(a, b int32) int { return cmp.Or(cmp.Compare(all[a], all[b]), cmp.Compare(a, b)) })
	lists, windows := make(map[sides][]int32, len(literals)), map[sides][]window{}
	for len(bySides) > 0 {
		s, n := all[bySides[0]], 1
		for n < len(bySides) && all[bySides[n]] == s {
			n++
		}
		f := fork{literals, anchors, s, lists}
		rest, by := f.deal(bySides[:n:n])
		lists[s] = append(rest, lists[s]...)
		if by != nil {
			windows[s] = by
		}
		bySides = bySides[n:]
	}

	t := targetTable{shift: 64 - 4, branches: make([]branch, 1), targets: make([]target, 0, len(literals))}
	for 1<<(64-t.shift) < 2*len(lists) {
		t.shift--
	}
	t.slots = make([]slot, 1<<(64-t.shift))
	for _, s := range slices.Sorted(maps.Keys(lists)) {
		ids := lists[s]
		slices.Sort(ids) // two windows may deal into one list
		made := slot{sides: s, from: int32(len(t.targets)), n: uint16(len(ids))}
		for _, id := range ids {
			t.targets = append(t.targets, newTarget(int(id), literals[id], anchors[id]))
		}
		for _, w := range windows[s] {
			t.branches = append(t.branches, branch{s, w, made.branch})
			made.branch = uint16(len(t.branches) - 1)
		}
		*t.slot(s) = made
	}
	return t
}

// slot returns the slot of s, or the free one where it belongs.
func (t *targetTable) slot(s sides) *slot {
	for i := uint64(s) * multiplier64 >> t.shift; ; i = (i + 1) % uint64(len(t.slots)) {
		if slot := &t.slots[i]; slot.sides == s || slot.isFree() {
			return slot
		}
	}
}

// of returns the targets of a slot.
func (t *targetTable) of(s *slot) []target { return t.targets[s.from : s.from+int32(s.n)] }

// A target is a literal as it is compared where its anchor may be. It is small,
// since literals that begin alike share their sides.
type target struct {
	id     int32
	before uint8 // distance of the anchor from the literal's start
	size   uint8 // of the literal
	// probe is how far from the anchor the word stands: up to eight folded bytes of
	// the end of the literal that is farther from the anchor. Literals that share
	// their sides differ there.
	probe int8
	// unused is how many of the word's lower bits are not used.
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

// mayStand reports whether t's word is where it must be if t's anchor is at b[at:].
// Too close to the ends of b it does not look, and says yes.
func (t *target) mayStand(b []byte, at int) bool {
	at += int(t.probe)
	return at < 0 || at > len(b)-wordSize || fold8(b, at)<<(t.unused&63) == t.word
}

// start returns where the literal starts in b if its anchor is at b[at:], and
// whether b has room for all of it.
func (t *target) start(b []byte, at int) (start int, ok bool) {
	start = at - int(t.before)
	return start, start >= 0 && int(t.size) <= len(b)-start
}
