package match

// Suspects tells whether one of the literals ids, whose anchors stand at at in text, may
// be evidence. If none of the literals of a text is a suspect, Judge finds nothing in its
// gist.
//
// It checks only what holds for a text if it holds for its gist: whether the literal and
// the phrases that a signature asks for are there. A gist leaves bytes out, but all it puts
// in is nines in place of whole numbers, and no phrase has such a number, unless the gist
// is the text itself: see guardDetails.
func (m *Matcher) Suspects(text []byte, at int, ids []int32) bool {
	for _, id := range ids {
		start := at - m.finder.Anchor(int(id))
		for _, n := range m.needing(id) {
			s := &m.signatures[n.signature]
			if _, ok := s.here(text, start, int(n.start)); ok && s.mayHold(text) {
				return true
			}
		}
	}
	return false
}

// mayHold tells whether the rest of what the signature asks for can hold. An expression always
// can.
func (s *signature) mayHold(text []byte) bool {
	return s.expr != nil || s.conditions == nil || s.conditions.lacking(text) == holds
}
