package mention

// What the words around evidence say. They are compared in lower case.

// thing tells whether w names something that is made for failures: a handler, a
// test, a chart. It needs no plural.
func thing(w []byte) bool {
	switch string(singular(w)) {
	case "handler", "handling", "mapper", "mapping", "filter", "listener", "interceptor", "middleware", "hook", "callback",
		"translator", "converter", "matcher", "detector", "strategy", "entrypoint", "controller", "fallback",
		"alarm", "rule", "metric", "count", "counter", "gauge", "histogram", "widget", "panel", "dashboard", "monitor", "threshold",
		"chart", "graph", "rate", "test", "testcase", "spec", "scenario", "mock", "stub", "fixture", "page", "template",
		"view", "screen", "route", "doc", "documentation", "runbook", "guide", "tutorial", "article", "faq", "help",
		"section", "example", "sample", "regex", "failregex", "pattern", "query", "playbook":
		return true
	}
	return false
}

// directive tells whether w is how a directive of a server, or an entry of a
// catalogue of texts begins.
func directive(w []byte) bool {
	switch string(w) {
	case "errordocument", "error_page", "errorfile", "authname", "auth_basic", "secrule", "secaction", "secdefaultaction", "rewriterule", "rewritecond",
		"add_header", "msgid", "msgstr", "respond", "throw", "echo", "synth":
		return true
	}
	return false
}

// needsText tells whether w, a directive, is one only with its text in quotes
// right after it.
func needsText(w []byte) bool {
	switch string(w) {
	case "respond", "throw", "echo", "synth":
		return true
	}
	return false
}

// singular takes the s of the plural off.
func singular(w []byte) []byte {
	if n := len(w); n > 4 && w[n-1] == 's' && w[n-2] != 's' && w[n-2] != 'u' {
		return w[:n-1]
	}
	return w
}

// failureNoun tells whether w is a noun for failures: "no AccessDenied errors".
func failureNoun(w []byte) bool {
	switch string(singular(w)) {
	case "error", "failure", "exception", "response", "event", "fault", "denial", "attempt", "message", "occurrence",
		"incident", "entrie", "entry", "hit", "line", "problem", "issue", "code", "status", "statuse", "s", "es", "reply",
		"replie", "result", "call", "request":
		return true
	}
	return false
}

// unit tells whether w is what a number before it counts, and so that it is no
// status.
func unit(w []byte) bool {
	switch string(w) {
	case "bytes", "byte", "b", "kb", "mb", "kib", "mib", "ms", "s", "sec", "seconds", "us", "rows", "items", "records", "messages", "objects", "files",
		"keys", "lines", "points", "documents":
		return true
	}
	return false
}

// filler tells whether w may stand between a word that counts and the evidence.
func filler(w []byte) bool {
	switch string(w) {
	case "a", "an", "the", "any", "new", "recent", "further", "more", "other", "such", "single", "additional", "previous",
		"possible", "potential", "spurious", "intermittent", "random", "occasional", "unexpected", "aws", "s3", "http",
		"seen", "api", "user", "client", "code", "error", "errors", "exception", "status", "all", "known":
		return true
	}
	return false
}

// negation tells whether w denies what follows it.
func negation(w []byte) bool {
	switch string(w) {
	case "no", "zero", "without", "never", "isn't", "wasn't", "not":
		return true
	}
	return false
}

// hypothesis tells whether w makes of what follows something that may happen, or
// is only talked about.
func hypothesis(w []byte) bool {
	switch string(w) {
	case "if", "when", "whenever", "unless", "else", "otherwise", "e.g", "eg",
		"ignore", "ignores", "ignored", "retryable", "handle", "handles", "handled",
		"treat", "treats", "treating", "map", "maps", "mapping", "mapped", "translate", "translates", "convert", "converts",
		"suppress", "suppresses", "suppressed", "catch", "catches", "expect", "expects", "expected", "expecting",
		"simulate", "simulates", "simulated", "simulating", "mock", "mocks", "mocked", "mocking", "fake", "dummy",
		"assert", "asserts", "prevent", "prevents", "preventing", "avoid", "avoids", "avoiding", "avoided",
		"inject", "injects", "injecting", "see", "sees",
		"alias":
		return true
	}
	return false
}

// search tells whether w says that what follows is looked for.
func search(w []byte) bool {
	switch string(w) {
	case "grep", "matching", "matches", "search", "searching", "regex", "regexp":
		return true
	}
	return false
}

// change tells whether w is how the title of a change, or advice, begins.
func change(w []byte) bool {
	switch string(w) {
	case "fix", "fixes", "fixed", "fixing", "resolve", "resolves", "troubleshoot", "troubleshooting", "debugging",
		"document", "documents", "documented", "describe", "describes", "explain", "explains", "understanding",
		"reproduce", "diagnose", "diagnosing", "investigate", "investigates", "investigating":
		return true
	}
	return false
}

// source tells whether w is a word of a programming language that comes before
// the name of an error.
func source(w []byte) bool {
	switch string(w) {
	case "import", "catch", "except", "rescue", "instanceof", "isinstance", "extends", "class", "enum", "const", "case", "typeof":
		return true
	}
	return false
}

// failing tells whether w, which names no kind of failure, says that something
// went wrong.
func failing(w []byte) bool {
	switch string(w) {
	case "cannot", "can't", "couldn't", "could", "unable", "refused", "rejected", "fails", "fail", "got", "received", "caught",
		"because", "but", "caused", "reason", "fatal", "warn", "warning", "panic", "err", "aborted", "aborting", "giving":
		return true
	}
	return false
}

// settingUp tells whether w says that something was put in place.
func settingUp(w []byte) bool {
	switch string(w) {
	case "loaded", "registered", "provisioned", "installed", "mapped", "added", "created", "configured", "enabled", "defined",
		"scheduled", "imported", "declared", "attached", "updated", "initialized":
		return true
	}
	return false
}

// staged tells whether w says that a failure was made on purpose.
func staged(w []byte) bool {
	switch string(w) {
	case "stub", "stubs", "stubbed", "stubbing", "mock", "mocked", "mocking", "wiremock", "canned", "fake", "simulated", "simulating", "injection":
		return true
	}
	return false
}

// talking tells whether w says that somebody speaks or writes.
func talking(w []byte) bool {
	switch string(w) {
	case "asked", "asks", "wrote", "commented", "reminder", "titled":
		return true
	}
	return false
}

// comparison tells whether w, before the evidence, compares something with it.
func comparison(w []byte) bool {
	switch string(w) {
	case "contains", "includes", "equals", "is", "has":
		return true
	}
	return false
}
