package diagnose

import (
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// bindReasons are Active Directory's reasons to refuse a bind: a Windows error in
// hexadecimal, as in "AcceptSecurityContext error, data 52e, v2580".
var bindReasons = map[string]string{
	"525": "it knows no such user",
	"52e": "the password is wrong",
	"530": "the account may not log in at this time",
	"531": "the account may not log in from this machine",
	"532": "the password has expired",
	"533": "the account is disabled",
	"701": "the account has expired",
	"773": "the password must be changed first",
	"775": "the account is locked",
}

var (
	bindReasonForm = lazy.Compile(`(?i), data ([0-9a-f]{3})\b`)
	// slapdResultForm is a result in slapd's log, which has the name and the address
	// in other lines of the same connection.
	slapdResultForm = lazy.Compile(`\bconn=(\d{1,12}) op=\d+ RESULT `)
	// kerberosPrincipalForm is a Kerberos principal: realms are written in capitals.
	kerberosPrincipalForm = lazy.Compile(`\b([\w./-]{1,128}@[A-Z][A-Z0-9.-]{1,100}[A-Z0-9])\b`)
)

// bindReason is why Active Directory refused a bind, or "".
func bindReason(text string) string {
	return bindReasons[strings.ToLower(captured(bindReasonForm, text))]
}
