package redact

import (
	"regexp"
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// fieldWords are the words of which fieldKey's keys are made.
var fieldWords = []string{"pass", "pwd", "psw", "pw=", "pw:", `pw"`, "pw'", "contrase", "clave", "пароль", "senha", "wachtwoord", "kennwort", "mdp", "hasło", "haslo", "senord", "parola", "密码", "パスワード", "비밀번호", "lozinka", "salasana", "şifre", "heslo", "jelszó", "mật khẩu", "adgangskode", "κωδικ", "סיסמה", "รหัสผ่าน", "authentication_string", "pw_hash", "pwhash", "pw ", "samlresponse", "securestring", "secret", "key", "token", "jwt", "bearer", "sig", "cred",
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
//	{"k":"password","v":"…"}           password ?= …
//	user%5Bpassword%5D=…  %22password%22%3A%22…
//	password[]=…    password -> …
//	password: str = '…'    var dbPassword string = "…"
//	["password":protected]=>  string(6) "…"    [password:App\User:private] => …
var fieldKey = lazy.Compile(`(?i)(?:(` + strings.Join([]string{
	`pass(?:word|wd|phrase|code)s?\d?(?:[_-]?(?:confirm(?:ation)?|hash|digest))?`, `passwort`, `contrase(?:ñ|n|\\u00f1)a`, `mot[ _-]?de[ _-]?passe`, `\bmdp`, `kennwort`, `hasło`, `haslo`, `l(?:ö|o)senord`, `пароль`, `senha`, `wachtwoord`, `密码`, `パスワード`, `비밀번호`, `lozinka`, `salasana`, `şifre`, `\bheslo`, `jelszó`, `mật khẩu`, `adgangskode`, `κωδικός`, `סיסמה`, `รหัสผ่าน`, `authentication_string`, `samlresponse`, `secret_id`, `[_-]otp`, `pwd`, `pswd?`, `[_-]pass`, `\bpw(?:_?hash)?`, `(?:[_-]|bind|root|db|user)pw`, `\B(?-i:Pw)`, `\bpsk`, `(?:mfa|totp|otp|2fa|sms|verification|recovery|backup|pin)[_-]?codes?`,
	`secret[_-]?access[_-]?key`, `(?:secret|private|signing|encryption|shared|shared[_-]?access|hmac|account|api|application|instrumentation|functions?|subscription|host|master|license|recovery|unseal|unlock)[._-]?key`, `account\.key\.[\w.]+`, `client-key-data`, `(?:security\.|bind[_-]?)credentials`,
	`(?:client|shared|app|api|consumer|webhook|jwt|session|cookie|signing|aws)[._-]?secret`, `secret[_-]?(?:string|binary|key[_-]?base)`,
	`(?:access|refresh|id|auth|session|security|bearer|identity|oauth|vault|api|csrf|xsrf|device|personal|private|deploy|job|consul|bot|registration)[_-]?token`,
	`\bx-(?:\w+-)*token`, `x-amz-signature`, `x-amz-credential`, `x-goog-signature`, `x-goog-credential`,
	`(?:proxy-)?authorization`, `j?session_?id`, `phpsessid`, `connect\.sid`, `aspxauth`,
	`secret[_-]?value`, `security[_-]?answer`, `token[_-]?secret`, `aws_?secret`, `rediscli_auth`, `code[_-]?verifier`, `id[_-]?token[_-]?hint`, `device[_-]?code`, `auth[_-]?key`,
}, "|") + `)|(secret|token|signature(?:-256)?|sig|pass|assertion|otp|securestring|\bclave|\bparola)|(\b_?auth|jwt|\bbearer|cred(?:ential)?s?|[_-]key|\Bkey|(?:\b|[_-])session|_pat))` +
	`((?:["'\\\]` + "`" + `]|\[\d*\]|%5[bd]|%2[27]|&quot;|&#3[49];|&#x2[27];|\\x2[27])*)(:(?:protected|\\*"?[\w\\]+"?:private)\]\s*=>\s*|\s*,?\s*\\*["']?\bv(?:al(?:ue)?)?\\*["']?\s*[:=]\s*|\s+(?:->|→)\s+|\s*:\s*&?\w+\s+=\s+|\s+string\s+:?=\s+|\s*(?:=>|[:?]=|={2,3}|::[ \t]|[:=>：＝]|&gt;|&#(?:61|x3[dD]);|\\u003[dDeE]|%3[aAdD]|;s:\d+:)\s*|\s*,\s*b?)`)

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
		from, to := k.secret(s, done)
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
