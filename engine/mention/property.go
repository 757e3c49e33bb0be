package mention

import "bytes"

// inProperty tells whether the evidence is part of the name of a setting:
// security.invalid_token.log=false. Or the name says the same as the evidence,
// as where the texts of a program are listed: error.access_denied="Access denied".
func (p *place) inProperty() bool {
	return p.isQuotedInSQL() || p.isPartOfKey() || p.isSetting() || p.isInVariable() || p.hasPhrase() || p.isTextOfElement() || p.repeatsKey() || p.isAlarmsName()
}

// isAlarmsName tells whether the evidence is all of what a record calls an alarm:
// "alarm":"AccessDenied", alertname="ExpiredToken". What the alarm is about may be over, or elsewhere.
func (p *place) isAlarmsName() bool {
	end, ok := p.keyEnd()
	if !ok || p.byteAt(p.right) != '"' || p.byteAt(p.left-1) != '"' || p.byteAt(end) == ' ' {
		return false
	}
	return p.wordBefore(end).isOneOf("alarm", "alarmname", "alarm_name", "alert", "alertname", "alert_name")
}

// isQuotedInSQL tells whether the evidence is a name of SQL: column "permission_denied"
// does not exist.
func (p *place) isQuotedInSQL() bool {
	if p.byteAt(p.left-1) != '"' || p.byteAt(p.right) != '"' {
		return false
	}
	w := p.wordBefore(p.left)
	return w.is(sqlKind) || string(p.line[w.start:w.end]) == "AS"
}

// isPartOfKey tells whether the evidence is part of a key with dots, of a setting:
// security.invalid_token.log=false, --set accessDenied.enabled=true, errors.forbidden="….
func (p *place) isPartOfKey() bool {
	behindDot := p.byteAt(p.left-1) == '.'
	switch p.byteAt(p.right) {
	case '.':
		return (behindDot || lower(p.byteAt(p.left))) && p.byteAt(p.after(p.right, elementByte)) == '='
	case '-':
		return behindDot && p.byteAt(p.after(p.right, elementByte)) == '='
	case '=':
		return behindDot && quoteByte(p.byteAt(p.right+1))
	}
	return false
}

// isTextOfElement tells whether the evidence is in an element of XML that holds a text of a
// program, as of Android or XLIFF.
func (p *place) isTextOfElement() bool {
	if p.byteAt(p.left-1) != '>' {
		return false
	}
	after := p.line[p.right:]
	return quoteByte(p.byteAt(p.left-2)) && hasFold(after, "</string>") || hasFold(after, "</source>")
}

// repeatsKey tells whether the key of the evidence says the same: error.access_denied="Access
// denied", {"login_failed":"Login failed"}, 'errors.invalidCredentials' => '….
func (p *place) repeatsKey() bool {
	end, ok := p.keyEnd()
	if !ok {
		return false
	}
	if quoteByte(p.byteAt(end - 1)) {
		end--
		if p.dotted(end) {
			return true
		}
	} else if p.byteAt(end) == ':' {
		return false
	}
	start, ok := p.spelledBefore(end)
	if !ok {
		return false
	}
	if quoteByte(p.byteAt(start-1)) && quoteByte(p.byteAt(end)) {
		return bytes.IndexByte(p.line[start:end], '_') > 0 && !upper(p.line[start])
	}
	return p.byteAt(start-1) == '.'
}

// keyEnd returns where the key ends whose value the evidence begins, if it does.
func (p *place) keyEnd() (end int, ok bool) {
	i := p.beforeSpaces(p.beforeQuotes(p.start))
	switch p.byteAt(i - 1) {
	case '>':
		if p.byteAt(i-2) != '=' {
			return 0, false
		}
		return p.beforeSpaces(i - 2), true
	case ':':
		return p.beforeSpaces(i - 1), i < p.start
	case '=':
		return p.beforeSpaces(i - 1), true
	}
	return 0, false
}

// spelledBefore returns where a key that ends at end begins to say the words of the
// evidence, if it does: access_denied, accessDenied, access.denied.
func (p *place) spelledBefore(end int) (start int, ok bool) {
	start = end
	for j := p.end - 1; j >= p.start; j-- {
		if !letter(p.line[j]) {
			continue
		}
		for start > 0 && (p.line[start-1] == '_' || p.line[start-1] == '.' || p.line[start-1] == '-') {
			start--
		}
		if p.byteAt(start-1)|0x20 != p.line[j]|0x20 {
			return 0, false
		}
		start--
	}
	return start, true
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

// isInVariable tells whether the line sets a variable of the environment, or a dotted name of
// a file of properties, to a text for those who are refused, and the evidence is in it:
// FORBIDDEN_MESSAGE=You do not have permission ….
func (p *place) isInVariable() bool {
	begin, _ := p.message()
	begin = p.afterSpaces(begin)
	end := p.after(begin, elementByte)
	if !p.whole || end == begin || p.byteAt(end) != '=' || end >= p.start || bytes.IndexByte(p.line[end+1:], '=') >= 0 {
		return false
	}
	key := p.line[begin:end]
	if dot := bytes.LastIndexByte(key, '.'); dot > 0 {
		return bytes.IndexByte(key, '.') < dot && saysFailure(key[dot:]) && !isOutcome(key[dot+1:]) && !endsFold(key, "error") && !endsFold(key, "exception")
	}
	return upper(key[0]) && p.isKeyOfText(end)
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
	last := p.line[start:i]
	return p.byteAt(start-1) == '.' && saysFailure(last) && !endsFold(last, "error") && !endsFold(last, "exception") && !endsFold(last, "failure")
}
