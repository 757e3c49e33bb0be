package diagnose

import "github.com/authlens/authlens/engine/lazy"

// sshLoginForm is how the client of SSH names user and host that refused it.
var sshLoginForm = lazy.Compile(`\b([\w.-]+@[\w.-]+): Permission denied \(`)

// sshLogin is the user and the host of a refused login by SSH: ec2-user@10.0.4.19.
func sshLogin(text string) string { return captured(sshLoginForm, text) }

// sudoForm is how sudo reports a command: ada : … ; TTY=pts/0 ; …
var sudoForm = lazy.Compile(`\b([a-z_][\w.-]{0,31}) : [^;\n]{1,80} ; (?:TTY|PWD|USER|COMMAND)=`)

// sudoUser is the account whose command sudo refused.
func sudoUser(text string) string { return captured(sudoForm, text) }
