package redact

import "strings"

// A remover replaces parts of a text, from its start to its end.
type remover struct {
	text string
	out  strings.Builder
	done int // up to where text is in out
}

// remove replaces text[from:to], which is not before what was removed last.
func (r *remover) remove(from, to int) {
	r.out.WriteString(r.text[r.done:from])
	r.out.WriteString(mark)
	r.done = to
}

// result returns the text with its replacements.
func (r *remover) result() string {
	if r.done == 0 {
		return r.text
	}
	r.out.WriteString(r.text[r.done:])
	return r.out.String()
}
