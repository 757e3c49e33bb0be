package gist

// maxLeft is how many places an outline has room for.
const maxLeft = 16

// An outline says where something is left out of a text, and what.
type outline struct {
	left  [maxLeft]left
	nLeft int
	// loose is set if a text with the same outline, and the same bytes in between, may have another
	// gist.
	loose bool
}

// left is a place of a gist where something is left out.
type left struct {
	at   int16 // offset in the gist of its first blank
	n    int16 // how many blanks
	form form
}

func (o *outline) reset() { o.nLeft, o.loose = 0, false }

// add notes that n blanks, from offset at of the gist on, stand for bytes of a form.
func (o *outline) add(at, n int, f form) {
	if o.nLeft == maxLeft {
		o.loose = true
		return
	}
	o.left[o.nLeft] = left{int16(at), int16(n), f}
	o.nLeft++
}
