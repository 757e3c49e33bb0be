package redact

import (
	"bytes"
	b64 "encoding/base64"
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// A value is what stands behind a key.
type value struct {
	s        string
	at       int  // where the key's separator ends
	from, to int  // the value is s[from:to], without its quotes
	level    int  // backslashes before each quote
	quote    byte // 0 if there is none
}

func (v value) text() string { return v.s[v.from:v.to] }

// valueAt returns the value that begins at s[at:], behind the key, if it can be a value.
func (k key) valueAt(s string, at int) (v value, ok bool) {
	v = value{s: s, at: at, from: at + opening(s[at:])}
	v.level, v.quote = quoteBefore(s[:v.from])
	if k.inList() && !k.isErlang(v) && !k.isNamed(s) && (k.quotes == "" || v.quote == 0 || !k.quoted(s)) {
		return v, false // "… the password, then …"
	}
	switch entity := entityBefore(s[at:v.from]); {
	case v.quote != 0:
		v.to = closing(s, v.from, v.level, v.quote)
	case entity != "" && strings.Contains(s[v.from:min(len(s), v.from+maxValue)], entity):
		v.to = v.from + strings.Index(s[v.from:], entity)
	default:
		v.to = unquotedEnd(s, v.from, strings.ContainsAny(k.separator, ">&"))
	}
	if strings.HasSuffix(s[v.from:v.to], strings.TrimSuffix(mark, "]")) && v.to < len(s) && s[v.to] == ']' {
		v.to++ // What another form has left.
	}
	return v, true
}

// secret returns the place of the secret that stands behind the key, from
// s[at:]. from == to: there is nothing to remove.
func (k key) secret(s string, at int) (from, to int) {
	if k.inName(s) || k.inSentence(s) || k.isRedacted(s, at) {
		return at, at
	}
	if k.certain {
		if m := bytesOf().FindString(s[at:min(len(s), at+maxValue)]); m != "" {
			return at, at + len(m)
		}
	}
	v, ok := k.valueAt(s, at)
	if !ok {
		return v.from, v.from
	}
	if k.certain {
		if from, to, ok := k.secretOfForm(v); ok {
			return from, to
		}
	}
	switch {
	case k.isNone(v):
		return v.from, v.from
	case strings.EqualFold(k.text, "authorization"), strings.EqualFold(k.text, "proxy-authorization"):
		return authorization(s, v.from, v.to, v.quote != 0)
	case k.certain:
		return v.from, v.listEnd()
	case k.shaped && k.looksSecret(v):
		return v.from, v.to
	case !k.shaped && k.isUsed(v):
		return v.from, v.listEnd()
	}
	return v.from, v.from
}

// secretOfForm returns the place of the secrets of a value in braces, or of a list of YAML.
func (k key) secretOfForm(v value) (from, to int, ok bool) {
	rest := v.s[v.from:]
	if v.quote == 0 && k.separator == "=" && braced().MatchString(rest[:min(len(rest), maxBraced)]) {
		return v.from, v.from + len(strings.TrimSuffix(braced().FindString(rest[:min(len(rest), maxBraced)]), ";")), true
	}
	if v.text() == "-" && strings.Contains(k.separator, "\n") {
		items := yamlItems().FindString(rest[:min(len(rest), maxValue)])
		return v.from + min(len("- "), len(items)), v.from + len(strings.TrimSuffix(items, "\n")), true
	}
	return 0, 0, false
}

// bytesOf is a value as Go and Node print its bytes.
var bytesOf = lazy.Compile(`^(?:\[\](?:uint8|byte)\{[^{}]*\}|\[\d+(?:[ ,]+\d+)+\]|<Buffer(?: [0-9a-f]{2})+)`)

// braced is a value in the braces of ODBC's and JDBC's connection strings, no object:
// password={…};
var braced = lazy.Compile(`^\{(?:[^\s{}=:"']|\}\})+\}[^\s{};]*(?:;|$)`)

// maxBraced bounds such a value, in bytes.
const maxBraced = 256

// isNone tells whether the value is no secret whatever the key: an object, whose own keys
// are looked at, a reference, or what a sentence or a template has behind such a word.
func (k key) isNone(v value) bool {
	text := v.text()
	switch {
	case strings.HasPrefix(text, "{"), harmless().MatchString(text), strings.HasPrefix(text, mark),
		strings.HasPrefix(text, "arn:") && arn().MatchString(text):
		return true
	case k.inTemplate(v), k.separator == "> " && k.quotes == "" && isProse(text): // "AUTH <password> called without …"
		return true
	case k.inList() && isKey(v.s[v.to:], v.quote): // "wrong password","user":"bob"
		return true
	case k.isArrow() && k.isStep(v.s, v.from, v.to):
		return true
	case k.text == "PWD" && strings.HasPrefix(text, "/"): // the shell's working directory
		return true
	case strings.EqualFold(k.text, "pass") && isCount(text): // pass=12 fail=0
		return true
	}
	// "orders-db-password: AccessDeniedException: User …"
	return v.quote == 0 && strings.HasSuffix(text, ":") && isProse(strings.ToLower(text[:len(text)-1]))
}

// inTemplate tells whether the key is a place to be filled in, "<password>", and the value
// the line behind it.
func (k key) inTemplate(v value) bool {
	return strings.Contains(k.separator, "\n") && strings.TrimSpace(k.separator) == ">" && !strings.HasPrefix(strings.TrimSpace(v.s[v.to:]), "</")
}

// harmless values say that there is a secret, or none, or how it fares, but not which;
// or they stand for one: ${DB_PASSWORD}, %s, ?.
var harmless = lazy.Compile(`(?i)^(?:|yes\.?|no\.?|oui|non|ja|nein|sí?|да|нет|true|false|null|nil|<nil>|none|undefined|\(null\)|(?:in)?valid\.?|missing\.?|required\.?|denied\.?|expired\.?|failed\.?|empty\.?|unset|sensitive|unknown\.?|mismatch\.?|rejected\.?|incorrect\.?|authentication|sig[a-z]{2,6}\d?|\$\{[\w.]+\}?|%[sdvq]|\?|\$\d|\[?redacted\]?|\[filtered\]|\*+\w{0,6}|[|>][+-]?\d?|x{3,}|\.{3,}|…)(?:\)[.:!])?$`)

// arn is where AWS keeps a secret, which tells nobody what it is: DB_PASSWORD=arn:aws:ssm:….
var arn = lazy.Compile(`^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d*:[\w/+=.@:-]+$`)

// isKey tells whether rest, which begins where a value in quotes ends, goes on as
// behind a key.
func isKey(rest string, quote byte) bool {
	rest = strings.TrimLeft(rest, `\`)
	if rest == "" || rest[0] != quote {
		return false
	}
	rest = strings.TrimLeft(rest[1:], " ")
	return strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "=>")
}

// looksSecret tells whether the value of a key that names other things too looks like a secret.
func (k key) looksSecret(v value) bool {
	text := v.text()
	if !looksRandom(text) && !isBasic(text) && !(k.isOfVendor() && looksMixed(text)) {
		return false
	}
	return !plainKeys().MatchString(before(v.s, k.start)) && !hasAny(strings.ToLower(text[:4]), accessKeyPrefixes) && !assignment().MatchString(text)
}

// isUsed tells whether the value is the secret that a key like "token" names, which sentences
// use too: "ExpiredToken: The security token …", "secret: prod/db".
func (k key) isUsed(v value) bool {
	text, quoted := v.text(), v.quote != 0
	if !k.isSpoken(v.s) {
		return true
	}
	switch {
	case quoted && strings.Contains(text, " "):
		return false
	case looksRandom(text), looksMixed(text), isShortName(k.text) && mayBeSpoken(text):
		return true
	}
	return quoted && !isProse(text) && !strings.Contains(text, "/")
}

// isSpoken tells whether the key may be the last word of a part of a sentence.
func (k key) isSpoken(s string) bool {
	isBare := k.quotes == "" || k.quotes[0] == '[' && strings.HasSuffix(k.quotes, "]") // secret[0]
	if !isBare {
		return false
	}
	head := k.head(s)
	return strings.TrimSpace(k.separator) == ":" || k.isArrow() && !strings.HasSuffix(head, ",") && !strings.HasSuffix(head, "(")
}

// listEnd returns where the secrets end of which the value is the first: those of a list, in
// brackets, are secrets all.
func (v value) listEnd() int {
	to := v.to
	if before := strings.TrimRight(v.s[v.at:v.from], "\\\"'`"); !strings.HasSuffix(before, "[") && !strings.HasSuffix(before, "(") {
		return to
	}
	next := nextItem
	if v.quote != 0 {
		next = nextQuoted
	}
	for {
		m := next().FindString(v.s[to:min(len(v.s), to+maxValue)])
		if m == "" {
			return to
		}
		to += len(m)
		if v.quote != 0 {
			to = closing(v.s, to, v.level, v.quote)
		}
	}
}

// What follows an item of a list, up to the next one, or with it.
var (
	nextQuoted = lazy.Compile("^\\\\*[\"'`],\\s*\\\\*[\"'`]")
	nextItem   = lazy.Compile(`^,\s*[^\s,=:\[\]{}"']+`)
)

// yamlItems are the items of a list of YAML, none of which is a mapping.
var yamlItems = lazy.Compile(`^-[ \t]+[^\s:][^:\n]*(?:\n[ \t]*-[ \t]+[^\s:][^:\n]*)*(?:\n|$)`)

// isCount tells whether v is a number of tests that pass, and too short for a password.
func isCount(v string) bool { return len(v) < 4 && strings.Trim(v, "0123456789") == "" }

// isBasic tells whether v is base64 of a user and a password, as Docker keeps them.
func isBasic(v string) bool {
	plain, err := b64.StdEncoding.DecodeString(v)
	if err != nil || len(plain) < 5 {
		return false
	}
	for _, c := range plain {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return bytes.IndexByte(plain, ':') > 0
}
