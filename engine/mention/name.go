package mention

import "bytes"

// isName tells whether the evidence is only part of the name of something else:
// AccessDeniedHandler, authentication_failed_total, test_invalid_credentials.
func (p *place) isName() bool {
	if p.left < p.start && p.isTerm() && namesOther(p.line[p.left:p.start]) || p.isVariable() {
		return true
	}
	if p.byteAt(p.left-1) == '"' && p.byteAt(p.right) == '"' {
		before := p.byteAt(p.left-2) == '.' && p.byteAt(p.left-3) == '"'
		after := p.byteAt(p.right+1) == '.' && p.byteAt(p.right+2) == '"'
		if before || after { // "public"."AuthFailure"."id", of SQL
			return true
		}
	}
	if p.byteAt(p.left-1) == '-' { // rule no-alarm-for-AccessDenied
		if w := p.wordBefore(p.before(p.left, elementByte)); w.is(thing) && p.byteAt(w.end) == ' ' && p.isTerm() {
			return true
		}
	}
	if p.byteAt(p.right) == '-' { // iam-AccessDenied-count, status=401-403
		w := p.wordAfter(p.lastHyphen() + 1)
		switch string(w.text()) {
		case "dlq", "queue", "topic", "stream", "consumer", "producer", "worker", "bucket", "table", "index": // auth-failed-dlq
			return true
		}
		return w.is(thing) || w.is(tally) || digit(p.byteAt(p.right-1)) && w.n == 3 && digit(w.buf[0])
	}
	if p.byteAt(p.right) == '.' && p.byteAt(p.right+1)|0x20 == 'v' && digit(p.byteAt(p.right+2)) && p.isTerm() {
		return true // the schema of an event, a topic: user.login_failed.v1
	}
	return p.right > p.end && thingSuffix(p.line[p.end:p.right]) || p.isProvisioned()
}

// lastHyphen returns the hyphen behind the evidence, or the last of the name that the
// evidence is in where that is an expression's, of which only a part is known: the end of
// auth-failed-dlq when auth stands for it.
func (p *place) lastHyphen() int {
	if p.start < p.end {
		return p.right
	}
	return bytes.LastIndexByte(p.line[:p.after(p.right, elementByte)], '-')
}

// namesOther tells whether a name that begins so is that of a test, an index, or a job
// that deals with such failures: expire_invalid_tokens.
func namesOther(prefix []byte) bool {
	for _, w := range [...]string{"test_", "idx_", "expire_", "purge_", "prune_", "revoke_", "cleanup_", "clean_", "delete_", "remove_", "handle_", "notify_"} {
		if hasFold(prefix, w) {
			return true
		}
	}
	return false
}

// isVariable tells whether the evidence is part of the name of an environment variable
// that is set there: ACCESS_DENIED_URL=/403, "TOKEN_EXPIRED_GRACE":"60".
func (p *place) isVariable() bool {
	if p.right == p.end && p.left == p.start || bytes.IndexByte(p.line[p.left:p.right], '_') < 0 {
		return false
	}
	for _, c := range p.line[p.left:p.right] {
		if c != '_' && !upper(c) && !digit(c) {
			return false
		}
	}
	switch p.byteAt(p.right) {
	case '"':
		return p.right > p.end && p.byteAt(p.left-1) == '"' && p.byteAt(p.afterSpaces(p.right+1)) == ':'
	case '=':
	default:
		return false
	}
	begin, _ := p.message()
	switch w := p.wordBefore(p.left); string(w.text()) {
	case "env", "export", "x", "set", "setenv": // the third of declare -x
		return p.byteAt(p.left-1) == ' '
	}
	head := bytes.TrimLeft(p.line[begin:p.left], " \t-")
	return p.whole && len(head) == 0
}

// isProvisioned tells whether the evidence is what a resource of Terraform is called
// that Terraform reports about: aws_iam_policy.unauthorized: Creation complete.
func (p *place) isProvisioned() bool {
	if p.byteAt(p.left-1) != '.' {
		return false
	}
	if kind := p.line[p.before(p.left-1, identByte) : p.left-1]; bytes.IndexByte(kind, '_') < 0 {
		return false
	}
	said := bytes.TrimLeft(p.line[p.end:], ": ")
	for _, w := range [...]string{"creating...", "creation complete", "still ", "refreshing state", "reading...", "read complete", "modifying...", "modifications complete", "destroying...", "destruction complete"} {
		if hasFold(said, w) {
			return true
		}
	}
	return false
}

// thingSuffix tells whether the last word of an identifier names something that
// is made for failures.
func thingSuffix(rest []byte) bool {
	for _, w := range [...]string{
		"handler", "handlers", "handlerimpl", "mapper", "filter", "listener", "interceptor", "strategy", "controller", "entrypoint",
		"translator", "converter", "marshaller", "builder", "factory", "serializer", "resolver", "advice", "alarm", "alarms", "metric", "metrics", "counter", "rule", "rules", "test", "tests", "spec",
		"page", "view", "policy", "count", "total", "rate", "threshold", "monitor", "template", "version", "sequence", "minute", "limit", "_at", "_url",
	} {
		if n := len(rest) - len(w); n >= 0 && hasFold(rest[n:], w) {
			return true
		}
	}
	return false
}

// inProperty tells whether the evidence is part of the name of a setting:
// security.invalid_token.log=false. Or the name says the same as the evidence,
// as where the texts of a program are listed: error.access_denied="Access denied".
func (p *place) inProperty() bool {
	if w := p.wordBefore(p.left); p.byteAt(p.left-1) == '"' && p.byteAt(p.right) == '"' && w.is(sqlKind) {
		return true // column "permission_denied" does not exist
	}
	if p.byteAt(p.left-1) == '.' && (p.byteAt(p.right) == '.' || p.byteAt(p.right) == '-') {
		i := p.after(p.right, elementByte)
		if p.byteAt(i) == '=' {
			return true
		}
	}
	if p.byteAt(p.left-1) == '.' && p.byteAt(p.right) == '=' && quoteByte(p.byteAt(p.right+1)) || p.isSetting() || p.hasPhrase() {
		return true
	}
	if p.byteAt(p.right) == '.' && 'a' <= p.byteAt(p.left) && p.byteAt(p.left) <= 'z' && p.byteAt(p.after(p.right, elementByte)) == '=' {
		return true // --set accessDenied.enabled=true
	}
	if c := p.byteAt(p.left - 1); c == '>' && quoteByte(p.byteAt(p.left-2)) && hasFold(p.line[p.right:], "</string>") ||
		c == '>' && hasFold(p.line[p.right:], "</source>") {
		return true // of Android, of XLIFF
	}
	i := p.beforeSpaces(p.beforeQuotes(p.start))
	switch c := p.byteAt(i - 1); {
	case c == '>' && p.byteAt(i-2) == '=':
		i = p.beforeSpaces(i - 2)
	case c == ':' && i < p.start || c == '=':
		i = p.beforeSpaces(i - 1)
	default:
		return false
	}
	if quoteByte(p.byteAt(i - 1)) {
		i--
		if p.dotted(i) {
			return true
		}
	} else if p.byteAt(i) == ':' {
		return false
	}
	end := i
	for j := p.end - 1; j >= p.start; j-- {
		if !letter(p.line[j]) {
			continue
		}
		for i > 0 && (p.line[i-1] == '_' || p.line[i-1] == '.' || p.line[i-1] == '-') {
			i--
		}
		if p.byteAt(i-1)|0x20 != p.line[j]|0x20 {
			return false
		}
		i--
	}
	if quoteByte(p.byteAt(i-1)) && quoteByte(p.byteAt(end)) {
		return bytes.IndexByte(p.line[i:end], '_') > 0 && !upper(p.line[i]) // {"login_failed":"Login failed"}
	}
	return p.byteAt(i-1) == '.'
}

// isSetting tells whether the evidence is the text that a file of properties gives a
// dotted name: login.failure.message=Invalid username or password. Loggers put a text of several
// words in quotes.
func (p *place) isSetting() bool {
	if p.byteAt(p.start-1) != '=' || bytes.IndexByte(p.line[p.start:p.end], ' ') < 0 {
		return false
	}
	begin, _ := p.message()
	start := p.before(p.start-1, elementByte)
	key := p.line[start : p.start-1]
	first := bytes.IndexByte(key, '.')
	if start != p.afterSpaces(begin) || first < 1 {
		return false
	}
	last := key[bytes.LastIndexByte(key, '.')+1:]
	return !isOutcome(key[:first]) && !isOutcome(last)
}

// hasPhrase tells whether the evidence is the key of a sentence in a catalogue of texts: in
// a file of properties, errors.invalid_token=Your session …, or in JSON, where the next
// key has a sentence too.
func (p *place) hasPhrase() bool {
	if p.byteAt(p.left-1) == '.' && p.byteAt(p.right) == '=' && p.isPhrase(p.right+1) {
		begin, _ := p.message()
		return p.whole && p.before(p.left, elementByte) == p.afterSpaces(begin)
	}
	if !p.isQuoted() || upper(p.byteAt(p.left)) {
		return false
	}
	open := p.left - 2
	if p.byteAt(open) != '{' {
		return false
	}
	parent := p.wordBefore(p.beforeSpaces(open) - 1)
	if p.byteAt(open-1) != ':' || saysFailure(parent.text()) || isOutcome(parent.text()) || string(parent.text()) == "errors" {
		return false
	}
	value, ok := p.phraseOf(p.right)
	if !ok || p.byteAt(value) != ',' {
		return false
	}
	key := p.wordAfter(value + 1)
	switch string(key.text()) {
	case "", "message", "msg", "detail", "details", "description", "error_description", "error", "reason", "hint", "title", "status":
		return false
	}
	_, ok = p.phraseOf(key.end)
	return ok
}

// phraseOf returns where the sentence in quotes ends that is the value of the key in
// quotes that ends at i, if it is one.
func (p *place) phraseOf(i int) (end int, ok bool) {
	if p.byteAt(i) != '"' || p.byteAt(i+1) != ':' {
		return 0, false
	}
	open := p.afterSpaces(i + 2)
	if p.byteAt(open) != '"' || !p.isPhrase(open+1) {
		return 0, false
	}
	n := bytes.IndexByte(p.line[open+1:], '"')
	return open + 1 + n + 1, n > 0 && bytes.IndexByte(p.line[open+1:open+1+n], ' ') > 0
}

// isPhrase tells whether what begins at i is written like a sentence.
func (p *place) isPhrase(i int) bool {
	w := p.wordAfter(i)
	return w.start == i && w.n > 1 && upper(p.line[i]) && !upper(p.byteAt(i+1)) && p.byteAt(w.end) == ' '
}

// isOutcome tells whether a key is what a report calls what went wrong.
func isOutcome(key []byte) bool {
	switch string(key) {
	case "error", "err", "exception", "ex", "cause", "reason":
		return true
	}
	return false
}

// dotted tells whether the key that ends at i is that of a text in a catalogue:
// "errors.invalidCredentials".
func (p *place) dotted(i int) bool {
	start := p.before(i, identByte)
	if p.byteAt(start-1) != '.' {
		return false
	}
	last := p.line[start:i]
	for _, w := range [...]string{"error", "exception", "failure"} {
		if n := len(last) - len(w); n >= 0 && hasFold(last[n:], w) {
			return false
		}
	}
	return saysFailure(last)
}
