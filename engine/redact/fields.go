package redact

import (
	"bytes"
	b64 "encoding/base64"
	"regexp"
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// fieldWords are the words of which fieldKey's keys are made.
var fieldWords = []string{"pass", "pwd", "psw", "pw=", "pw:", `pw"`, "pw'", "contrase", "clave", "пароль", "senha", "wachtwoord", "kennwort", "mdp", "hasło", "haslo", "senord", "parola", "密码", "パスワード", "비밀번호", "samlresponse", "securestring", "secret", "key", "token", "jwt", "bearer", "sig", "cred",
	"authorization", "auth=", "auth:", `auth"`, "auth'", "session", "sessid", "connect.sid", "assertion", "otp", "psk", "mfa_code", "mfacode", "totp_code", "2fa", "recovery", "backup", "pincode", "pin_code", "pin-code", "security", "_pat", "verifier", "device_code", "devicecode", "device-code"}

// fieldKey finds the end of a key that names a secret, with what separates it
// from its value. Groups: 1 a key whose value always is a secret, 2 a key whose
// value may be prose, 3 one whose value is a secret only if it looks like one, 4
// the quotes that close the key, 5 the separator.
//
//	password=…   "password": "…"   \"password\":\"…\"   ('password', '…')
//	<Password>…  :password=>"…"    password: Some("…")  map[password:…]
//	password%3D… [password]=[…]    "password":{"value":"…"}
//	"name":"DB_PASSWORD","value":"…"    <add key="Password" value="…"/>
//	s:8:"password";s:6:"…"    userPassword:: …    "Password":[]string{"…"}
//	user%5Bpassword%5D=…  %22password%22%3A%22…
//	password[]=…    password -> …
//	["password":protected]=>  string(6) "…"    [password:App\User:private] => …
var fieldKey = lazy.Compile(`(?i)(?:(` + strings.Join([]string{
	`pass(?:word|wd|phrase|code)s?\d?(?:[_-]?(?:confirm(?:ation)?|hash))?`, `passwort`, `contrase(?:ñ|n|\\u00f1)a`, `mot[ _-]?de[ _-]?passe`, `\bmdp`, `kennwort`, `hasło`, `haslo`, `l(?:ö|o)senord`, `пароль`, `senha`, `wachtwoord`, `密码`, `パスワード`, `비밀번호`, `samlresponse`, `secret_id`, `[_-]otp`, `pwd`, `pswd?`, `[_-]pass`, `\bpw`, `(?:[_-]|bind|root|db|user)pw`, `\B(?-i:Pw)`, `\bpsk`, `(?:mfa|totp|otp|2fa|sms|verification|recovery|backup|pin)[_-]?codes?`,
	`secret[_-]?access[_-]?key`, `(?:secret|private|signing|encryption|shared|shared[_-]?access|hmac|account|api|functions?|subscription|host|master|license|recovery|unseal|unlock)[._-]?key`, `account\.key\.[\w.]+`, `client-key-data`, `(?:security\.|bind[_-]?)credentials`,
	`(?:client|shared|app|api|consumer|webhook|jwt|session|cookie|signing|aws)[._-]?secret`, `secret[_-]?(?:string|binary|key[_-]?base)`,
	`(?:access|refresh|id|auth|session|security|bearer|identity|oauth|vault|api|csrf|xsrf|device|personal|private|deploy|job|consul|bot|registration)[_-]?token`,
	`x-amz-signature`, `x-amz-credential`, `x-goog-signature`, `x-goog-credential`,
	`(?:proxy-)?authorization`, `j?session_?id`, `phpsessid`, `connect\.sid`,
	`secret[_-]?value`, `security[_-]?answer`, `token[_-]?secret`, `aws_?secret`, `rediscli_auth`, `code[_-]?verifier`, `id[_-]?token[_-]?hint`, `device[_-]?code`, `auth[_-]?key`,
}, "|") + `)|(secret|token|signature|sig|pass|assertion|otp|securestring|\bclave|\bparola)|(\b_?auth|jwt|\bbearer|cred(?:ential)?s?|[_-]key|\Bkey|[_-]session|_pat))` +
	`((?:["'\\\]` + "`" + `]|\[\d*\]|%5[bd]|%2[27]|&quot;|&#3[49];)*)(:(?:protected|\\*"?[\w\\]+"?:private)\]\s*=>\s*|\s*,?\s*\\*["']?\bvalue\\*["']?\s*[:=]\s*|\s+->\s+|\s*(?:=>|:=|={2,3}|::[ \t]|[:=>]|&gt;|&#61;|\\u003[dDeE]|%3[aAdD]|;s:\d+:)\s*|\s*,\s*b?)`)

// plainKeys are words before "key" that name no secret.
var plainKeys = lazy.Compile(`(?i)(?:nosuch|partition|file|item|document|record|lookup|unique|primary|foreign|sort|hash|range|row|routing|cache|s3|object|message|event|metric|config|translation|shard|dedup\w*|idempotency|group|public|kms|ssh|host)$`)

// before returns what stands before s[i:], as far as one word reaches.
func before(s string, i int) string { return s[max(0, i-24):i] }

// harmless values say that there is a secret, or none, or how it fares, but not which;
// or they stand for one: ${DB_PASSWORD}, %s, ?.
var harmless = lazy.Compile(`(?i)^(?:|yes|no|oui|non|ja|nein|sí?|да|нет|true|false|null|nil|<nil>|none|undefined|\(null\)|(?:in)?valid\.?|missing\.?|required\.?|denied\.?|expired\.?|failed\.?|empty\.?|unset|sensitive|unknown\.?|mismatch\.?|rejected\.?|incorrect\.?|authentication|sig[a-z]{2,6}\d?|\$\{[\w.]+\}?|%[sdvq]|\?|\$\d|\[?redacted\]?|\[filtered\]|\*+\w{0,6}|[|>][+-]?\d?|x{3,}|\.{3,}|…)$`)

// arn is where AWS keeps a secret, which tells nobody what it is: DB_PASSWORD=arn:aws:ssm:….
var arn = lazy.Compile(`^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d*:[\w/+=.@:-]+$`)

// bytesOf is a value as Go and Node print its bytes.
var bytesOf = lazy.Compile(`^(?:\[\](?:uint8|byte)\{[^{}]*\}|\[\d+(?:[ ,]+\d+)+\]|<Buffer(?: [0-9a-f]{2})+)`)

// braced is a value in the braces of ODBC's and JDBC's connection strings, no object:
// password={…};
var braced = lazy.Compile(`^\{[^\s{}=:"'][^\s{}=:"']*\}(?:;|$)`)

// maxBraced bounds such a value, in bytes.
const maxBraced = 256

// fields removes the values of secret keys.
func fields(s string) string {
	var out strings.Builder
	done := 0
	for done < len(s) {
		m := fieldKey().FindStringSubmatchIndex(s[done:])
		if m == nil {
			break
		}
		for i := range m {
			if m[i] >= 0 {
				m[i] += done
			}
		}
		k := key{
			text: s[m[0]:m[8]], start: m[0], certain: m[2] >= 0, shaped: m[6] >= 0,
			quotes: s[m[8]:m[9]], separator: s[m[10]:m[11]],
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
	return changed().ReplaceAllString(out.String(), "$1"+mark)
}

// changed is what a plan puts in the place of a secret: password = "…" -> "…"
var changed = lazy.Compile(`(` + regexp.QuoteMeta(mark) + `\\*["'] -> \\*["'])[^"'\\\n]+`)

// A key is one place where fieldKey matched.
type key struct {
	text, quotes, separator string
	start                   int
	certain                 bool // the value is a secret, whatever it looks like
	shaped                  bool // it is one only if it looks like one
}

// value returns the place of the secret that stands behind the key, from
// s[at:]. from == to: there is nothing to remove.
func (k key) value(s string, at int) (from, to int) {
	if k.inName(s) || k.inSentence() {
		return at, at
	}
	open := opening(s[at:])
	if rest, done := strings.CutPrefix(s[at:], mark); done && (rest == "" || strings.IndexByte(" \t\r\n\"',;)]}<&", rest[0]) >= 0 || rest[0] == '@' && k.inAddress(s)) {
		return at, at // Another form was here.
	}
	if k.certain {
		if m := bytesOf().FindString(s[at:min(len(s), at+maxValue)]); m != "" {
			return at, at + len(m)
		}
	}
	from = at + open
	level, quote := quoteBefore(s[:from])
	list := strings.Contains(k.separator, ",")
	if list && (k.quotes == "" || quote == 0 || !k.quoted(s)) {
		return from, from // "… the password, then …"
	}
	switch entity := entityBefore(s[at:from]); {
	case quote != 0:
		to = closing(s, from, level, quote)
	case entity != "" && strings.Contains(s[from:min(len(s), from+maxValue)], entity):
		to = from + strings.Index(s[from:], entity)
	default:
		to = unquotedEnd(s, from, strings.ContainsAny(k.separator, ">&"))
	}
	if strings.HasSuffix(s[from:to], strings.TrimSuffix(mark, "]")) && to < len(s) && s[to] == ']' {
		to++ // What another form has left.
	}
	v := s[from:to]
	switch {
	case k.certain && quote == 0 && k.separator == "=" && braced().MatchString(s[from:min(len(s), from+maxBraced)]):
		return from, from + strings.IndexByte(s[from:], '}') + 1
	case v == "-" && k.certain && strings.Contains(k.separator, "\n"):
		items := yamlItems().FindString(s[from:min(len(s), from+maxValue)])
		return from + min(len("- "), len(items)), from + len(strings.TrimSuffix(items, "\n"))
	case strings.HasPrefix(v, "{"):
		return from, from // an object, whose own keys are looked at
	case strings.Contains(k.separator, "\n") && strings.TrimSpace(k.separator) == ">" && !strings.HasPrefix(strings.TrimSpace(s[to:]), "</"):
		return from, from // "<password>" in a template, and the line behind it
	case k.separator == "> " && k.quotes == "" && isProse(v):
		return from, from // "AUTH <password> called without …"
	case list && isKey(s[to:], quote):
		return from, from // "wrong password","user":"bob"
	case k.isArrow() && k.isStep(s, from, to):
		return from, from
	case k.text == "PWD" && strings.HasPrefix(v, "/"):
		return from, from // the shell's working directory
	case harmless().MatchString(v), strings.HasPrefix(v, mark), strings.HasPrefix(v, "arn:") && arn().MatchString(v):
		return from, from
	case quote == 0 && strings.HasSuffix(v, ":") && isProse(strings.ToLower(v[:len(v)-1])):
		return from, from // "orders-db-password: AccessDeniedException: User …"
	case strings.EqualFold(k.text, "authorization"), strings.EqualFold(k.text, "proxy-authorization"):
		return authorization(s, from, to, quote != 0)
	case k.certain:
		return from, listEnd(s, at, from, to, level, quote)
	case k.shaped:
		if !looksRandom(v) && !isBasic(v) && !(k.isOfVendor() && looksMixed(v)) || plainKeys().MatchString(before(s, k.start)) || hasAny(strings.ToLower(v[:4]), accessKeyPrefixes) || assignment().MatchString(v) {
			return from, from
		}
		return from, to
	case strings.EqualFold(k.text, "pass") && isCount(v):
		return from, from // pass=12 fail=0
	}
	return k.uncertain(s, from, to, quote != 0)
}

// isOfVendor tells whether the key ends as those do that are named after whose key it is, or
// what it opens: stripeKey, maps_key, _auth.
func (k key) isOfVendor() bool {
	text := strings.ToLower(k.text)
	return strings.HasSuffix(text, "key") || text == "_auth"
}

// listEnd returns where the secrets end of which s[from:to] is the first, behind s[at:from]:
// those of a list, in brackets, are secrets all.
func listEnd(s string, at, from, to, level int, quote byte) int {
	if !strings.HasSuffix(strings.TrimRight(s[at:from], "\\\"'`"), "[") {
		return to
	}
	next := nextItem
	if quote != 0 {
		next = nextQuoted
	}
	for {
		m := next().FindString(s[to:min(len(s), to+maxValue)])
		if m == "" {
			return to
		}
		to += len(m)
		if quote != 0 {
			to = closing(s, to, level, quote)
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

// inSentence tells whether the key is a word before "value=", and no name beside a
// value: those are quoted, or on a line of their own.
func (k key) inSentence() bool {
	return k.quotes == "" && !strings.Contains(k.separator, "\n") && strings.Contains(strings.ToLower(k.separator), "value")
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
func (k key) uncertain(s string, from, to int, quoted bool) (int, int) {
	v := s[from:to]
	bare := k.quotes == "" || k.quotes[0] == '[' && strings.HasSuffix(k.quotes, "]") // secret[0]
	sentence := bare && (strings.TrimSpace(k.separator) == ":" || k.isArrow() && !strings.HasSuffix(k.head(s), ",") && !strings.HasSuffix(k.head(s), "("))
	if !sentence || looksRandom(v) || looksMixed(v) || isShortName(k.text) && mayBeSpoken(v) || quoted && !strings.Contains(v, " ") && !isProse(v) && !strings.Contains(v, "/") {
		if quoted && strings.Contains(v, " ") && sentence {
			return from, from
		}
		return from, to
	}
	return from, from
}

// isArrow tells whether an arrow stands between the key and its value.
func (k key) isArrow() bool { return strings.TrimSpace(k.separator) == "->" }

// isStep tells whether the arrow behind the key leads from one step to the next, or to what
// came of it, and not to a value: POST /oauth/token -> 401, login -> password -> home.
func (k key) isStep(s string, from, to int) bool {
	head, next := k.head(s), strings.TrimLeft(s[to:min(len(s), to+maxHead)], " ")
	return strings.HasSuffix(head, "->") || strings.HasSuffix(head, "/") || strings.HasPrefix(next, "->") ||
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

// authorization keeps the scheme of an Authorization header, and all of an AWS
// signature's but the signature: other forms see to that.
func authorization(s string, from, to int, quoted bool) (int, int) {
	v := s[from:to]
	if strings.HasPrefix(v, "AWS4-") || len(v) >= 6 && strings.EqualFold(v[:6], "digest") {
		return from, from
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
