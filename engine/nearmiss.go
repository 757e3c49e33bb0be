package engine

// maxSuspects is how many places of a record isNearMiss looks at: the same literal may be
// in it a thousand times.
const maxSuspects = 8

// isNearMiss reports whether no literal in the current record, whose text is t, can be
// evidence: each is part of a longer word, or lacks what its signatures ask for elsewhere
// in the text. false only means that it takes a gist to tell. Afterwards the search is
// behind the literals that were looked at.
//
// Fast path: it settles a third of the records that look like a failure and are none. While
// the memory knows the gists, as in a storm, it would gain nothing.
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
