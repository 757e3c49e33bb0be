package mention

import "bytes"

// opening tells what the first words of the message, which begins at i, make of
// all that follows: Usage:, exit codes:, commit, # a comment.
func (p *place) opening(i int) Kind {
	if p.isHelp() || p.isReference() || p.isTable() || p.isTallied() || p.isComment() || p.isHeading() {
		return Document
	}
	if containsAny(p.line[min(i, p.start):p.start], " deprecated and will be ") || p.isAdvisory(i) {
		return Document
	}
	begin := p.afterSpaces(i)
	if kind := p.openingMark(begin); kind != None {
		return kind
	}
	i = p.afterPrefixes(begin)
	if i >= p.start {
		return None
	}
	if kind := p.openingSign(i); kind != None {
		return kind
	}
	if p.isTitle(i) {
		return Document
	}
	return p.openingWord(i, begin)
}

// openingMark is opening for a mark, at i, of what has passed, is over or was changed.
func (p *place) openingMark(i int) Kind {
	text := p.line[i:]
	switch p.byteAt(i) {
	case '[':
		if hasAnyFold(text, "[ok]", "[pass]", "[passed]", "[pass ", "[passed ") {
			return Test
		}
		return Topic.when(hasFold(text, "[resolved] ")) // an alert that is over
	case 'P':
		return Test.when(hasFold(text, "pass: "))
	case 0xe2: // → Login with wrong password, of Newman
		name, ok := bytes.CutPrefix(p.line[i:p.start], []byte("→ "))
		return Test.when(ok && p.whole && len(name) > 0 && upper(name[0]) && !stops(name) && !bytes.Contains(name, []byte("://")))
	case 'R':
		return Topic.when(bytes.HasPrefix(text, []byte("RESOLVED: ")))
	case '-', '*':
		return Document.when(p.byteAt(i+1) == ' ' && p.isChange(i+2))
	case '#': // ## 2.4.1 - Fixed: …
		return Document.when(hasFold(text, "## ") && isVersion(text[:min(len(text), 20)]))
	}
	return None
}

// openingSign is opening for the sign, at i, of a comment, a directive, an option or an
// annotation.
func (p *place) openingSign(i int) Kind {
	rest := p.line[i:p.start]
	switch rest[0] {
	case '#', '/', '-', '*':
		if hasFold(rest, "#define ") {
			return Code
		}
		isOption := rest[0] == '-' && p.byteAt(i+1) == '-' && letter(p.byteAt(i+2)) && bytes.Contains(rest, []byte("  "))
		return Document.when(isOption || p.isRemarkAt(i))
	case '@':
		return Code.when(upper(p.byteAt(i+1)) || hasAnyFold(rest, "@throws ", "@return", "@@ -")) // the last of a diff
	}
	return None
}

// isRemarkAt tells whether a comment begins at i, and the evidence is near its beginning.
func (p *place) isRemarkAt(i int) bool {
	rest := p.line[i:p.start]
	for _, mark := range [...]string{"# ", "## ", "### ", "// ", "-- ", "/* "} {
		if hasFold(rest, mark) && len(rest)-len(mark) < 60 && bytes.IndexByte(rest, ':') < 0 {
			return rest[0] != '-' || p.whole && i == 0
		}
	}
	return false
}

// An opener is the first word of a message, and what stands around it.
type opener struct {
	word, next word
	sign       byte   // right behind the word
	head       []byte // the message, from the word to the evidence
	first      bool   // nothing stands before the word, such as a time or a level
}

// straight tells whether one sentence goes from the word to the evidence.
func (o *opener) straight() bool { return !stops(o.head) }

// isFollowedBy tells whether the next word is one of words, in the singular.
func (o *opener) isFollowedBy(words ...string) bool {
	next := singular(o.next.text())
	for _, s := range words {
		if string(next) == s {
			return true
		}
	}
	return false
}

// openingWord is opening for the first word of the message, which begins at i, in
// a text that begins at begin.
func (p *place) openingWord(i, begin int) Kind {
	w := p.wordAfter(i)
	if w.is(directive) && !w.is(needsText) {
		return Code
	}
	o := opener{word: w, next: p.next(w), sign: p.byteAt(w.end), head: p.line[i:p.start], first: begin == w.start}
	if kind := p.openingLabel(&o); kind != None {
		return kind
	}
	if kind := p.openingPhrase(&o); kind != None {
		return kind
	}
	return p.openingTool(&o)
}

// openingLabel is opening for a word that names what the message is.
func (p *place) openingLabel(o *opener) Kind {
	colon := o.sign == ':'
	switch w := o.word; string(w.text()) {
	case "changelog", "tutorial", "faq", "troubleshooting":
		return Document
	case "release", "upgrade", "migration":
		return Document.when(o.isFollowedBy("note"))
	case "usage", "hint", "tip", "todo":
		return Document.when(colon || o.sign == '(' || hasFold(p.line[w.end:], " of "))
	case "example":
		return Document.when(colon || p.introduces(o))
	case "known", "common":
		return Document.when(p.introduces(o))
	case "subject": // of a mail
		return Document.when(colon)
	case "description", "summary": // of an interface, in YAML
		return Document.when(p.whole && colon && !upper(p.line[w.start]) && o.first && !p.isParticular(o.head))
	case "error": // error codes: E401 login required; …
		return Document.when(o.next.isOneOf("codes", "catalogue", "catalog") && p.byteAt(o.next.end) == ':')
	case "exit":
		return Document.when(o.next.isOneOf("codes", "statuses"))
	case "fix", "feat", "docs", "chore", "refactor":
		return Document.when(colon || o.sign == '(')
	case "feature", "scenario":
		return Test.when(colon)
	case "stub", "mock", "wiremock": // of a server that tests call
		return Test.when(o.sign == ' ')
	case "llm", "ai", "model", "system", "user":
		return Document.when(o.next.equals("prompt") && p.byteAt(o.next.end) == ':')
	}
	return None
}

// isIndented tells whether the word begins an indented line, as RSpec and others print what a
// test is called below what it is about.
func (p *place) isIndented(o *opener) bool {
	return p.whole && o.first && lower(p.line[o.word.start]) && p.afterSpaces(0) == o.word.start && o.word.start > 1 && o.straight()
}

// introduces tells whether a list of failures that are known begins: Common errors: …,
// Example response ….
func (p *place) introduces(o *opener) bool {
	return o.isFollowedBy("response", "request", "output", "issue", "cause", "reason", "error") && (o.straight() || p.byteAt(o.next.end) == ':')
}

// openingPhrase is opening for a word that begins a sentence about what happens in general.
func (p *place) openingPhrase(o *opener) Kind {
	space := o.sign == ' '
	switch w := o.word; string(w.text()) {
	case "if", "unless":
		if bytes.Contains(o.head, []byte("arn:aws")) { // If you see this, …: User: arn:aws:sts::…
			return None
		}
		return Document.when(o.next.equals("you") || space && o.straight())
	case "when", "whenever":
		if p.isIndented(o) {
			return Test
		}
		return Document.when(o.next.equals("you"))
	case "in":
		return Document.when(o.next.equals("case") && o.straight())
	case "returns", "throws", "raises": // what a function or an operation is said to do
		if p.isIndented(o) {
			return Test
		}
		return Document.when(p.whole && upper(p.line[w.start]) && o.straight() || p.conditionFollows() || p.isAnswerFor())
	case "raise", "throw", "return":
		return Document.when(p.conditionFollows())
	case "mapping", "translating": // status 401 to …
		return Condition.when(bytes.HasSuffix(o.head, []byte(" to ")) || hasFold(p.line[p.right:], " to ") || bytes.Contains(o.head, []byte(" to ")) && o.straight())
	case "a", "an", "any":
		return Document.when(o.straight() && containsAny(o.head, " results in ", " leads to ") || o.demands(p.next(o.next)))
	case "see": // See RFC 6750 for
		return Document.when(space && o.next.equals("rfc") && o.straight())
	case "clients", "callers", "users", "requests":
		return Document.when(o.demands(o.next))
	case "ensure": // what a benchmark of security checks
		return Document.when(space && (quoteByte(p.byteAt(w.end+1)) || o.straight()))
	case "given": // a step of a scenario
		return Test.when(space && o.straight())
	case "responds":
		return Test
	case "rejects", "denies", "refuses", "answers", "shows", "says", "redirects", "renders", "with", "without":
		return Test.when(p.isIndented(o))
	}
	return None
}

// openingTool is opening for a word with which a tool, or a line of source, begins.
func (p *place) openingTool(o *opener) Kind {
	switch w := o.word; string(w.text()) {
	case "throw":
		return Code.when(o.isFollowedBy("new"))
	case "case": // of a match: case HttpStatus.FORBIDDEN -> …
		return Code.when(containsAny(o.head, " -> ", " => ") || containsAny(p.line[p.end:], " -> ", " => "))
	case "type": // of TypeScript: type Refusal = 'UNAUTHORIZED' | 'FORBIDDEN'
		return Code.when(o.first && upper(p.byteAt(o.next.start)) && hasFold(p.line[o.next.end:], " = "))
	case "return": // of nginx
		return Code.when(o.next.isStatusOrClass())
	case "comment": // of SQL: COMMENT ON COLUMN users.locked IS '…'
		return Code.when(o.next.equals("on") && o.sign == ' ')
	case "expected", "assertion":
		return Test.when(o.isFollowedBy("error", "failure", "exception", "ok", "passed"))
	case "expect":
		return Test.when(o.sign == '(')
	case "it", "describe", "context", "test":
		return Test.when(p.isTitleOfTest(w.end))
	case "pass": // PASS tests/auth.test.js, PASS GET /x, PASS eu-west-1: …; not the command of FTP
		sign := p.byteAt(o.next.end)
		return Test.when(string(p.line[w.start:w.end]) == "PASS" && (sign == '/' || sign == '.' || sign == '-' || o.next.is(method)))
	case "commit", "merge":
		isHash := o.next.end-o.next.start >= 7 && isHex(p.line[o.next.start:o.next.end])
		return Document.when(isHash || o.isFollowedBy("branch", "pull", "remote", "tag", "message"))
	case "cherry":
		return Document.when(hasAnyFold(p.line[w.end:], "-pick", " pick"))
	case "pr", "mr":
		sign := p.byteAt(w.end + 1)
		merged := bytes.Contains(o.head, []byte(" merged: ")) || bytes.HasSuffix(bytes.TrimRight(p.line, " "), []byte(", merged"))
		return Document.when(o.sign == ' ' && (sign == '#' || sign == '!') && merged)
	case "running", "migrating": // a database
		return Document.when(o.isFollowedBy("upgrade", "schema") && (o.straight() || p.byteAt(o.next.end) == ':'))
	case "jira", "ticket", "issue", "bug", "story":
		return Topic.when(o.tellsTicket())
	case "task": // of Ansible
		return Topic.when(o.sign == ' ' && p.byteAt(w.end+1) == '[')
	case "starting", "started", "stopping", "stopped", "finished": // a unit of systemd
		return Name.when(p.isTitled(o.head))
	case "asset", "compiled", "compiling", "copying":
		return Path.when(o.straight())
	}
	return None
}

// isTitleOfTest tells whether the evidence is in the string that begins at i, with or
// without a bracket before it: it("rejects …
func (p *place) isTitleOfTest(i int) bool {
	open := p.afterSpaces(i)
	if p.byteAt(open) == '(' {
		open++
	}
	c := p.byteAt(open)
	return quoteByte(c) && open < p.start && bytes.IndexByte(p.line[open+1:p.start], c) < 0
}

// tellsTicket tells whether the head, which begins with a ticket, says what became of it
// before its title: issue ABC-12 moved to Done: …
func (o *opener) tellsTicket() bool {
	before := o.head[:max(0, bytes.LastIndexAny(o.head, ":\"'"))]
	return containsAny(before, " moved to ", " assigned", " closed", " created", " reopened", " updated", " transitioned", " resolved")
}

// isAnswerFor tells whether what follows says whom the evidence is the answer for: returns
// 401 Unauthorized for expired tokens.
func (p *place) isAnswerFor() bool {
	w := p.wordAfter(p.right)
	return w.isOneOf("for", "without", "on") && p.byteAt(w.end) == ' '
}

// demands tells whether w begins what is asked of clients, of whom the sentence is:
// A request without … is answered with
func (o *opener) demands(w word) bool {
	return w.isOneOf("that", "who", "without", "lacking") && o.straight() && !containsAny(o.head, " was ", " got ")
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
