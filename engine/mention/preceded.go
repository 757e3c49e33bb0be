package mention

import "bytes"

// preceded tells what the words before the evidence make of it, and how the message
// begins.
func (p *place) preceded() Kind {
	near := p.nearest()
	if w := p.wordBefore(p.start); w.isOneOf("previous", "earlier") && hasFold(p.line[p.start:], "error: ") && p.wentWell(w.start) {
		return Renewed // retry successful, previous error: 401
	}
	if kind := p.precededBy(near); kind != None {
		return kind
	}
	if kind := p.general(near); kind != None {
		return kind
	}
	start, key := p.message()
	if kind := p.quotedIn(key); kind != None {
		return kind
	}
	if kind := p.opening(start); kind != None {
		return kind
	}
	if kind := p.sentence(near); kind != None {
		return kind
	}
	return Condition.when(p.inCase(near))
}

// nearest returns the word before the evidence and what only describes it: no of "no
// further AccessDenied".
func (p *place) nearest() word {
	near := p.wordBefore(p.qualified())
	for range 2 {
		if !near.is(filler) {
			break
		}
		near = p.previous(near)
	}
	if p.isNamed(near) || p.endsHost(near) || p.endsAction(near) {
		near.says = 0 // Fix is a verb, and "fix" a user, a table or a topic
	}
	return near
}

// precededBy is preceded for the word right before the evidence.
func (p *place) precededBy(near word) Kind {
	switch {
	case near.is(negation) && !p.isReply(near), near.equals("0") && p.isNone(near):
		return Negated
	case near.is(hypothesis), near.isNumber() && p.isBound(near):
		return Condition
	case near.is(change):
		return Document
	case near.is(thing|search) && p.isTerm(), near.equals("alert") && p.isQuoted(), p.isSearchedBy(near),
		near.is(linking) && p.links(near), p.isOther(near):
		return Topic
	}
	switch string(near.text()) {
	case "with":
		if p.isRightly(p.previous(near)) {
			return Test
		}
		return Count.when(p.isShareOfNone(near))
	case "answered", "rejected", "refused", "denied": // correctly answered 401
		return Test.when(p.isRightly(near))
	case "correctly", "properly", "rightly", "rightfully":
		w := p.wordAfter(p.start)
		return Test.when(w.is(answered))
	case "between": // the difference between X and Y
		return Document
	case "am":
		return Document.when(p.previous(near).equals("i"))
	case "throws": // of Javadoc
		return Document.when(p.byteAt(near.start-1) == '@')
	case "type", "types": // ignoring exceptions of type X
		return Condition.when(p.isKindOf(near))
	case "about": // more about access denied errors
		return Document.when(p.previous(near).isOneOf("more", "information", "details", "help", "documents", "documentation", "articles", "pages"))
	case "key": // missing key errors.token_expired
		return Topic.when(p.qualified() < p.left && p.previous(near).isOneOf("missing", "translation", "unknown"))
	case "variable", "identifier", "symbol", "import", "parameter", "function": // unused variable accessDenied
		return Code.when(p.previous(near).isOneOf("unused", "undefined", "undeclared", "unresolved", "unknown"))
	case "my": // what a person writes
		return Document
	case "i":
		return Document.when(p.byteAt(p.start-1) == ' ' && !upper(p.byteAt(p.start)))
	case "after":
		return Renewed.when(p.overcome(near))
	case "of", "than":
		switch before := p.previous(near); string(before.text()) {
		case "instead", "rather":
			return Condition
		case "number":
			return Count.when(p.isTotal(before))
		}
	case "or", "and":
		if p.isAlternative(near) {
			return Topic
		}
		if bytes.Contains(p.line[:near.start], []byte("ifference between ")) {
			return Document
		}
		return Condition.when(p.isSupposed(near))
	case "max", "maximum":
		return Condition.when(p.isLimit())
	case "allowed": // the number of allowed failed logins
		return Condition.when(hasFold(p.line[p.start:], "failed "))
	case "from":
		return Document.when(p.isGuarded(near))
	}
	return None
}

// isRightly tells whether verb says that a failure was wanted: correctly rejected.
func (p *place) isRightly(verb word) bool {
	return verb.is(answered) && p.previous(verb).isOneOf("correctly", "properly", "rightly", "rightfully")
}

// isKindOf tells whether kind, before the evidence, ends what says that such failures are
// seen to: ignoring exceptions of type.
func (p *place) isKindOf(kind word) bool {
	of := p.previous(kind)
	noun := p.previous(of)
	return of.equals("of") && noun.is(failureNoun) && p.previous(noun).is(hypothesis)
}

// inCase tells whether the evidence is what the subject before it, of which near is the last
// word, does in a case that is only talked about: if the password ‹is wrong›.
func (p *place) inCase(near word) bool {
	for range 2 {
		near = p.previous(near)
		if near.isOneOf("the", "a", "an", "your", "his", "their") {
			return p.previous(near).isOneOf("if", "when", "whenever", "unless")
		}
	}
	return false
}

// isGuarded tells whether the evidence, behind from, is what something is protected from:
// policies that protect the system from unauthorized access.
func (p *place) isGuarded(from word) bool {
	w := p.previous(from)
	for range 5 {
		if w.isOneOf("protect", "protects", "protecting", "protected", "safeguard", "safeguards", "secure", "secures", "guard", "guards", "shields") {
			return true
		}
		w = p.previous(w)
	}
	return false
}

// isNone tells whether zero, right before the evidence, counts it: 0 failed logins.
func (p *place) isNone(zero word) bool {
	return p.stands(zero) && (p.plural() || p.countedAs(p.wordAfter(p.right)) || p.byteAt(zero.start-2) == ',' || p.byteAt(p.right) == ',')
}

// countedAs tells whether next, right behind the evidence, is the plural of a noun that it
// describes: failed authentication checks.
func (p *place) countedAs(next word) bool {
	const least = len("tries") // shorter words are "was", "this", "has"
	return next.end-next.start >= least && p.line[next.end-1] == 's'
}

// isShareOfNone tells whether none of a number failed with the evidence, which stands behind
// with: 0 of 120 requests were refused with AccessDenied.
func (p *place) isShareOfNone(with word) bool {
	failed := p.previous(with)
	if !failed.isOneOf("failed", "refused", "denied", "rejected") {
		return false
	}
	start := p.before(failed.start, func(c byte) bool { return letter(c) || digit(c) || c == ' ' })
	share := bytes.TrimLeft(p.line[start:failed.start], " ")
	return hasFold(share, "0 of ") || hasFold(share, "none of ")
}

// isAlternative tells whether the evidence is the last of several that a thing is for,
// joined by or: errors such as InvalidToken or AccessDenied.
func (p *place) isAlternative(or word) bool {
	other := p.previous(or)
	such := p.previous(other)
	return such.isOneOf("as", "on") && saysFailure(p.line[other.start:other.end]) && p.links(such)
}

// isSupposed tells whether the evidence, behind or, is the other of two that something is
// told to happen for: exits 4 if access is denied or the token expired. What could not be
// found out, if a bucket exists or access is denied, is no such thing.
func (p *place) isSupposed(or word) bool {
	start := p.before(or.start, func(c byte) bool { return letter(c) || digit(c) || c == ' ' })
	i := bytes.LastIndex(p.line[start:or.start], []byte(" if "))
	return or.equals("or") && i >= 0 && !p.wordBefore(start+i).isOneOf("check", "checks", "checking", "tell", "see", "determine", "verify", "know")
}

// isNamed tells whether w is in quotes of its own, so a name, whatever it means
// otherwise: user `documents` was denied access.
func (p *place) isNamed(w word) bool {
	c := p.byteAt(w.end)
	return w.n > 0 && quoteByte(c) && p.byteAt(w.start-1) == c
}

// endsAction tells whether w is the operation in the name of an action: dynamodb:Query.
func (p *place) endsAction(w word) bool {
	return w.n > 0 && p.byteAt(w.start-1) == ':' && letter(p.byteAt(w.start-2)) && upper(p.byteAt(w.start))
}

// isTotal tells whether number, before "of" and the evidence, begins the
// description of a count: The number of authentication failures. What the count does
// is a report: the number of failed logins exceeded the limit.
func (p *place) isTotal(number word) bool {
	if !p.previous(number).isOneOf("the", "total", "") {
		return false // a large number of
	}
	w := p.wordAfter(p.right)
	for range 3 {
		if !w.is(failureNoun) {
			break
		}
		w = p.next(w)
	}
	return w.isOneOf("", "in", "per", "since", "by", "during")
}

// isSearchedBy tells whether the evidence is what a command looks for, of which w is
// the last option: grep -i --word-regexp "…".
func (p *place) isSearchedBy(w word) bool {
	if bare := p.isTerm() && p.byteAt(w.start-1) == '-'; !p.isQuoted() && !bare { // grep -c AccessDenied
		open := p.opensString()
		if open < 1 || bytes.IndexByte(p.line[p.right:], p.line[open]) < 0 {
			return false
		}
		w = p.wordBefore(open) // grep -E "x|AccessDenied"
	}
	for w.n > 0 && p.byteAt(w.start-1) == '-' {
		w = p.wordBefore(p.before(w.start, func(c byte) bool { return c == '-' }))
	}
	return w.is(search)
}

// isOther tells whether w, right before the evidence, makes it a permission that a person
// gives to a page or an app (location permission denied, camera access denied), or another authorization
// or authentication than of a login: payment authorization failed, spf authentication
// failed, card not authorized. A program may be called so: payment: authorization failed.
func (p *place) isOther(w word) bool {
	if hasFold(p.line[p.start:], "access denied") && (w.isOneOf("camera", "mic", "microphone", "clipboard", "gps", "location", "geolocation") ||
		w.equals("system") && p.previous(w).equals("file")) && p.byteAt(w.end) == ' ' {
		return true
	}
	if hasFold(p.line[p.start:], "permission") && (w.isOneOf("location", "camera", "microphone", "notification", "geolocation", "bluetooth", "tracking") &&
		p.byteAt(w.end) == ' ' || bytes.HasSuffix(p.line[:p.start], []byte("NotAllowedError: "))) {
		return true
	}
	if hasAnyFold(p.line[p.start:], "authoriz", "authoris") && p.byteAt(p.start-1) == '-' && p.wordBefore(p.start-1).equals("pre") {
		return true // of a treatment or a payment: pre-authorization denied
	}
	if !w.is(authorized|verified) || w.end != p.start-1 || p.line[w.end] != ' ' {
		return false
	}
	switch s := p.line[p.start:]; {
	case hasFold(s, "authori"), hasFold(s, "not authori"):
		return w.is(authorized)
	case hasFold(s, "authenti"):
		return w.is(verified)
	default:
		return hasFold(s, "auth")
	}
}

// isReply tells whether w is an IMAP server's reply to a command, behind the
// command's tag: 2 NO LOGIN failed.
func (p *place) isReply(w word) bool {
	i := p.beforeSpaces(w.start)
	return string(p.line[w.start:w.end]) == "NO" && i < w.start && digit(p.byteAt(i-1))
}

// links tells whether w, which links, makes the evidence what something is for:
// mapper for ExpiredToken, errors like AccessDenied.
func (p *place) links(w word) bool {
	before := p.previous(w)
	for range 2 {
		if !before.is(filler) || before.equals("such") || w.equals("like") {
			break
		}
		before = p.previous(before)
	}
	switch string(w.text()) {
	case "like":
		return before.is(failureNoun)
	case "as":
		return before.equals("such")
	case "from":
		return before.isOneOf("recovered", "recovers")
	}
	switch string(before.text()) {
	case "text", "wording", "budget", "support", "translation", "types", "classes", "bindings", "constants":
		return w.equals("for")
	case "link", "runbook": // a link for "…"
		return w.equals("for") && p.isQuoted()
	case "limit": // rate limit for failed logins set to 10/min
		return w.equals("for") && !p.isPassed()
	case "subscribe", "subscribed", "subscribing", "listen", "listens", "listening": // to an event: user.login_failed
		if w.equals("to") {
			return true
		}
	case "watch", "watches", "watching": // watches for failed logins
		return w.equals("for")
	case "registered":
		return true
	case "up": // retry on throttling, give up on …
		return w.equals("on") && p.previous(before).isOneOf("give", "gives")
	}
	return before.is(thing) || w.equals("on") && before.is(verbOn)
}

// stands tells whether w stands alone, not behind a sign: after a space, or where
// the message begins.
func (p *place) stands(w word) bool {
	return w.start == 0 || spaceByte(p.line[w.start-1]) || p.line[w.start-1] == '"' && spaceByte(p.byteAt(w.end))
}
