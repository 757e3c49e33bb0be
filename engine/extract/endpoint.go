package extract

import "bytes"

// maxURLs bounds how many URLs of one text are looked at.
const maxURLs = 16

// findEndpoint returns the URL that was called, without its query, or nil. A
// text is full of other URLs: documentation, status pages, namespaces. The one
// that was called stands behind a word that says so.
func findEndpoint(text []byte) []byte {
	for i, n := 0, 0; n < maxURLs; n++ {
		at := index(text[i:], "://")
		if at < 0 {
			return nil
		}
		start := i + at
		i = start + len("://")
		for start > 0 && (isAlnum(text[start-1]) || isOneOf(text[start-1], "+-._")) {
			start--
		}
		url := bytes.TrimRight(until(text[start:], " \t\n\"'`<>()[]{},;|\\?#"), ".:")
		if scheme := text[start : start+bytes.IndexByte(text[start:], ':')]; hasSuffix(scheme, "endpoint") || hasSuffix(scheme, "endpoints") {
			// etcd's client: endpoint://client-0f1e/10.0.3.4:2379
			if host := url[bytes.LastIndexByte(url, '/')+1:]; len(host) > 0 {
				return host
			}
		}
		if !isEndpoint(text[start:], text[:start]) && !(hasPrefix(url, "http") && answers(text[start+len(url):])) {
			continue
		}
		if len(url) > i-start {
			return url
		}
	}
	return nil
}

// calledBy are the words, in lower case, that a called URL stands behind.
var calledBy = [...]string{
	"get", "head", "post", "put", "patch", "delete",
	"to", "from", "for", "on", "at", "url", "uri", "endpoint", "host", "target", "connect", "request", "requesting", "fetch", "fetching", "invoking",
	"webhook", "clone", "elasticsearch",
}

// isEndpoint tells whether url, which before stands in front of, was called. A
// database's or a broker's URL is nothing else.
func isEndpoint(url, before []byte) bool {
	switch {
	case hasPrefix(url, "http"):
		return called(before) && !recommended(before) || hasSuffix(before, " s3:") // restic
	case hasPrefix(url, "file:"), hasPrefix(url, "spiffe:"), hasPrefix(url, "fastcgi:"), hasPrefix(url, "docker:"), hasPrefix(url, "app:"), hasPrefix(url, "s3"), hasPrefix(url, "persistent:"), hasPrefix(url, "non-persistent:"), hasPrefix(url, ":"):
		return false
	}
	return true
}

// answers tells whether rest, behind a URL, says what the server there answered:
//
//	https://…: status code 401   https://… returned 403
func answers(rest []byte) bool {
	for _, said := range [...]string{": status code 4", " returned 4", " returned HTTP status 4", " responded with 4", " answered 4", ": HTTP 4", " -> 4", "] Failed to perform http",
		` "GET `, ` "HEAD `, ` "POST `, ` "PUT `, ` "PATCH `, ` "DELETE `} { // urllib3: https://api.example.com:443 "GET /orders HTTP/1.1" 401 92
		if hasPrefix(rest, said) {
			return true
		}
	}
	return false
}

// recommendedBy are words of sentences that send people to a page, without the
// first letter, which may be a capital.
var recommendedBy = [...]string{"equest_log_url", "rowse to", "earn more", "ore info", "ore detail", "ackground on", "ou can find", "ou can obtain", "ou can get", "lease visit", "lease refer", "roubleshooting guide", "ocumentation", "nstructions"}

// recommended tells whether before ends in a sentence that sends people to the
// page behind it: "You can find your API key at ".
func recommended(before []byte) bool {
	const longest = 80 // bytes from such a word to the URL
	sentence := before[max(0, len(before)-longest):]
	if end := max(lastOf(sentence, ". "), lastOf(sentence, "\n")); end >= 0 {
		sentence = sentence[end:]
	}
	for _, words := range recommendedBy {
		if contains(sentence, words) {
			return true
		}
	}
	return false
}

// pageWords stand before one of calledBy where the URL is a page to read: "go to",
// doc_url.
var pageWords = [...]string{"go", "refer", "documentation", "doc", "docs", "help", "info"}

// called tells whether before ends in a word that a called URL stands behind,
// with quotes, brackets and a colon between: `GET "`, `endpoint URL: "`, `to [`.
func called(before []byte) bool {
	w, rest := lastWord(before)
	for _, verb := range calledBy {
		if equalFold(w, verb) {
			previous, _ := lastWord(rest)
			for _, page := range pageWords {
				if equalFold(previous, page) {
					return false
				}
			}
			return true
		}
	}
	return false
}

// lastWord returns the last word of b, up to four bytes of quotes, brackets and
// blanks behind it, and what stands before it.
func lastWord(b []byte) (w, before []byte) {
	end := len(b)
	for end > 0 && !isAlnum(b[end-1]) && len(b)-end < 4 {
		end--
	}
	start := end
	for start > 0 && isAlnum(b[start-1]) && end-start < 16 {
		start--
	}
	return b[start:end], b[:start]
}

// findPath returns the first s3:// (s3a://, s3n://) URL in the text, or nil.
func findPath(text []byte) []byte {
	for i, n := 0, 0; n < maxURLs; n++ {
		at := index(text[i:], "://")
		if at < 0 {
			return nil
		}
		start := i + at
		i = start + len("://")
		for start > 0 && isAlnum(text[start-1]) {
			start--
		}
		if afterS3Scheme(text[start:]) != nil {
			url := until(text[start:], " \t\n\"'`<>()[]{},;|\\")
			return bytes.TrimRight(url, ":.")
		}
	}
	return nil
}

// addressForms are the ways in which HTTP and socket libraries name a host they
// could not talk to, without a URL.
var addressForms = forms(
	// urllib3, but not the host that a proxy was asked for
	"port=", `(?i)\bhost='[\w.:-]+', port=\d+\)[^\n]{0,300}\bProxyError\b|\bhost='([\w.:-]+)', port=\d+`,
	// Node.js, Go, curl, Java
	"econnrefused|etimedout|ehostunreach|einval|dial tcp|connect to",
	`\b(?:ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|EINVAL|dial tcp|[Cc]onnect to) \[?([\w-]+(?:\.[\w-]+)+(?::\d+)?|[\w-]+:\d+)\]?(?:[\s:,/]|$)`,
	"endpoint host", `endpoint host, "([\w.:-]+)"`, // Go
	"failed authentication", `Connection to node -?\d+ \(([\w.:/-]+)\) failed authentication`, // Kafka
	"permission denied", `\b\w+@([\w.-]+): Permission denied \(`, // ssh
)

// endpoint returns what did not answer, or refused: the URL without its query
// and credentials, else the host.
func endpoint(s source) string {
	if url := findEndpoint(s.text); url != nil {
		if _, path := splitURL(url); bytes.IndexByte(url[:len(url)-len(path)], '@') < 0 {
			return string(url)
		}
		host, _ := splitURL(url)
		return string(host)
	}
	return s.first(addressForms)
}
