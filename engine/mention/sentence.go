package mention

import "bytes"

// maxWords is how many words before the evidence are read.
const maxWords = 12

// followed tells what the words after the evidence make of it: an AccessDenied
// handler, a 403 Forbidden page, AccessDenied means.
func (p *place) followed() Kind {
	w := p.wordAfter(p.right)
	if p.isAnnounced(w) {
		return Topic
	}
	if w.is(failureNoun) && p.byteAt(w.end) == ' ' {
		if next := p.byteAt(w.end + 1); next == '>' || next == '<' && p.byteAt(w.end+2) == ' ' {
			return Condition
		}
		w = p.wordAfter(w.end)
	}
	switch string(w.text()) {
	case "means", "mean", "usually", "typically", "often":
		return Document
	case "possible", "vulnerability", "vulnerabilities": // advisory: unauthorized access possible in versions < 2
		return Document
	case "back": // auth errors back to normal
		if to := p.wordAfter(w.end); string(to.text()) == "to" {
			to = p.wordAfter(to.end)
			if string(to.text()) == "normal" {
				return Topic
			}
		}
	case "value", "values", "character", "characters", "word", "words", "keyword", "keywords": // 1 forbidden value
		return Topic
	case "renders", "redirects": // with invalid password renders the form
		return Test
	case "within": // 5 failed logins within 15m -> lock
		span := p.wordAfter(w.end)
		then := p.line[p.afterSpaces(span.end):]
		if span.n > 0 && digit(span.buf[0]) && (hasFold(then, "->") || hasFold(then, "=>") || hasFold(then, "→")) {
			return Condition
		}
	case "leads", "results": // a missing permission leads to
		switch next := p.wordAfter(w.end); string(next.text()) {
		case "to", "in":
			return Document
		}
	case "per": // ACCESS_REFUSED per minute
		switch next := p.wordAfter(w.end); string(next.text()) {
		case "second", "minute", "hour", "day":
			return Count
		}
	case "failed": // Value at 'expiredToken' failed to satisfy constraint
		if to := p.wordAfter(w.end); p.isQuoted() && string(to.text()) == "to" {
			to = p.wordAfter(to.end)
			if string(to.text()) == "satisfy" {
				return Name
			}
		}
	case "is", "are":
		next := p.wordAfter(w.end)
		if next.is(treated | arises) {
			return Document
		}
		if string(next.text()) == "not" { // Argument of type 'Unauthorized' is not assignable
			switch next = p.wordAfter(next.end); string(next.text()) {
			case "assignable", "defined", "exported":
				return Code
			}
		}
	case "has": // key "auth.token_expired" has no translation
		if next := p.wordAfter(w.end); string(next.text()) == "no" {
			next = p.wordAfter(next.end)
			if string(next.text()) == "translation" {
				return Topic
			}
		}
	case "was": // and was returned is a report
		if next := p.wordAfter(w.end); next.is(treated) {
			return Document
		}
	}
	if w.is(thing) && !p.labels(w.end) && !p.isRefusedOn() {
		return Topic
	}
	if p.byteAt(p.right) == ')' { // issue A-1 (AccessDenied) resolved by ada
		switch w := p.wordAfter(p.right + 1); string(w.text()) {
		case "resolved", "closed", "cleared", "recovered":
			return Topic
		}
	}
	if p.isFormat() {
		return Code
	}
	if string(w.text()) == "expected" {
		switch next := p.wordAfter(w.end); string(next.text()) {
		case "from", "for", "here", "in", "until", "when", "since":
			return Document
		}
	}
	if p.expected() {
		return Test
	}
	return None
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
	switch w := p.wordBefore(p.right); string(w.text()) {
	case "for", "on", "to":
		return w.end == p.right
	}
	return false
}

// labels tells whether the word that ends at i names what comes after it:
// handler=…, rule: ….
func (p *place) labels(i int) bool {
	c := p.byteAt(i)
	return c == '=' || c == ':' || c == '(' || c == '/' || c == '.' && identByte(p.byteAt(i+1))
}

// preceded tells what the words before the evidence make of it.
func (p *place) preceded() Kind {
	near := p.wordBefore(p.qualified())
	for range 2 {
		if !near.is(filler) {
			break
		}
		near = p.wordBefore(near.start)
	}
	if p.isNamed(near) {
		near.says = 0 // Fix is a verb, and "fix" a user, a table or a topic
	}
	switch w := near.text(); {
	case near.is(negation) && !p.isReply(near):
		return Negated
	case string(w) == "0" && p.stands(near) && (p.plural() || p.byteAt(near.start-2) == ',' || p.byteAt(p.right) == ','):
		return Negated
	case near.is(hypothesis), near.isNumber() && p.isBound(near):
		return Condition
	case near.is(change):
		return Document
	case near.is(thing|search) && p.isTerm(), string(w) == "alert" && p.isQuoted(), p.isSearchedBy(near):
		return Topic
	case near.is(linking) && p.links(near), p.isOther(near):
		return Topic
	case string(w) == "my": // what a person writes
		return Document
	case string(w) == "after" && p.overcome(near):
		return Renewed
	case string(w) == "of", string(w) == "than": // instead of, rather than
		before := p.wordBefore(near.start)
		switch string(before.text()) {
		case "instead", "rather":
			return Condition
		case "number":
			if p.isTotal(before) {
				return Count
			}
		}
	case string(w) == "or", string(w) == "and": // such as X or Y
		other := p.wordBefore(near.start)
		if such := p.wordBefore(other.start); string(such.text()) == "as" && saysFailure(p.line[other.start:other.end]) && p.links(such) {
			return Topic
		}
	case string(w) == "max", string(w) == "maximum":
		if p.isLimit() {
			return Condition
		}
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
	return p.sentence(near)
}

// isNamed tells whether w is in quotes of its own, so a name, whatever it means
// otherwise: user `documents` was denied access.
func (p *place) isNamed(w word) bool {
	c := p.byteAt(w.end)
	return w.n > 0 && quoteByte(c) && p.byteAt(w.start-1) == c
}

// isTotal tells whether number, before "of" and the evidence, begins the
// description of a count: The number of authentication failures. What the count does
// is a report: the number of failed logins exceeded the limit.
func (p *place) isTotal(number word) bool {
	switch before := p.wordBefore(number.start); string(before.text()) {
	case "the", "total", "":
	default:
		return false // a large number of
	}
	i := p.right
	for range 3 {
		w := p.wordAfter(i)
		if !w.is(failureNoun) {
			break
		}
		i = w.end
	}
	switch w := p.wordAfter(i); string(w.text()) {
	case "", "in", "per", "since", "by", "during":
		return true
	}
	return false
}

// isSearchedBy tells whether the evidence is what a command looks for, of which w is
// the last option: grep -i --word-regexp "…".
func (p *place) isSearchedBy(w word) bool {
	if !p.isQuoted() {
		open := p.opensString()
		if open < 1 || bytes.IndexByte(p.line[p.right:], p.line[open]) < 0 {
			return false
		}
		w = p.wordBefore(open) // grep -E "x|AccessDenied"
	}
	for w.n > 0 && p.byteAt(w.start-1) == '-' {
		i := w.start
		for p.byteAt(i-1) == '-' {
			i--
		}
		w = p.wordBefore(i)
	}
	return w.is(search)
}

// isOther tells whether w, right before the evidence, makes it another authorization
// or authentication than of a login: payment authorization failed, spf authentication
// failed, card not authorized. A program may be called so: payment: authorization failed.
func (p *place) isOther(w word) bool {
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
	before := p.wordBefore(w.start)
	for range 2 {
		if !before.is(filler) || string(before.text()) == "such" || string(w.text()) == "like" {
			break
		}
		before = p.wordBefore(before.start)
	}
	switch string(w.text()) {
	case "like":
		return before.is(failureNoun)
	case "as":
		return string(before.text()) == "such"
	case "from":
		return string(before.text()) == "recovered" || string(before.text()) == "recovers"
	}
	switch string(before.text()) {
	case "text", "wording", "budget", "support", "translation", "types", "classes", "bindings", "constants":
		return string(w.text()) == "for"
	case "limit": // rate limit for failed logins set to 10/min
		return string(w.text()) == "for" && !p.isPassed()
	case "subscribe", "subscribed", "subscribing", "listen", "listens", "listening":
		if string(w.text()) == "to" {
			return true // of an event: user.login_failed
		}
	}
	return before.is(thing) || string(w.text()) == "on" && before.is(verbOn) || string(before.text()) == "registered"
}

// isTerm tells whether the evidence is a single name, or quoted.
func (p *place) isTerm() bool {
	return p.isQuoted() || bytes.IndexByte(p.line[p.left:p.right], ' ') < 0
}

// isQuoted tells whether there are quotes on both sides of the evidence.
func (p *place) isQuoted() bool {
	c := p.byteAt(p.left - 1)
	return quoteByte(c) && p.byteAt(p.right) == c
}

// sentence follows the words further back, as far as the message goes: how to,
// it should, rules loaded.
func (p *place) sentence(w word) Kind {
	setUp, named, colon := false, false, false
	compares := w.is(comparison)
	for range maxWords {
		if w.start == w.end {
			c := p.byteAt(w.end - 1)
			if kind := p.labelled(w.end); kind != None {
				return kind
			}
			if c == '?' && (w.end == 1 || spaceByte(p.line[w.end-2]) || quoteByte(p.line[w.end-2])) {
				return Condition // a filter pattern of CloudWatch Logs
			}
			if c != '.' && c != ':' && c != '=' && c != '[' && c != ']' && c != '(' && c != '#' && c != '/' && c != '-' && c != '$' {
				break
			}
			if c == ':' { // Resource handler returned message: "The role defined …"
				setUp, named = false, false
			}
			colon = true
			w = p.wordBefore(w.end - 1)
			continue
		}
		t := w.text()
		switch {
		case w.is(failing) || saysFailure(t):
			return None
		case w.is(thing) && !p.inHost(w) || string(t) == "ticket" || string(t) == "bundle" || string(t) == "messages":
			named = true
		case !colon && (string(t) == "should" || string(t) == "shall"):
			return Test
		case !colon && (string(t) == "how" || string(t) == "why" || string(t) == "what"), w.is(talking):
			return Document
		case w.is(staged):
			return Test
		case compares && (string(t) == "if" || string(t) == "when" || string(t) == "unless" || string(t) == "where"):
			return Condition
		case !colon && w.is(search):
			return Condition
		}
		setUp = setUp || w.is(settingUp) || string(t) == "loading" && p.isQuoted()
		if setUp && named {
			return Topic
		}
		w = p.wordBefore(w.start)
	}
	return None
}

// inHost tells whether w is part of a host's name: api.example.com.
func (p *place) inHost(w word) bool {
	return identByte(p.byteAt(w.start-2)) && p.byteAt(w.start-1) == '.' || p.byteAt(w.end) == '.' && identByte(p.byteAt(w.end+1))
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
	if string(w.text()) == "translation" { // missing translation: …
		return Document
	}
	if before := p.wordBefore(w.start); before.start < before.end && !isHex(p.line[before.start:before.end]) && !hasFold(p.line[w.start:], "ignore") {
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

// stands tells whether w stands alone, not behind a sign: after a space, or where
// the message begins.
func (p *place) stands(w word) bool {
	return w.start == 0 || spaceByte(p.line[w.start-1]) || p.line[w.start-1] == '"' && spaceByte(p.byteAt(w.end))
}

// plural tells whether the evidence is a plural or has a plural noun after it.
func (p *place) plural() bool {
	if p.byteAt(p.right-1) == 's' {
		return true
	}
	w := p.wordAfter(p.right)
	return w.n > 1 && w.buf[w.n-1] == 's' && w.is(failureNoun)
}
