package mention

import "bytes"

// isRenewed tells whether the evidence is that something cached or held had
// expired, or was no longer accepted, and was renewed: token expired, refreshing;
// got 401, refreshed token.
func (p *place) isRenewed() bool {
	if p.isOvercome() || p.triesOther() {
		return true
	}
	evidence := p.line[p.start:p.end]
	x := bytes.IndexByte(evidence, 'x')
	expired := x >= 0 && hasFold(evidence[x:], "xpired")
	if !expired && !noLongerAccepted(evidence) {
		return false
	}
	i := p.afterStatus()
	if !expired {
		i = p.afterPlace(i)
	}
	return p.renewedFrom(p.after(i, clauseByte), expired)
}

// clauseByte tells whether c may stand between a failure and what was done about it.
func clauseByte(c byte) bool {
	switch c {
	case '.', ',', ';', ':', '-', '>':
		return true
	}
	return spaceByte(c) || c >= 0x80 // a dash: expired — refreshing
}

// afterStatus returns where the line goes on behind the evidence and a status that only
// says it again: session invalid (401 Unauthorized), token expired (401), got 401 Unauthorized.
func (p *place) afterStatus() int {
	i := p.right
	if p.byteAt(i) == ')' {
		i++
	}
	if p.byteAt(i) == ' ' && p.byteAt(i+1) == '(' {
		if end := bytes.IndexByte(p.line[i:min(len(p.line), i+24)], ')'); end > 0 {
			i += end + 1
		}
	}
	if w := p.wordAfter(i); w.equals("unauthorized") {
		i = w.end
	}
	return i
}

// afterPlace returns where the clause at i ends if it says who refused what: from orders,
func (p *place) afterPlace(i int) int {
	w := p.wordAfter(i)
	if !w.isOneOf("from", "on", "for", "by", "with") {
		return i
	}
	if end := bytes.IndexAny(p.line[w.end:min(len(p.line), w.end+100)], ",;"); end > 0 {
		return w.end + end
	}
	return i
}

// renewedFrom tells whether the words from i on say that the credential was renewed;
// expired: it had expired, and was not refused.
func (p *place) renewedFrom(i int, expired bool) bool {
	about := false // to renew it, which is no advice then
	for range 6 {
		i = p.after(i, func(c byte) bool { return c == ';' || c == ',' || spaceByte(c) || c >= 0x80 })
		w := p.wordAfter(i)
		if w.isEmpty() {
			return false
		}
		switch string(w.text()) {
		case "will", "attempting", "trying", "automatically":
			about = expired
		case "ago", "at", "on", "seconds", "minutes", "now", "we", "it", "is", "being", "was", "silently", "and", "the", "to", "token",
			"may", "might", "probably", "have", "has", "had", "expired", "stale", "after", "event", "silent":
		case "of", "for": // expired token of orders replaced
			if w = p.next(w); p.next(w).isNumber() {
				w = p.next(w)
			}
			w.end = p.after(w.end, func(c byte) bool { return c != ',' && c != ';' && !spaceByte(c) }) // user=7, ada@db.example.com
		case "or": // expired or missing
			if next := p.next(w); next.isOneOf("missing", "absent", "invalid", "stale", "expiring") {
				w = next
				break
			}
			return p.renewedBy(w, expired)
		case "refresh", "renew", "repull", "refetch", "reacquire", "reauthenticate":
			if and := p.next(w); and.equals("and") && p.next(and).isOneOf("retry", "retrying") {
				return p.goesWell(and.end)
			}
			return p.next(w).isOneOf("succeeded", "successful", "ok", "done", "complete", "completed") || about && p.goesWell(w.end)
		default:
			if !digit(p.line[w.start]) {
				return p.renewedBy(w, expired)
			}
			w.end = p.after(w.end, func(c byte) bool { return c != ',' && c != ';' && !spaceByte(c) }) // 3s ago, at 09:00
		}
		i = w.end
	}
	return false
}

// renewedBy tells whether w and the words behind it say that the credential was renewed or,
// of one that had expired, that it is gone.
func (p *place) renewedBy(w word, expired bool) bool {
	next := p.next(w)
	switch string(w.text()) {
	case "refreshing", "refreshed", "renewing", "renewed", "evicting", "evicted", "reauthenticating", "reacquiring", "regenerating", "regenerated",
		"rotating", "rotated", "replaced":
		return p.goesWell(w.end)
	case "removing", "removed", "purging", "purged", "reinitializing", "reconnecting":
		return expired && p.goesWell(w.end)
	case "requesting", "fetching", "fetched", "acquiring", "acquired", "obtaining", "obtained", "getting", "got", "generating", "generated",
		"using", "issuing", "issued":
		return p.takesNew(w.end)
	case "retrying", "replaying", "retried", "replayed":
		return next.isOneOf("with", "using") && p.takesNew(next.end)
	case "invalidating", "clearing", "dropping", "discarding": // the token and retrying
		if next.equals("the") {
			next = p.next(next)
		}
		and := p.next(next)
		return next.isOneOf("token", "credentials", "session", "cache") && and.equals("and") && p.next(and).isOneOf("retrying", "refreshing", "renewing")
	case "logging", "signing", "logged", "signed": // in again
		if next.equals("back") {
			next = p.next(next)
		}
		return next.isOneOf("in", "into") && p.goesWell(next.end)
	case "waiting": // on whoever renews it
		return expired && next.isOneOf("on", "for") && p.next(next).isOneOf("lock", "refresh", "renewal")
	case "re": // re-authenticating
		next = p.wordAfter(w.end + 1)
		if expired && p.byteAt(w.end) == '-' && next.isOneOf("pull", "fetch", "acquire", "authenticate") { // attempting to re-pull
			return p.previous(w).equals("to") && p.goesWell(next.end)
		}
		return p.byteAt(w.end) == '-' && next.isOneOf("authenticating", "authenticated", "acquiring", "issuing", "fetching", "login") && p.goesWell(next.end)
	case "or": // is expired or will expire within 300 s
		return next.isOneOf("will", "going", "about")
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
			if hasFold(evidence[i:], "unauthorized") || hasFold(evidence[i:], "unauthenticated") {
				return true
			}
		case 'a', 'A':
			if hasFold(evidence[i:], "authentication failed") {
				return true
			}
		case 'n', 'N':
			if hasFold(evidence[i:], "not authenticated") || hasFold(evidence[i:], "not logged in") {
				return true
			}
		case 'r', 'R':
			if hasFold(evidence[i:], "rejected") {
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
			next := p.next(w)
			return next.equals("token") && p.goesWell(next.end)
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
		if w.isEmpty() {
			break
		}
		if w.is(failing) || saysFailure(w.text()) {
			return false
		}
		i = w.end
	}
	return true
}
