package mention

import "bytes"

// isName tells whether the evidence is only part of the name of something else:
// AccessDeniedHandler, authentication_failed_total, test_invalid_credentials.
func (p *place) isName() bool {
	if p.left < p.start && (p.isTerm() && namesOther(p.line[p.left:p.start]) || namesStep(p.line[p.left:p.start])) || p.isVariable() || p.isQualifiedInSQL() || p.isInTitleOfThing() {
		return true
	}
	if p.byteAt(p.left-1) == '<' && hasFold(p.line[p.right:], " />") {
		return true // a component of React
	}
	if p.byteAt(p.right) == '-' {
		if i := p.after(p.right+1, digit); i > p.right+1 && p.byteAt(i) == '.' && digit(p.byteAt(i+1)) && p.isTerm() {
			return true // a package and its version
		}
		return p.isHyphenated()
	}
	return p.isVersioned() || p.right > p.end && thingSuffix(p.line[p.end:p.right]) || p.isProvisioned()
}

// isQualifiedInSQL tells whether the evidence is part of a name as Prisma and others quote
// it in SQL: "public"."AuthFailure"."id".
func (p *place) isQualifiedInSQL() bool {
	if p.byteAt(p.left-1) != '"' || p.byteAt(p.right) != '"' {
		return false
	}
	before := p.byteAt(p.left-2) == '.' && p.byteAt(p.left-3) == '"'
	after := p.byteAt(p.right+1) == '.' && p.byteAt(p.right+2) == '"'
	return before || after
}

// isInTitleOfThing tells whether the evidence ends a name with hyphens, behind what is
// called so: rule no-alarm-for-AccessDenied.
func (p *place) isInTitleOfThing() bool {
	if p.byteAt(p.left-1) != '-' {
		return false
	}
	w := p.wordBefore(p.before(p.left, elementByte))
	return w.is(thing) && p.byteAt(w.end) == ' ' && p.isTerm()
}

// isHyphenated tells whether the name with hyphens that the evidence begins is that of
// something else: iam-AccessDenied-count, auth-failed-dlq, status=401-403.
func (p *place) isHyphenated() bool {
	w := p.wordAfter(p.lastHyphen() + 1)
	switch string(w.text()) {
	case "dlq", "queue", "topic", "stream", "consumer", "producer", "worker", "bucket", "table", "index":
		return true
	}
	return w.is(thing|tally) || digit(p.byteAt(p.right-1)) && w.isStatusOrClass()
}

// isVersioned tells whether a version follows, as in the schema of an event or a topic:
// user.login_failed.v1.
func (p *place) isVersioned() bool {
	return p.byteAt(p.right) == '.' && p.byteAt(p.right+1)|0x20 == 'v' && digit(p.byteAt(p.right+2)) && p.isTerm()
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
	if string(prefix) == "on" { // onUnauthorized: redirect
		return true
	}
	return hasAnyFold(prefix, "test_", "idx_", "expire_", "purge_", "prune_", "revoke_", "cleanup_", "clean_", "delete_", "remove_", "handle_", "notify_")
}

// namesStep tells whether a name of several words that begins so is that of a function
// which prepares something: set_last_login failed, init_delayed_authentication failed.
func namesStep(prefix []byte) bool {
	return bytes.Count(prefix, []byte("_")) > 1 && hasAnyFold(prefix, "set_", "get_", "add_", "init_")
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
	return hasAnyFold(said, "creating...", "creation complete", "still ", "refreshing state", "reading...", "read complete", "modifying...",
		"modifications complete", "destroying...", "destruction complete")
}

// thingSuffix tells whether the last word of an identifier names something that
// is made for failures.
func thingSuffix(rest []byte) bool {
	for _, w := range [...]string{
		"handler", "handlers", "handlerimpl", "mapper", "filter", "listener", "interceptor", "strategy", "controller", "entrypoint",
		"translator", "converter", "marshaller", "builder", "factory", "serializer", "resolver", "advice", "alarm", "alarms", "metric", "metrics", "counter", "rule", "rules", "test", "tests", "spec",
		"page", "view", "policy", "count", "total", "rate", "threshold", "monitor", "template", "version", "sequence", "minute", "limit", "timestamp", "_at", "_url",
		"_text", "_title", "_subject", "_label", "_banner", "_html", "_popup", "_modal", "_toast", "_ttl",
	} {
		if endsFold(rest, w) {
			return true
		}
	}
	return false
}
