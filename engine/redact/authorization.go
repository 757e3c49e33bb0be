package redact

import (
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// authorization keeps the scheme of an Authorization header, and all of an AWS
// signature's but the signature: other forms see to that.
func authorization(s string, from, to int, quoted bool) (int, int) {
	v := s[from:to]
	if strings.HasPrefix(v, "AWS4-") || len(v) >= 6 && strings.EqualFold(v[:6], "digest") {
		return from, from
	}
	if !quoted && (strings.EqualFold(v, "authorization") || v == "server" && strings.HasPrefix(s[to:], " message:")) {
		return from, from // of Docker: may require authorization: server message: …
	}
	name, rest, ok := strings.Cut(v, " ")
	if !ok && !quoted {
		// Unquoted, the value ended at the blank behind the scheme.
		if n := len(s[to:]) - len(strings.TrimLeft(s[to:], " ")); n > 0 && isScheme(v) {
			return afterScheme(s, to+n)
		} else if n > 0 && mixOf(v).digits == 0 {
			// Perhaps a vendor's own scheme, and the token behind it: SSWS …
			begin, end := afterScheme(s, to+n)
			if t := s[begin:end]; mayBeSpoken(t) || len(t) >= minRandom && mixOf(t).digits > 0 {
				return from, end
			}
		}
		return from, to
	}
	if rest != "" && isScheme(name) {
		return from + len(name) + 1, to
	}
	return from, to
}

// schemeParameter is a scheme's own name for its token: token="…", auth=…, oauth_token="…"
var schemeParameter = lazy.Compile(`^(?i:token|auth|oauth_\w+)=["']?`)

// afterScheme returns the place of the credentials that begin at s[at:].
func afterScheme(s string, at int) (from, to int) {
	from = at + len(schemeParameter().FindString(s[at:]))
	return from, unquotedEnd(s, from, false)
}

func isScheme(v string) bool {
	switch strings.ToLower(v) {
	case "bearer", "basic", "digest", "negotiate", "ntlm", "token", "apikey", "splunk", "hawk", "aws", "oauth", "key":
		return true
	}
	return false
}
