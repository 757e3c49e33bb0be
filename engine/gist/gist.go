package gist

// Bounds of a Gist.
const (
	// MaxText is the longest text that anything is left out of, in bytes. A
	// longer one is its own gist.
	MaxText = 1 << 10
	// maxCuts is how often a text is shortened; what comes after is left whole.
	maxCuts = 16
)

// A blank stands for what is left out. It is a digit, since that is mostly numbers,
// and not 0, since a count of 0 says that nothing failed.
const (
	blank  = '9'
	blanks = "9999999999999999999999999999999999999999999999999999999999999999"
)

// A Gist is a text without what is left out, and the way back from its offsets to the
// text's. The zero value is ready; it is a kilobyte and meant to be used again.
type Gist struct {
	raw   []byte
	cuts  [maxCuts]cut
	nCuts int
	short bool // something is left out: buf[:n] is the gist
	n     int
	buf   [MaxText]byte
}

// A cut is where one blank stands for several bytes of the text.
type cut struct {
	after int // offset in the gist behind the blank
	shift int // what to add to an offset from there on, for that in the text
}

// Whole makes text, which g borrows, its own gist.
func (g *Gist) Whole(text []byte) { g.raw, g.nCuts, g.short, g.n = text, 0, false, 0 }

// Text returns the gist: the text itself where nothing is left out of it, else
// borrowed from g.
func (g *Gist) Text() []byte {
	if g.short {
		return g.buf[:g.n]
	}
	return g.raw
}

// Short tells whether something is left out.
func (g *Gist) Short() bool { return g.short }

// Raw returns the offset in the text of offset i of its gist. It is never within what
// one blank stands for: in front of the blank it is where that begins, behind the blank
// where it ends.
func (g *Gist) Raw(i int) int {
	for k := g.nCuts - 1; k >= 0; k-- {
		if i >= g.cuts[k].after {
			return i + g.cuts[k].shift
		}
	}
	return i
}

// A writer makes the gist of raw, from its start to its end.
type writer struct {
	*Gist
	copied int // raw[:copied] is in the gist, or left out of it; no word begins before
	seen   int // where in raw the base64 ends that was looked at last
}

// blank puts a blank in the place of each byte of text[from:to].
func (w *writer) blank(from, to int) {
	for ; to-from > len(blanks); from += len(blanks) {
		w.put(from, blanks)
	}
	w.put(from, blanks[:to-from])
}

// put puts a form with blanks in the place of what is as long at text[at:].
func (w *writer) put(at int, form string) {
	w.copyTo(at)
	w.n += copy(w.buf[w.n:], form)
	w.copied = at + len(form)
}

// cut puts one blank in the place of text[from:to], which is not empty.
func (w *writer) cut(from, to int) {
	if w.nCuts == maxCuts {
		return
	}
	w.copyTo(from)
	w.buf[w.n] = blank
	w.n++
	w.copied = to
	if to-from > 1 {
		w.cuts[w.nCuts] = cut{after: w.n, shift: to - w.n}
		w.nCuts++
	}
}

// copyTo copies what is not in the gist yet of text[:at].
func (w *writer) copyTo(at int) {
	w.n += copy(w.buf[w.n:], w.raw[w.copied:at])
}

// end copies the rest, if anything was left out.
func (w *writer) end() {
	if w.short = w.copied > 0; w.short {
		w.copyTo(len(w.raw))
	}
}
