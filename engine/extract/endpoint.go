package extract

import (
	"bytes"
	"regexp"
)

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
		for start > 0 && isAlnum(text[start-1]) {
			start--
		}
		if !called(text[:start]) {
			continue
		}
		url := bytes.TrimRight(until(text[start:], " \t\n\"'`<>()[]{},;|\\?#"), ".:")
		if len(url) > i-start {
			return url
		}
	}
	return nil
}

// calledBy are the words, in lower case, that a called URL stands behind.
var calledBy = [...]string{
	"get", "head", "post", "put", "patch", "delete",
	"to", "from", "for", "on", "at", "url", "endpoint", "host", "connect", "request",
}

// called tells whether before ends in a word that a called URL stands behind,
// with quotes, brackets and a colon between: `GET "`, `endpoint URL: "`, `to [`.
func called(before []byte) bool {
	end := len(before)
	for end > 0 && !isAlnum(before[end-1]) && len(before)-end < 4 {
		end--
	}
	start := end
	for start > 0 && isAlnum(before[start-1]) && end-start < 16 {
		start--
	}
	for _, w := range calledBy {
		if len(w) == end-start && equalFold(before[start:end], w) {
			return true
		}
	}
	return false
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
var addressForms = []*regexp.Regexp{
	regexp.MustCompile(`(?i)\bhost='([\w.:-]+)', port=\d+`), // urllib3
	regexp.MustCompile(`\b(?:ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|EINVAL|dial tcp|connect to|Connect to) \[?([\w.-]+(?::\d+)?)\]?(?:[\s:,]|$)`), // Node.js, Go, curl, Java
	regexp.MustCompile(`endpoint host, "([\w.:-]+)"`), // Go
}

// endpoint returns what did not answer, or refused: the URL without its query
// and credentials, else the host.
func endpoint(text []byte) string {
	if url := findEndpoint(text); url != nil {
		if _, path := splitURL(url); bytes.IndexByte(url[:len(url)-len(path)], '@') < 0 {
			return string(url)
		}
		host, _ := splitURL(url)
		return string(host)
	}
	for _, form := range addressForms {
		if host := first(form, text); host != "" {
			return host
		}
	}
	return ""
}
