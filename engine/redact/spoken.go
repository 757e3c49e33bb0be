package redact

import (
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// spokenKey finds a secret that a sentence gives after its name, and no more than
// a blank between. Groups: 1 a name whose value is a secret if it has a letter and
// a digit, 2 one whose value is a secret if it looks random, 3 what stands before
// the value, 4 the value. A value is short only where the sentence says that it is one.
//
//	passphrase is …   using password "…"   API key: …   Password for bob: …   AWS_SECRET_ACCESS_KEY …   access token …
//	password […]   session …
var spokenKey = lazy.Compile(`(?i)(?:(\b(?:\w+_)?(?:password|passwort|pass[ _-]?phrase|passcode|passwd|secret[ _-]?access[ _-]?key|(?:access|refresh|bearer|auth|session|security)[ _-]token|(?:authorization|verification|recovery|backup)[ _-]code|api[ _-]?key|private[ _-]key|license[ _-]key|(?:pre-?)?shared[ _-]key|psk|pwd|pw))|` +
	`(\b(?:\w+_)?(?:secret(?:[ _-]?id)?|pass|token|key|credential|session(?:[ _-]id)?)|\B(?-i:Secret|Token|Key)))` +
	`(["'\\` + "`" + `]*(?:[ \t]+(?:(?:is|was):?|value|(?:provided|supplied|given):|for[ \t]+(?:user[ \t]+)?["']?[^\s:"']{1,64}["']?(?::|[ \t]+(?:is|was)))|:)?[ \t]+["'\\([` + "`" + `]*)([^\s"'` + "`" + `<>,;()\[\]{}]{4,})`)

// minUntold is the length in bytes of the shortest value that no "is" announces.
const minUntold = 6

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
		m[9] -= backslashes(s[m[8]:m[9]]) // before a quote that JSON escapes
		v := spokenValue{certain: m[2] >= at, between: s[m[6]:m[7]], text: s[m[8]:m[9]], behind: s[m[9]:]}
		at = m[8] // What is no secret may name one: "token password …".
		if v.certain && !v.isSecret() {
			if !v.isWord(s[m[2]:m[3]]) {
				continue
			}
			m[9] = m[8] + len(v.word())
		}
		if name := m[4]; !v.certain && (!v.looksSecret(s[name:m[5]]) || plainKeys().MatchString(strings.TrimRight(before(s, name), " "))) {
			continue
		}
		r.remove(m[8], m[9])
		at = m[9]
	}
	return r.result()
}

// A spokenValue is what a sentence gives after the name of a secret.
type spokenValue struct {
	certain bool   // the name is of group 1
	between string // what stands before the value
	text    string
	behind  string // the rest
}

// isTold tells whether the sentence says that it is the value: password is …
func (v spokenValue) isTold() bool {
	between := strings.Trim(v.between, " \t\"'`\\([:")
	return strings.EqualFold(between, "is") || strings.EqualFold(between, "was")
}

// isSecret tells whether the value is a secret where its name is of group 1.
func (v spokenValue) isSecret() bool {
	if v.answersPrompt() || v.isQuotation() {
		return true
	}
	return (len(v.text) >= minUntold || v.isTold()) && (mayBeSpoken(v.text) || isPadded(v.text))
}

// looksSecret tells whether the value is a secret where its name is of group 2.
func (v spokenValue) looksSecret(name string) bool {
	switch {
	case isKeyID(name, v.text):
		return false
	case isPadded(v.text), mayBeSpoken(v.text) && looksRandom(v.text):
		return true
	case !v.isTold() || len(v.text) < minUntold || !mayBeSpoken(v.text) || strings.ContainsAny(v.text, "/-_."):
		return false
	}
	name = strings.ToLower(name)
	return strings.Contains(name, "secret") || strings.Contains(name, "token") && looksMixed(v.text)
}

// comparedToken is one of two that were not the same: token mismatch: expected …, got …
var comparedToken = lazy.Compile(`(?i)\b(?:expected|got|received|actual|was)[:=]? ?["']?([A-Za-z0-9+/_-]{16,})`)

// comparedTokens removes those that look random.
func comparedTokens(s string) string {
	return removeValues(s, comparedToken(), func(v string) bool { return !looksRandom(v) })
}

// spokenPair is a user's name and password, told as one word.
var spokenPair = lazy.Compile(`(?i)\b(?:credentials?|login):? +["']?[\w.@-]+(?::| ?/ ?)([^\s"',;]+)`)

// spokenPairs removes the password: credentials bob:…, login bob / …
func spokenPairs(s string) string {
	return removeValues(s, spokenPair(), looksPlain)
}

// answersPrompt tells whether the value is all that stands behind a prompt such as
// "Password for bob:", and not how that went: nobody needs a digit there.
func (v spokenValue) answersPrompt() bool {
	between, behind := strings.Trim(v.between, " \t\"'`"), strings.TrimLeft(v.behind, "\"'`")
	return strings.HasSuffix(between, ":") && (strings.HasPrefix(between, "for ") || v.isTold()) && (behind == "" || behind[0] == '\n') &&
		v.isNoOutcome()
}

// isQuotation tells whether the sentence quotes the value: password is "…"
func (v spokenValue) isQuotation() bool {
	_, quote := quoteBefore(v.between)
	return quote != 0 && v.isTold() && strings.HasPrefix(strings.TrimLeft(v.behind, `\`), string(quote)) && v.isNoOutcome()
}

// isNoOutcome tells whether the value says nothing of how a login went.
func (v spokenValue) isNoOutcome() bool {
	return !harmless().MatchString(v.text) && !saysOutcome(strings.TrimRight(v.text, ".!"))
}

// mayBeSpoken tells whether a word of a sentence may be a secret: it has a letter
// and a digit, and is no name of another kind: a method, an address, a field. What a
// server masks is none any more: sk-0a1b****.
func mayBeSpoken(v string) bool {
	if strings.ContainsAny(v, "=:@") || strings.Contains(v, "***") || strings.HasPrefix(v, "/") || strings.Count(v, ".") > 1 || method().MatchString(strings.TrimRight(v, ".")) || harmless().MatchString(v) || hasAny(strings.ToLower(v[:min(len(v), 4)]), accessKeyPrefixes) {
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
var method = lazy.Compile(`(?i)^(?:[a-z]{2,4}(?:-[a-z]+)+-\d[a-z]?|http/\d\S*|(?:scram|hmac|pbkdf\d*|caching|mysql|sha|md|ntlm|v|rs|es|hs|oauth|http|utf)[-_]?[\w.-]*\d|[a-z]+\d?-\d+|\d+\w{1,2}|base\d\d(?:url)?|aes[-_]?\d{3}\S*)$`)

// uuid is how KMS names its keys.
var uuid = lazy.Compile(`^(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.?$`)

// isKeyID tells whether value is the ID of a key, not a key: "key 1234abcd-… is
// pending deletion".
func isKeyID(name, value string) bool {
	return strings.HasSuffix(strings.ToLower(name), "key") && uuid().MatchString(value)
}
