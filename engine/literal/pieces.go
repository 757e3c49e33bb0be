package literal

import (
	"cmp"
	"slices"
)

// PieceLen is how many bytes of a literal are searched for. Four is what the
// shortest literals have, and what fits one machine word in every engine.
const PieceLen = 4

// A pieceTable maps a folded piece to the literals that have it as anchor: an
// open-addressing hash table, at most a quarter full.
type pieceTable struct {
	slots []slot
	shift uint    // 32 - log2(len(slots))
	ids   []int32 // of all literals, grouped by piece
}

type slot struct {
	piece    uint32
	from, to int32 // ids[from:to]; from == to where the slot is free
}

// newPieceTable makes the table of folded pieces, one per literal id.
func newPieceTable(pieces []uint32) pieceTable {
	t := pieceTable{ids: make([]int32, len(pieces)), shift: 32 - 4}
	for id := range pieces {
		t.ids[id] = int32(id)
	}
	slices.SortStableFunc(t.ids, func(a, b int32) int { return cmp.Compare(pieces[a], pieces[b]) })
	for 1<<(32-t.shift) < 4*len(pieces) {
		t.shift--
	}
	t.slots = make([]slot, 1<<(32-t.shift))
	for from := 0; from < len(t.ids); {
		piece, to := pieces[t.ids[from]], from
		for to < len(t.ids) && pieces[t.ids[to]] == piece {
			to++
		}
		*t.slot(piece) = slot{piece, int32(from), int32(to)}
		from = to
	}
	return t
}

// slot returns the slot of piece, or the free one where it belongs.
func (t *pieceTable) slot(piece uint32) *slot {
	for i := piece * hashMultiplier >> t.shift; ; i = (i + 1) % uint32(len(t.slots)) {
		if s := &t.slots[i]; s.piece == piece || s.from == s.to {
			return s
		}
	}
}

// find returns the ids, ascending, of the literals whose folded piece it is.
func (t *pieceTable) find(piece uint32) []int32 {
	s := t.slot(piece)
	return t.ids[s.from:s.to]
}
