package mention

// followed tells what the words after the evidence make of it: an AccessDenied
// handler, a 403 Forbidden page, AccessDenied means.
func (p *place) followed() Kind {
	w := p.wordAfter(p.right)
	if hasAnyFold(p.line[p.right:], " — returned when ", " - returned when ", " – returned when ") {
		return Document
	}
	if p.isAnnounced(w) || hasAnyFold(p.line[p.right:], " (skipped)", " (ignored)") { // provider env: not configured (skipped)
		return Topic
	}
	if p.byteAt(p.right) == ' ' && p.byteAt(p.right+1) == '>' && p.isNumberAt(p.right+2) { // login failed > 20/min
		return Condition
	}
	if w.is(failureNoun) && p.byteAt(w.end) == ' ' {
		if p.isThreshold(w.end + 1) {
			return Condition
		}
		w = p.next(w)
	}
	if kind := p.followedBy(w); kind != None {
		return kind
	}
	switch {
	case w.equals("passed") && p.byteAt(p.beforeSpaces(w.start)-1) == ':': // responds with unauthorized: passed
		return Test
	case w.is(thing) && !p.labels(w.end) && !p.isRefusedOn(), p.isClosed():
		return Topic
	case p.isFormat():
		return Code
	case w.equals("expected") && p.next(w).isOneOf("from", "for", "here", "in", "until", "when", "since"):
		return Document
	}
	return Test.when(p.expected())
}

// followedBy is followed for words that tell alone or with those behind them; w is the first.
func (p *place) followedBy(w word) Kind {
	switch string(w.text()) {
	case "means", "mean", "usually", "typically", "often",
		"possible", "vulnerability", "vulnerabilities": // advisory: unauthorized access possible in versions < 2
		return Document
	case "from": // an AccessDenied from S3 can mean
		return Document.when(p.next(p.next(w)).isOneOf("can", "may", "could", "might", "means", "usually", "often") &&
			p.wordBefore(p.left).isOneOf("an", "a", "the", "that"))
	case "documented":
		return Document.when(p.byteAt(p.right) == ' ')
	case "to": // required for `AccessDenied` to implement `Error`
		return Code.when(p.byteAt(p.right) == '`' && p.next(w).equals("implement"))
	case "back": // auth errors back to normal
		return Topic.when(p.goesOn(w, "to", "normal"))
	case "successfully": // credentials revoked successfully
		return Topic.when(p.byteAt(p.right) == ' ')
	case "in": // AccessDeniedException in com.example has been deprecated
		return Document.when(hasFold(p.line[p.after(p.afterSpaces(w.end), elementByte):], " has been deprecated"))
	case "retry": // auth failure retry mode
		return Topic.when(p.next(w).isOneOf("mode", "policy", "interval", "delay"))
	case "type", "length", "format": // invalid username type
		evidence := p.line[p.start:p.end]
		return Topic.when(endsFold(evidence, "username") || endsFold(evidence, "password"))
	case "report", "reports", "summary", "logging", "auditing", "ratio", "traps": // unauthorized access attempts report sent
		return Topic.when(p.byteAt(p.right) == ' ' && p.byteAt(w.end) == ' ')
	case "address": // of a chain of blocks: invalid token address 0x…
		return Topic.when(endsFold(p.line[p.start:p.end], "token"))
	case "went":
		return Renewed.when(p.goesOn(w, "away"))
	case "cleared", "disappeared", "vanished":
		return Renewed
	case "limited": // unauthenticated requests limited to 100 an hour
		return Document.when(p.goesOn(w, "to"))
	case "value", "values", "character", "characters", "word", "words", "keyword", "keywords": // 1 forbidden value
		return Topic
	case "renders", "redirects": // with invalid password renders the form
		return Test
	case "within": // 5 failed logins within 15m -> lock
		return Condition.when(p.isSpanWithArrow(p.next(w)))
	case "happens", "occurs": // the error "X" happens when
		return Document.when(p.next(w).isOneOf("when", "if"))
	case "no": // no longer seen
		return Renewed.when(p.goesOn(w, "longer", "seen") || p.goesOn(w, "longer", "occurs") || p.goesOn(w, "longer", "happens"))
	case "never": // last auth failure never
		return Negated.when(p.nearest().equals("last") && p.atEnd(w.end))
	case "leads", "results": // a missing permission leads to
		return Document.when(p.next(w).isOneOf("to", "in"))
	case "per": // ACCESS_REFUSED per minute
		return Count.when(p.next(w).isOneOf("second", "minute", "hour", "day"))
	case "failed": // Value at 'expiredToken' failed to satisfy constraint
		return Name.when(p.isQuoted() && p.goesOn(w, "to", "satisfy"))
	case "should": // error string "access denied" should not be capitalized
		return Code.when(p.isQuoted())
	case "is", "are":
		next := p.next(w)
		if w.equals("are") && next.equals("no") { // invalid tokens are no longer cached
			return Document.when(p.next(next).equals("longer"))
		}
		if next.equals("not") { // Argument of type 'Unauthorized' is not assignable
			return Code.when(p.next(next).isOneOf("assignable", "defined", "exported"))
		}
		if next.equals("declared") { // 'ExpiredTokenException' is declared but its value is never read
			return Code.when(p.isQuoted())
		}
		return Document.when(next.is(treated | arises))
	case "was": // and was returned is a report
		return Document.when(p.next(w).is(treated))
	case "has": // key "auth.token_expired" has no translation
		return Topic.when(p.goesOn(w, "no", "translation"))
	}
	return None
}

// isThreshold tells whether a number of failures is compared at i: auth errors > 5.
func (p *place) isThreshold(i int) bool {
	c := p.byteAt(i)
	return c == '>' || c == '<' && p.byteAt(i+1) == ' '
}

// isNumberAt tells whether a number begins at i, behind = and spaces: > 20, >= 20.
func (p *place) isNumberAt(i int) bool {
	if p.byteAt(i) == '=' {
		i++
	}
	return p.byteAt(i) == ' ' && digit(p.byteAt(i+1))
}

// isSpanWithArrow tells whether w is a span of time, and an arrow behind it shows what is
// done then: 15m -> lock.
func (p *place) isSpanWithArrow(w word) bool {
	return w.isNumber() && hasAnyFold(p.line[p.afterSpaces(w.end):], "->", "=>", "→")
}

// isClosed tells whether the evidence is in brackets behind what was seen to:
// issue A-1 (AccessDenied) resolved by ada.
func (p *place) isClosed() bool {
	return p.byteAt(p.right) == ')' && p.wordAfter(p.right+1).isOneOf("resolved", "closed", "cleared", "recovered")
}

// isAnnounced tells whether the evidence, with w behind it if that is a noun for failures,
// is in quotes and what they hold is what a notice is called: "failed login" notification.
func (p *place) isAnnounced(w word) bool {
	end := p.right
	if w.is(failureNoun) && p.byteAt(w.end) != ' ' {
		end = w.end
	}
	if !quoteByte(p.byteAt(end)) || p.byteAt(end+1) != ' ' || p.byteAt(p.left-1) != p.line[end] {
		return false
	}
	switch w := p.wordAfter(end + 1); string(w.text()) {
	case "notification", "notifications", "email", "emails", "mail", "newsletter", "digest", "tab", "button", "checkbox", "tag", "component", "toast", "dialog",
		"cached", "indexed":
		return true
	}
	return false
}

// isRefusedOn tells whether the evidence ends with a colon or with the preposition of what
// was refused, so that the word behind it is that: permission denied for view orders.
func (p *place) isRefusedOn() bool {
	if p.byteAt(p.beforeSpaces(p.right)-1) == ':' {
		return true
	}
	w := p.wordBefore(p.right)
	return w.isOneOf("for", "on", "to") && w.end == p.right
}

// labels tells whether the word that ends at i names what comes after it:
// handler=…, rule: ….
func (p *place) labels(i int) bool {
	c := p.byteAt(i)
	return c == '=' || c == ':' || c == '(' || c == '/' || c == '.' && identByte(p.byteAt(i+1))
}
