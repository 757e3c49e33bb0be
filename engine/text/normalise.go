package text

import "bytes"

// maxLayers is how many times JSON may stand inside JSON. A logger, the
// program's own JSON body and one framework between them make three.
const maxLayers = 3

// Normalise returns the readable form of a record's text: escapes of up to
// maxLayers nested JSON strings resolved, terminal control sequences removed.
//
// It returns src itself when there is nothing to do, and otherwise writes to
// dst[:0], which must not overlap src. The result is never longer than src, so
// that a dst with the capacity of src makes the call free of allocations.
func Normalise(dst, src []byte) []byte {
	escaped := bytes.IndexByte(src, '\\') >= 0
	if !escaped && !hasControl(src) {
		return src
	}
	if cap(dst) < len(src) {
		dst = make([]byte, 0, len(src))
	}
	out := src
	for layer := 0; escaped && layer < maxLayers; layer++ {
		style := styleOf(out)
		if style == plain {
			break
		}
		// From the second layer on, out is in dst: no escape is shorter than
		// what it stands for, so writing never overtakes reading.
		next := unescape(dst[:0], out, style)
		if len(next) == len(out) {
			break
		}
		out = next
	}
	if hasControl(out) {
		out = stripControl(dst[:0], out)
	}
	if len(out) == len(src) {
		return src
	}
	return out
}
