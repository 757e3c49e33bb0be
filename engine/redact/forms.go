package redact

import (
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// A form is a secret that is known by its own shape, wherever it stands.
type form struct {
	needs []string // one of these phrases, in lower case, must be there
	re    lazy.Regexp
	with  string
}

// remove returns s without such secrets.
func (f form) remove(s string) string {
	// Replacing copies a text twice, also where there is nothing to replace.
	if re := f.re(); re.MatchString(s) {
		return re.ReplaceAllString(s, f.with)
	}
	return s
}

// base64 that may be URL-encoded, or have its slashes escaped by JSON.
const base64 = `(?:[A-Za-z0-9+/=_-]|%[0-9A-Fa-f]{2}|\\+/)`

var forms = []form{
	// Private keys, also cut before their end.
	{[]string{"private key"}, lazy.Compile(`(?s)(-----BEGIN [A-Z ]*PRIVATE KEY[A-Z ]*-----).*?(?:-----END [A-Z ]*PRIVATE KEY[A-Z ]*-----|\z)`), "$1" + mark},
	// Their end without their beginning, of which the form above has left none.
	{[]string{"private key"}, lazy.Compile(`(?:[A-Za-z0-9+/=]{16,}(?:\s|\\+[nr])+)+(-----END [A-Z ]*PRIVATE KEY)`), mark + " $1"},
	// sts:DecodeAuthorizationMessage turns this into policy and context. Long
	// ones are wrapped over lines.
	{[]string{"ncoded"}, lazy.Compile(`(?i)(encoded[ _-]?(?:authorization failure )?message["'\\]*\s*[:= ]\s*["'\\]*)[\w-]{20,}(?:\s+[\w-]{60,})*`), "$1" + mark},
	// JSON Web Tokens, and other base64 of a JSON object.
	{[]string{"eyj"}, lazy.Compile(`eyJ[A-Za-z0-9_=/+-]{10,}(?:\.[A-Za-z0-9_=/+-]*)*`), "eyJ" + mark},
	// PEM in base64 once more, but certificates, which are public.
	{[]string{"ls0tls1crudjtib"}, lazy.Compile(`(LS0tLS1CRUdJTiB)[A-CE-Za-z0-9+/][A-Za-z0-9+/=_-]{15,}`), "$1" + mark},
	// Session tokens of STS.
	{[]string{"iqoj", "iqod", "fwog", "fwod", "fqog", "fqod", "aqod", "aqoe"}, lazy.Compile(`(IQoJ|IQoD|FwoG|FwoD|FQoG|FQoD|AQoD|AQoE)` + base64 + `{16,}`), "$1" + mark},
	// A secret access key right behind its id.
	{[]string{"akia", "asia"}, lazy.Compile(`((?:AKIA|ASIA)[A-Z0-9]{12,}[^A-Za-z0-9]{1,10}(?:[A-Za-z_]{1,30}[^A-Za-z0-9]{1,8}){0,3})[A-Za-z0-9/+]{38,40}`), "$1" + mark},
	// Alibaba's and Tencent's.
	{[]string{"ltai", "akid"}, lazy.Compile(`((?:LTAI|AKID)[A-Za-z0-9]{12,40}[^A-Za-z0-9]{1,10}(?:[A-Za-z_]{1,30}[^A-Za-z0-9]{1,8}){0,3})[A-Za-z0-9]{30,32}\b`), "$1" + mark},
	// The private numbers of a key as JSON: {"kty":"RSA","d":"…"}
	{[]string{"kty"}, lazy.Compile(`(\\*"(?:d|p|q|dp|dq|qi|k)\\*"\s*:\s*\\*")[\w-]{20,}`), "$1" + mark},
	// Cookies: name=value pairs, and lists of them.
	{[]string{"ookie"}, lazy.Compile(`(?i)((?:\b|_)(?:set-)?cookie(?:["'\\]*\s*[:=]\s*\[?\s*["'\\]*|["'],\s*["']))[^\s;,="']+=[^\s;,"']*(?:;\s*[^\s;,="']+(?:=[^\s;"']*)?)*(?:["'],\s*["'][^\s;,="':]+=[^;"']*(?:;[^"'\n]*)?)*`), "$1" + mark},
	{[]string{"cookies={"}, lazy.Compile(`(?i)(\bcookies=\{)[^}\n]+`), "$1" + mark},
	// SQL: IDENTIFIED BY '…', PASSWORD '…'
	{[]string{"identified", "password"}, lazy.Compile(`(?i)(\b(?:(?:identified(?: with \S+)? by|password for \S+ =)\s+\(?|(?:set)?password(?:\s+\(?|\())['"])(?:[^'"\n]|''\b|""\b)+`), "$1" + mark},
	// Calls that set one: withPassword("…"), .clientSecret('…')
	{[]string{"word(", "phrase(", "secret(", "key(", "token("}, lazy.Compile(`(?i)(\b(?:with|set)?_?(?:password|pass_?phrase|(?:client|app|shared)_?secret|(?:api|secret|account)_?key|(?:access|refresh|auth|bearer|session|api)_?token)\(\s*\\*["'])[^"'\\\n]+`), "$1" + mark},
	{[]string{"sp_addlogin"}, lazy.Compile(`(?i)(\bsp_addlogin\s+(?:@\w+\s*=\s*)?N?'[^'\n]*',\s*(?:@\w+\s*=\s*)?N?')(?:[^'\n]|'')+`), "$1" + mark},
	// In the quotes of print: “password”: “…”, mot de passe : « … »
	{[]string{"“", "„", "«", "‘", "”"}, lazy.Compile(`(?i)((?:` + secretName + `|mot de passe|passwort|contraseña|пароль)["”’»]?\s*[:=]\s*[“”„«‘]\s*)[^“”„«»‘’\n]+?(\s*[“”»’])`), "$1" + mark + "$2"},
	{[]string{"identified"}, lazy.Compile(`(?i)(\bidentified by )[^\s'"\[;]*\d[^\s'"\[;]*`), "$1" + mark},
	// PostgreSQL's and Hibernate's values of a statement: $1 = '…', (1:VARCHAR) <- […]
	{[]string{"$"}, lazy.Compile(`(\$\d+ = ')(?:[^']|'')+`), "$1" + mark},
	{[]string{"binding parameter"}, lazy.Compile(`(\bbinding parameter (?:\[\d+\] as \[\w+\] -|\(\d+:\w+\) <-) \[)[^\]\n]+`), "$1" + mark},
	// Rows and keys that databases refuse, whose columns may hold secrets.
	{[]string{"failing row"}, lazy.Compile(`(\bFailing row contains \()[^\n]+(\))`), "$1" + mark + "$2"},
	{[]string{"key ("}, lazy.Compile(`(?i)(\bKey \([^()\n]*` + secretName + `[^()\n]*\)=\()[^\n]+(\) (?:already exists|is not present|is still referenced|conflicts))`), "$1" + mark + "$2"},
	{[]string{"duplicate entry"}, lazy.Compile(`(?i)(\bDuplicate entry ')[^\n]+(' for key '[^'\n]*` + secretName + `)`), "$1" + mark + "$2"},
	// A line of .pgpass: host:port:database:user:password
	{[]string{":543", ":6432:"}, lazy.Compile(`(:(?:543\d|6432):[\w*-]+:[\w.@-]+:)[^\s"'():]+`), "$1" + mark},
	// Clients' calls: auth=('user', '…'), basic_auth("user", "…")
	{[]string{"auth=(", "auth = (", "auth("}, lazy.Compile(`(?i)(\b(?:basic_?)?auth(?: ?= ?)?\(\s*['"][^'"\n]*['"],\s*['"])[^'"\n]+`), "$1" + mark},
	// Python's requests: 'auth': ('user', '…')
	{[]string{"'auth': (", "\"auth\": ("}, lazy.Compile(`(["']auth["']: \(\s*["'][^'"\n]*["'],\s*["'])[^'"\n]+(["'],?\s*\))`), "$1" + mark + "$2"},
	// LDAP's simple bind, as Node prints it: { dn: 'cn=app', credentials: '…' }
	{[]string{"credentials"}, lazy.Compile(`(?i)((?:\b|[a-z])(?:dn|authentication)\\*["']?: ?\\*(?:'[^'\n]*'|"[^"\n]*"),\s*\\*["']?credentials\\*["']?: ?\\*["'])[^"'\\\n]+`), "$1" + mark},
	// keytool, openssl
	{[]string{"pass "}, lazy.Compile(`(\s-(?:store|key)pass\s+["']?)[^\s"'-][^\s"']*`), "$1" + mark},
	{[]string{"pass:"}, lazy.Compile(`(\bpass:)[^\s"']+`), "$1" + mark},
	// docker login -u AWS -p …
	{[]string{"-p"}, lazy.Compile(`(\s-p\s+)[A-Za-z0-9+/=_-]{40,}`), "$1" + mark},
	// Shiro's and Spring's tokens: [Principal=bob, Credentials=…
	{[]string{"credentials"}, lazy.Compile(`(?i)(\bprincipal ?= ?[^,\]\n]{1,120}, ?credentials ?= ?)[^\s,\[\]]+`), "$1" + mark},
	{[]string{"credentials=("}, lazy.Compile(`(?i)(\bcredentials=\()[^)\n]+`), "$1" + mark},
	{[]string{"-u", "--proxy-user"}, lazy.Compile(`([\s"'](?:-u|--user|--proxy-user)` + between + `["']?[^\s:"'=]*[^\s:"'=0-9][^\s:"'=]*:)/?[^\s"'/][^\s"']*`), "$1" + mark},
	{[]string{"response="}, lazy.Compile(`(\bresponse=["']?)[0-9a-f]{32,}`), "$1" + mark}, // HTTP Digest
	{[]string{"digest "}, lazy.Compile(`(?i)(\bDigest [^\n]{0,400}?\bresponse=["'\\]*)[^\s"',\\]{8,}`), "$1" + mark},
	// One-time passwords of an app or a message, and PINs: otp 482913, "pin":"4829", verification code: 482913
	{[]string{"otp", "pin", "2fa", "mfa", "sms", "verification code", "one-time "}, lazy.Compile(`(?i)(\b(?:(?:[th]?otp|2fa|mfa|pin|sms)(?:[ _-]?(?:code|token))?|verification code|one-time (?:code|password|passcode))(?:["'\\]*\s*[:=]\s*["'\\]*|\s+(?:is\s+)?["']?))\d{4,8}\b`), "$1" + mark},
	// SNMP's community is all its password.
	{[]string{"community"}, lazy.Compile(`(?i)(\bsnmp[^\n]{0,80}?\bcommunity(?:[ _-](?:string|name))?["'\\]*(?:\s*[:=]\s*["'\\]*|\s+\\*["']))[^\s"'\\,;)]+`), "$1" + mark},
	// Laravel's and others' keys, as base64 of 32 bytes.
	{[]string{"base64:"}, lazy.Compile(`(\bbase64:)[A-Za-z0-9+/]{43}=`), "$1" + mark},
	// YAML's block of lines: password: |
	{[]string{": |", ": >", ":|", ":>", ": !"}, lazy.Compile(`(?i)(` + secretName + `["']?:[ \t]*(?:!\S+[ \t]+)?[|>][+-]?\d?[ \t]*(?:\n|\\+n)[ \t]+)[^\s\\][^\n\\]*(?:(?:\n|\\+n)[ \t]+[^\s\\:]+(?m:$))*`), "$1" + mark},
	// username/password: bob/…
	{[]string{"/pass"}, lazy.Compile(`(?i)(\buser(?:name)?/pass(?:word|wd)?["']?\s*[:=]\s*["']?[\w.@-]+/)[^\s"',;)]+`), "$1" + mark},
	// A form that a browser sends: form-data; name="password"
	{[]string{"form-data"}, lazy.Compile(`(?i)(form-data; name=\\*"?` + secretName + `\\*"?(?:\s|\\+[rn])+)[^\s\\]+`), "$1" + mark},
	// HTTP's scheme Hawk.
	{[]string{"hawk "}, lazy.Compile(`(?i)(\bHawk [^\n]{0,400}?\bmac=\\*["'])[^"'\\\s]{8,}`), "$1" + mark},
	// Vault's, each by its number, and Confluent's user and password.
	{[]string{"unseal key "}, lazy.Compile(`(?i)(\bunseal key \d+["']?: ?["']?)[A-Za-z0-9+/=]{16,}`), "$1" + mark},
	{[]string{"basic.auth.user.info"}, lazy.Compile(`(\bbasic\.auth\.user\.info\\*["']?\s*[:=]\s*\\*["']?[^\s:"'=]+:)[^\s"',}\\]+`), "$1" + mark},
	// PuTTY's private keys.
	{[]string{"private-lines"}, lazy.Compile(`(\bPrivate-Lines: \d+)(?:(?:\s|\\+[nr])+[A-Za-z0-9+/=]{16,})+`), "$1" + mark},
}

// accessKeyID is AWS' own form of an access key id, of which the first four
// characters tell its kind: AKIA a user's, ASIA a role's.
var accessKeyID = lazy.Compile(`(AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{8,124}`)

var accessKeyPrefixes = []string{"akia", "asia", "abia", "acca"}

func accessKeys(s string) string { return accessKeyID().ReplaceAllString(s, "$1…") }

// tokenLine is a line behind a part of a JSON Web Token that may be another part.
var tokenLine = lazy.Compile(`^\s*\n\s*([A-Za-z0-9_=/+.-]{16,})`)

// brokenTokens removes what is left of JSON Web Tokens that are broken over lines.
func brokenTokens(s string) string {
	const part = "eyJ" + mark
	r := remover{text: s}
	for at := 0; ; {
		i := strings.Index(s[at:], part)
		if i < 0 {
			return r.result()
		}
		end := at + i + len(part)
		at = end
		for {
			m := tokenLine().FindStringSubmatchIndex(s[at:])
			if m == nil {
				break
			}
			if v := s[at+m[2] : at+m[3]]; !mixOf(v).isBase64(len(v)) {
				break
			}
			at += m[1]
		}
		if at > end {
			r.remove(end-len(mark), at)
		}
	}
}
