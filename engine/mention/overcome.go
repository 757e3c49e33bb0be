package mention

import "bytes"

// maxAside bounds what stands in brackets behind evidence, in bytes.
const maxAside = 80

// overcomeLater bounds how far behind the evidence of one attempt it is looked for what
// became of the next ones, in bytes.
const overcomeLater = 160

// isOvercome tells whether the text says that another attempt went well.
func (p *place) isOvercome() bool {
	return p.overcomeNext() || p.isOfAttempt() && p.laterAttemptSucceeds() || p.isWhyRetried()
}

// isOfAttempt tells whether the evidence is said to be of an attempt with a number: X on
// attempt 1, X (attempt 1 of 5).
func (p *place) isOfAttempt() bool {
	i := p.right
	if p.byteAt(i) == ' ' && p.byteAt(i+1) == '(' {
		i += 2
	}
	w := p.wordAfter(i)
	if w.isOneOf("on", "in", "at") {
		w = p.next(w)
	}
	return w.is(attempt) && p.next(w).isNumber()
}

// laterAttemptSucceeds tells whether a later clause says so of an attempt with a number:
// X on attempt 1, credentials refreshed, attempt 2 succeeded.
func (p *place) laterAttemptSucceeds() bool {
	for i := p.right; i < min(len(p.line), p.right+overcomeLater); i++ {
		if c := p.line[i]; c != ',' && c != ';' {
			continue
		}
		w := p.wordAfter(i + 1)
		if n := p.next(w); w.is(attempt) && n.isNumber() {
			return p.wordAfter(p.afterCount(w.end)).isOneOf("succeeded", "success", "successful", "ok")
		}
		if on := p.next(w); w.equals("succeeded") && on.equals("on") && p.next(on).is(attempt) {
			return true
		}
	}
	return false
}

// isWhyRetried tells whether the evidence is in brackets behind what went well in the end,
// and says why it did not at once: succeeded after 3 retries (X), succeeded on attempt 2 (X).
func (p *place) isWhyRetried() bool {
	before := p.line[max(0, p.start-maxAside):p.start]
	open := bytes.LastIndexByte(before, '(')
	if open < 0 || bytes.IndexByte(before[open:], ')') >= 0 {
		return false
	}
	w := p.wordBefore(p.start - len(before) + open)
	first := p.previous(w)
	numbered := first.isNumber() && w.isOneOf("retries", "retry", "attempts", "tries") || w.isNumber() && first.is(attempt)
	after := p.previous(first)
	return numbered && after.isOneOf("after", "on", "in") && p.previous(after).isOneOf("succeeded", "successful", "recovered", "completed")
}

// overcomeNext tells whether the next clause says that another attempt went well:
// attempt 1: X; attempt 2 succeeded. X on attempt 1, succeeded on attempt 2.
// X (why), attempt 2 of 3: success.
func (p *place) overcomeNext() bool {
	ordinary := func(c byte) bool { return identByte(c) || spaceByte(c) }
	i := p.after(p.right, ordinary)
	if p.byteAt(i) == '(' {
		if end := bytes.IndexByte(p.line[i:min(len(p.line), i+maxAside)], ')'); end > 0 {
			i = p.after(i+end+1, ordinary)
		}
	}
	if c := p.byteAt(i); c != ',' && c != ';' {
		return false
	}
	w := p.wordAfter(i + 1)
	if w.equals("now") { // X earlier, now resolved
		return p.next(w).isOneOf("resolved", "ok", "fine", "fixed", "gone", "healthy", "works", "working", "recovered", "succeeds")
	}
	if w.isOneOf("but", "then", "second", "next") {
		w = p.next(w)
	}
	if w.is(attempt) {
		end := p.afterCount(w.end)
		if with := p.next(w); with.equals("with") {
			end = p.afterNew(with.end)
		}
		return p.wordAfter(end).isOneOf("succeeded", "success", "successful", "ok", "200", "201", "204")
	}
	if !w.equals("succeeded") {
		return false
	}
	if w = p.next(w); w.equals("on") {
		w = p.next(w)
	}
	return w.is(attempt)
}

// afterCount returns where the number of an attempt ends that may stand at i: 2, 2 of 3,
// 2/3, with the colon behind it.
func (p *place) afterCount(i int) int {
	if n := p.wordAfter(i); n.isNumber() {
		i = n.end
		if all := p.outOf(i); all.isNumber() {
			i = all.end
		}
	}
	if p.byteAt(i) == ':' {
		i++
	}
	return i
}

// afterNew returns the place behind a new thing that begins at i: a new token.
func (p *place) afterNew(i int) int {
	for range 3 {
		w := p.wordAfter(i)
		if i = w.end; w.isOneOf("new", "fresh", "refreshed", "renewed") {
			return p.next(w).end
		}
	}
	return i
}

// outOf returns the word that says at i of how many the number before it is one.
func (p *place) outOf(i int) word {
	if of := p.wordAfter(i); of.equals("of") {
		return p.next(of)
	}
	if p.byteAt(i) == '/' {
		return p.wordAfter(i + 1)
	}
	return word{}
}

// triesOther tells whether the evidence is that one place has no credentials, or does not
// know them, and the next one is asked: could not find credentials in the environment,
// trying the shared file; could not authenticate, trying realm [ldap1].
func (p *place) triesOther() bool {
	rest := p.line[p.start:min(len(p.line), p.right+maxAside)]
	if p.makesDo(rest) || p.doesWithout(rest) || hasFold(rest, "no ") && containsAny(rest, ", continuing without ", ", proceeding without ") {
		return true
	}
	i := max(bytes.Index(rest, []byte(", trying ")), bytes.Index(rest, []byte("- trying next "))) // 401 with basic - trying next method
	if i < p.end-p.start {
		return false
	}
	switch w := p.wordAfter(p.start + i + len(", trying")); string(w.text()) {
	case "again", "to", "it", "once", "later":
		return false
	case "next", "realm", "provider":
		return true
	}
	for j := range i {
		if hasFold(rest[j:i], "credential") {
			return true
		}
	}
	return false
}

// makesDo tells whether rest, which begins with the evidence, is that there are no
// credentials in one place and others do as well: no AWS credentials in the
// environment; falling back to the task role. That some were refused is a report.
func (p *place) makesDo(rest []byte) bool {
	i := bytes.Index(rest, []byte("alling back to "))
	if i < p.end-p.start || !bytes.Contains(rest[:i], []byte("redential")) {
		return false
	}
	before := bytes.TrimRight(rest[:i-1], " ")
	if c := before[len(before)-1]; c != ',' && c != ';' && c != '.' {
		return false
	}
	absent := hasFold(rest, "no ") || hasAnyFold(p.line[max(0, p.start-12):p.start], "no ") // no static ‹credentials configured›
	for j := range p.end - p.start {
		absent = absent || hasFold(rest[j:], "find ") || hasFold(rest[j:], "locate ") || hasFold(rest[j:], "found")
	}
	return absent && p.goesWell(p.start+i+len("alling back to "))
}

// doesWithout tells whether rest, which begins with the evidence, is that there are no
// credentials for something, and what takes its place needs none: Redis credentials not
// found, using memory storage.
func (p *place) doesWithout(rest []byte) bool {
	const using = ", using "
	if !bytes.HasPrefix(p.line[p.end:], []byte(using)) || !p.wordBefore(p.start).isOneOf("credential", "credentials") ||
		!hasAnyFold(rest, "not found", "not set", "not configured", "not provided", "not specified", "missing") {
		return false
	}
	return p.wordAfter(p.end+len(using)).isOneOf("in", "local", "localstorage", "memory", "mock", "default", "dummy", "development",
		"demo", "fallback", "anonymous")
}

// overcome tells whether w, before "after", is that all went well in the end:
// succeeded on attempt 2 after X.
func (p *place) overcome(w word) bool {
	for range 5 {
		w = p.wordBefore(w.start)
		switch string(w.text()) {
		case "succeeded", "recovered", "successful", "successfully", "completed", "resumed":
			return true
		case "":
			return false
		}
		if w.is(failing) || saysFailure(w.text()) {
			return false
		}
	}
	return false
}
