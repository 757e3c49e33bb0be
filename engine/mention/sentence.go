package mention

// maxWords is how many words before the evidence are read.
const maxWords = 12

// sentence follows the words further back, as far as the message goes: how to,
// it should, rules loaded. w is the first of them.
func (p *place) sentence(w word) Kind {
	s := sentence{compares: w.is(comparison)}
	for range maxWords {
		var kind Kind
		goesOn := true
		if w.isEmpty() {
			kind, goesOn = p.acrossSign(&s, w.end-1)
			w = p.wordBefore(w.end - 1)
		} else {
			kind, goesOn = p.acrossWord(&s, w)
			w = p.previous(w)
		}
		if kind != None || !goesOn {
			return kind
		}
	}
	return None
}

// A sentence is what was met on the way back from the evidence.
type sentence struct {
	compares bool // the word right before the evidence compares
	signed   bool // there was a sign
	setUp    bool // something was put in place
	named    bool // something that is made for failures
}

// acrossSign tells what the sign at i, or what it ends, makes of the evidence, and whether
// the sentence goes on before it.
func (p *place) acrossSign(s *sentence, i int) (kind Kind, goesOn bool) {
	if kind := p.labelled(i + 1); kind != None {
		return kind, false
	}
	if p.isPattern(i) {
		return Condition, false
	}
	c := p.byteAt(i)
	if c == ':' { // Resource handler returned message: "The role defined …"
		s.setUp, s.named = false, false
	}
	s.signed = true
	return None, within(c)
}

// acrossWord is acrossSign for the word w. What it says is of the evidence only as long as
// nothing before it says that something failed.
func (p *place) acrossWord(s *sentence, w word) (kind Kind, goesOn bool) {
	if w.is(failing) || saysFailure(w.text()) {
		return None, false
	}
	if p.isConfigured(w) {
		s.named = true
	} else if kind := s.saidBy(w); kind != None {
		return kind, false
	} else if !s.signed && p.looksFor(w) {
		return Condition, false
	}
	s.setUp = s.setUp || w.is(settingUp) || w.equals("loading") && p.isQuoted()
	return Topic.when(s.setUp && s.named), true
}

// within tells whether a sentence goes on across c.
func within(c byte) bool {
	switch c {
	case '.', ':', '=', '[', ']', '(', '#', '/', '-', '$':
		return true
	}
	return false
}

// isPattern tells whether a question mark at i begins a term of a filter pattern of
// CloudWatch Logs: ?AccessDenied ?Forbidden.
func (p *place) isPattern(i int) bool {
	return p.byteAt(i) == '?' && (i == 0 || spaceByte(p.line[i-1]) || quoteByte(p.line[i-1]))
}

// isConfigured tells whether w is something that is set up with failures in mind.
func (p *place) isConfigured(w word) bool {
	switch string(w.text()) {
	case "ticket", "bundle", "messages":
		return true
	}
	return w.is(thing) && !p.inHost(w)
}

// saidBy tells what w, somewhere before the evidence, makes of it.
func (s *sentence) saidBy(w word) Kind {
	switch string(w.text()) {
	case "should", "shall":
		return Test.when(!s.signed)
	case "how", "why", "what":
		return Document.when(!s.signed)
	case "if", "when", "unless", "where":
		return Condition.when(s.compares)
	}
	switch {
	case w.is(talking):
		return Document
	case w.is(staged):
		return Test
	}
	return None
}

// looksFor tells whether w says that something is looked for. Many a program is called
// search: search worker could not log in.
func (p *place) looksFor(w word) bool {
	return w.is(search) && (!w.equals("search") || p.next(w).isOneOf("for", "in", "the", "all", "logs", "your"))
}

// inHost tells whether w is part of a host's name: api.example.com.
func (p *place) inHost(w word) bool {
	return identByte(p.byteAt(w.start-2)) && p.byteAt(w.start-1) == '.' || p.byteAt(w.end) == '.' && identByte(p.byteAt(w.end+1))
}

// endsHost tells whether w is the end of a host's name that is made for examples and tests:
// https://api.orders.example.
func (p *place) endsHost(w word) bool {
	return w.isOneOf("example", "test", "invalid") && identByte(p.byteAt(w.start-2)) && p.byteAt(w.start-1) == '.'
}

// labelled tells what the label that ends at i, with a colon, makes of the rest, if
// it is that of documentation: docs: …, fix(auth): ….
func (p *place) labelled(i int) Kind {
	if p.byteAt(i-1) != ':' {
		return None
	}
	i--
	if p.byteAt(i-1) == ')' {
		for i > 0 && p.line[i] != '(' {
			i--
		}
	}
	w := p.wordBefore(i)
	before := p.previous(w)
	switch {
	case w.equals("translation"), before.equals("translation"): // missing translation: …, translation de: …
		return Document
	case w.equals("error") && before.isOneOf("previous", "earlier") && p.wentWell(before.start): // retry successful, previous error: …
		return Renewed
	case w.equals("suite"): // running suite: …
		return Test
	}
	if !before.isEmpty() && !isHex(p.line[before.start:before.end]) && !hasFold(p.line[w.start:], "ignore") {
		return None // failed to fetch docs: …
	}
	switch string(w.text()) {
	case "ignores", "ignored", "retryable", "ignore":
		return Condition
	case "resolved": // :white_check_mark: resolved: …
		return Topic.when(lower(p.line[w.start]) && p.byteAt(w.start-2) == ':')
	case "scenario", "feature":
		return Test
	case "docs", "doc", "fix", "feat", "chore", "refactor", "changelog", "eg", "todo", "howto", "runbook", "tip", "hint", "faq", "comment":
		return Document
	}
	return None
}

// wentWell tells whether what stands before i says that it was well in the end.
func (p *place) wentWell(i int) bool {
	before := p.line[:i]
	return containsAny(before, "succe", "ecovered") && !containsAny(before, " not ", "unsucc", "ail")
}
