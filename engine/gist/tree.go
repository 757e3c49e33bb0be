package gist

import "bytes"

// Bounds of a Tree.
const (
	MaxGists = 1 << 8
	maxNodes = 4 * MaxGists
)

// A Tree holds gists, and finds that of a text among them without making it: what gists have
// in common at their start is compared once, and what they leave out is stepped over. The
// zero value is empty.
type Tree struct {
	nodes  [maxNodes]node // the first is the root
	gists  [MaxGists][]byte
	nNodes int16
	nGists int16
}

// A node is a piece of one or more gists: run, then n blanks for bytes of a form. Other is an
// alternative to it, below is what follows it; 0 is no node.
type node struct {
	run   []byte
	first byte // of run, kept here since it rules out most nodes
	form  form
	n     int16
	below int16
	other int16
	gist  int16 // 1 and the index of the gist that ends here, or 0
}

// Reset makes t empty.
func (t *Tree) Reset() { t.nNodes, t.nGists, t.nodes[0] = 0, 0, node{} }

// Add puts g into t. said is the text of g; it must not change. Add returns the number by which
// Find will know g, that of the gists added before it, or -1 if g is not taken: there is no
// room for it, or it would be found for texts that have another gist.
func (t *Tree) Add(g *Gist, said []byte) int {
	// There is a node for each place and for what follows the last, and one at a fork or the root.
	if g.loose || t.nGists == MaxGists || int(t.nNodes)+g.nLeft+2 > maxNodes {
		return -1
	}
	t.nNodes = max(t.nNodes, 1)
	at := &t.nodes[0]
	from := 0
	for _, l := range g.left[:g.nLeft] {
		at = t.step(at, said[from:l.at], l)
		from = int(l.at + l.n)
	}
	if at = t.step(at, said[from:], left{}); at.gist > 0 {
		return -1 // it is there already, and Find leaves its path earlier
	}
	t.gists[t.nGists] = said
	t.nGists++
	at.gist = t.nGists
	return int(t.nGists) - 1
}

// step returns the node below at that is run followed by l. It makes what is not there yet.
func (t *Tree) step(at *node, run []byte, l left) *node {
	for k := at.below; k != 0; {
		n := &t.nodes[k]
		same := common(n.run, run)
		switch {
		case same == len(n.run) && same == len(run) && n.form == l.form && n.n == l.n:
			return n
		case same == 0:
			k = n.other
			continue
		case same < len(n.run) || n.form != none:
			t.fork(n, same)
		}
		at, run, k = n, run[same:], n.below
	}
	if len(run) == 0 && l.form == none {
		return at
	}
	// Where one gist leaves something out and another goes on with bytes, those may also fit what
	// is left out. So leaving out is tried first.
	k := &at.below
	for len(run) > 0 && *k != 0 && len(t.nodes[*k].run) == 0 {
		k = &t.nodes[*k].other
	}
	*k = t.node(node{run: run, form: l.form, n: l.n, other: *k})
	return &t.nodes[*k]
}

// fork makes n end after the given number of bytes of its run; the rest becomes a node below.
func (t *Tree) fork(n *node, first int) {
	rest := *n
	rest.run, rest.other = n.run[first:], 0
	*n = node{run: n.run[:first], first: n.first, below: t.node(rest), other: n.other}
}

func (t *Tree) node(n node) int16 {
	if len(n.run) > 0 {
		n.first = n.run[0]
	}
	t.nodes[t.nNodes] = n
	t.nNodes++
	return t.nNodes - 1
}

// common returns the length of the common prefix of a and b.
func common(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// Find makes g the gist of text, which it borrows, if that is in t, and returns its number, as
// Add did; the text of g is then the one that was added. Otherwise Find returns -1, and g must
// be made by Read.
func (t *Tree) Find(g *Gist, text []byte) int {
	if len(text) > MaxText {
		return -1
	}
	g.Whole(text)
	from, said := 0, 0
	for k := t.nodes[0].below; k != 0; {
		n := &t.nodes[k]
		to := from + len(n.run)
		switch {
		case to > len(text) || len(n.run) > 0 && (text[from] != n.first || !bytes.Equal(text[from:to], n.run)):
			to = -1
		case n.form != none:
			to = endOf(text, to, n.form, int(n.n))
		}
		if to < 0 {
			k = n.other
			continue
		}
		said += len(n.run) + int(n.n)
		if to-from != len(n.run)+int(n.n) {
			g.shift(said, to)
		}
		g.short = g.short || n.form != none
		if from = to; from == len(text) && n.gist > 0 {
			g.said = t.gists[n.gist-1]
			return int(n.gist) - 1
		}
		k = n.below
	}
	return -1
}
