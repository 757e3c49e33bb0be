package literal

import (
	"cmp"
	"slices"
)

// A pieceTable maps a piece's key to the literals that have it as anchor: an
// open-addressing hash table, at most a quarter full.
type pieceTable struct {
	slots []slot
	shift uint    // 64 - log2(len(slots))
	ids   []int32 // of all literals, grouped by piece
}

type slot struct {
	key      key
	from, to int32 // ids[from:to]; from == to where the slot is free
}

// newPieceTable makes the table of keys, one per literal id.
func newPieceTable(keys []key) pieceTable {
	t := pieceTable{ids: make([]int32, len(keys)), shift: 64 - 4}
	for id := range keys {
		t.ids[id] = int32(id)
	}
	slices.SortStableFunc(t.ids, func(a, b int32) int { return cmp.Compare(keys[a], keys[b]) })
	for 1<<(64-t.shift) < 4*len(keys) {
		t.shift--
	}
	t.slots = make([]slot, 1<<(64-t.shift))
	for from := 0; from < len(t.ids); {
		k, to := keys[t.ids[from]], from
		for to < len(t.ids) && keys[t.ids[to]] == k {
			to++
		}
		*t.slot(k) = slot{k, int32(from), int32(to)}
		from = to
	}
	return t
}

// slot returns the slot of k, or the free one where it belongs.
func (t *pieceTable) slot(k key) *slot {
	for i := uint64(k) * multiplier64 >> t.shift; ; i = (i + 1) % uint64(len(t.slots)) {
		if s := &t.slots[i]; s.key == k || s.from == s.to {
			return s
		}
	}
}

// find returns the ids, ascending, of the literals whose piece has the key k.
func (t *pieceTable) find(k key) []int32 {
	s := t.slot(k)
	return t.ids[s.from:s.to]
}
