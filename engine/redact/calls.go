package redact

import (
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// callWords are the words of which loginCall's names are made.
var callWords = []string{"connect", "login(", "bind", "auth", "imap_open(", "__construct(", "credential", "passwordtoken(", "ftp"}

// loginCall finds the call of a function that takes the name and the password of a
// user, in a frame of PHP or in the line of source that a traceback shows. Groups: 1
// the class, 2 the function.
//
//	#0 /app/db.php(12): PDO->__construct('mysql:host=db', 'root', '…')
//	smtp.login("bob", "…")
var loginCall = lazy.Compile(`(?i)(\w*)(->|::|\.|\b)(\w*connect|getConnection|createPdoConnection|\w*login|\w*bind|simple_bind\w*|FTP(?:_TLS)?|\w*BasicAuth|\w*Credentials?|\w*PasswordAuthentication|\w*PasswordToken|auth|authenticate|\w+_auth_password|imap_open|__construct)\(`)

// loginClass is a class whose constructor logs in.
var (
	loginClass = lazy.Compile(`(?i)pdo|mysqli|connection|client|driver|auth|credential|login|smtp|ftp|redis|amqp|ldap|imap|database`)
	errorClass = lazy.Compile(`(?i)(?:exception|error)$`)
)

// address is a host and its port.
var address = lazy.Compile(`^(?:[a-z][\w.-]*|\d+(?:\.\d+){3}):\d{2,5}$`)

// calls removes the passwords from such calls, by their place among the arguments
// that are strings: behind the user who logs in, or behind a server and the user.
func calls(s string) string {
	r := remover{text: s}
	for _, m := range loginCall().FindAllStringSubmatchIndex(s, -1) {
		if m[0] < r.done {
			continue
		}
		class, method := s[m[2]:m[3]], strings.ToLower(s[m[6]:m[7]])
		if method == "__construct" && (!loginClass().MatchString(class) || errorClass().MatchString(class)) {
			continue
		}
		if strings.HasSuffix(method, "bind") && !strings.Contains(strings.ToLower(class)+method, "ldap") {
			continue
		}
		args := stringArguments(s, m[1])
		keep := 1
		switch {
		case method == "auth" && len(args) == 1 && m[5] > m[4]:
			keep = 0 // Redis->auth('…')
		case len(args) < 3, strings.HasSuffix(method, "login"), strings.Contains(method, "auth"), strings.Contains(method, "credential"),
			strings.HasPrefix(method, "oci"), strings.Contains(strings.ToLower(class), "oracle"):
		default:
			keep = 2
		}
		for _, a := range args[min(keep, len(args)):] {
			if address().MatchString(s[a.from:a.to]) {
				continue // Dialer.connect("tcp", "db:5432")
			}
			r.remove(a.from, a.to)
		}
	}
	return r.result()
}

// maxArguments bounds the arguments that are looked at, in bytes.
const maxArguments = 1024

type span struct{ from, to int }

// stringArguments returns the strings among the arguments that begin at s[at:],
// without their quotes. Those with a name are none: password='…'. They end where
// something else that has strings begins.
func stringArguments(s string, at int) (args []span) {
	end := min(len(s), at+maxArguments)
	named := false
	for i := at; i < end; i++ {
		switch c := s[i]; c {
		case '\'', '"':
			level := backslashes(s[at:i])
			to := closing(s[:end], i+1, level, c)
			if !named && to > i+1 {
				args = append(args, span{i + 1, to})
			}
			i = to + level
			at = i
			named = false
		case '=', ':', '>':
			named = true
		case ',':
			named = false
		case ')', '[', '{', '\n':
			return args
		case '(':
			// Object(LDAP\Connection)
			n := strings.IndexByte(s[i:end], ')')
			if n < 0 {
				return args
			}
			i += n
		}
	}
	return args
}
