package redact

import (
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// spokenKey finds a secret that a sentence gives after its name, and no more than
// a blank between. Groups: 1 a name whose value is a secret if it has a letter and
// a digit, 2 one whose value is a secret if it looks random, 3 what stands before
// the value, 4 the value.
//
//	passphrase is …   using password "…"   API key: …   Password for bob: …   AWS_SECRET_ACCESS_KEY …   access token …
//	password […]   session …
var spokenKey = lazy.Compile(`(?i)(?:(\b(?:\w+_)?(?:password|passwort|pass[ _-]?phrase|passcode|passwd|secret[ _-]?access[ _-]?key|(?:access|refresh|bearer|auth|session|security)[ _-]token|(?:authorization|verification|recovery|backup)[ _-]code|api[ _-]?key|private[ _-]key|license[ _-]key|pwd))|` +
	`(\b(?:\w+_)?(?:secret(?:[ _-]id)?|token|key|credential|session(?:[ _-]id)?)))` +
	`(["'\\` + "`" + `]*(?:[ \t]+(?:is|was|value|for[ \t]+(?:user[ \t]+)?["']?[^\s:"']{1,64}["']?(?::|[ \t]+(?:is|was)))|:)?[ \t]+["'\\([` + "`" + `]*)([^\s"'` + "`" + `<>,;()\[\]{}]{6,})`)

// spoken removes secrets that sentences give.
func spoken(s string) string {
	r := remover{text: s}
	for at := 0; ; {
		m := spokenKey().FindStringSubmatchIndex(s[at:])
		if m == nil {
			break
		}
		for i := range m {
			m[i] += at // Of a group that is not there it stays below at.
		}
		certain, value := m[2] >= at, s[m[8]:m[9]]
		at = m[8] // What is no secret may name one: "token password …".
		answer := certain && answersPrompt(s[m[6]:m[7]], value, s[m[9]:])
		if !answer && !mayBeSpoken(value) && !isPadded(value) || !certain && (!looksRandom(value) && !isPadded(value) || isKeyID(s[m[4]:m[5]], value) || plainKeys().MatchString(strings.TrimRight(before(s, m[4]), " "))) {
			continue
		}
		r.remove(m[8], m[9])
		at = m[9]
	}
	return r.result()
}

// spokenPair is a user's name and password, told as one word.
var spokenPair = lazy.Compile(`(?i)\bcredentials?:? +["']?[\w.@-]+:([^\s"']+)`)

// spokenPairs removes the password: credentials bob:…
func spokenPairs(s string) string {
	return removeValues(s, spokenPair(), looksPlain)
}

// answersPrompt tells whether v is all that stands behind a prompt such as "Password for
// bob:", and not how that went: nobody needs a digit there.
func answersPrompt(between, v, behind string) bool {
	between, behind = strings.Trim(between, " \t\"'`"), strings.TrimLeft(behind, "\"'`")
	return strings.HasPrefix(between, "for ") && strings.HasSuffix(between, ":") && (behind == "" || behind[0] == '\n') &&
		!harmless().MatchString(v) && !saysOutcome(strings.TrimRight(v, ".!"))
}

// mayBeSpoken tells whether a word of a sentence may be a secret: it has a letter
// and a digit, and is no name of another kind: a method, an address, a field.
func mayBeSpoken(v string) bool {
	if strings.ContainsAny(v, "=:@") || v[0] == '/' || strings.Count(v, ".") > 1 || method().MatchString(v) || harmless().MatchString(v) || hasAny(strings.ToLower(v[:min(len(v), 4)]), accessKeyPrefixes) {
		return false
	}
	m := mixOf(strings.TrimRight(v, "."))
	return m.digits > 0 && m.lower+m.upper > 0
}

// padded is base64 with its padding, which no name and no sentence has.
var padded = lazy.Compile(`^[A-Za-z0-9+/_-]{14,}={1,2}$`)

func isPadded(v string) bool {
	m := mixOf(v)
	return padded().MatchString(v) && m.digits > 0 && m.lower > 0 && m.upper > 0
}

// method is the name of an algorithm, a version or a Region.
var method = lazy.Compile(`(?i)^(?:[a-z]{2,4}(?:-[a-z]+)+-\d[a-z]?|http/\d\S*|(?:scram|hmac|pbkdf\d*|caching|mysql|sha|md|ntlm|v|rs|es|hs|oauth|http|utf)[-_]?[\w.-]*\d|[a-z]+\d?-\d+|\d+\w{1,2})$`)

// uuid is how KMS names its keys.
var uuid = lazy.Compile(`^(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.?$`)

// isKeyID tells whether value is the ID of a key, not a key: "key 1234abcd-… is
// pending deletion".
func isKeyID(name, value string) bool {
	return strings.HasSuffix(strings.ToLower(name), "key") && uuid().MatchString(value)
}
