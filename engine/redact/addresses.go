package redact

import (
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// addresses are secrets in addresses: of databases and of what HTTP asks for.
var addresses = []form{
	// Addresses that are secrets themselves: webhooks, bots, nodes of a blockchain.
	{[]string{"api.telegram.org"}, lazy.Compile(`(api\.telegram\.org/(?:file/)?bot)[\w:%-]+`), "$1" + mark},
	{[]string{"/webhook"}, lazy.Compile(`(?i)(/webhooks?(?:b2)?/)[\w@%/.-]*[\d@][\w@%/.-]*`), "$1" + mark},
	{[]string{"infura.io", "alchemy.com", "alchemyapi.io", "quiknode.pro"}, lazy.Compile(`((?:infura\.io/(?:ws/)?v3|alchemy(?:\.com|api\.io)/v2|quiknode\.pro)/)[\w-]{16,}`), "$1" + mark},
	{[]string{"hooks.slack.com"}, lazy.Compile(`(hooks\.slack\.com/services/)[\w/]+`), "$1" + mark},
	// Oracle's pre-authenticated requests.
	{[]string{".oraclecloud.com/p/"}, lazy.Compile(`(\.oraclecloud\.com/p/)[\w-]{16,}`), "$1" + mark},
	// user:password@tcp(host:3306)/db   user:password@/db   user:password@host:3306
	// jdbc:oracle:thin:user/password@host   user/password@//host:1521/db   connect user/password@db
	{[]string{"@"}, lazy.Compile(`(\b[\w.-]+:)\S+?(@[\w.-]*\()`), "$1" + mark + "$2"},
	{[]string{"@"}, lazy.Compile(`(\b[\w.-]+:)[^\s@:/"'<>]+(@/\w|@[\w.-]+:\d{2,5}\b)`), "$1" + mark + "$2"},
	{[]string{"@"}, lazy.Compile(`(\b[\w$#]+/)[^\s/@"':]+(@(?://[\w.-]|[\w.-]+:\d{2,5}/))`), "$1" + mark + "$2"},
	{[]string{"conn"}, lazy.Compile(`(?i)(\bconn(?:ect)? +["']?[\w$#]+/)[^\s/@"']+(@[\w.-]+)`), "$1" + mark + "$2"},
	{[]string{"thin:", "oci:", "oci8:"}, lazy.Compile(`((?:thin|oci8?):[^/\s@]+/)[^@\s]+(@)`), "$1" + mark + "$2"},
	// What is left of an address whose password was taken for a port.
	{[]string{"invalid port"}, lazy.Compile(`(\binvalid port \\*":)[^"\n]+`), "$1" + mark},
	{[]string{"port could not be cast"}, lazy.Compile(`(\bPort could not be cast to integer value as ["'])[^"'\n]+`), "$1" + mark},
	// A password that was not escaped and has an @ itself: what stands before the last one.
	{[]string{"://"}, lazy.Compile(`(?i)(\b(?:postgres|mysql|mariadb|mongodb|redis|amqp|mssql|sqlserver|clickhouse)[\w+]*://[^\s/?#:@"'<>]*:)[^\s"'<>,?]*@[^\s"'<>,?]*(@[\w.-]+(?:[:/?,"'\s]|$))`), "$1" + mark + "$2"},
	// scheme://user:password@host; a colon before a port is none.
	{[]string{"://"}, lazy.Compile(`(://[^\s/?#:@"'<>]*:)(?:[^\s/?#"'<>]+|[0-9]*[^\s/?#"'<>@0-9][^\s"'<>@]*)@`), "$1" + mark + "@"},
	// The same cut off before its @, by whatever has shortened the line. A port has no letters.
	{[]string{"://"}, lazy.Compile(`(?i)(\b(?:postgres|mysql|mariadb|mongodb|redis|amqp|http|ftp|sftp|smtp|ldap|mssql|sqlserver|clickhouse|nats|mqtt)[\w+]*://[^\s/?#:@"'<>\[\]]*:)[^\s/?#"'<>@]*[a-z](?:[^\s"'<>@.…]|\.[^\s"'<>@.…])*(\.\.|…|\.?(?:\\*["'][}\])]*)?$)`), "$1" + mark + "$2"},
	// An address in the query of another one: url=https%3A%2F%2Fbob%3A…%40host
	{[]string{"%3a%2f%2f"}, lazy.Compile(`(?i)(%3A%2F%2F[^\s%/@]*%3A)\S+?(%40)`), "$1" + mark + "$2"},
	// Who knows this path of the ECS agent's endpoint can ask it for the task's
	// credentials.
	{[]string{"/credentials/"}, lazy.Compile(`(/v[1-4]/credentials/)[\w-]{8,}`), "$1" + mark},
	// NATS knows no user without a password: who stands there alone is a token.
	{[]string{"nats://", "tls://"}, lazy.Compile(`(\b(?:nats|tls)://)[^\s/?#:@"'<>]+(@)`), "$1" + mark + "$2"},
	// Addresses that log in whoever has them: keys and sessions in the query, links of mails.
	{[]string{"key=", "sid=", "appid=", "hmac="}, lazy.Compile(`([?&](?:key|sid|appid|hmac)=)[A-Za-z0-9]{24,}`), "$1" + mark},
	{[]string{"ticket="}, lazy.Compile(`([?&]ticket=)[PS]T-[\w.-]+`), "$1" + mark},
	{[]string{"/reset", "/verify", "/confirm", "/activate", "/invite", "/magic"}, lazy.Compile(`(/(?:reset|verify|confirm|activate|invite|magic)[\w-]{0,20}/)[A-Za-z0-9]{24,}`), "$1" + mark},
}

// A token may stand in the place of a user's name: https://…@github.com, or
// https://…:x-oauth-basic@github.com.
var (
	loneUser  = lazy.Compile(`://([A-Za-z0-9_-]{8,})@`)
	httpUser  = lazy.Compile(`(?i)\bhttps?://([A-Za-z0-9_-]{4,})@`)
	userToken = lazy.Compile(`://([A-Za-z0-9_-]{8,}):[^\s/?#@"'<>]*@`)
)

// longUser is the length in bytes from which a user with no password is a token, unless
// it is made of small letters.
const longUser = 20

// userTokens removes it, but no name: postgres://orders-service-production@db
func userTokens(s string) string {
	named := func(v string) bool { return !looksRandom(v) && !looksMixed(v) }
	s = removeValues(s, loneUser(), func(v string) bool {
		return named(v) && (len(v) < longUser || ofSmallLetters(v))
	})
	s = removeValues(s, httpUser(), func(v string) bool { return !digitInside().MatchString(v) })
	return removeValues(s, userToken(), named)
}

// digitInside is what names lack that are counted, but not tokens: https://a8Kd03@….
var digitInside = lazy.Compile(`\d[A-Za-z]`)

// userPassword is a user with a password before a host, and nothing else that tells an address.
var userPassword = lazy.Compile(`\b[\w.-]+:([^\s@:/"'<>]{8,})@[A-Za-z][\w.-]*`)

// userPasswords removes it if it looks like one: app:…@db. The digest of an image also follows
// an @, behind a tag that may be a commit.
func userPasswords(s string) string {
	r := remover{text: s}
	for _, m := range userPassword().FindAllStringSubmatchIndex(s, -1) {
		from, to := m[2], m[3]
		if v := s[from:to]; (looksRandom(v) && !strings.ContainsAny(v, "-_.") || looksMixed(v)) && !strings.HasPrefix(s[to:], "@sha") {
			r.remove(from, to)
		}
	}
	return r.result()
}

// pathToken is a token in a path: /token/…
var pathToken = lazy.Compile(`(?i)/(?:tokens?|api[_-]?keys?)/([A-Za-z0-9_-]{16,})`)

// pathTokens removes it: no id that has the form of one.
func pathTokens(s string) string {
	return removeValues(s, pathToken(), func(v string) bool { return !looksRandom(v) || uuid().MatchString(v) })
}

// queryToken is one that is too short to be known by its length: ?auth=…
var queryToken = lazy.Compile(`[?&](?:auth|sid|key|appid|ticket|jwt)=([A-Za-z0-9]+)`)

var queryTokenNames = []string{"auth=", "sid=", "key=", "appid=", "ticket=", "jwt="}

func queryTokens(s string) string { return removeValues(s, queryToken(), looksPlain) }

// authorizationCode is OAuth's, which an address hands over: ?code=…
var authorizationCode = lazy.Compile(`[?&](?:authorization_)?code=([^&\s"'<>]{10,})`)

// grantWords are the words of which one stands where a code is exchanged for a token.
var grantWords = []string{"grant", "redirect_uri", "code_verifier", "authorization_code"}

// authorizationCodes removes it, but no error's code: ?code=AccessDenied.
func authorizationCodes(s string) string { return removeValues(s, authorizationCode(), isErrorCode) }

// grantCode is such a code outside an address: code=…, "code":"…"
var grantCode = lazy.Compile(`(?i)\b(?:authorization[_ ]?|auth[_ ]?)?code["'\\]*\s*[:=]\s*["'\\]*([^&\s"'<>\\,;)}]{10,})`)

// grantCodes removes it, but no error's code: code=AADSTS70008, code: 0xC000006D.
func grantCodes(s string) string {
	return removeValues(s, grantCode(), func(v string) bool {
		m := mixOf(v)
		return m.digits == 0 || m.lower == 0 || 3*m.changes < len(v) || strings.HasPrefix(v, "0x")
	})
}

// isErrorCode tells whether v is made of words: AccessDenied, invalid_grant. Codes
// that can be exchanged for a token have digits, or their capitals anywhere.
func isErrorCode(v string) bool {
	v = strings.TrimRight(v, ".,;)]")
	m := mixOf(v)
	return m.digits == 0 && 3*m.cases < len(v) && strings.Trim(v, "_-.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
