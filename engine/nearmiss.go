package engine

// maxSuspects is how many places of a record isNearMiss looks at: the same literal may
// stand in it a thousand times.
const maxSuspects = 8

// isNearMiss tells whether the literals of the record at hand, whose text is t, are no
// evidence, as far as that can be told without a gist: parts of longer words, or without
// what must stand elsewhere in the text. The sweep goes on behind what was looked at.
//
// Fast path: a third of what looks like a failure and is none is told so. In a storm,
// where the memory knows the gists, it would be in vain.
func (sc *scan) isNearMiss(t []byte) bool {
	if sc.hit.to == 0 || sc.memory.pays() || !sc.isValue(t) {
		return false
	}
	start := sc.record.End - len(sc.record.Map) + sc.fields.start - sc.shift()
	at := start + sc.fields.first
	for range maxSuspects {
		if sc.matcher.Suspects(t, at-start, sc.search.At(at, sc.ids[:0])) {
			return false
		}
		if at = sc.search.FindWithin(at+1, start+len(t)); at < 0 {
			return true
		}
	}
	return false
}
