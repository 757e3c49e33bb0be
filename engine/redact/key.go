package redact

import (
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// A key is one place where fieldKey matched.
type key struct {
	text, quotes, separator string
	start                   int
	certain                 bool // the value is a secret, whatever it looks like
	shaped                  bool // it is one only if it looks like one
}

// quoted tells whether the key is a whole string, not the last word of one:
// 'password', 'x-api-key'.
func (k key) quoted(s string) bool {
	i := k.nameStart(s)
	return i > 0 && isQuote(s[i-1])
}

// inAddress tells whether the key is the user's name in an address:
// https://x-access-token:…@github.com
func (k key) inAddress(s string) bool { return strings.HasSuffix(s[:k.nameStart(s)], "://") }

// nameStart returns where the name begins that ends in the key.
func (k key) nameStart(s string) int {
	i := k.start
	for i > 0 && (isWordByte(s[i-1]) || s[i-1] == '-' || s[i-1] == '.') {
		i--
	}
	return i
}

// inList tells whether a comma stands between the key and its value.
func (k key) inList() bool { return strings.Contains(k.separator, ",") }

// isErlang tells whether the key and its value are a pair of Erlang: {password,<<"…">>}
func (k key) isErlang(v value) bool {
	name := k.nameStart(v.s)
	return k.quotes == "" && k.separator == "," && v.quote == '"' && name > 0 && v.s[name-1] == '{'
}

// isRedacted tells whether another form has been at what stands behind the key, s[at:].
func (k key) isRedacted(s string, at int) bool {
	rest, ok := strings.CutPrefix(s[at:], mark)
	return ok && (rest == "" || strings.IndexByte(" \t\r\n\"',;)]}<&", rest[0]) >= 0 || rest[0] == '@' && k.inAddress(s))
}

// inSentence tells whether the key is a word before "value=", and no name beside a
// value: those are quoted, on a line of their own, or called a name.
func (k key) inSentence(s string) bool {
	return k.quotes == "" && !strings.Contains(k.separator, "\n") && k.isBeforeValue() && !k.isNamed(s)
}

// isBeforeValue tells whether the word "value" stands between the key and its value.
func (k key) isBeforeValue() bool { return valueWord().MatchString(k.separator) }

// valueWord is that word in a separator: "value":, val=, "v":
var valueWord = lazy.Compile(`(?i)\bv(?:al(?:ue)?)?\\*["']?\s*[:=]`)

// isNamed tells whether the key is called a name and its value a value:
// {Name:DB_PASSWORD Value:…}, (key=password, value=…)
func (k key) isNamed(s string) bool {
	name := k.nameStart(s)
	return k.isBeforeValue() && namedBefore().MatchString(s[max(0, name-maxHead):name])
}

// namedBefore is what such a name stands behind.
var namedBefore = lazy.Compile(`(?i)(?:name|\bk|key)\\*["']?[:=]\s*$`)

// inName tells whether the key is a part of a name, not a key: of an ARN
// (…:secret:prod/db) or a path (…/db/password: denied).
func (k key) inName(s string) bool {
	if k.start == 0 {
		return false
	}
	colon := strings.HasPrefix(strings.TrimLeft(k.separator, " "), ":")
	switch s[k.start-1] {
	case ':':
		return colon && k.quotes == ""
	case '/':
		return colon && !k.isOption(s)
	}
	return false
}

// isOption tells whether the key is an option of a program of Windows: /password:…
func (k key) isOption(s string) bool {
	return k.certain && k.separator == ":" && (k.start == 1 || s[k.start-2] == ' ')
}

// isArrow tells whether an arrow stands between the key and its value.
func (k key) isArrow() bool {
	arrow := strings.TrimSpace(k.separator)
	return arrow == "->" || arrow == "→"
}

// isStep tells whether the arrow behind the key leads from one step to the next, or to what
// came of it, and not to a value: POST /oauth/token -> 401, login -> password -> home.
func (k key) isStep(s string, from, to int) bool {
	head, next := k.head(s), strings.TrimLeft(s[to:min(len(s), to+maxHead)], " ")
	return strings.HasSuffix(head, "->") || strings.HasSuffix(head, "→") || strings.HasSuffix(head, "/") ||
		strings.HasPrefix(next, "->") || strings.HasPrefix(next, "→") ||
		status().MatchString(s[from:to]) || saysOutcome(strings.TrimRight(s[from:to], ".:"))
}

// status is a status of HTTP.
var status = lazy.Compile(`^[1-5]\d\d[:.]?$`)

// maxHead bounds where what stands before a name, or behind a value, is looked for, in bytes.
const maxHead = 8

// head is what stands before the key's name, without the blanks between.
func (k key) head(s string) string {
	name := k.nameStart(s)
	return strings.TrimRight(s[max(0, name-maxHead):name], " ")
}

// isShortName tells whether a key is a word for a password that is another word, too.
func isShortName(key string) bool {
	switch strings.ToLower(key) {
	case "pass", "clave", "parola":
		return true
	}
	return false
}

// isOfVendor tells whether the key ends as those do that are named after whose key it is, or
// what it opens: stripeKey, maps_key, _auth.
func (k key) isOfVendor() bool {
	text := strings.ToLower(k.text)
	return strings.HasSuffix(text, "key") || text == "_auth"
}

// plainKeys are words before "key" that name no secret.
var plainKeys = lazy.Compile(`(?i)(?:nosuch|partition|file|item|document|record|lookup|unique|primary|foreign|sort|hash|range|row|routing|cache|s3|object|message|event|metric|config|translation|shard|dedup\w*|idempotency|group|public|kms|ssh|host)$`)

// before returns what stands before s[i:], as far as one word reaches.
func before(s string, i int) string { return s[max(0, i-24):i] }
