package extract

import "bytes"

// hostMarks stand before the host of a database or broker.
var hostMarks = [...]string{
	"connection to server at ",    // libpq
	"failed to connect to `host=", // pgx
	"entry for host ",             // pg_hba.conf: the client's own address
}

// findHost returns the host that refused or did not answer, or nil.
func findHost(text []byte) []byte {
	for _, mark := range hostMarks[:2] {
		if rest := after(text, mark); rest != nil {
			if q := quoted(rest); q != nil {
				return q
			}
			return until(rest, " ,`\n")
		}
	}
	if url := findURL(text); url != nil {
		host, _ := splitURL(url)
		return host
	}
	return nil
}

// findURL returns the first URL in the text that is no documentation.
func findURL(text []byte) []byte {
	for i := 0; ; {
		at := index(text[i:], "://")
		if at < 0 {
			return nil
		}
		at += i
		i = at + 3
		start := at
		for start > 0 && (isAlnum(text[start-1]) || text[start-1] == '+') {
			start--
		}
		if start == at || hasPrefix(text[start:], "file:") {
			continue
		}
		url := until(text[start:], " \t\n\"'`<>()[]{},;|\\")
		if len(url) > i-start {
			return url
		}
	}
}

// findPath returns the first s3:// (s3a://, s3n://) URL in the text, or nil.
func findPath(text []byte) []byte {
	for i := 0; ; {
		at := index(text[i:], "://")
		if at < 0 {
			return nil
		}
		at += i
		i = at + 3
		start := at
		for start > 0 && isAlnum(text[start-1]) {
			start--
		}
		if rest := afterS3Scheme(text[start:]); rest != nil {
			url := until(text[start:], " \t\n\"'`<>()[]{},;|\\")
			return bytes.TrimRight(url, ":.")
		}
	}
}
