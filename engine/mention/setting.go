package mention

import "bytes"

// setting tells whether the bracket at i opens the value of a setting that says
// what to do about codes: retry_on=[…], "ignoredErrors":[…].
func (p *place) setting(i int) bool {
	end := p.beforeQuotes(p.beforeSpaces(i)) // codes="[X Y]"
	if c := p.byteAt(end - 1); c != '=' && c != ':' {
		return false
	}
	end = p.beforeQuotes(p.beforeSpaces(end - 1))
	start := p.before(end, elementByte)
	key := p.line[start:end]
	if namesOne(key) {
		return false
	}
	for i := range key {
		if beginsWord(key, i) && hasAnyFold(key[i:],
			"retr", "nonretr", "ignor", "fatal", "alert", "alarm", "allow", "known", "exclu", "inclu", "skip", "expect", "suppress",
			"watch", "filter", "pattern", "handl", "match", "equals", "codes", "rules", "notify", "transient", "permanent", "contains", "keep", "drop",
			"panel", "widget", "chart") { // what a dashboard shows
			return true
		}
	}
	if p.isTerm() && hasAnyFold(key, "events", "topics", "hooks", "triggers") {
		return true // that somebody is told of: "events":["user.login","user.login_failed"]
	}
	if hasFold(key, "errorcode") && p.line[i] == '[' && p.byteAt(p.beforeSpaces(i)-1) == ':' {
		return true // a pattern of EventBridge
	}
	return hasFold(key, "on_") || len(key) > len("_on") && endsFold(key, "_on") || len(key) > len("On") && bytes.HasSuffix(key, []byte("On"))
}

// exempts tells whether the sign at i ends the key of a setting that names
// failures which do not count: ignore-exceptions=a.b.AccessDeniedException.
func (p *place) exempts(i int) bool {
	end := p.beforeQuotes(p.beforeSpaces(i))
	start := p.before(end, elementByte)
	if upper(p.byteAt(start)) && p.line[i] == ':' {
		return false // RetryableError: … is how a class begins its message
	}
	for i := start; i < end; i++ {
		if hasAnyFold(p.line[i:end], "ignor", "retryable", "exclud", "suppress") {
			return true
		}
	}
	if w := p.wordBefore(end); w.equals("codes") { // retryable error codes: …
		w = p.previous(w)
		return w.isOneOf("retryable", "ignored", "excluded", "suppressed") ||
			p.previous(w).isOneOf("retryable", "ignored", "excluded", "suppressed")
	}
	return false
}

// inExempted tells whether i is in the value of a setting that names failures which
// do not count, with nothing but names and commas from there:
// retryable_errors: Throttling, AccessDenied.
func (p *place) inExempted(i int) bool {
	i = p.before(i, func(c byte) bool { return listByte(c) || c == ';' })
	return (p.byteAt(i-1) == ':' || p.byteAt(i-1) == '=') && p.exempts(i-1)
}

// beginsWord tells whether a word of the name begins at i: unexpected_error has
// two, onError has two.
func beginsWord(name []byte, i int) bool {
	return i == 0 || !letter(name[i-1]) || upper(name[i]) && !upper(name[i-1])
}

// namesOne tells whether a key is what one failure is called that happened:
// fatal_error, lastRetryException. A setting's says what is done about it.
func namesOne(key []byte) bool {
	if hasAnyFold(key, "ignor", "retr", "nonretr", "exclu", "suppress", "expect", "skip", "allow") {
		return false
	}
	for _, w := range [...]string{"error", "err", "exception", "reason", "cause", "failure"} {
		if endsFold(key, w) && beginsWord(key, len(key)-len(w)) {
			return true
		}
	}
	return false
}
