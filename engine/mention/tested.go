package mention

import "bytes"

// inTest tells whether the line is a test's report.
func (p *place) inTest() bool {
	return p.hasPassed() || p.ticked() || p.inTitle() || p.isCheck() || p.isStep() || p.isAnswered() || p.isTestsName()
}

// isTestsName tells whether the evidence is part of the name of a test of Go's:
// TestSTSInvalidClientTokenId.
func (p *place) isTestsName() bool {
	start := p.before(p.start, func(c byte) bool { return letter(c) || digit(c) || c == '_' })
	name, ok := bytes.CutPrefix(p.line[start:p.start], []byte("Test"))
	return ok && (len(name) == 0 || upper(name[0]) || name[0] == '_') && upper(p.line[p.start])
}

// hasPassed tells whether the line has the sign with which a runner of tests says that one
// passed.
func (p *place) hasPassed() bool {
	before, after := p.line[:p.start], p.line[p.end:]
	if i := find(after, "PASS", 'P') + p.end; i > p.end &&
		(p.byteAt(i-1) == '[' || hasFold(p.line[max(0, i-4):], "... ") || hasFold(p.line[max(0, i-2):], "| pass |")) {
		return true
	}
	if end := bytes.TrimRight(after, " .\""); endsFold(end, "(passed)") || endsFold(end, " - passed") {
		return true
	}
	if bytes.Contains(after, []byte(" -- Time elapsed: ")) && !bytes.Contains(after, []byte("<<<")) { // of Maven
		return true
	}
	return bytes.Contains(after, []byte(`"passed":true`)) || find(before, "--- PASS", 'P') >= 0 || find(after, " PASSED", 'P') >= 0 ||
		find(after, "... ok", 'k') >= 0 || find(after, ".. passed", 'p') >= 0 ||
		find(before, "ok ", 'k') >= 0 && p.ofTAP() || find(before, "=== ", '=') >= 0 && ofGoTest(before)
}

// isAnswered tells whether the evidence is the status with which a request of a test was
// answered, as Newman prints it: GET https://…/orders [403 Forbidden, 212B, 12ms].
func (p *place) isAnswered() bool {
	begin := p.start
	if status := p.wordBefore(begin); status.isStatus() {
		begin = status.start
	}
	if p.byteAt(begin-1) != '[' || p.byteAt(p.right) != ',' {
		return false
	}
	size := p.wordAfter(p.right + 1)
	return size.isNumber() && p.byteAt(p.after(size.end, elementByte)) == ',' && bytes.HasSuffix(bytes.TrimRight(p.line, " "), []byte("s]"))
}

// isStep tells whether the line is a step of a scenario: When she logs in with a wrong
// password # features/login.feature:8, or behind "Scenario:" in lines above.
func (p *place) isStep() bool {
	if bytes.Contains(p.line[p.end:], []byte(" # features/")) {
		return true
	}
	if !p.whole {
		return false
	}
	if p.wordAfter(p.afterSpaces(0)).isOneOf("given", "when", "then", "and", "but") {
		if i := bytes.LastIndex(p.line[p.end:], []byte("  # ")); i >= 0 && definesStep(p.line[p.end+i:]) {
			return true
		}
	}
	if p.at == 0 {
		return false
	}
	switch w := p.wordAfter(0); string(p.line[w.start:w.end]) {
	case "Given", "When", "Then", "And", "But":
		return bytes.Contains(p.text[max(0, p.at-scenarioReach):p.at], []byte("Scenario: "))
	}
	return false
}

// definesStep tells whether text, behind a step, names the place of its definition:
// steps/auth.rb:14.
func definesStep(text []byte) bool {
	return containsAny(text, ".rb:", ".py:") || positioned(text)
}

// scenarioReach is how far above a step the heading of its scenario is looked for, in bytes.
const scenarioReach = 1024

// inTitle tells whether the evidence is in the title of a test in a file, as
// Playwright prints both: [chromium] › login.spec.ts:14:5 › shows "Invalid password".
func (p *place) inTitle() bool {
	const sign = "›"
	before := p.line[:p.start]
	if bytes.IndexByte(before, sign[0]) < 0 {
		return false // Fast path: looking for all of it, from behind, takes long.
	}
	i := bytes.LastIndex(before, []byte(" "+sign+" "))
	return i >= 0 && (bytes.Contains(before[:i], []byte(".spec.")) || bytes.Contains(before[:i], []byte(".test.")))
}

// isCheck tells whether the evidence is in the quoted name of a check, and the
// message ends with its good outcome: check "login with wrong password fails": ok, or (passed).
func (p *place) isCheck() bool {
	open := bytes.LastIndexByte(p.line[:p.start], '"')
	end := bytes.IndexByte(p.line[p.right:], '"') + p.right
	if open < 0 || !spaceByte(p.byteAt(open-1)) || end < p.right {
		return false
	}
	bracket := p.byteAt(end+1) == ' ' && p.byteAt(end+2) == '('
	if !bracket && p.byteAt(end+1) != ':' {
		return false
	}
	w := p.wordAfter(end + 2)
	if bracket {
		w = p.wordAfter(end + 3)
	}
	switch string(w.text()) {
	case "ok", "pass", "passed":
		return bracket && p.byteAt(w.end) == ')' || p.atEnd(w.end)
	}
	return false
}

// isWanted tells whether the status that the evidence holds is the one that the words
// right before it say was expected: expected 401, got 401; expected 401 Unauthorized and got 401.
func (p *place) isWanted() bool {
	before := p.line[max(0, p.start-wantedReach):p.start]
	i := bytes.LastIndex(before, []byte("xpected "))
	if i < 0 {
		return false
	}
	status := before[i+len("xpected "):]
	return len(status) > 3 && digit(status[0]) && digit(status[2]) && (status[3] == ',' || bytes.Contains(status, []byte(" and "))) &&
		bytes.Contains(p.line[p.start:p.end], status[:3])
}

// isProbed tells whether the evidence is the answer that a probe of Nagios' kind was content
// with: HTTP OK: HTTP/1.1 401 Unauthorized.
func (p *place) isProbed() bool {
	return bytes.HasSuffix(bytes.TrimRight(p.line[:p.start], " HTP/.0123456789"), []byte(" OK:"))
}

// wantedReach is how far before a status it is looked for what was expected, in bytes.
const wantedReach = 48

// ofTAP tells whether the message is a test's in the Test Anything Protocol:
// ok 12 - login fails.
func (p *place) ofTAP() bool {
	i, _ := p.message()
	i = p.afterSpaces(i)
	return hasFold(p.line[i:], "ok ") && digit(p.byteAt(i+3))
}

// ofGoTest tells whether text, which has "=== ", is how go test begins a line.
func ofGoTest(text []byte) bool {
	i := bytes.Index(text, []byte("=== ")) + 4
	return hasFold(text[i:], "run") || hasFold(text[i:], "cont") || hasFold(text[i:], "pause")
}

// ticked tells whether the message is the name of a test behind a check mark, ✓,
// ✔ or √. What failed, or another mark, in front of the evidence is no name:
// ✓ built, deploy failed: …
func (p *place) ticked() bool {
	start, _ := p.message()
	head := p.line[min(p.afterSpaces(start), p.start):p.start]
	for _, mark := range [...]string{"✓", "✔", "√"} {
		name, ok := bytes.CutPrefix(head, []byte(mark))
		if !ok {
			continue
		}
		for i, c := range name {
			if c == ':' {
				w := p.wordBefore(p.start - len(name) + i)
				wanted := p.previous(w).isOneOf("with", "throws", "raises", "returns") // rejects with ExpiredToken: …
				ok = ok && (wanted || !w.is(failing) && !saysFailure(w.text()))
			}
		}
		return ok && bytes.IndexByte(name, ';') < 0 && !bytes.ContainsAny(name, "✖✗✘×❌")
	}
	return false
}

// expected tells whether the word that follows the evidence says that the failure
// was wanted: 403 Forbidden as expected, 401 Unauthorized (expected), 401 (expected 401).
func (p *place) expected() bool {
	if p.isWanted() || p.isProbed() {
		return true
	}
	i := p.after(p.afterSpaces(p.afterQuotes(p.right)), func(c byte) bool { return c == '.' })
	switch p.byteAt(i) {
	case '(':
		return p.isExpectedIn(p.wordAfter(i + 1))
	case ':', ',':
		w := p.wordAfter(p.afterSpaces(i + 1))
		return w.isOneOf("ok", "skipped", "passed") && p.atEnd(w.end)
	}
	w := p.wordAfter(p.afterSpaces(i))
	if w.isOneOf("ok", "passed") { // "login with wrong password" ok
		return quoteByte(p.byteAt(p.right)) && (p.byteAt(w.end) == ',' || p.atEnd(w.end))
	}
	if w.is(answered) { // unauthenticated request rejected as expected
		w = p.next(w)
	}
	return w.equals("as") && p.next(w).isOneOf("expected", "required", "intended", "designed", "desired", "documented")
}

// isExpectedIn tells whether the bracket that w begins says that the failure was wanted:
// (expected), (ok), (expected 401) behind a 401.
func (p *place) isExpectedIn(w word) bool {
	if w.equals("expected") && p.byteAt(w.end) == ' ' {
		status := p.next(w)
		return status.isStatusOrClass() && bytes.Contains(p.line[p.start:p.end], status.text()) && p.byteAt(status.end) == ')'
	}
	return w.isOneOf("expected", "ok") && p.byteAt(w.end) == ')'
}
