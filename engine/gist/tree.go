package gist

import "bytes"

// Bounds of a Tree.
const (
	MaxGists = 1 << 8
	maxNodes = 4 * MaxGists
)

// A Tree holds gists, and finds that of a text among them without making it: what the gists
// begin with in common is compared once, and what is left out of them is stepped over. The
// zero value is empty.
type Tree struct {
	nodes  [maxNodes]node // the first is the root
	gists  [MaxGists][]byte
	nNodes int16
	nGists int16
}

// A node is a piece of one or more gists: run, then n blanks for bytes of a form. In its place
// there may be other, and behind it below. 0 is no node.
type node struct {
	run   []byte
	first byte // of run, at hand without a look at it: most nodes are passed over for it
	form  form
	n     int16
	below int16
	other int16
	gist  int16 // 1 and the index of the gist that ends here, or 0
}

// Reset makes t empty.
func (t *Tree) Reset() { t.nNodes, t.nGists, t.nodes[0] = 0, 0, node{} }

// Add puts g into t, whose text said is, which stays as it is. It returns the number of gists
// that were put into t before, which is what Find returns, or -1 if it is not taken: there
// is no room for it, or it would be found for texts that have another gist.
func (t *Tree) Add(g *Gist, said []byte) int {
	// Nodes are made for each place and for what follows, and one at a fork or for the root.
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
		return -1 // It is there, and Find turns off before.
	}
	t.gists[t.nGists] = said
	t.nGists++
	at.gist = t.nGists
	return int(t.nGists) - 1
}

// step returns the node that ends with what l says, and run before it, below at. It makes
// what is not there yet.
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
	// Where something is left out in one text and not in another, the bytes that are there may
	// be what the other goes on with. So the former comes first.
	k := &at.below
	for len(run) > 0 && *k != 0 && len(t.nodes[*k].run) == 0 {
		k = &t.nodes[*k].other
	}
	*k = t.node(node{run: run, form: l.form, n: l.n, other: *k})
	return &t.nodes[*k]
}

// fork makes n end after the first bytes of its run; the rest of it is a node below.
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

// common returns how many bytes a and b begin with in common.
func common(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// Find makes g the gist of text, which it borrows, if it is in t, and returns which it is, by
// what Add returned: its text is then the one that was added. Else Find returns -1, and g is to
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
