package redact

import (
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// schemeNames are the schemes of HTTP authentication whose credentials are one
// token; SSWS is Okta's.
var schemeNames = []string{"bearer", "basic", "negotiate", "ntlm", "ssws"}

// scheme finds HTTP credentials outside an Authorization header.
var scheme = lazy.Compile(`(?i)\b(` + strings.Join(schemeNames, "|") + `)(\s+["'\\]*)([A-Za-z0-9._~+/=-]{8,})`)

// schemes removes what stands behind "Bearer" or "Basic" if it is no word of a
// sentence: "Bearer token", "Basic realm=…".
func schemes(s string) string {
	return scheme().ReplaceAllStringFunc(s, func(m string) string {
		g := scheme().FindStringSubmatch(m)
		if isProse(strings.TrimRight(g[3], "=.")) || assignment().MatchString(g[3]) {
			return m
		}
		return g[1] + g[2] + mark
	})
}

// isProse tells whether v could be a word: letters only, none but the first a
// capital, and not longer than words are.
func isProse(v string) bool {
	if len(v) > 24 {
		return false
	}
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case 'a' <= c && c <= 'z', c == '-', c == '.':
		case 'A' <= c && c <= 'Z' && (i == 0 || v == strings.ToUpper(v)):
		default:
			return false
		}
	}
	return true
}
