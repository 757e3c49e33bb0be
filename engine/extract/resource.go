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
	line := until(b, "\n\"")
	end, reason := sentenceEnd(line)
	value := line[:end]
	if !reason && !describesIAM(value) {
		value = firstToken(value)
	}
	return trimResource(value)
}

// ends are what may follow a resource on the same line. The first two are
// reasons: they prove that all before them is the resource, blanks included.
var ends = [...]string{
	" because no ", " with an explicit deny",
	" (Service", " status code:", ". Encoded", "</", " - ", ", ", "; ",
}

// sentenceEnd returns the length of the resource at the start of line, and
// whether a reason follows it.
func sentenceEnd(line []byte) (end int, reason bool) {
	end = len(line)
	for i, mark := range ends {
		if at := bytes.Index(line[:end], []byte(mark)); at >= 0 {
			end, reason = at, i < 2
		}
	}
	return end, reason
}

// describesIAM tells whether value is IAM's description of a resource.
func describesIAM(value []byte) bool {
	for _, kind := range [...]string{"policy path ", "role ", "user ", "group ", "instance profile ", "policy "} {
		if bytes.HasPrefix(value, []byte(kind)) {
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
		if slash := bytes.IndexByte(next, '/'); slash > 0 && next[0] != '(' && bytes.Index(next, []byte("://")) < 0 {
			return value[:len(first)+1+len(next)]
		}
	}
	return first
}

// trimResource drops the punctuation of the sentence around an unquoted
// resource. The colon that ends an empty log stream's ARN belongs to it.
func trimResource(b []byte) []byte {
	b = bytes.TrimRight(b, " \t\r.,;'\"`}")
	b = bytes.TrimSuffix(b, []byte("**")) // markdown
	if bytes.HasSuffix(b, []byte(")")) && bytes.IndexByte(b, '(') < 0 {
		b = b[:len(b)-1]
	}
	if bytes.HasSuffix(b, []byte(":")) && !bytes.HasSuffix(b, []byte("log-stream:")) {
		b = b[:len(b)-1]
	}
	if bytes.HasSuffix(b, []byte("]")) && bytes.IndexByte(b, '[') < 0 {
		b = b[:len(b)-1]
	}
	return b
}
