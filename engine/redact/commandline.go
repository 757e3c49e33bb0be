package redact

import "github.com/authlens/authlens/engine/lazy"

// A shell's command line, and the list of its words as Python, Go and Node print it:
// -p s3cret, -p 's3 cret', ['-p', 's3cret'], ["-p" "s3cret"]
const (
	blank     = `(?:\\*["'](?:,\s*|\s+)\\*["']?|\s+)`
	between   = `(?:\\*["'](?:,\s*|\s+)|\s+|=)`
	argument  = `(?:\\*'[^'\n, ][^'\n]*'|\\*"[^"\n, ][^"\n]*"|[^\s"'\\-](?:[^\s"']*[^\s"',;])?)`
	separate  = `\\*["']?` + argument
	arguments = `(?:\\*[\s"'][^\n|;&]{0,200}?)?[\s"']` // from a program's name to one of its options
)

// optionOf is the form of an option that takes a password from some programs, and
// something else from others.
func optionOf(programs, option string, needs ...string) form {
	return form{needs, lazy.Compile(`(\b(?:` + programs + `)` + arguments + option + `)` + argument), "$1" + mark}
}

// commandLines are secrets among the arguments of programs.
var commandLines = []form{
	optionOf(`(?:mysql|mariadb)(?:dump|admin|import|check|show|slap|binlog|sh|[_-][\w-]+)?`, `-p`, "mysql", "mariadb"),
	optionOf(`(?:docker|podman|nerdctl|oc|helm`+blank+`registry)`+blank+`login`, `-p`+between, "login"),
	optionOf(`redis-cli`, `(?:-a|--pass)`+between, "redis-cli"),
	optionOf(`sqlcmd|bcp|ipmitool|(?:un)?zip|mosquitto_(?:pub|sub|rr)`, `-P(?:`+between+`)?`, "sqlcmd", "bcp", "ipmitool", "zip", "mosquitto_"),
	optionOf(`7z[ar]?`, `-p`, "7z"),
	optionOf(`ldap(?:search|modify|add|delete|whoami|passwd)`, `-w(?:`+between+`)?`, "ldap"),
	optionOf(`snmp\w+`, `-[cA]`+between, "snmp"),
	optionOf(`snmp\w+`, `-X`+between, "snmp"),
	optionOf(`openssl`+blank+`enc`, `-k`+between, "openssl"),
	optionOf(`ssh-keygen`, `-[NP]`+between, "ssh-keygen"),
	optionOf(`gpg2?`, `--passphrase`+between, "gpg"),
	optionOf(`beeline`, `-p`+between, "beeline"),
	optionOf(`ssm`+blank+`put-parameter`, `--value`+between, "put-parameter"),
	optionOf(`influx`, `-password`+between, "influx"),
	optionOf(`curl`, `-[uU](?:`+between+`)?["']?[^\s:"'=]*[^\s:"'=0-9][^\s:"'=]*:`, "curl"),
	optionOf(`https?`, `(?:-a|--auth)`+between+`[^\s:"'=/]+:`, "http -a", "https -a", "--auth"),
	optionOf(`smbclient|rpcclient|net`, `-U`+between+`["']?[^\s%"']+%`, "smbclient", "rpcclient", "net "),
	optionOf(`lftp`, `-u`+between+`[^\s,"']+,`, "lftp"),
	{[]string{"sshpass"}, lazy.Compile(`(\bsshpass` + blank + `["']?-p(?:` + between + `)?)` + argument), "$1" + mark},
	{[]string{"vault login", "unseal "}, lazy.Compile(`(\bvault (?:login|(?:operator )?unseal) )[\w.+/=-]*[\d.][\w.+/=-]*`), "$1" + mark},
	{[]string{"rabbitmqctl"}, lazy.Compile(`(\brabbitmqctl` + blank + `["']?(?:add_user|change_password|authenticate_user)` + blank + `["']?[\w.@-]+` + blank + `)` + separate), "$1" + mark},
	{[]string{"htpasswd"}, lazy.Compile(`(\bhtpasswd` + blank + `["']?-\w*b\w*` + blank + `["']?[^\s"']+` + blank + `["']?[^\s"']+` + blank + `)` + separate), "$1" + mark},
	{[]string{"configure"}, lazy.Compile(`(\bconfigure` + blank + `["']?set` + blank + `["']?[\w.-]*(?:secret_access_key|session_token)` + blank + `)` + separate), "$1" + mark},
	{[]string{"--from-literal"}, lazy.Compile(`(\bsecret\b[^\n|;&]{0,200}?--from-literal` + between + `["']?[\w.-]+=)` + argument), "$1" + mark},
	// MinIO's client: mc alias set store https://minio:9000 ACCESSKEY …
	{[]string{"mc alias", "mc config"}, lazy.Compile(`(\bmc (?:alias set|config host add)(?:\s+--?\w[\w-]*)*\s+\S+\s+\S+\s+["']?[\w.@-]+["']?\s+)` + argument), "$1" + mark},
	{[]string{"config set"}, lazy.Compile(`(\bconfig set ["']?\S*\b_(?:auth|authToken|password)["']?[ =])` + argument), "$1" + mark}, // npm
	{[]string{"http-basic"}, lazy.Compile(`(\bhttp-basic\.\S+\s+\S+\s+)` + argument), "$1" + mark},                                   // Composer
	{[]string{"net user"}, lazy.Compile(`(?i)(\bnet user\s+[\w.@-]+\s+)[^\s/*"']\S*(\s+/add)`), "$1" + mark + "$2"},
	{[]string{"--"}, lazy.Compile(`(?i)(` + secretOption + `\\*')[^'\n]* [^'\n]*(')`), "$1" + mark + "$2"},
	{[]string{"--"}, lazy.Compile(`(?i)(` + secretOption + `\\*")[^"\n$]* [^"\n]*(")`), "$1" + mark + "$2"},
	optionOf(`useradd|usermod`, `(?:-p|--password)`+between, "useradd", "usermod"),
	{[]string{"schtasks"}, lazy.Compile(`(?i)(\bschtasks\b[^\n|;&]{0,200}?\s/rp\s+)` + argument), "$1" + mark},
	{[]string{"net use"}, lazy.Compile(`(?i)(\bnet use\b[^\n|;&]{0,200}?\s/user:[^\s"']+\s+)` + argument), "$1" + mark},
	{[]string{"net use"}, lazy.Compile(`(?i)(\bnet use\s[^\n|;&]{0,200}?\\\S+\s+)[^\s"'/*]\S*(\s+/user:)`), "$1" + mark + "$2"},
	// PowerShell's passwords: as they are they stand in quotes, or before an option that says so.
	{[]string{"convertto-securestring"}, lazy.Compile(`(?i)(\bConvertTo-SecureString(?:\s+-\w+)*\s+)(?:'[^'\n]+'|"[^"\n$][^"\n]*")`), "$1" + mark},
	{[]string{"convertto-securestring"}, lazy.Compile(`(?i)(\bConvertTo-SecureString(?:\s+-\w+)*\s+)[^\s"'$(:-]\S*(\s+-(?:AsPlainText|Force))`), "$1" + mark + "$2"},
	{[]string{"nmcli"}, lazy.Compile(`(\bnmcli\b[^\n|;&]{0,200}?\spassword\s+)` + argument), "$1" + mark},
	// A user's name before it tells that -p is no port: docker run -u app -p 8080:80.
	{[]string{"-u", "--user"}, lazy.Compile(`([\s"'](?:-[uU]|--?user(?:name)?)` + between + `["']?[^\s"'-][^\s"']*["']?[^\n|;&]{0,120}?[\s"']-p` + between + `)(?:'[^'\n,\d {][^'\n]*'|"[^"\n,\d {][^"\n]*"|[^\s"'\d/.:-](?:[^\s"']*[^\s"',;])?|\d+[^\s"'\d:.\]][^\s"':]*)`), "$1" + mark},
	// echo s3cret | docker login --password-stdin
	{[]string{"echo"}, lazy.Compile(`(\becho\s+(?:-n\s+)?)(?:'[^'\n]+'|"[^"\n$]+"|[^\s"'|$]+)(\s*\|\s*(?:docker|podman|helm|kinit|passwd|chpasswd|sudo\s+-S)\b)`), "$1" + mark + "$2"},
	// Oracle's programs: sqlplus -s scott/tiger@orders
	{[]string{"sqlplus"}, lazy.Compile(`(\bsqlplus(?:` + blank + `["']?-\w+)*` + blank + `["']?[\w$#.]+/)(?:\\*"[^"\n]+"|[^\s/@"']+)`), "$1" + mark},
	{[]string{"sqlldr", "expdp", "impdp", "exp ", "imp "}, lazy.Compile(`(\b(?:sqlldr|expdp|impdp|exp|imp)` + blank + `["']?[\w$#.]+/)[^\s/@"']+(@|\s+\w+=)`), "$1" + mark + "$2"},
	{[]string{"userid="}, lazy.Compile(`(\buserid=["']?[\w$#.]+/)[^\s/@"']+`), "$1" + mark},
	{[]string{"rman"}, lazy.Compile(`(\brman` + blank + `["']?(?:target|catalog|auxiliary)` + blank + `["']?[\w$#.]+/)[^\s/@"']+`), "$1" + mark},
}

// secretOption is an option whose name says that a secret follows.
const secretOption = `--(?:[a-z0-9_.-]*(?:password|passwd|token|(?:api|secret|private|signing|encryption|account|master|shared|hmac|license)[_-]?key|access-key|oauth2-bearer|secret(?:-string|-binary)?|[_-]pass|(?:db|smtp|user|root|admin)pass))[ =]`

var longOption = lazy.Compile(`(?i)` + secretOption + `["']?([^\s"'-](?:[^\s"']*[^\s"',;])?)`)

// longOptions removes the values of such options. Some name the file that holds the
// secret, or what manages it; and sentences tell about them: --token is required.
func longOptions(s string) string {
	return removeValues(s, longOption(), func(v string) bool {
		return isPath(v) || saysOutcome(v) || secretsName().MatchString(v)
	})
}

// shortOptionWords are the words of which one is in what shortOption finds.
var shortOptionWords = []string{"-pass", "-token", "-secret", "-api"}

// shortOption finds such an option behind one dash, as Go's programs and PowerShell
// take them: influx -token …
var shortOption = lazy.Compile(`(?i)(?:^|[\s"'\[(])-(?:password|passwd|token|api-?key|secret(?:-?key)?)(?:=|:? |["'], ?)["']?([^\s"'-](?:[^\s"']*[^\s"',;])?)`)

// shortOptions removes the values of such options that no sentence has: those with
// a letter and a digit.
func shortOptions(s string) string {
	return removeValues(s, shortOption(), func(v string) bool {
		m := mixOf(v)
		return m.digits == 0 || m.lower+m.upper == 0 || isPath(v) || secretsName().MatchString(v)
	})
}

// secretsName is what names a secret to those who keep it: prod/db, id=npmrc,src=…
var secretsName = lazy.Compile(`^(?:[a-z][a-z_-]*(?:/[a-z][a-z_-]*)+|id=\S*)$`)
