package match

import "bytes"

// A choice is phrases of which one is enough.
//
// Lists grow long with the ways to write one thing: "status code 429", "status: 429".
// Phrases that share a piece are looked for only in texts that have the piece.
type choice struct {
	phrases  []phrase
	families []family
	single   []phrase // those of no family
}

// A family is phrases that share a piece.
type family struct {
	shared  phrase
	phrases []phrase
}

// sharedSize is the bytes of a family's piece, and leastSharing how many phrases it must
// have to be worth its memory.
const (
	sharedSize   = 3
	leastSharing = 4
)

// newChoice returns the choice of list, in r; have is working memory.
func newChoice(list []phrase, have holdings, r *rooms) *choice {
	c := &choice{phrases: list, single: list}
	var families []family
	for len(c.single) >= leastSharing {
		clear(have)
		shared, sharing := have.mostShared(c.single)
		if sharing < leastSharing {
			break
		}
		f := family{shared: r.keep(phrases([]string{string(shared[:])}))[0]}
		if len(families) == 0 {
			c.single = r.phrases.Copy(list)
		}
		f.phrases, c.single = partition(c.single, func(p phrase) bool { return bytes.Contains(p.lower, f.shared.lower) })
		families = append(families, f)
	}
	c.families = r.families.Copy(families)
	return c
}

// partition moves the phrases for which is holds to the front of list, and returns those and
// the others, each in their old order.
func partition(list []phrase, is func(phrase) bool) (those, others []phrase) {
	n := 0
	for _, p := range list {
		if is(p) {
			list[n] = p
			n++
		} else {
			others = append(others, p)
		}
	}
	copy(list[n:], others)
	return list[:n], list[n:]
}

// holdings are, for each piece, how many phrases have it, and the last one that does.
type holdings map[[sharedSize]byte]struct{ n, last int }

// mostShared returns the piece that most of the phrases have, and how many have it.
func (have holdings) mostShared(list []phrase) (shared [sharedSize]byte, sharing int) {
	for i, p := range list {
		for at := range max(0, len(p.lower)-sharedSize+1) {
			piece := [sharedSize]byte(p.lower[at:])
			h, met := have[piece]
			if !met || h.last != i {
				h.n, h.last = h.n+1, i
				have[piece] = h
			}
			if h.n > sharing || h.n == sharing && rarer(piece, shared) {
				shared, sharing = piece, h.n
			}
		}
	}
	return shared, sharing
}

// rarer tells whether a piece is less common in log text than another.
func rarer(piece, other [sharedSize]byte) bool {
	a, b := 0, 0
	for i := range sharedSize {
		a, b = a+commonness(piece[i]), b+commonness(other[i])
	}
	return a < b || a == b && bytes.Compare(piece[:], other[:]) < 0
}

// in tells whether one of the phrases stands in text, without regard to ASCII case.
func (c *choice) in(text []byte) bool {
	for i := range c.families {
		if f := &c.families[i]; f.shared.in(text) && anyIn(f.phrases, text) {
			return true
		}
	}
	return anyIn(c.single, text)
}
