package literal

import (
	"cmp"
	"slices"
)

// A pieceTable maps a piece's key to the literals that have it as anchor: an
// open-addressing hash table, at most a quarter full.
type pieceTable struct {
	slots   []slot
	shift   uint     // 64 - log2(len(slots))
	targets []target // of all literals, grouped by piece, ascending by id
}

type slot struct {
	key      key
	from, to int32 // targets[from:to]; from == to where the slot is free
}

// newPieceTable makes the table of literals with their anchors.
func newPieceTable(literals [][]byte, anchors []anchor) pieceTable {
	t := pieceTable{targets: make([]target, len(literals)), shift: 64 - 4}
	for id := range literals {
		t.targets[id] = newTarget(id, literals[id], anchors[id])
	}
	slices.SortStableFunc(t.targets, func(a, b target) int {
		return cmp.Compare(anchors[a.id].key(), anchors[b.id].key())
	})
	for 1<<(64-t.shift) < 4*len(literals) {
		t.shift--
	}
	t.slots = make([]slot, 1<<(64-t.shift))
	for from := 0; from < len(t.targets); {
		k, to := anchors[t.targets[from].id].key(), from
		for to < len(t.targets) && anchors[t.targets[to].id].key() == k {
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

// find returns the literals, ascending by id, whose piece has the key k.
func (t *pieceTable) find(k key) []target {
	s := t.slot(k)
	return t.targets[s.from:s.to]
}

// A target is a literal as it is compared where its piece was found.
type target struct {
	id     int32
	before int32 // distance of the piece from the literal's start
	size   int32 // of the literal
	// probe is where, from the piece on, the word stands: eight folded bytes of
	// the literal's end that is farther from the piece. Literals that share a
	// piece differ there. Those shorter than eight bytes have none.
	probe int32
	word  uint64
}

func newTarget(id int, literal []byte, a anchor) target {
	t := target{id: int32(id), before: int32(a.at), size: int32(len(literal))}
	if len(literal) < wordSize {
		return t
	}
	at := 0
	if last := len(literal) - wordSize; last-a.at > a.at {
		at = last
	}
	t.probe, t.word = int32(at-a.at), fold8(literal, at)
	return t
}

// start returns where the literal starts in b if its piece stands at b[at:] and
// its probe fits; it is then all in b.
func (t *target) start(b []byte, at int) (start int, ok bool) {
	start = at - int(t.before)
	if start < 0 || int(t.size) > len(b)-start {
		return 0, false
	}
	return start, t.size < wordSize || fold8(b, at+int(t.probe)) == t.word
}
