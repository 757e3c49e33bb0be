package mention

import "bytes"

// quoteReach is how far before the evidence the quote is looked for that opens
// the string it is in, in bytes.
const quoteReach = 64

// opensString returns the place of the quote that opens the string the evidence
// is in, or -1. An apostrophe and a quote that closes open none.
func (p *place) opensString() int {
	for i := p.left - 1; i >= max(0, p.left-quoteReach); i-- {
		if !quoteByte(p.line[i]) {
			continue
		}
		if identByte(p.byteAt(i-1)) || spaceByte(p.byteAt(i+1)) {
			return -1
		}
		return i
	}
	return -1
}

// inLiteral tells in what way the string that the evidence is in is no message,
// but a literal in source code, the text that a statement or a directive holds,
// an operand, or the title of something.
func (p *place) inLiteral() Kind {
	if p.isRemark() || p.isTextOfStatus() {
		return Code
	}
	open := p.opensString()
	if open < 1 {
		return None
	}
	if p.isStatement() {
		return Code
	}
	if p.byteAt(open+1) == '^' || p.byteAt(p.right) == p.line[open] && p.piped(p.right+1) {
		return Condition
	}
	return p.behindSign(open)
}

// isTextOfStatus tells whether the evidence is the text that a program has for a status:
// messages[403]=Access denied, "403": Access denied, error.403=Access denied.
func (p *place) isTextOfStatus() bool {
	if p.inTableOfStatuses() {
		return true
	}
	i := p.beforeSpaces(p.beforeQuotes(p.left))
	if p.byteAt(i-1) == '=' && p.byteAt(i-2) == ']' || p.byteAt(i-1) == ':' && quoteByte(p.byteAt(i-2)) {
		w := p.wordBefore(i - 2)
		if c := p.byteAt(w.start - 1); w.isStatus() && (c == '[' || quoteByte(c)) {
			return true
		}
	}
	i = p.start - 1
	return p.byteAt(i) == '=' && digit(p.byteAt(i-1)) && digit(p.byteAt(i-2)) && digit(p.byteAt(i-3)) && p.byteAt(i-4) == '.' && letter(p.byteAt(i-5))
}

// inTableOfStatuses tells whether the evidence begins with a status and the text for it, and
// others stand beside them: 401=Unauthorized 403=Forbidden.
func (p *place) inTableOfStatuses() bool {
	if w := p.wordAfter(p.before(p.start, func(c byte) bool { return digit(c) || c == '=' })); !w.isStatus() || p.byteAt(w.end) != '=' || !upper(p.byteAt(w.end+1)) {
		return false
	}
	n := 0
	for i := 3; i+1 < len(p.line); i++ {
		if p.line[i] == '=' && upper(p.line[i+1]) && digit(p.line[i-1]) && digit(p.line[i-2]) && digit(p.line[i-3]) {
			n++
		}
	}
	return n > 1
}

// behindSign tells what the sign or the word before the quote at open makes of the string
// that it opens.
func (p *place) behindSign(open int) Kind {
	i := p.beforeSpaces(open)
	sign, adjacent := i-1, i == open
	before := p.byteAt(sign - 1)
	switch p.byteAt(sign) {
	case '=':
		switch {
		case before == ':', p.keyIsStatus(sign), p.keyIsIndex(sign): // msg := "token expired"
			return Code
		case before == '|': // |= "invalid password"
			return Condition
		case !adjacent && p.isPlanned(sign):
			return Code
		}
		return Topic.when(adjacent && p.isTitleKey(sign) || p.isKeyOfText(sign))
	case '~':
		return Condition.when(before == '|' || before == '=')
	case '*': // *"Access denied"*
		return Condition.when(adjacent)
	case '>':
		return Code.when(p.keyIsStatus(sign)) // { 401 => 'Unauthorized', … }
	case ':':
		if p.keyIsStatus(sign) || bytes.Contains(p.line[max(0, open-24):open], []byte("json({")) {
			return Code
		}
		return Topic.when(p.ofTicket(sign) || p.isKeyOfText(sign))
	case ',':
		if p.isAnswer(sign) {
			return Code
		}
		return Condition.when(bytes.HasSuffix(p.line[:sign], []byte("contains")) || bytes.Contains(p.line[max(0, open-40):open], []byte("contains(")))
	case '(':
		if adjacent {
			return p.argument(sign)
		}
		return None
	}
	if adjacent {
		return None
	}
	return p.behindWord(i)
}

// isTitleKey tells whether the equals sign at i ends the key of the title of something:
// panel title="…". And not: failed to send email error="…".
func (p *place) isTitleKey(i int) bool {
	key := p.wordBefore(i)
	if !key.isOneOf("title", "name", "subject", "label", "caption", "text") {
		return false
	}
	w := p.previous(key)
	return p.byteAt(w.end) == ' ' && (w.is(titled) && !assigns(p.byteAt(w.start-1)) || p.isWritten(w))
}

// isPlanned tells whether the equals sign at i is that of an argument in a plan of Terraform:
// + message = "Access denied".
func (p *place) isPlanned(i int) bool {
	begin := p.afterSpaces(0)
	if c := p.byteAt(begin); !p.whole || c != '+' && c != '-' && c != '~' || p.byteAt(begin+1) != ' ' {
		return false
	}
	key := p.wordAfter(begin + 1)
	return p.afterSpaces(p.after(key.start, identByte)) == i
}

// isKeyOfText tells whether the sign at i ends the key of a text that a program has ready for
// those whom it refuses: denied_message: "…", MAIL_AUTH_ERROR_SUBJECT="…", errors.unauthorized="…".
func (p *place) isKeyOfText(i int) bool {
	end := p.beforeQuotes(p.beforeSpaces(i))
	if hasFold(p.line[p.before(end, elementByte):end], "errors.") && p.dotted(end) {
		return true
	}
	key := p.line[p.before(end, identByte):end]
	for _, s := range [...]string{"_subject", "_template", "_banner", "_placeholder", "_label"} {
		if endsFold(key, s) {
			return true
		}
	}
	for _, text := range [...]string{"_message", "_text", "_title", "_page", "_body", "_html"} {
		if !endsFold(key, text) {
			continue
		}
		key = key[:len(key)-len(text)]
		if endsFold(key, "failed_login") || endsFold(key, "login_failed") || endsFold(key, "login_failure") {
			return true
		}
		for _, refused := range [...]string{"denied", "deny", "forbidden", "unauthorized", "blocked", "rejected", "reject"} {
			if endsFold(key, refused) {
				return true
			}
		}
		return false
	}
	return false
}

// behindWord tells what the word that ends at i makes of the string that a quote opens
// behind it.
func (p *place) behindWord(i int) Kind {
	w := p.wordBefore(i)
	if w.end != i {
		return None
	}
	if kind := entitles(w); kind != None {
		return kind
	}
	if w.n == 0 || !digit(w.buf[w.n-1]) {
		return None
	}
	// ticket 12 "Login failed on iPad"
	number := p.before(w.start, func(c byte) bool { return identByte(c) || c == '-' || c == '#' })
	return entitles(p.wordBefore(number))
}

// entitles tells what w makes of a string in quotes behind it.
func entitles(w word) Kind {
	switch {
	case w.is(directive):
		return Code
	case w.is(titled), w.isOneOf("title", "query", "default"): // using default "Login failed"
		return Topic
	}
	return None
}

// ofTicket tells whether what became of a ticket ends at i, before the colon in front of
// its title: ticket #12 closed: "…".
func (p *place) ofTicket(i int) bool {
	w := p.wordBefore(i)
	if !w.isOneOf("closed", "opened", "created", "reopened", "assigned", "updated", "merged") {
		return false
	}
	number := p.previous(w)
	if number.n == 0 || !digit(number.buf[number.n-1]) {
		return false
	}
	if p.byteAt(number.start-1) == '#' {
		number.start--
	}
	return p.previous(number).is(titled)
}

// isWritten tells whether w, before the title of something, says what was done with what
// somebody writes: post created, thread closed.
func (p *place) isWritten(w word) bool {
	if !w.isOneOf("closed", "opened", "created", "reopened", "assigned", "updated", "posted", "published", "saved") {
		return false
	}
	what := p.previous(w)
	return what.is(titled) || what.isOneOf("post", "thread", "topic", "task", "todo", "card", "comment", "question", "answer", "note")
}

// assigns tells whether what stands behind c is the value of something:
// channel=email, path/email.
func assigns(c byte) bool { return c == '=' || c == ':' || c == '/' }

// keyIsStatus tells whether the key of a map is a status or the code of an exit;
// i is where the sign between key and value ends.
func (p *place) keyIsStatus(i int) bool {
	arrow := p.line[i] == '>'
	if arrow {
		if i--; p.byteAt(i) != '=' && p.byteAt(i) != '-' {
			return false
		}
	}
	w := p.wordBefore(i)
	if w.n == 0 || w.n > 3 || !digit(w.buf[0]) || !digit(w.buf[w.n-1]) {
		return false
	}
	if arrow {
		return true
	}
	switch c := p.byteAt(p.beforeSpaces(p.beforeQuotes(w.start)) - 1); c {
	case '{', ',':
		return true
	}
	return p.line[i] == '=' && w.n == 3 && w.end == i
}

// keyIsIndex tells whether the equals sign at i stands behind a number in brackets with which
// an entry of a table begins: [5] = "not authorized".
func (p *place) keyIsIndex(i int) bool {
	end := p.beforeSpaces(i)
	if p.byteAt(end-1) != ']' {
		return false
	}
	start := p.before(end-1, digit)
	return start < end-1 && p.byteAt(start-1) == '[' && p.beforeSpaces(start-1) == 0
}

// piped tells whether what a search was for is followed by what is done with
// the hits: "authentication failed" | stats count.
func (p *place) piped(i int) bool {
	if i = p.afterSpaces(i); p.byteAt(i) != '|' {
		return false
	}
	w := p.wordAfter(i + 1)
	switch string(w.text()) {
	case "stats", "where", "count", "limit", "sort", "head", "timechart", "table", "summarize", "project", "line_format", "json", "logfmt", "fields", "wc", "grep", "parse":
		return true
	}
	return false
}
