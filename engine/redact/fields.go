package redact

import (
	"regexp"
	"strings"
)

// fieldWords are the words of which fieldKey's keys are made.
var fieldWords = []string{"pass", "pwd", "secret", "key", "token", "sig", "credential", "authorization",
	"session", "sessid", "connect.sid", "assertion", "otp"}

// fieldKey finds the end of a key that names a secret, with what separates it
// from its value. Groups: 1 a key whose value always is a secret, 2 a key whose
// value may be prose, 3 the quotes that close the key, 4 the separator.
//
//	password=…   "password": "…"   \"password\":\"…\"   ('password', '…')
//	<Password>…  :password=>"…"    password: Some("…")  map[password:…]
var fieldKey = regexp.MustCompile(`(?i)(?:(` + strings.Join([]string{
	`pass(?:word|wd|phrase)s?\d?`, `passwort`, `pwd`, `[_-]pass`,
	`secret[_-]?access[_-]?key`, `(?:secret|private|signing|encryption|shared[_-]?access|account|api|function|subscription|host|master|license)[_-]?key`,
	`(?:client|shared|app|consumer|webhook|jwt|session|cookie|signing|aws)[_-]?secret`, `secret[_-]?(?:string|binary)`,
	`(?:access|refresh|id|auth|session|security|bearer|identity|oauth|vault|api|csrf|xsrf|device|personal|deploy|bot|registration)[_-]?token`,
	`x-amz-signature`, `x-amz-credential`, `x-goog-signature`, `x-goog-credential`,
	`(?:proxy-)?authorization`, `j?session_?id`, `phpsessid`, `connect\.sid`,
	`token[_-]?secret`, `aws_?secret`, `auth[_-]?key`,
}, "|") + `)|(secret|token|signature|sig|pass|assertion|otp))` +
	`(["'\\` + "`" + `]*)(\s*(?:=>|:=|[:=>]|&gt;|\\u003[eE])\s*|\s*,\s*b?)`)

// harmless values say that there is a secret, or none, but not which.
var harmless = regexp.MustCompile(`(?i)^(?:|yes|no|true|false|null|nil|<nil>|none|undefined|\(null\)|\[?redacted\]?|\[filtered\]|\*+|x{3,}|\.{3,}|…)$`)

// fields removes the values of secret keys.
func fields(s string) string {
	var out strings.Builder
	done := 0
	for done < len(s) {
		m := fieldKey.FindStringSubmatchIndex(s[done:])
		if m == nil {
			break
		}
		for i := range m {
			if m[i] >= 0 {
				m[i] += done
			}
		}
		k := key{
			text: s[m[0]:m[6]], start: m[0], certain: m[2] >= 0,
			quotes: s[m[6]:m[7]], separator: s[m[8]:m[9]],
		}
		out.WriteString(s[done:m[1]])
		done = m[1]
		from, to := k.value(s, done)
		out.WriteString(s[done:from])
		done = from
		if to > from {
			out.WriteString(mark)
			done = to
		}
	}
	if out.Len() == 0 {
		return s
	}
	out.WriteString(s[done:])
	return out.String()
}

// A key is one place where fieldKey matched.
type key struct {
	text, quotes, separator string
	start                   int
	certain                 bool // the value is a secret, whatever it looks like
}

// value returns the place of the secret that stands behind the key, from
// s[at:]. from == to: there is nothing to remove.
func (k key) value(s string, at int) (from, to int) {
	if k.inName(s) {
		return at, at
	}
	open := opening(s[at:])
	from = at + open
	level, quote := quoteBefore(s[:from])
	list := strings.Contains(k.separator, ",")
	if list && (k.quotes == "" || quote == 0) {
		return from, from // "… the password, then …"
	}
	if quote != 0 {
		to = closing(s, from, level, quote)
	} else {
		to = unquotedEnd(s, from, strings.ContainsAny(k.separator, ">&"))
	}
	v := s[from:to]
	switch {
	case k.text == "PWD" && strings.HasPrefix(v, "/"):
		return from, from // the shell's working directory
	case harmless.MatchString(v), strings.HasPrefix(v, mark):
		return from, from
	case quote == 0 && strings.HasSuffix(v, ":") && isProse(strings.ToLower(v[:len(v)-1])):
		return from, from // "orders-db-password: AccessDeniedException: User …"
	case strings.EqualFold(k.text, "authorization"), strings.EqualFold(k.text, "proxy-authorization"):
		return authorization(s, from, to, quote != 0)
	case k.certain:
		return from, to
	}
	return k.uncertain(v, from, to, quote != 0)
}

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
		return colon
	}
	return false
}

// uncertain decides about the value of a key like "token", which sentences use
// too: "ExpiredToken: The security token …", "secret: prod/db".
func (k key) uncertain(v string, from, to int, quoted bool) (int, int) {
	sentence := strings.TrimSpace(k.separator) == ":" && k.quotes == ""
	if !sentence || looksRandom(v) || quoted && !strings.Contains(v, " ") && !isProse(v) && !strings.Contains(v, "/") {
		if quoted && strings.Contains(v, " ") && sentence {
			return from, from
		}
		return from, to
	}
	return from, from
}

// looksRandom tells whether v, of sixteen bytes or more, has letters and digits
// and none of the punctuation of names and paths.
func looksRandom(v string) bool {
	digits, letters := 0, 0
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case '0' <= c && c <= '9':
			digits++
		case 'a' <= c|0x20 && c|0x20 <= 'z':
			letters++
		case c == ' ', c == '/', c == ':':
			return false
		}
	}
	return len(v) >= 16 && digits > 0 && letters > 0
}

// authorization keeps the scheme of an Authorization header, and all of an AWS
// signature's but the signature: other forms see to that.
func authorization(s string, from, to int, quoted bool) (int, int) {
	v := s[from:to]
	if strings.HasPrefix(v, "AWS4-") {
		return from, from
	}
	name, rest, ok := strings.Cut(v, " ")
	if !ok && !quoted {
		// Unquoted, the value ended at the blank behind the scheme.
		if n := len(s[to:]) - len(strings.TrimLeft(s[to:], " ")); n > 0 && isScheme(v) {
			from = to + n
			return from, unquotedEnd(s, from, false)
		}
		return from, to
	}
	if rest != "" && isScheme(name) {
		return from + len(name) + 1, to
	}
	return from, to
}

func isScheme(v string) bool {
	switch strings.ToLower(v) {
	case "bearer", "basic", "digest", "negotiate", "ntlm", "token", "apikey", "splunk", "hawk", "aws", "oauth", "key":
		return true
	}
	return false
}
