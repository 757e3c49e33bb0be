package extract

import (
	"bytes"
	"slices"
)

// Bounds of a request id, in bytes: S3's has 16, a UUID 36, Oracle's three UUIDs.
const (
	minRequestID = 8
	maxRequestID = 128
)

// findRequestID returns the id that the service gave to the failed call. An id
// that stands like an AWS SDK prints it goes before a logger's own field of
// that name, which is shared by all calls that serve one request.
func findRequestID(text []byte) (id []byte, shared bool) {
	var field []byte
	for i := 0; ; {
		at := index(text[i:], "quest")
		if at < 0 {
			break
		}
		i += at + len("quest")
		value, ofSDK := requestIDAt(text, i)
		if value == nil {
			continue
		}
		if ofSDK {
			return value, false
		}
		if field == nil {
			field = value
		}
	}
	if field != nil {
		return field, true
	}
	if id = bracketedID(text); id == nil {
		id = bareID(text)
	}
	if id == nil {
		id = redshiftID(text)
	}
	return id, false
}

// requestIDAt reads `ID: value` behind "Request", in any of its spellings:
//
//	RequestID: V   Request ID: V   request id: V   <RequestId>V<
//	x-amzn-RequestId: V   aws_request_id": "V"   $metadata: {… requestId: 'V'
//	"request_id":"V"   requestId=V                 (a logger's field)
func requestIDAt(text []byte, i int) (value []byte, ofSDK bool) {
	start := endsInWord(text, i, "request")
	if start < 0 {
		return nil, false
	}
	if id := clientsID(text, i); id != nil {
		return id, true
	}
	blank := i < len(text) && text[i] == ' '
	if i < len(text) && isOneOf(text[i], " _-.") {
		i++
	}
	if i+2 > len(text) || text[i]|0x20 != 'i' || text[i+1]|0x20 != 'd' {
		return nil, false
	}
	before := text[max(0, start-80):start]
	if extended(before) {
		return nil, false
	}
	i += 2
	for n := 0; i < len(text) && n < 8 && isOneOf(text[i], " \t\n:=>,|\"'([]"); n++ {
		i++
	}
	if hasPrefix(text[i:], "u'") {
		i += len("u'") // Python 2
	}
	id := idAt(text[i:])
	if !plausibleID(id) {
		return nil, false
	}
	return id, blank || text[start] == 'R' || hasSuffix(before, "aws_") || hasSuffix(before, "-") || contains(before, "$metadata")
}

// clientsID returns the id that clients put right behind the word "request", which ends at
// text[i:], nil if there is none:
//
//	godo: 401 (request "UUID") Unable to authenticate you
//	Stripe: (Status 401) (Request req_…) Invalid API Key
//	PynamoDB: An error occurred (CODE) on request (ID) on table (NAME) when calling …
func clientsID(text []byte, i int) []byte {
	if id := quoted(text[skipSpace(text, i):]); isUUID(id) {
		return id
	}
	if hasPrefix(text[i:], " req_") {
		if id := idAt(text[i+1:]); plausibleID(id) {
			return id
		}
	}
	if hasPrefix(text[i:], " (") {
		if id := idAt(text[i+2:]); plausibleID(id) && hasPrefix(text[i+2+len(id):], ") on table (") {
			return id
		}
	}
	return nil
}

// idAt returns the id that b starts with: letters, digits, '-' and '_', joined
// by single slashes, with base64's padding behind. Oracle's begin with a
// region: "fra-1:".
func idAt(b []byte) []byte {
	if len(b) > 0 && b[0] == 'R' {
		if id := traceAt(b); id != nil {
			return id
		}
	}
	i := 0
	for i < len(b) && i < maxRequestID {
		switch c := b[i]; {
		case isAlnum(c), c == '-', c == '_':
		case c == '/' && i > 0 && i+1 < len(b) && isAlnum(b[i-1]) && isAlnum(b[i+1]):
		case c == ':' && i == len("fra-1") && b[3] == '-' && isDigit(b[4]):
		default:
			for k := 0; k < 2 && i > 0 && i < len(b) && b[i] == '='; k++ {
				i++
			}
			return b[:i]
		}
		i++
	}
	return b[:i]
}

// findTrace returns the id of X-Amzn-Trace-Id. All calls that serve one request
// share it, so that it is told of a failure and does not count it.
func findTrace(text []byte) []byte { return traceAt(text[max(0, index(text, traceRoot)):]) }

const traceRoot = "Root=1-"

// traceAt returns the id of X-Amzn-Trace-Id that b starts with, nil if it starts
// with none. Some put a UUID behind it:
//
//	Root=1-67891233-abcdef012345678912345678   Root=1-…;UUID
func traceAt(b []byte) []byte {
	if !hasPrefix(b, traceRoot) {
		return nil
	}
	i := len(traceRoot) + len(word(b[len(traceRoot):]))
	if i+1+uuidLen <= len(b) && b[i] == ';' && isUUID(b[i+1:i+1+uuidLen]) {
		i += 1 + uuidLen
	}
	return b[:i]
}

// extended tells whether the id is S3's second one, of which no two are equal
// and which support alone can read.
func extended(before []byte) bool {
	n := len(before)
	const word = "extended"
	return n > 1 && bytes.EqualFold(before[max(0, n-len(word)-1):n-1], []byte(word)) ||
		bytes.EqualFold(before[max(0, n-len(word)):], []byte(word))
}

// plausibleID keeps out "null", redactions and words.
func plausibleID(b []byte) bool {
	return len(b) >= minRequestID && slices.ContainsFunc(b, isDigit)
}

// bracketedID reads the id that services behind a credentials endpoint, and
// some brokers, put before their message: `[UUID]: Access denied`.
func bracketedID(text []byte) []byte {
	for i := 0; ; {
		at := index(text[i:], "]:")
		if at < 0 {
			return nil
		}
		i += at
		if start := i - uuidLen; start > 0 && text[start-1] == '[' && isUUID(text[start:i]) {
			return text[start:i]
		}
		i += 2
	}
}

// bareID reads the id that ends what PHP makes of a body in XML, whose tags it drops:
//
//	AWS HTTP error: … AccessDenied User: PRINCIPAL is not authorized to perform: … UUID
func bareID(text []byte) []byte {
	rest := after(text, "AWS HTTP error: ")
	for {
		at := bytes.IndexByte(rest, ' ')
		if at < 0 {
			return nil
		}
		rest = rest[at+1:]
		if len(rest) >= uuidLen && isUUID(rest[:uuidLen]) && (len(rest) == uuidLen || isOneOf(rest[uuidLen], "\"'\n ")) {
			return rest[:uuidLen]
		}
	}
}

// redshiftID reads the id in what Redshift makes of S3's answer:
//
//	S3ServiceException:Access Denied,Status 403,Error AccessDenied,Rid V,ExtRid …
func redshiftID(text []byte) []byte {
	at := index(text, "Rid ")
	if at <= 0 || text[at-1] != ',' {
		return nil
	}
	id := idAt(text[at+len("Rid "):])
	if !plausibleID(id) {
		return nil
	}
	return id
}

const uuidLen = 36

// isUUID tells whether b is eight, four, four, four and twelve hexadecimal
// digits.
func isUUID(b []byte) bool {
	if len(b) != uuidLen {
		return false
	}
	for i, c := range b {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		hex := isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f'
		if dash != (c == '-') || !dash && !hex {
			return false
		}
	}
	return true
}

func isOneOf(c byte, set string) bool {
	for i := 0; i < len(set); i++ {
		if c == set[i] {
			return true
		}
	}
	return false
}
