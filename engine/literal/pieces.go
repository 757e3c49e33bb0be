package literal

import "slices"

// PieceLen is how many bytes of a literal are searched for. Four is what the
// shortest literals have, and what fits one machine word in every engine.
const PieceLen = 4

// hashMultiplier spreads a folded piece over the upper bits of a product
// (Knuth's multiplicative hashing: the odd number nearest 2^32 / golden ratio).
const hashMultiplier = 0x9E3779B1

// A pieceTable maps a folded piece to the literals that have it as anchor.
type pieceTable struct {
	members [1 << memberBits / 64]uint64 // bit hash(piece) is set
	slots   []slot                       // open addressing, at most a quarter full
	shift   uint                         // 32 - log2(len(slots))
	ids     []int32                      // of all literals, grouped by piece
}

// memberBits makes members 8 KiB, a quarter of the smallest first-level cache,
// and nearly empty even with thousands of pieces.
const memberBits = 16

type slot struct {
	piece    uint32
	from, to int32 // ids[from:to]; from == to where the slot is free
}

// newPieceTable makes the table of pieces, one per literal id.
func newPieceTable(pieces []uint32) pieceTable {
	t := pieceTable{ids: make([]int32, len(pieces)), shift: 32 - 4}
	for id := range pieces {
		t.ids[id] = int32(id)
	}
	slices.SortStableFunc(t.ids, func(a, b int32) int {
		return int(int64(pieces[a]) - int64(pieces[b]))
	})
	for 1<<(32-t.shift) < 4*len(pieces) {
		t.shift--
	}
	t.slots = make([]slot, 1<<(32-t.shift))
	for from := 0; from < len(t.ids); {
		piece, to := pieces[t.ids[from]], from
		for to < len(t.ids) && pieces[t.ids[to]] == piece {
			to++
		}
		t.add(slot{piece, int32(from), int32(to)})
		from = to
	}
	return t
}

func (t *pieceTable) add(s slot) {
	h := s.piece * hashMultiplier
	m := h >> (32 - memberBits)
	t.members[m/64] |= 1 << (m % 64)
	i := h >> t.shift
	for t.slots[i].from != t.slots[i].to {
		i = (i + 1) % uint32(len(t.slots))
	}
	t.slots[i] = s
}

// find returns the ids of the literals whose folded piece is w.
func (t *pieceTable) find(w uint32) []int32 {
	h := w * hashMultiplier
	m := h >> (32 - memberBits)
	if t.members[m/64]>>(m%64)&1 == 0 {
		return nil // Fast path: most places that a filter lets through
	}
	for i := h >> t.shift; ; i = (i + 1) % uint32(len(t.slots)) {
		s := t.slots[i]
		if s.from == s.to {
			return nil
		}
		if s.piece == w {
			return t.ids[s.from:s.to]
		}
	}
}
