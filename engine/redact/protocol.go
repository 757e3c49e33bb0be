package redact

import "github.com/authlens/authlens/engine/lazy"

// protocolWords are the words that all of protocolCommand's commands and SASL's tokens
// have; looked for as they are written: sentences write "auth" and "login".
var protocolWords = []string{"AUTH", "PASS", "LOGIN", "IDENTIFY", "SASL", "requirepass", "masterauth", "rootpw", "bindpw"}

// protocolCommand finds commands of text protocols, and directives, that take a
// password: of Redis (AUTH), FTP, POP3 and IRC (PASS), IMAP (LOGIN), IRC's services
// (IDENTIFY). Groups: 1 the command, 2 its first argument, 3 its second.
//
//	AUTH …   "AUTH" "default" "…"   ---> PASS …   C: PASS …   a001 LOGIN bob …
var protocolCommand = lazy.Compile(`(?m)(?:^|[>:|\]"'` + "`" + `][ \t]*|\bC: |\bHELLO \d |\b(?i:config set|acl setuser|nickserv|redis) |\b[A-Za-z]{1,4}\d{1,6} |\bUSER \S+[ \t]+)` +
	`(AUTH|PASS|LOGIN|IDENTIFY|requirepass|masterauth|rootpw|bindpw)["']?[ \t]+` + protocolArgument + `(?:[ \t]+` + protocolArgument + `)?[ \t]*(?:$|[-=]>|<[-=]|[1-5]\d\d[ -]|[\r\\` + "`" + `;|(\[]|[A-Z]: |[A-Z]{4,}\b|failed\b|[-+]?[A-Z]{2,3} )`)

// An argument, in quotes or not. None of a sentence's punctuation ends it.
const protocolArgument = `("[^"\n]+"|'[^'\n]+'|[^\s"'` + "`" + `<>\[\]()-][^\s"'` + "`" + `]*[^\s"'` + "`" + `.,:;!?]|[^\s"'` + "`" + `<>\[\]().,:;!?-])`

// protocols removes passwords from such commands. The last argument is the password;
// what stands before it, a user.
func protocols(s string) string {
	r := remover{text: s}
	for _, m := range protocolCommand().FindAllStringSubmatchIndex(s, -1) {
		from, to := m[4], m[5]
		if !mayBeArgument(s[from:to]) {
			continue // AUTH command failed
		}
		if m[6] >= 0 {
			from, to = m[6], m[7]
			if !mayBeArgument(s[from:to]) {
				continue // AUTH bob denied
			}
			if isQuote(s[m[4]]) && !isQuote(s[from]) || errorName().MatchString(s[from:to]) {
				from, to = m[4], m[5] // "AUTH" "…" WRONGPASS
			}
		}
		if s[m[2]:m[3]] == "LOGIN" && (m[6] < 0 || !isTag(s[:m[2]])) {
			continue // of an audit, not of IMAP
		}
		r.remove(from, to)
	}
	return r.result()
}

// authArguments are those of a command that takes a password, anywhere in a sentence.
var authArguments = lazy.Compile(`\b(?:AUTH|PASS|LOGIN)[ \t]+["']?([^\s"':,;]+)["']?(?:[ \t]+["']?([^\s"':,;]+))?`)

// mixedArguments removes those that look like passwords: redis AUTH … failed: WRONGPASS.
func mixedArguments(s string) string {
	r := remover{text: s}
	for _, m := range authArguments().FindAllStringSubmatchIndex(s, -1) {
		for g := 2; g < len(m); g += 2 {
			if m[g] >= 0 && looksMixed(s[m[g]:m[g+1]]) {
				r.remove(m[g], m[g+1])
			}
		}
	}
	return r.result()
}

// isTag tells whether before ends in the tag of a command of IMAP: "a001 ".
func isTag(before string) bool {
	n := len(before)
	return n > 1 && before[n-1] == ' ' && '0' <= before[n-2] && before[n-2] <= '9'
}

// outcome is a word behind a command's name in a sentence, not an argument; or a
// mechanism of SASL, whose token has a form of its own.
var outcome = lazy.Compile(`(?i)^(?:(?:un)?success\w*|succe\w+|fail\w*|errors?|(?:un)?supported|required|needed|missing|expected|ok|accepted|allowed|denied|reject\w*|refused|invalid|wrong|incorrect|disabled|enabled|(?:un)?available|expired|aborted|timeout|unknown|mismatch|(?:un)?changed|reset|updated|correct|locked|` +
	`commands?|mechanisms?|extensions?|methods?|types?|attempts?|requests?|responses?|tokens?|password|for|from|with|without|in|on|of|to|at|by|via|as|is|was|must|should|may|can|cannot|not|flags?|options?|no|has|and|or|but|before|after|first|user|uri|service|server|` +
	`plain|login|ntlm|gssapi|external|anonymous|xoauth2?|oauthbearer|cram-md5|digest-md5|scram-\S+|starttls|tls|ssl)$`)

func saysOutcome(v string) bool { return outcome().MatchString(v) }

// errorName is what a server answers with.
var errorName = lazy.Compile(`^[A-Z]{5,}$`)

// testFile is what a runner of tests prints behind PASS.
var testFile = lazy.Compile(`^[\w.-]+(?:/[\w.-]+)+\.\w{1,4}$`)

// mayBeArgument tells whether v is an argument of a command, and not a word of a
// sentence or the result of a test.
func mayBeArgument(v string) bool {
	return !saysOutcome(v) && !assignment().MatchString(v) && !testFile().MatchString(v)
}

// saslToken is what SASL sends in one line: AUTH PLAIN AGFsaWNlAGh1bnRlcg==
var saslToken = lazy.Compile(`\b(?:(?:AUTH|AUTHENTICATE|SASL) (?:PLAIN|LOGIN|CRAM-MD5|NTLM)|XOAUTH2|OAUTHBEARER) ([A-Za-z0-9+/=]{8,})`)

// saslTokens removes it: "SASL PLAIN authentication failed" has none.
func saslTokens(s string) string { return removeValues(s, saslToken(), isProse) }

// sentLine ends a line of a protocol, as it is or escaped.
const sentLine = `(?:\s|\\+[nr])+`

// wholeCommands are commands whose password stands at a place of its own.
var wholeCommands = []form{
	{[]string{"setuser"}, lazy.Compile(`(?i)(\bsetuser\s[^\n]{0,200}?\s["']?>)[^\s"']+`), "$1" + mark},
	{[]string{"migrate"}, lazy.Compile(`(\bMIGRATE\s[^\n]{0,200}?\sAUTH2?\s+)[^\s"']+(?:\s+[^\s"']+)?(\s+KEYS)`), "$1" + mark + "$2"},
	// Redis' command as clients print it: ["AUTH","…"], command: { name: 'auth', args: [ '…' ] }
	{[]string{"auth"}, lazy.Compile(`(?i)(\[\s*\\*["']auth\\*["'],\s*(?:\\*["'][^"'\n]*["'],\s*)?\\*["'])[^"'\\\n]+(\\*["']\s*\])`), "$1" + mark + "$2"},
	// Redis' command as it is sent: *2 $4 AUTH $9 …, each on a line of its own.
	{[]string{"auth"}, lazy.Compile(`(?i)((?:\b|\\n)AUTH` + sentLine + `\$\d+` + sentLine + `)[^\s\\]+(?:` + sentLine + `\$\d+` + sentLine + `[^\s\\*]+)?`), "$1" + mark},
	{[]string{"args"}, lazy.Compile(`(?i)(\b(?:command|name)\\*["']?:\s*\\*["']auth\\*["'],\s*\\*["']?args\\*["']?:\s*\[\s*)[^\]\s][^\]\n]*`), "$1" + mark},
	// .netrc
	{[]string{"machine", "default"}, lazy.Compile(`(\b(?:machine\s+\S+|default)\s+login\s+\S+\s+password\s+)\S+`), "$1" + mark},
	// The answer to SMTP's "Password:", and XMPP's.
	{[]string{"ugfzc3dvcmq6"}, lazy.Compile(`(\b334 UGFzc3dvcmQ6(?:\s|\\+[nr])+(?:C: |-*> ?|>>> )?)[A-Za-z0-9+/=]+`), "$1" + mark},
	{[]string{"xmpp-sasl"}, lazy.Compile(`(<(?:auth|response)\s[^<>]*xmpp-sasl[^<>]*>)[^<\s]+`), "$1" + mark},
	// What was tried: login attempt [root/…], Login incorrect (pap: x): [bob/…]
	{[]string{"login", "credential"}, lazy.Compile(`(?i)(\b(?:login(?: attempt| incorrect| failed| ok| succeeded)?|(?:invalid|bad|wrong) credentials)(?: \([^()\n]{0,80}\))?:?\s*\[b?['"]?[^/\s\[\]'"]+['"]?/b?['"]?)[^\]\n'"<][^\]\n]*(\])`), "$1" + mark + "$2"},
	{[]string{"invalid ", "bad ", "wrong "}, lazy.Compile(`(?i)(\b(?:invalid|bad|wrong) (?:credentials|user(?:name)?/password|login)(?: for)?:?\s+["']?[\w.@-]+[:/])[^\s:/,;"']+`), "$1" + mark},
}
