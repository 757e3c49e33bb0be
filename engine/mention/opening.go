package mention

import (
	"bytes"
	"slices"
)

// carrierReach is how much of a line what carries it may put in front, in bytes.
const carrierReach = 100

// roleReach is how far before what is said in a conversation its speaker stands, in
// bytes.
const roleReach = 32

// message returns where the message begins that the evidence is in: after the
// quote that opens a string of JSON or logfmt, and the end of that string's key;
// else after what carries the line.
func (p *place) message() (start, key int) {
	before := p.line[:p.start]
	if bytes.IndexByte(before, '"') < 0 {
		return p.carried(), 0 // Fast path: a search forwards is the faster.
	}
	for i := len(before) - 1; i > 0; i-- {
		if before[i] != '"' {
			continue
		}
		switch j := p.beforeSpaces(i); {
		case p.byteAt(j-1) == ':' && p.byteAt(j-2) == '"':
			return i + 1, j - 2
		case p.byteAt(i-1) == '=' && identByte(p.byteAt(i-2)):
			return i + 1, i - 1
		case p.byteAt(i+1) == ',', p.byteAt(i+1) == '}':
			return p.carried(), 0 // a string that has ended
		}
	}
	return p.carried(), 0
}

// carried returns where the line goes on after what syslog, the container
// runtime or Compose put in front of it:
//
//	Feb  3 04:05:06 host orders[812]: …   2031-02-03T04:05:06Z stdout F …   orders-1  | …
func (p *place) carried() int {
	if !p.whole {
		return 0
	}
	head := p.line[:min(p.start, carrierReach)]
	for _, m := range [...]struct {
		mark string
		rare byte
	}{{"]: ", ']'}, {" stdout F ", 'F'}, {" stderr F ", 'F'}, {"  | ", '|'}} {
		if i := find(head, m.mark, m.rare); i >= 0 {
			return i + len(m.mark)
		}
	}
	return 0
}

// quotedIn tells what the key that ends at end makes of the string behind it: what
// people write or search for.
func (p *place) quotedIn(end int) Kind {
	start := p.before(end, identByte)
	w := p.word(start, end)
	switch string(w.text()) {
	case "subject", "q", "search", "prompt", "completion", "question", "snippet", "intent", "utterance", "tooltip", "placeholder",
		"search_query", "searchquery", "search_term", "searchterm", "keyword", "keywords",
		"commit_message", "commitmessage", "commit_msg", "commit_title", "pr_title", "issue_title":
		return Document
	case "query", "query_string", "querystring", "phrase", "kuery", "kql", "logql", "$regex", "$search", "$text":
		return Condition
	case "content": // what a person or a model says to the other
		if bytes.Contains(p.line[max(0, start-roleReach):start], []byte(`"role"`)) {
			return Document
		}
	case "alarm_name", "alarmname", "alertname", "rule_name", "rulename", "metric_name", "metricname":
		return Topic
	case "title", "panel", "dashboard", "chart":
		if p.byteAt(p.start-1) == '"' && p.plural() {
			return Topic // of what is counted there: title="Auth failures"
		}
	case "expected", "pattern", "regex", "filter", "filterpattern", "prefregex", "failregex", "expr", "template", "match", "matcher", "contains":
		return Condition
	}
	if open := p.beforeSpaces(start-1) - 1; p.byteAt(start-1) == '"' && p.byteAt(open) == '{' {
		if colon := p.beforeSpaces(open) - 1; string(w.text()) == "description" && p.byteAt(colon) == ':' {
			status := p.wordBefore(colon)
			if status.n == 3 && digit(status.buf[0]) && digit(status.buf[2]) {
				return Document // "403": {"description": "Access denied"}, of OpenAPI
			}
		}
		return p.quotedBelow(open)
	}
	return None
}

// quotedBelow is quotedIn for the key of the object that opens at i.
func (p *place) quotedBelow(i int) Kind {
	end := p.beforeSpaces(i)
	if p.byteAt(end-1) != ':' {
		return None
	}
	end = p.beforeQuotes(p.beforeSpaces(end - 1))
	start := p.before(end, identByte)
	w := p.word(start, end)
	switch string(w.text()) {
	case "filter", "$match", "match", "match_phrase", "term", "terms", "wildcard", "regexp", "prefix", "fuzzy", "query", "query_string", "multi_match":
		return Condition
	case "commit", "head_commit", "last_commit", "latest_commit":
		return Document
	}
	return None
}

// opening tells what the first words of the message, which begins at i, make of
// all that follows: Usage:, exit codes:, commit, # a comment.
func (p *place) opening(i int) Kind {
	if p.isHelp() || p.isReference() || p.isTable() || p.isComment() {
		return Document
	}
	i = p.afterSpaces(i)
	begin := i
	if c := p.byteAt(i); c == '[' && (hasFold(p.line[i:], "[ok]") || hasFold(p.line[i:], "[pass")) || c == 'P' && hasFold(p.line[i:], "pass: ") {
		return Test
	}
	if c := p.byteAt(i); c == '[' && hasFold(p.line[i:], "[resolved] ") || c == 'R' && bytes.HasPrefix(p.line[i:], []byte("RESOLVED: ")) {
		return Topic // an alert that is over
	}
	if (p.byteAt(i) == '-' || p.byteAt(i) == '*') && p.byteAt(i+1) == ' ' && p.isChange(i+2) {
		return Document
	}
	for i < p.start {
		i = p.afterSpaces(i)
		end := i
		for end < p.start && !spaceByte(p.line[end]) {
			end++
		}
		token := p.line[i:end]
		if len(token) == 0 || !prefix(token) || isAbbreviated(token) {
			break
		}
		i = end
	}
	if i >= p.start {
		return None
	}
	switch rest := p.line[i:p.start]; rest[0] {
	case '#', '/', '-', '*':
		if hasFold(rest, "#define ") {
			return Code
		}
		for _, mark := range [...]string{"# ", "## ", "### ", "// ", "-- ", "/* "} {
			if hasFold(rest, mark) && p.start-i-len(mark) < 60 && bytes.IndexByte(rest, ':') < 0 && (rest[0] != '-' || p.whole && i == 0) {
				return Document
			}
		}
		if rest[0] == '-' && p.byteAt(i+1) == '-' && letter(p.byteAt(i+2)) && bytes.Contains(rest, []byte("  ")) {
			return Document // an option and what it does
		}
	case '@': // an annotation, or a tag of documentation
		if upper(p.byteAt(i+1)) || hasFold(rest, "@throws ") || hasFold(rest, "@return") || hasFold(rest, "@@ -") { // the last of a diff
			return Code
		}
	}
	if p.isTitle(i) {
		return Document
	}
	return p.openingWord(i, begin)
}

// openingWord is opening for the first word of the message, which begins at i, in
// a text that begins at begin.
func (p *place) openingWord(i, begin int) Kind {
	w := p.wordAfter(i)
	if w.is(directive) && !w.is(needsText) {
		return Code
	}
	next := p.wordAfter(w.end)
	c := p.byteAt(w.end)
	head := p.line[i:p.start]
	if words, kind := announces(w.text()); kind != None && (words == nil || slices.Contains(words, string(singular(next.text())))) {
		return kind
	}
	if words := introduces(w.text()); slices.Contains(words, string(singular(next.text()))) && (!stops(head) || p.byteAt(next.end) == ':') {
		return Document
	}
	switch string(w.text()) {
	case "usage", "hint", "tip", "todo":
		if c == ':' || c == '(' || hasFold(p.line[w.end:], " of ") {
			return Document
		}
	case "example", "subject": // the latter of a mail
		if c == ':' {
			return Document
		}
	case "ensure": // what a benchmark of security checks
		if c == ' ' && (quoteByte(p.byteAt(w.end+1)) || !stops(head)) {
			return Document
		}
	case "pr", "mr":
		if c == ' ' && (p.byteAt(w.end+1) == '#' || p.byteAt(w.end+1) == '!') && bytes.Contains(head, []byte(" merged: ")) {
			return Document
		}
	case "task": // of Ansible
		if c == ' ' && p.byteAt(w.end+1) == '[' {
			return Topic
		}
	case "expect":
		if c == '(' {
			return Test
		}
	case "if", "when", "unless", "whenever":
		if string(next.text()) == "you" || w.buf[0] != 'w' && c == ' ' && !stops(head) {
			return Document
		}
	case "returns", "throws", "raises": // what a function or an operation is said to do
		if p.whole && upper(p.line[w.start]) && !stops(head) {
			return Document
		}
	case "a", "an", "any":
		if !stops(head) && (bytes.Contains(head, []byte(" results in ")) || bytes.Contains(head, []byte(" leads to "))) {
			return Document
		}
		return p.demand(p.wordAfter(next.end), head)
	case "clients", "callers", "users", "requests":
		return p.demand(next, head)
	case "comment":
		if string(next.text()) == "on" && c == ' ' {
			return Code // of SQL: COMMENT ON COLUMN users.locked IS '…'
		}
	case "return":
		if next.n == 3 && digit(next.buf[0]) {
			return Code // of nginx
		}
	case "description", "summary": // of an interface, in YAML
		if p.whole && c == ':' && !upper(p.line[w.start]) && begin == w.start && !p.isParticular(head) {
			return Document
		}
	case "it", "describe", "context", "test":
		open := p.afterSpaces(w.end)
		if p.byteAt(open) == '(' {
			open++
		}
		if c := p.byteAt(open); quoteByte(c) && open < p.start && bytes.IndexByte(p.line[open+1:p.start], c) < 0 {
			return Test
		}
	case "pass":
		if string(p.line[w.start:w.end]) == "PASS" && (p.byteAt(next.end) == '/' || p.byteAt(next.end) == '.' || next.is(method)) {
			return Test // PASS tests/auth.test.js, PASS GET /x; not the command of FTP
		}
	case "cherry":
		if hasFold(p.line[w.end:], "-pick") || hasFold(p.line[w.end:], " pick") {
			return Document
		}
	case "commit", "merge":
		if next.end-next.start >= 7 && isHex(p.line[next.start:next.end]) {
			return Document
		}
	case "given": // a step of a scenario
		if c == ' ' && !stops(head) {
			return Test
		}
	case "starting", "started", "stopping", "stopped", "finished": // a unit of systemd
		if p.isTitled(head) {
			return Name
		}
	case "asset", "compiled", "compiling", "copying":
		if !stops(head) {
			return Path
		}
	case "in":
		if string(next.text()) == "case" && !stops(head) {
			return Document
		}
	case "exit":
		if string(next.text()) == "codes" || string(next.text()) == "statuses" {
			return Document
		}
	case "fix", "feat", "docs", "chore", "refactor":
		if c == '(' || c == ':' {
			return Document
		}
	case "feature", "scenario":
		if c == ':' {
			return Test
		}
	}
	return None
}

// announced are second words, in the singular, that tell with the first what the
// rest of the message is.
var announced = struct{ releases, errors, lists, changes, merges, thrown []string }{
	releases: []string{"note"},
	errors:   []string{"error", "failure", "exception", "ok", "passed"},
	lists:    []string{"response", "request", "output", "issue", "cause", "reason", "error"},
	changes:  []string{"upgrade", "schema"}, // of a database
	merges:   []string{"branch", "pull", "remote", "tag", "message"},
	thrown:   []string{"new"},
}

// isParticular tells whether the line is about one failure, not about such failures: it
// names who was refused, or head, which is before the evidence, says what failed.
func (p *place) isParticular(head []byte) bool {
	if bytes.Contains(head, []byte("failed: ")) || bytes.Contains(head, []byte("error: ")) || bytes.Contains(p.line[p.end:], []byte("arn:aws")) {
		return true
	}
	if (bytes.Contains(head, []byte(" failed")) || bytes.Contains(head, []byte(" could not "))) && !tellsWhen(head) {
		return true
	}
	for i := p.end; i < len(p.line); i++ {
		if !quoteByte(p.line[i]) {
			continue
		}
		switch w := p.wordBefore(i); string(w.text()) {
		case "user", "role", "for", "account", "principal", "client":
			return spaceByte(p.line[i-1])
		}
	}
	return false
}

// tellsWhen tells whether head says in which case what follows comes about.
func tellsWhen(head []byte) bool {
	for _, s := range [...]string{" if ", " when ", "eturn", "esponse", "hrown", "aised"} {
		if bytes.Contains(head, []byte(s)) {
			return true
		}
	}
	return false
}

// announces returns what a message that begins with w makes of its rest, given
// that one of words follows w; nil: any does.
func announces(w []byte) (words []string, kind Kind) {
	switch string(w) {
	case "changelog", "tutorial", "faq", "troubleshooting":
		return nil, Document
	case "responds":
		return nil, Test
	case "release":
		return announced.releases, Document
	case "throw":
		return announced.thrown, Code
	case "expected", "assertion":
		return announced.errors, Test
	case "commit", "merge":
		return announced.merges, Document
	}
	return nil, None
}

// introduces returns words of which one, after w, makes documentation of a message
// that begins so and tells nothing else first: Common errors: …, Example response …
func introduces(w []byte) []string {
	switch string(w) {
	case "example", "known", "common":
		return announced.lists
	case "running", "migrating":
		return announced.changes
	}
	return nil
}

// isTitled tells whether the evidence is part of a name that is written like a title
// and ends the message: Started Failed Login Notifier. Head is the message before it.
func (p *place) isTitled(head []byte) bool {
	if !upper(p.byteAt(p.start)) || stops(head) {
		return false
	}
	i := p.start
	for {
		w := p.wordAfter(i)
		if w.start == w.end {
			return p.byteAt(i) == '.' && p.atEnd(p.after(i, func(c byte) bool { return c == '.' }))
		}
		if !upper(p.line[w.start]) {
			return false
		}
		i = w.end
	}
}

// demand tells what w, the second word of a sentence about clients, makes of it, if
// it begins what is asked of them: A request without … is answered with
func (p *place) demand(w word, head []byte) Kind {
	switch string(w.text()) {
	case "that", "who", "without", "lacking":
		if !stops(head) && !bytes.Contains(head, []byte(" was ")) && !bytes.Contains(head, []byte(" got ")) {
			return Document
		}
	}
	return None
}

// isTitle tells whether the title of a change stands at i, as git and those who
// build with it print it: a1f03bc Fix …, HEAD is now at a1f03bc Fix …, Fix … (#412).
func (p *place) isTitle(i int) bool {
	switch p.byteAt(i) | 0x20 {
	case 'h', 'p', 'a', 'r', 'm', 'g':
		for _, s := range [...]string{"head is now at ", "applying: ", "revert \"", "merged pr ", "git commit "} {
			if hasFold(p.line[i:], s) {
				return true
			}
		}
		if hasFold(p.line[i:], "pick ") { // a1f03bc Fix …
			i += len("pick ")
		}
	case '*' | 0x20:
		if hasFold(p.line[i:], "* ") {
			i += 2
		}
	}
	// Fast path: few messages begin with a hash or have a number sign.
	maybe := i+7 < p.start && isHexByte(p.line[i]) && isHexByte(p.line[i+1]) && isHexByte(p.line[i+6])
	if !maybe && bytes.IndexByte(p.line[p.end:], '#') < 0 {
		return false
	}
	w := p.wordAfter(i)
	hash := maybe && w.end-w.start >= 7 && isHex(p.line[w.start:w.end])
	if hash {
		i = w.end
		if p.byteAt(i+1) == '(' { // (HEAD -> main)
			for i < p.start && p.line[i] != ')' {
				i++
			}
			i++
		}
		w = p.wordAfter(p.afterSpaces(i))
	}
	if !w.is(commitVerb) && !(w.is(change) || w.n > 3 && lexicon[string(w.buf[:w.n-1])]&change != 0) {
		return false
	}
	if hash {
		return p.byteAt(w.end) == ' ' || p.byteAt(w.end) == '(' || p.byteAt(w.end) == ':'
	}
	end := len(p.line)
	if j := bytes.IndexByte(p.line[p.end:], '"'); j >= 0 {
		end = p.end + j
	}
	if p.byteAt(end-1) != ')' {
		return false
	}
	j := end - 1
	for j > p.end && digit(p.line[j-1]) {
		j--
	}
	return j < end-1 && p.byteAt(j-1) == '#' && p.byteAt(j-2) == '('
}

// isHelp tells whether the line is one of those that a heading of a help text
// introduces: EXIT CODES, and below it a number and what it stands for; OPTIONS. An
// option with its default shows it alone.
func (p *place) isHelp() bool {
	i := p.afterSpaces(0)
	first := p.byteAt(i)
	if p.whole && first == '-' && bytes.Contains(p.line[p.end:], []byte(" (default ")) {
		return true // -fail-delay duration  wait after a failed login (default 2s)
	}
	if !p.whole || p.at == 0 || i == 0 || !digit(first) && first != '-' {
		return false
	}
	before := p.text[max(0, p.at-2*lineReach) : p.at-1]
	for {
		n := bytes.LastIndexByte(before, '\n')
		heading := before[n+1:]
		if len(heading) > 0 && !spaceByte(heading[0]) {
			if q := bytes.LastIndexByte(heading, '"'); q >= 0 {
				heading = heading[q+1:]
			}
			for _, s := range [...]string{"exit code", "exit status", "exit value", "return code", "error code"} {
				if hasFold(heading, s) {
					return true
				}
			}
			return first == '-' && (hasFold(heading, "options") || hasFold(heading, "flags") || hasFold(heading, "usage") || hasFold(heading, "global "))
		}
		if n < 0 {
			return false
		}
		before = before[:n]
	}
}

// isTable tells whether the line is a row of a table in Markdown with a code in it:
// | `FORBIDDEN` | 403 | Insufficient permissions |
func (p *place) isTable() bool {
	return p.whole && p.byteAt(0) == '|' && p.byteAt(1) == ' ' && bytes.Contains(p.line[:p.start], []byte("` | "))
}

// isComment tells whether the line is one of a comment that documents an interface:
// /// <response code="403">…, * example: "…".
func (p *place) isComment() bool {
	if !p.whole {
		return false
	}
	rest := bytes.TrimLeft(p.line[:p.start], " \t")
	if bytes.HasPrefix(rest, []byte("/// ")) {
		return true
	}
	rest, ok := bytes.CutPrefix(rest, []byte("* "))
	rest = bytes.TrimLeft(rest, " ")
	return ok && (bytes.HasPrefix(rest, []byte("example: ")) || bytes.HasPrefix(rest, []byte("description: ")))
}

// isReference tells whether the evidence is an entry in the list of errors of an
// AWS operation's documentation: its next line but one or two is a status.
func (p *place) isReference() bool {
	rest := p.text[p.at+p.end : min(len(p.text), p.at+p.end+lineReach)]
	for range 3 {
		n := bytes.IndexByte(rest, '\n')
		if n < 0 {
			return false
		}
		rest = bytes.TrimLeft(rest[n+1:], " \t")
		if hasFold(rest, "http status code: ") {
			return true
		}
	}
	return false
}

// isChange tells whether the item of a list that begins at i tells of a change to
// a program: - **auth:** …, or an item below the heading of a version.
func (p *place) isChange(i int) bool {
	if hasFold(p.line[i:], "**") {
		end := i + 2
		for end < p.start && elementByte(p.line[end]) {
			end++
		}
		scope := p.line[i+2 : end]
		return hasFold(p.line[end:], ":** ") && !saysFailure(scope)
	}
	before := p.text[max(0, p.at-lineReach):p.at]
	first := bytes.Index(before, []byte("# "))
	if first < 0 {
		return false
	}
	heading := before[first:min(len(before), first+40)]
	if i := bytes.IndexByte(heading, '\n'); i >= 0 {
		heading = heading[:i]
	}
	for i := 1; i+1 < len(heading); i++ {
		if heading[i] == '.' && digit(heading[i-1]) && digit(heading[i+1]) {
			return true
		}
	}
	return false
}

func isHexByte(c byte) bool { return digit(c) || 'a' <= c && c <= 'f' }

// isHex tells whether name is the hash of a commit: hexadecimal, with a digit.
func isHex(name []byte) bool {
	digits := 0
	for _, c := range name {
		if digit(c) {
			digits++
		} else if c|0x20 < 'a' || c|0x20 > 'f' {
			return false
		}
	}
	return digits > 0
}

// isAbbreviated tells whether a token is the hash of a commit as git abbreviates it: with
// a digit and a letter, so that it is no time.
func isAbbreviated(token []byte) bool {
	return len(token) >= 7 && len(token) <= 12 && isHex(token) && bytes.ContainsAny(token, "abcdef")
}

// prefix tells whether a token is what loggers put before a message: a time, a
// level, a thread in brackets, a program with its process.
func prefix(token []byte) bool {
	switch c := token[0]; {
	case digit(c), c == '[', c == '|', token[len(token)-1] == ']':
		return true
	case c == '#': // the number of a check
		return len(token) > 1 && digit(token[1])
	case c == '-':
		return len(token) == 1
	}
	if bytes.HasSuffix(token, []byte("]:")) {
		return true
	}
	switch string(bytes.TrimRight(token, ":|")) {
	case "INFO", "info", "WARN", "warn", "WARNING", "DEBUG", "debug", "ERROR", "error", "NOTICE", "TRACE", "Info", "LOG", "Note", "NOTE":
		return true
	}
	return false
}
