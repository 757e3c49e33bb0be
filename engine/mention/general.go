package mention

// general tells what a sentence makes of the evidence that says what happens in
// general: the service returns X when …, a request may fail with X, callers will
// see X. w is the word before the evidence.
func (p *place) general(w word) Kind {
	switch string(w.text()) {
	case "with", "by", "as": // are answered with, may fail with
		w = p.wordBefore(w.start)
		switch string(w.text()) {
		case "connections", "requests", "clients", "logins", "calls", "it", "them": // will reject connections with
			w = p.wordBefore(w.start)
		}
	}
	if w.n == 0 {
		return None
	}
	before := p.wordBefore(w.start)
	switch {
	case string(w.text()) == "be" && string(before.text()) == "would": // a preview: would be denied
		return Condition
	case string(w.text()) == "be" && !p.isTerm() && !digit(p.byteAt(p.start)):
		return None // may be not authorized
	case w.is(occurs):
		for range 3 {
			if before.is(modal) {
				return Document
			}
			before = p.wordBefore(before.start)
		}
	case string(before.text()) == "are" && w.is(answered):
		return Document
	case w.is(occursAlways):
		if p.conditionFollows() || p.begins(w) || p.conditionOpens() {
			return Document
		}
	}
	return None
}

// conditionFollows tells whether what follows says in which case: X if the caller ….
func (p *place) conditionFollows() bool {
	i := p.afterQuotes(p.right)
	w := p.wordAfter(i)
	if w.is(failureNoun) {
		w = p.wordAfter(w.end)
	}
	switch string(w.text()) {
	case "if", "unless", "whenever":
		return p.byteAt(w.end) == ' '
	case "when":
		next := p.wordAfter(w.end)
		switch string(next.text()) {
		case "the", "a", "an", "no", "it", "your", "you":
			return true
		}
	case "in":
		next := p.wordAfter(w.end)
		return string(next.text()) == "case"
	case "for", "to": // 403 Forbidden for anonymous users
		switch next := p.wordAfter(w.end); string(next.text()) {
		case "anonymous", "unauthenticated", "guests", "anyone", "everyone", "non":
			return true
		}
	}
	return false
}

// begins tells whether w is the first word of the message.
func (p *place) begins(w word) bool {
	start, _ := p.message()
	return p.afterSpaces(start) == w.start && p.whole && upper(p.line[w.start]) &&
		w.buf[w.n-1] != 'd' // Returned is how a report begins too
}

// conditionOpens tells whether the sentence begins with a condition: If the
// caller lacks …, the service returns X.
func (p *place) conditionOpens() bool {
	start, _ := p.message()
	head := p.line[min(p.afterSpaces(start), p.start):p.start]
	for _, w := range [...]string{"if ", "when ", "whenever ", "unless ", "should "} {
		if hasFold(head, w) {
			return !stops(head)
		}
	}
	return false
}
