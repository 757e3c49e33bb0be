package extract

import "bytes"

// resourceAt reads the resource that b starts with: quoted, an ARN, or the words
// by which IAM describes what has no ARN ("policy path /", "role Auditor").
func resourceAt(b []byte) []byte {
	if len(b) == 0 {
		return nil
	}
	b = b[:min(len(b), maxResource)]
	if q := quoted(b); q != nil {
		return q
	}
	if b[0] == '"' || b[0] == '\'' {
		b = b[1:] // cut before the closing quote
	}
	line := lineOf(b)
	end, reason := sentenceEnd(line)
	value := line[:end]
	if !reason && !describesIAM(value) {
		value = firstToken(value)
	}
	if reason && hasSuffix(value, ":") {
		return value // arn:aws:sqs:eu-west-1:111122223333: stands for all queues
	}
	return trimResource(value)
}

// lineOf returns b up to the end of the line or to a double quote, which ends
// the text of the message that holds the sentence.
func lineOf(b []byte) []byte {
	if at := bytes.IndexByte(b, '\n'); at >= 0 {
		b = b[:at]
	}
	if at := bytes.IndexByte(b, '"'); at >= 0 {
		b = b[:at]
	}
	return b
}

// What may follow a resource on the same line. A reason proves that all before
// it is the resource, blanks included.
var (
	reasons = [...]string{"because no ", "with an explicit deny"} // behind a blank
	tails   = [...]string{"(Service", "status code:", "- "}       // behind a blank
	stops   = [...]string{". Encoded", "</", "<br", "&quot;", ", ", "; "}
)

// sentenceEnd returns the length of the resource at the start of line, and
// whether a reason follows it.
func sentenceEnd(line []byte) (end int, reason bool) {
	end = len(line)
	for _, mark := range reasons {
		if at := index(line[:end], mark); at > 0 && line[at-1] == ' ' {
			end, reason = at-1, true
		}
	}
	for _, mark := range tails {
		if at := index(line[:end], mark); at > 0 && line[at-1] == ' ' {
			end, reason = at-1, false
		}
	}
	for _, mark := range stops {
		if at := index(line[:end], mark); at >= 0 {
			end, reason = at, false
		}
	}
	return end, reason
}

// describesIAM tells whether value is IAM's description of a resource.
func describesIAM(value []byte) bool {
	for _, kind := range [...]string{"policy path ", "role ", "user ", "group ", "instance profile ", "policy "} {
		if hasPrefix(value, kind) {
			return true
		}
	}
	return false
}

// firstToken returns value up to the first blank, or the second when what
// follows the first still belongs to the ARN: "…:delivery streams/NAME".
func firstToken(value []byte) []byte {
	first := until(value, " \t\r")
	rest := value[len(first):]
	if a, ok := parseARN(first); ok && len(rest) > 1 && bytes.IndexByte(a.resource, '/') < 0 {
		next := until(rest[1:], " \t\r")
		if slash := bytes.IndexByte(next, '/'); slash > 0 && next[0] != '(' && index(next, "://") < 0 {
			return value[:len(first)+1+len(next)]
		}
	}
	return first
}

// trimResource drops the punctuation of the sentence around an unquoted
// resource. The colon that ends an empty log stream's ARN belongs to it.
func trimResource(b []byte) []byte {
	b = trimSigns(b)
	if bold := bytes.TrimSuffix(b, []byte("**")); !hasSuffix(bold, "*") {
		b = bold // markdown; "***" is a redaction
	}
	if opened := unclosed(b); len(opened) < len(b) {
		b = trimSigns(opened) // ClientError('…'), in which the resource is the last word
	}
	if hasSuffix(b, ":") && !hasSuffix(b, "log-stream:") {
		b = b[:len(b)-1]
	}
	return trimBracket(b)
}

// trimSigns drops the signs that end a sentence, and quotes.
func trimSigns(b []byte) []byte { return bytes.TrimRight(b, " \t\r.,;'\"`}") }

// unclosed drops what closes a bracket that b does not open: AccessDeniedException (User: …):
// of Rails, #<AccessDenied: …> of Ruby.
func unclosed(b []byte) []byte {
	closed := bytes.TrimSuffix(b, []byte(":"))
	if hasSuffix(closed, ")") && bytes.IndexByte(b, '(') < 0 || hasSuffix(closed, ">") && bytes.IndexByte(b, '<') < 0 {
		return closed[:len(closed)-1]
	}
	return b
}
