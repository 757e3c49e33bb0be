package mention

import "bytes"

// carrierReach is how much of a line what carries it may put in front, in bytes.
const carrierReach = 100

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

// atEnd tells whether the message ends at i: with the line, or with the string of
// JSON that it is in.
func (p *place) atEnd(i int) bool {
	switch p.byteAt(i) {
	case 0:
		return i < len(p.line) || p.at+i >= len(p.text) || p.text[p.at+i] == '\n'
	case '"':
		c := p.byteAt(i + 1)
		return c == '}' || c == ',' || c == 0
	}
	return false
}

// stops tells whether a sentence ends in text, or what is told after a colon begins.
func stops(text []byte) bool {
	for {
		i := bytes.IndexByte(text, ' ')
		if i < 0 {
			return false
		}
		if i > 0 && (text[i-1] == '.' || text[i-1] == ':' || text[i-1] == ';') {
			return true
		}
		text = text[i+1:]
	}
}

// afterPrefixes returns where the message at i goes on after what loggers put before it.
func (p *place) afterPrefixes(i int) int {
	for i < p.start {
		i = p.afterSpaces(i)
		end := i
		for end < p.start && !spaceByte(p.line[end]) {
			end++
		}
		token := p.line[i:end]
		if len(token) == 0 || !isPrefix(token) || isAbbreviated(token) {
			break
		}
		i = end
	}
	return i
}

// isPrefix tells whether a token is what loggers put before a message: a time, a
// level, a thread in brackets, a program with its process.
func isPrefix(token []byte) bool {
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
