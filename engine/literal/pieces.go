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

// A target is a literal as it is compared where its piece was found. It is
// small, as a common piece has dozens.
type target struct {
	id     int32
	before uint8 // distance of the piece from the literal's start
	size   uint8 // of the literal
	// probe is where, from the piece on, the word stands: the folded bytes of
	// that end of the literal that is farther from the piece, up to eight.
	// Literals that share a piece differ there.
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

// mayStand reports whether t's word stands where it must if t's piece stands at
// b[at:]. At the ends of b it does not look.
func (t *target) mayStand(b []byte, at int) bool {
	at += int(t.probe)
	return at < 0 || at > len(b)-wordSize || fold8(b, at)<<(t.unused&63) == t.word
}

// possible returns targets from the first one on that may stand in b if its
// piece stands at b[at:].
func possible(targets []target, b []byte, at int) []target {
	const reach = MaxLen // of a word from the piece, to either side
	if at < reach || at > len(b)-reach-wordSize {
		for i := range targets {
			if targets[i].mayStand(b, at) {
				return targets[i:]
			}
		}
		return nil
	}
	// Fast path: no word is outside of b, so there is nothing else to check. A
	// common piece has dozens of targets.
	around := (*[2*reach + wordSize]byte)(b[at-reach:])
	for i := range targets {
		t := &targets[i]
		from := int(uint8(t.probe)+reach) % (2 * reach)
		if fold8(around[:], from)<<(t.unused&63) == t.word {
			return targets[i:]
		}
	}
	return nil
}

// start returns where the literal starts in b if its piece stands at b[at:], and
// whether it is all in b.
func (t *target) start(b []byte, at int) (start int, ok bool) {
	start = at - int(t.before)
	return start, start >= 0 && int(t.size) <= len(b)-start
}
