package redact

import (
	"regexp"

	"github.com/authlens/authlens/engine/lazy"
)

// removeValues replaces what the last group of re captures, unless keep tells that it
// is no secret.
func removeValues(s string, re *regexp.Regexp, keep func(value string) bool) string {
	r := remover{text: s}
	for _, m := range re.FindAllStringSubmatchIndex(s, -1) {
		from, to := m[len(m)-2], m[len(m)-1]
		if from < 0 || keep(s[from:to]) {
			continue
		}
		r.remove(from, to)
	}
	return r.result()
}

// path is the place of a file: rooted, and of more than one name or with an
// extension.
var path = lazy.Compile(`^(?:\.{1,2}|~)?/[\w.@-]*(?:/[\w.@-]+)+$|^(?:\.{1,2}|~)?/[\w.@-]+\.\w{1,5}$`)

// isPath tells whether v is the place of a file, and not base64 that begins with a
// slash.
func isPath(v string) bool { return path().MatchString(v) && !mixOf(v).isBase64(len(v)) }

// assignment is a field of its own, not base64 that ends in "=": jwt: kid=a1b2c3.
var assignment = lazy.Compile(`^[a-z_]+=[^=]`)

// ofSmallLetters tells whether v has no digits and no capitals, as long random values do.
func ofSmallLetters(v string) bool {
	m := mixOf(v)
	return m.digits+m.upper == 0
}
