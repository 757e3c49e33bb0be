package diagnose

import "github.com/authlens/authlens/engine/lazy"

// Where and as whom somebody tried to log in, as servers write it into logs of
// their own. Whoever tries chooses the name, so it is for reading only.
var (
	clientAddressForms = []lazy.Regexp{
		lazy.Compile(`warning: \S{0,255}\[([\da-fA-F.:]+)\]: SASL `),                                       // Postfix
		lazy.Compile(`authenticator failed for (?:\S{1,255} )?(?:\([^)\n]{0,255}\) )?\[([\da-fA-F.:]+)\]`), // Exim
		lazy.Compile(`\brip=([\da-fA-F.:]+)`),                                                              // Dovecot
		lazy.Compile(`badlogin: \S{0,255} ?\[([\da-fA-F.:]+)\]`),                                           // Cyrus
		lazy.Compile(`\bip=\[(?:::ffff:)?([\da-fA-F.:]+)\]`),                                               // Courier
		lazy.Compile(`\brhost=([\da-fA-F.:]+)`),                                                            // PAM
		lazy.Compile(`[Cc]onnection <[\d.]+> \(([\d.]+):\d+ -> `),                                          // RabbitMQ
		lazy.Compile(`sshd\S{0,20}: [^\n]* from ([\da-fA-F.:]+)(?: |\n|$)`),                                // OpenSSH
		lazy.Compile(`([\d.]+):\d+ - [clr]id:\d+ - `),                                                      // NATS
		lazy.Compile(`Client \S{1,128} \[([\d.]+):\d+\] disconnected[,:] not auth`),                        // Mosquitto
		lazy.Compile(`Failed authentication with [\w.-]*/([\da-fA-F.:]+)`),                                 // Kafka
		lazy.Compile(`authenticate client \{[^\n]{1,200}\} from ([\d.]+):\d`),                              // VerneMQ
		lazy.Compile(`Bad \w{1,20} attempt for '[^'\n]{1,64}' from ([\da-fA-F.:]+):\d`),                    // Dropbear
		lazy.Compile(`Unable to validate user from /([\d.]+):\d`),                                          // ActiveMQ Artemis
		lazy.Compile(`\bpeername: ([\d.]+):\d`),                                                            // EMQX
		lazy.Compile(`ServerCnx - \[/([\d.]+):\d+\]`),                                                      // Pulsar
		lazy.Compile(`auth[\w-]*(?:\([\d,:]+\))?: [\w-]+\([^,\s]{1,128},([\da-fA-F.:]+)`),                  // Dovecot's auth
		lazy.Compile(`FAIL LOGIN: Client "(?:::ffff:)?([\da-fA-F.:]+)"`),                                   // vsftpd
		lazy.Compile(`proftpd\S{0,20} [^\n]{0,255}\[(?:::ffff:)?([\da-fA-F.:]+)\]\)`),                      // ProFTPD
		lazy.Compile(`' failed for '([\d.]+)`),                                                             // Asterisk
		lazy.Compile(`RemoteAddress=\\?"IPV[46]/\w{2,4}/([\da-fA-F.:]+)/`),
		lazy.Compile(` on sofia profile [^\n]{1,160} from ip ([\da-fA-F.:]+)`), // FreeSWITCH
		lazy.Compile(`Can't find user \[\S{1,128}\] from ([\da-fA-F.:]+)`),
	}
	clientUserForms = []lazy.Regexp{
		lazy.Compile(`\bset_id=([^\s)]{1,128})`),                                                // Exim
		lazy.Compile(`\bsasl_username=([^\s,]{1,128})`),                                         // Postfix
		lazy.Compile(`\buser=<([^>\s]{1,128})>`),                                                // Dovecot
		lazy.Compile(`LOGIN FAILED, user=([^\s,]{1,128})`),                                      // Courier
		lazy.Compile(`(?:login refused|access denied): user '([^'\s]{1,128})'`),                 // RabbitMQ
		lazy.Compile(`Client ([^<\s]{1,128}) (?:\[[^\]\n]{0,64}\] )?disconnected[,:] not auth`), // Mosquitto
		lazy.Compile(`authentication error - User "([^"\s]{1,128})"`),                           // NATS
		lazy.Compile(`Failed \S+ for (?:invalid user )?(\S{1,64}) from `),                       // OpenSSH
		lazy.Compile(`Invalid user (\S{1,64}) from `),
		lazy.Compile(`User (\S{1,64}) from \S+ not allowed`),
		lazy.Compile(`Access denied for user (\S{1,64}) by PAM`),
		lazy.Compile(`authenticate client \{[^\n]{1,100}<<\\?"([^"\\\n]{1,128})`), // VerneMQ
		lazy.Compile(`Bad \w{1,20} attempt for '([^'\n]{1,64})'`),                 // Dropbear
		lazy.Compile(`PAM: [A-Za-z ]{5,60} for (?:illegal user )?(\S{1,64}) from `),
		lazy.Compile(`attempts exceeded for (?:invalid user )?(\S{1,64}) from `),
		lazy.Compile(`auth[\w-]*(?:\([\d,:]+\))?: [\w-]+\(([^,\s]{1,128}),[\da-fA-F.:]+`), // Dovecot's auth
		lazy.Compile(`\[([^\]\s]{1,64})\] FAIL LOGIN: Client`),                            // vsftpd
		lazy.Compile(`USER (\S{1,64}) ?(?::|\(Login failed\))`),                           // ProFTPD
		lazy.Compile(`FAILED SU \(to \S{1,64}\) (\S{1,64}) on `),
		lazy.Compile(`FAILED LOGIN [^\n]{0,80}\bFOR '?([^'\s,]{1,64})`),
		lazy.Compile(`Username: ([^;\s]{1,128}); SSL certificate`),                                                                     // ActiveMQ Artemis
		lazy.Compile(`\busername: ([^,\s]{1,128}), reason: `),                                                                          // EMQX
		lazy.Compile(`(?:Registration|Request)(?: '\w{1,12}')? from '[^'\n]{0,100}sips?:([^@>\s']{1,64})@[^'\n]{1,100}' failed for '`), // Asterisk
		lazy.Compile(`\bAccountID=\\?"([^"\\\s]{1,64})`),
		lazy.Compile(` for \[([^\]@\s]{1,64})@[^\]\s]{1,128}\] from ip `), // FreeSWITCH
		lazy.Compile(`Can't find user \[([^\]@\s]{1,64})`),
		lockedUserForm,
		lazy.Compile(`pam_\w{2,20}\([\w:.-]{1,60}\): [^\n]{0,300}\buser=([^\s"\\]{1,64})`),
	}
)

// lockedUserForm is the user whose account PAM has locked after too many failures.
var lockedUserForm = lazy.Compile(`login failures for user (\S{1,64}) account temporarily locked`)

// firstCaptured returns what the first of forms that is in text captures, or "".
func firstCaptured(forms []lazy.Regexp, text string) string {
	for _, form := range forms {
		if found := captured(form, text); found != "" {
			return found
		}
	}
	return ""
}
