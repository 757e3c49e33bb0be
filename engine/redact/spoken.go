package redact

import (
	"regexp"
	"strings"
)

// spokenKey finds a secret that a sentence gives after its name, and no more than
// a blank between. Groups: 1 a name whose value is a secret if it has a letter and
// a digit, 2 one whose value is a secret if it looks random, 3 what stands before
// the value, 4 the value.
//
//	passphrase is …   using password "…"   AWS_SECRET_ACCESS_KEY …   access token …
var spokenKey = regexp.MustCompile(`(?i)(?:(\b(?:\w+_)?(?:password|passwort|passphrase|passcode|passwd)|secret[ _-]access[ _-]key|\b(?:access|refresh|bearer|auth|session|security)[ _-]token|\bapi[ _-]?key)|` +
	`(\b(?:\w+_)?(?:secret|token|key|credential)))` +
	`(["'\\` + "`" + `]*(?:[ \t]+(?:is|was|value))?[ \t]+["'\\(` + "`" + `]*)([^\s"'` + "`" + `<>,;()\[\]{}]{6,})`)

// spoken removes secrets that sentences give.
func spoken(s string) string {
	var out strings.Builder
	done := 0
	for _, m := range spokenKey.FindAllStringSubmatchIndex(s, -1) {
		certain, value := m[2] >= 0, s[m[8]:m[9]]
		if !mayBeSpoken(value) || !certain && (!looksRandom(value) || plainKeys.MatchString(strings.TrimRight(before(s, m[4]), " "))) {
			continue
		}
		out.WriteString(s[done:m[8]])
		out.WriteString(mark)
		done = m[9]
	}
	out.WriteString(s[done:])
	return out.String()
}

// mayBeSpoken tells whether a word of a sentence may be a secret: it has a letter
// and a digit, and is no name of another kind: a method, an address, a field.
func mayBeSpoken(v string) bool {
	if strings.ContainsAny(v, "=:@") || method.MatchString(v) || harmless.MatchString(v) || hasAny(strings.ToLower(v[:min(len(v), 4)]), accessKeyPrefixes) {
		return false
	}
	m := mixOf(strings.TrimRight(v, "."))
	return m.digits > 0 && m.lower+m.upper > 0
}

// method is the name of an algorithm or a version.
var method = regexp.MustCompile(`(?i)^(?:(?:scram|hmac|pbkdf\d*|caching|mysql|sha|md|ntlm|v|rs|es|hs|oauth|http|utf)[-_]?[\w.-]*\d|[a-z]+\d?-\d+|\d+\w{1,2})$`)
