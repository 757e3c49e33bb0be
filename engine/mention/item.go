package mention

import "bytes"

// isItem tells whether the evidence is an item of a YAML list of several.
func (p *place) isItem() bool {
	hyphen := p.beforeSpaces(p.beforeQuotes(p.left)) - 1
	alone := p.afterSpaces(p.afterQuotes(p.right)) == len(p.line) || p.atEnd(p.right)
	if p.byteAt(hyphen) != '-' || !p.whole || !alone || p.afterSpaces(p.carried()) != hyphen {
		return false
	}
	end := p.at + len(p.line)
	next := p.text[min(end+1, len(p.text)):min(len(p.text), end+lineReach)]
	if i := bytes.IndexByte(next, '\n'); i >= 0 {
		next = next[:i]
	}
	if i := bytes.IndexByte(next, '"'); i >= 0 && bytes.HasPrefix(bytes.TrimLeft(next, " "), []byte("- ")) {
		next = next[:max(i, 3)] // the end of a string of JSON
	}
	before := bytes.TrimRight(p.text[:p.at], "\n")
	return endsInItem(next) || endsInItem(before[bytes.LastIndexByte(before, '\n')+1:])
}

// endsInItem tells whether a line has nothing after "- " but a name.
func endsInItem(line []byte) bool {
	line = bytes.TrimRight(line, " \t\r\"'")
	i := len(line)
	for i > 0 && elementByte(line[i-1]) {
		i--
	}
	return i < len(line) && bytes.HasSuffix(bytes.TrimRight(line[:i], "\"'"), []byte("- "))
}
