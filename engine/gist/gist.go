package gist

// Bounds of a Gist.
const (
	// MaxText is the longest text that anything is left out of, in bytes. A
	// longer one is its own gist.
	MaxText = 1 << 10
	// maxCuts is how often a text is shortened; what comes after is left whole.
	maxCuts = 16
)

// A blank stands for what is left out. It is a digit, since mostly numbers are left
// out, and not 0, since a count of 0 says that nothing failed.
const (
	blank  = '9'
	blanks = "9999999999999999999999999999999999999999999999999999999999999999"
)

// A Gist is a text without what is left out, and the way back from its offsets to the
// text's. The zero value is ready to use. A Gist is a kilobyte and meant to be reused.
type Gist struct {
	raw     []byte
	said    []byte // the gist: raw, or in buf, or in a Tree
	short   bool   // something is left out
	cuts    [maxCuts]cut
	nCuts   int
	outline // after Read
	buf     [MaxText]byte
}

// A cut is where one blank stands for several bytes of the text.
type cut struct {
	after int // offset in the gist behind the blank
	shift int // turns an offset from there on into one in the text
}

// Whole makes text, which g borrows, its own gist.
func (g *Gist) Whole(text []byte) {
	g.raw, g.said, g.short, g.nCuts = text, text, false, 0
	g.outline.reset()
}

// Text returns the gist: the text itself where nothing is left out of it, else
// borrowed from g or, after Tree.Find, from the tree.
func (g *Gist) Text() []byte { return g.said }

// Short tells whether something is left out.
func (g *Gist) Short() bool { return g.short }

// Raw returns the offset in the text of offset i of its gist. It is never inside what
// one blank stands for: before the blank it is where that begins, behind the blank
// where it ends.
func (g *Gist) Raw(i int) int {
	for k := g.nCuts - 1; k >= 0; k-- {
		if i >= g.cuts[k].after {
			return i + g.cuts[k].shift
		}
	}
	return i
}

// shift notes that the text goes on at to where the gist goes on at after. It is called
// where the distance between them changes.
func (g *Gist) shift(after, to int) {
	g.cuts[g.nCuts] = cut{after: after, shift: to - after}
	g.nCuts++
}
