package mention

// setting tells whether the bracket at i opens the value of a setting that says
// what to do about codes: retry_on=[…], "ignoredErrors":[…].
func (p *place) setting(i int) bool {
	end := p.beforeSpaces(i)
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
		if !beginsWord(key, i) {
			continue
		}
		for _, w := range [...]string{
			"retr", "nonretr", "ignor", "fatal", "alert", "alarm", "allow", "known", "exclu", "inclu", "skip", "expect", "suppress",
			"watch", "filter", "pattern", "handl", "match", "equals", "codes", "rules", "notify", "transient", "permanent", "contains", "keep", "drop",
		} {
			if hasFold(key[i:], w) {
				return true
			}
		}
	}
	if hasFold(key, "errorcode") && p.line[i] == '[' && p.byteAt(p.beforeSpaces(i)-1) == ':' {
		return true // a pattern of EventBridge
	}
	return hasFold(key, "on_") || len(key) > 3 && hasFold(key[len(key)-3:], "_on") || len(key) > 2 && string(key[len(key)-2:]) == "On"
}

// beginsWord tells whether a word of the name begins at i: unexpected_error has
// two, onError has two.
func beginsWord(name []byte, i int) bool {
	return i == 0 || !letter(name[i-1]) || upper(name[i]) && !upper(name[i-1])
}

// namesOne tells whether a key is what one failure is called that happened:
// fatal_error, lastRetryException. A setting's says what is done about it.
func namesOne(key []byte) bool {
	for _, w := range [...]string{"ignor", "retr", "nonretr", "exclu", "suppress", "expect", "skip", "allow"} {
		if hasFold(key, w) {
			return false
		}
	}
	for _, w := range [...]string{"error", "err", "exception", "reason", "cause", "failure"} {
		if n := len(key) - len(w); n >= 0 && hasFold(key[n:], w) && beginsWord(key, n) {
			return true
		}
	}
	return false
}
