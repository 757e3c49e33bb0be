package match

import "bytes"

// maxMessage is how far a message reaches on either side of the evidence, in
// bytes.
const maxMessage = 4 << 10

// messageOf returns the part of a text that says one thing: the string of JSON or
// logfmt that the evidence is in, or everything if there is neither. Normalised text
// has no escapes, so a quote may be inside a string; the one that opens a string is
// recognised by the key before it, the one that closes it by the key after it.
func messageOf(text []byte, where span) []byte {
	after := text[where.end:min(len(text), where.end+maxMessage)]
	for _, closes := range [...]string{`","`, `", "`, `"}`, `" `} {
		if i := bytes.Index(after, []byte(closes)); i >= 0 && (closes != `" ` || closesValue(after[i+2:])) {
			after = after[:i]
		}
	}
	return text[messageStart(text, where) : where.end+len(after)]
}

// messageStart returns where the message begins.
func messageStart(text []byte, where span) int {
	from := max(0, where.start-maxMessage)
	before := text[from:where.start]
	for _, opens := range [...]string{`":"`, `": "`, `="`} {
		if i := bytes.LastIndex(before, []byte(opens)); i >= 0 && opensValue(before, i+len(opens)) {
			from += i + len(opens)
			before = before[i+len(opens):]
		}
	}
	return from
}

// opensValue tells whether the string that begins at i of before is still open
// at the end.
func opensValue(before []byte, i int) bool {
	return !bytes.Contains(before[i:], []byte(`","`)) && !bytes.Contains(before[i:], []byte(`", "`)) && !bytes.Contains(before[i:], []byte(`"}`))
}

// closesValue tells whether rest begins with the next key of logfmt.
func closesValue(rest []byte) bool {
	i := 0
	for i < len(rest) && (wordByte(rest[i]) || rest[i] == '.' || rest[i] == '-') {
		i++
	}
	return i > 0 && i < len(rest) && rest[i] == '='
}

// nearby returns the first phrase of list that is in the message, other than in the
// name of a program or a place in source code.
func nearby(list []phrase, message []byte) *phrase {
	for i := range list {
		p := &list[i]
		for at := p.find(message, 0); at >= 0; at = p.find(message, at+1) {
			if beginsWord(message, at) && !isOrigin(message, at, at+len(p.lower)) {
				return p
			}
		}
	}
	return nil
}

// beginsWord tells whether a word begins at text[at:], even within another: Directory in
// createDirectory and file in open_file, but not lease in please.
func beginsWord(text []byte, at int) bool {
	if at == 0 || !letter(text[at]) {
		return true
	}
	c := text[at-1]
	return !letter(c) || 'a' <= c && text[at] <= 'Z'
}

// isOrigin tells whether message[start:end] stands in a word that says who
// speaks: mail-relay[22366]: or api/handler.go:77.
func isOrigin(message []byte, start, end int) bool {
	for start > 0 && originByte(message[start-1]) {
		start--
	}
	for end < len(message) && originByte(message[end]) {
		end++
	}
	token := message[start:end]
	if i := bytes.LastIndexByte(token, '['); i > 0 && bytes.HasSuffix(token, []byte("]:")) {
		return digits(token[i+1 : len(token)-2])
	}
	token = bytes.TrimRight(token, ":,)")
	i := bytes.LastIndexByte(token, ':')
	return i > 0 && digits(token[i+1:]) && bytes.IndexByte(token[:i], '.') > 0
}

func originByte(c byte) bool {
	return wordByte(c) || c == '.' || c == '-' || c == '/' || c == ':' || c == '[' || c == ']'
}

func digits(text []byte) bool {
	for _, c := range text {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(text) > 0
}
