package extract

import "bytes"

// Bounds of a request id, in bytes: S3's has 16, a UUID 36.
const (
	minRequestID = 8
	maxRequestID = 80
)

// findRequestID returns the id that the service gave to the failed call. An id
// that stands like an AWS SDK prints it goes before a logger's own field of
// that name.
func findRequestID(text []byte) []byte {
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
			return value
		}
		if field == nil {
			field = value
		}
	}
	if field == nil {
		return bracketedID(text)
	}
	return field
}

// requestIDAt reads `ID: value` behind "Request", in any of its spellings:
//
//	RequestID: V   Request ID: V   request id: V   <RequestId>V<
//	x-amzn-RequestId: V   aws_request_id": "V"   $metadata: {… requestId: 'V'
//	"request_id":"V"   requestId=V                 (a logger's field)
func requestIDAt(text []byte, i int) (value []byte, ofSDK bool) {
	start := wordBefore(text, i, "request")
	if start < 0 {
		return nil, false
	}
	blank := i < len(text) && text[i] == ' '
	if i < len(text) && (text[i] == ' ' || text[i] == '_' || text[i] == '-') {
		i++
	}
	if i+2 > len(text) || text[i]|0x20 != 'i' || text[i+1]|0x20 != 'd' {
		return nil, false
	}
	before := text[max(0, start-80):start]
	if extended(before) {
		return nil, false
	}
	ofSDK = blank || text[start] == 'R' || hasSuffix(before, "aws_") ||
		hasSuffix(before, "-") || contains(before, "$metadata")
	i += 2
	for n := 0; i < len(text) && n < 8 && isOneOf(text[i], " \t:=>,\"'("); n++ {
		i++
	}
	end := i
	for end < len(text) && end-i < maxRequestID && (isAlnum(text[end]) || text[end] == '-' || text[end] == '_') {
		end++
	}
	if !plausibleID(text[i:end]) {
		return nil, false
	}
	return text[i:end], ofSDK
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
	if len(b) < minRequestID {
		return false
	}
	for _, c := range b {
		if isDigit(c) {
			return true
		}
	}
	return false
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
