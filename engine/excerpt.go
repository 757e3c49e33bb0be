package engine

import "bytes"

// Of one value, at most excerptMax bytes around a candidate are looked at, of which
// excerptBefore stand before it: what is farther from a failure does not explain it.
const (
	excerptMax    = 32 << 10
	excerptBefore = 8 << 10
)

// excerpt returns value or, if it is long, the part of it around the first candidate.
// At a cut it gives up what may be left of a secret: see cutMargin.
func (fr *fieldReader) excerpt(value []byte) []byte {
	if len(value) <= excerptMax {
		return value
	}
	start := max(0, fr.finder.Find(value, 0)-excerptBefore)
	end := min(len(value), start+excerptMax)
	part := value[start:end]
	if end < len(value) {
		part = wholeWords(part)
	}
	if start > 0 {
		part = part[cutMargin:]
		// No farther than half of the way to the candidate.
		if i := bytes.IndexAny(part[:excerptBefore/2], wordEnds); i >= 0 {
			part = part[i:]
		}
	}
	return part
}
