package mention

import "bytes"

// isTitle tells whether the title of a change stands at i, as git and those who
// build with it print it: a1f03bc Fix …, HEAD is now at a1f03bc Fix …, Fix … (#412).
func (p *place) isTitle(i int) bool {
	if hasAnyFold(p.line[i:], "head is now at ", "applying: ", "revert \"", "merged pr ", "git commit ") {
		return true
	}
	for _, mark := range [...]string{"pick ", "* "} { // of a rebase, of a list
		if hasFold(p.line[i:], mark) {
			i += len(mark)
			break
		}
	}
	// Fast path: few messages begin with a hash or have a number sign.
	maybe := i+7 < p.start && isHexByte(p.line[i]) && isHexByte(p.line[i+1]) && isHexByte(p.line[i+6])
	if !maybe && bytes.IndexByte(p.line[p.end:], '#') < 0 {
		return false
	}
	w := p.wordAfter(i)
	if maybe && w.end-w.start >= 7 && isHex(p.line[w.start:w.end]) {
		w = p.wordAfter(p.afterSpaces(p.afterDecoration(w.end)))
		c := p.byteAt(w.end)
		return beginsChange(w) && (c == ' ' || c == '(' || c == ':')
	}
	return beginsChange(w) && p.endsInNumber()
}

// afterDecoration returns where what git log prints about a commit in brackets ends, with
// the space at i before it: (HEAD -> main).
func (p *place) afterDecoration(i int) int {
	if p.byteAt(i+1) != '(' {
		return i
	}
	for i < p.start && p.line[i] != ')' {
		i++
	}
	return i + 1
}

// beginsChange tells whether w begins the title of a change to a program.
func beginsChange(w word) bool {
	return w.is(commitVerb|change) || w.n > 3 && lexicon[string(w.buf[:w.n-1])]&change != 0
}

// endsInNumber tells whether the message, or the string that the evidence is in, ends with
// the number of a change: (#412).
func (p *place) endsInNumber() bool {
	end := len(p.line)
	if i := bytes.IndexByte(p.line[p.end:], '"'); i >= 0 {
		end = p.end + i
	}
	if p.byteAt(end-1) != ')' {
		return false
	}
	i := end - 1
	for i > p.end && digit(p.line[i-1]) {
		i--
	}
	return i < end-1 && p.byteAt(i-1) == '#' && p.byteAt(i-2) == '('
}

// isChange tells whether the item of a list that begins at i tells of a change to
// a program: - **auth:** …, - Fixed: …, or an item below the heading of a version.
func (p *place) isChange(i int) bool {
	if !hasFold(p.line[i:], "**") {
		return hasAnyFold(p.line[i:], "fixed: ", "changed: ", "added: ") || isVersion(p.heading())
	}
	end := i + 2
	for end < p.start && elementByte(p.line[end]) {
		end++
	}
	return hasFold(p.line[end:], ":** ") && !saysFailure(p.line[i+2:end])
}

// heading returns the first heading in Markdown above the line, if one is near.
func (p *place) heading() []byte {
	above := p.text[max(0, p.at-lineReach):p.at]
	i := bytes.Index(above, []byte("# "))
	if i < 0 {
		return nil
	}
	heading, _, _ := bytes.Cut(above[i:min(len(above), i+40)], []byte("\n"))
	return heading
}

// isVersion tells whether a heading has the number of a version in it.
func isVersion(heading []byte) bool {
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
