package diagnose

import (
	"cmp"

	"github.com/authlens/authlens/engine/lazy"
)

// sshLoginForm is how the client of SSH names user and host that refused it, and how
// asyncssh does.
var sshLoginForm = lazy.Compile(`\b([\w.-]+@[\w.-]+): Permission denied \(|Permission denied for user ([\w.-]+) on host ([\w.-]*\w)`)

// sshLogin is the user and the host of a refused login by SSH: ec2-user@10.0.4.19.
func sshLogin(text string) string {
	m := sshLoginForm().FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	return cmp.Or(m[1], m[2]+"@"+m[3])
}

// How sudo reports a command: ada : … ; TTY=pts/0 ; … ; COMMAND=/usr/bin/apt update. The
// arguments of the program may hold what is nobody's business.
var (
	sudoForm        = lazy.Compile(`([\w.@\\-]{1,64}) : [^;\n]{1,80} ; (?:TTY|PWD|USER|COMMAND)=`)
	sudoCommandForm = lazy.Compile(`\bCOMMAND=(/[^\s"\\]{1,200})`)
)
