package engine

import (
	"bytes"

	"github.com/authlens/authlens/engine/record"
	"github.com/authlens/authlens/engine/text"
)

// flatten writes a record of several values as one JSON-like text, so that a
// record parsed by Fluent Bit reads like the line it was: {"key":"value",…}.
// Values are normalised, not escaped. What does not fit into dst is left out; if
// anything is, values with a candidate come first.
func (fr *fieldReader) flatten(m []byte, walk *record.Fields, dst, norm []byte) []byte {
	if all, whole := fr.members(m, walk, append(dst[:0], '{'), norm, everyValue); whole {
		return append(all, '}')
	}
	dst, _ = fr.members(m, walk, append(dst[:0], '{'), norm, candidates)
	dst, _ = fr.members(m, walk, dst, norm, otherValues)
	return append(dst, '}')
}

// which is a choice among the values of a record.
type which int

const (
	everyValue which = iota
	candidates       // texts that hold a candidate
	otherValues
)

// members appends the wanted values of a record to dst, as far as its capacity goes, and
// reports whether it held all of them.
func (fr *fieldReader) members(m []byte, walk *record.Fields, dst, norm []byte, wanted which) (_ []byte, whole bool) {
	whole = true
	walk.Reset(m)
	var v record.Field
	var ignored fields
	for walk.Next(&v) {
		topLevel := len(v.Top) == len(v.Key) && bytes.Equal(v.Top, v.Key)
		if topLevel && fr.readOrigin(&v, &ignored) || !fr.searched(v.Top) {
			continue
		}
		if wanted != everyValue && (wanted == candidates) != fr.holdsCandidate(&v) {
			continue
		}
		value := v.Value
		if v.Text() {
			value = text.Normalise(norm, fr.excerpt(value))
		}
		if len(dst)+len(v.Key)+len(value)+32 > cap(dst) {
			whole = false
			continue
		}
		if len(dst) > 1 {
			dst = append(dst, ',')
		}
		dst = append(dst, '"')
		dst = append(dst, v.Key...)
		dst = append(dst, '"', ':')
		if !v.Text() {
			dst = v.Append(dst)
			continue
		}
		dst = append(dst, '"')
		dst = append(dst, value...)
		dst = append(dst, '"')
	}
	return dst, whole
}
