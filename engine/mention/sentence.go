package mention

// maxWords is how many words before the evidence are read.
const maxWords = 12

// sentence follows the words further back, as far as the message goes: how to,
// it should, rules loaded. w is the first of them.
func (p *place) sentence(w word) Kind {
	compares := w.is(comparison)
	var setUp, named, colon bool
	for range maxWords {
		if w.isEmpty() {
			i := w.end - 1
			if kind := p.labelled(w.end); kind != None {
				return kind
			}
			if p.isPattern(i) {
				return Condition
			}
			c := p.byteAt(i)
			if !within(c) {
				break
			}
			if c == ':' { // Resource handler returned message: "The role defined …"
				setUp, named = false, false
			}
			colon = true
			w = p.wordBefore(i)
			continue
		}
		if w.is(failing) || saysFailure(w.text()) {
			return None
		}
		if p.isConfigured(w) {
			named = true
		} else if kind := saidBy(w, colon, compares); kind != None {
			return kind
		}
		setUp = setUp || w.is(settingUp) || w.equals("loading") && p.isQuoted()
		if setUp && named {
			return Topic
		}
		w = p.previous(w)
	}
	return None
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

// saidBy tells what w, somewhere before the evidence, makes of it; colon: there is a
// sign between them; compares: the word right before the evidence compares.
func saidBy(w word, colon, compares bool) Kind {
	switch string(w.text()) {
	case "should", "shall":
		return Test.when(!colon)
	case "how", "why", "what":
		return Document.when(!colon)
	case "if", "when", "unless", "where":
		return Condition.when(compares)
	}
	switch {
	case w.is(talking):
		return Document
	case w.is(staged):
		return Test
	}
	return Condition.when(!colon && w.is(search))
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
	case w.equals("suite"): // running suite: …
		return Test
	}
	if !before.isEmpty() && !isHex(p.line[before.start:before.end]) && !hasFold(p.line[w.start:], "ignore") {
		return None // failed to fetch docs: …
	}
	switch string(w.text()) {
	case "ignores", "ignored", "retryable", "ignore":
		return Condition
	case "scenario", "feature":
		return Test
	case "docs", "doc", "fix", "feat", "chore", "refactor", "changelog", "eg", "todo", "howto", "runbook", "tip", "hint", "faq", "comment":
		return Document
	}
	return None
}
