package mention

import "bytes"

// isRenewed tells whether the evidence is that something cached or held had
// expired, or was no longer accepted, and was renewed: token expired, refreshing;
// got 401, refreshed token.
func (p *place) isRenewed() bool {
	if p.overcomeNext() || p.triesOther() {
		return true
	}
	x := bytes.IndexByte(p.line[p.start:p.end], 'x')
	expired := x >= 0 && hasFold(p.line[p.start+x:p.end], "xpired")
	if !expired && !noLongerAccepted(p.line[p.start:p.end]) {
		return false
	}
	i := p.right
	if p.byteAt(i) == ')' { // session invalid (401 Unauthorized), logged in again
		i++
	}
	if p.byteAt(i) == ' ' && p.byteAt(i+1) == '(' { // token expired (401), refreshed
		if end := bytes.IndexByte(p.line[i:min(len(p.line), i+24)], ')'); end > 0 {
			i += end + 1
		}
	}
	w := p.wordAfter(i)
	if string(w.text()) == "unauthorized" { // got 401 Unauthorized
		i = w.end
		w = p.wordAfter(i)
	}
	if !expired && (string(w.text()) == "from" || string(w.text()) == "on" || string(w.text()) == "for") {
		if end := bytes.IndexAny(p.line[w.end:min(len(p.line), w.end+100)], ",;"); end > 0 {
			i = w.end + end
		}
	}
	for i < len(p.line) && (p.line[i] == '.' || p.line[i] == ',' || p.line[i] == ';' || p.line[i] == ':' || p.line[i] == '-' || p.line[i] == '>' || spaceByte(p.line[i])) {
		i++
	}
	about := false
	for range 6 {
		for c := p.byteAt(i); c == ';' || c == ',' || spaceByte(c); c = p.byteAt(i) {
			i++
		}
		w := p.wordAfter(i)
		if w.start == w.end {
			return false
		}
		switch string(w.text()) {
		case "refreshing", "refreshed", "renewing", "renewed", "evicting", "evicted", "reauthenticating", "reacquiring", "regenerating", "regenerated",
			"rotating", "rotated":
			return p.goesWell(w.end)
		case "requesting", "fetching", "acquiring", "obtaining", "obtained", "getting", "generating", "using", "issuing":
			return p.takesNew(w.end)
		case "logging", "signing", "logged", "signed": // in again
			next := p.wordAfter(w.end)
			if string(next.text()) == "back" {
				next = p.wordAfter(next.end)
			}
			return string(next.text()) == "in" && p.goesWell(next.end)
		case "or":
			next := p.wordAfter(w.end)
			return string(next.text()) == "will" // is expired or will expire within 300 s
		case "will", "attempting", "trying", "automatically":
			about = expired
		case "retrying", "replaying", "retried", "replayed":
			next := p.wordAfter(w.end)
			return (string(next.text()) == "with" || string(next.text()) == "using") && p.takesNew(next.end)
		case "ago", "at", "on", "seconds", "minutes", "now", "we", "it", "is", "being", "was", "silently", "and", "the", "to", "token":
		case "refresh", "renew":
			next := p.wordAfter(w.end)
			switch string(next.text()) {
			case "succeeded", "ok", "done", "complete", "completed":
				return true
			}
			return about && p.goesWell(w.end) // else it is advice
		case "re":
			next := p.wordAfter(w.end + 1)
			switch string(next.text()) {
			case "authenticating", "authenticated", "acquiring", "issuing", "fetching", "login":
				return p.byteAt(w.end) == '-' && p.goesWell(next.end)
			}
			return false
		default:
			if !digit(p.line[w.start]) {
				return false
			}
			for w.end < len(p.line) && !spaceByte(p.line[w.end]) && p.line[w.end] != ',' && p.line[w.end] != ';' { // 3s ago, at 09:00
				w.end++
			}
		}
		i = w.end
	}
	return false
}

// noLongerAccepted tells whether evidence may be that of a credential that only
// has to be renewed.
func noLongerAccepted(evidence []byte) bool {
	for i, c := range evidence {
		switch c {
		case '4':
			if hasFold(evidence[i:], "401") || hasFold(evidence[i:], "403") {
				return true
			}
		case 'u', 'U':
			if hasFold(evidence[i:], "unauthorized") {
				return true
			}
		case 'i', 'I':
			if hasFold(evidence[i:], "invalid_token") || hasFold(evidence[i:], "invalid token") {
				return true
			}
		}
	}
	return false
}

// takesNew tells whether the words after i are something new, and all goes well.
func (p *place) takesNew(i int) bool {
	for range 3 {
		w := p.wordAfter(i)
		switch i = w.end; string(w.text()) {
		case "new", "fresh", "refresh", "refreshed", "renewed", "another":
			return p.goesWell(i)
		case "bearer", "access": // as a registry asks for with a 401
			next := p.wordAfter(i)
			return string(next.text()) == "token" && p.goesWell(next.end)
		case "a", "an", "the":
		default:
			return false
		}
	}
	return false
}

// goesWell tells whether no word soon after i says that something went wrong.
func (p *place) goesWell(i int) bool {
	for range 5 {
		for c := p.byteAt(i); c == '.' || c == ':' || c == ',' || c == ';' || c == '-' || c == '(' || spaceByte(c) || c >= 0x80; c = p.byteAt(i) {
			i++ // what follows refreshing... counts
		}
		w := p.wordAfter(i)
		if w.start == w.end {
			break
		}
		if w.is(failing) || saysFailure(w.text()) {
			return false
		}
		i = w.end
	}
	return true
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
	if string(w.text()) == "but" || string(w.text()) == "then" {
		w = p.wordAfter(w.end)
	}
	if w.is(attempt) {
		i = w.end
		if n := p.wordAfter(i); n.isNumber() {
			i = n.end
			if of := p.wordAfter(i); string(of.text()) == "of" {
				if n = p.wordAfter(of.end); n.isNumber() {
					i = n.end
				}
			} else if n = p.wordAfter(i + 1); p.byteAt(i) == '/' && n.isNumber() {
				i = n.end
			}
		}
		if p.byteAt(i) == ':' {
			i++
		}
		switch w = p.wordAfter(i); string(w.text()) {
		case "succeeded", "success", "successful", "ok":
			return true
		}
		return false
	}
	if string(w.text()) != "succeeded" {
		return false
	}
	w = p.wordAfter(w.end)
	if string(w.text()) == "on" {
		w = p.wordAfter(w.end)
	}
	return w.is(attempt)
}

// triesOther tells whether the evidence is that one place has no credentials, or does not
// know them, and the next one is asked: could not find credentials in the environment,
// trying the shared file; could not authenticate, trying realm [ldap1].
func (p *place) triesOther() bool {
	rest := p.line[p.start:min(len(p.line), p.right+maxAside)]
	if p.makesDo(rest) {
		return true
	}
	i := bytes.Index(rest, []byte(", trying "))
	if i < p.end-p.start {
		return false
	}
	switch w := p.wordAfter(p.start + i + len(", trying ")); string(w.text()) {
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
	absent := hasFold(rest, "no ")
	for j := range p.end - p.start {
		absent = absent || hasFold(rest[j:], "find ") || hasFold(rest[j:], "locate ") || hasFold(rest[j:], "found")
	}
	return absent && p.goesWell(p.start+i+len("alling back to "))
}

// maxAside bounds what stands in brackets behind evidence, in bytes.
const maxAside = 80

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
