package mention

import "bytes"

// isName tells whether the evidence is only part of the name of something else:
// AccessDeniedHandler, authentication_failed_total, test_invalid_credentials.
func (p *place) isName() bool {
	if p.left < p.start && hasFold(p.line[p.left:p.start], "test_") && p.isTerm() {
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
		"page", "view", "policy", "count", "total", "rate", "threshold", "monitor", "template", "version", "sequence", "minute", "limit",
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
	if p.byteAt(p.left-1) == '.' && p.byteAt(p.right) == '=' && quoteByte(p.byteAt(p.right+1)) || p.isSetting() {
		return true
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
