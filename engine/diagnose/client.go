package diagnose

import "regexp"

// Where and as whom somebody tried to log in, as servers write it into logs of
// their own. Whoever tries chooses the name, so it is for reading only.
var (
	clientAddressForms = []*regexp.Regexp{
		regexp.MustCompile(`warning: \S{0,255}\[([\da-fA-F.:]+)\]: SASL `),                                       // Postfix
		regexp.MustCompile(`authenticator failed for (?:\S{1,255} )?(?:\([^)\n]{0,255}\) )?\[([\da-fA-F.:]+)\]`), // Exim
		regexp.MustCompile(`\brip=([\da-fA-F.:]+)`),                                                              // Dovecot
		regexp.MustCompile(`badlogin: \S{0,255} ?\[([\da-fA-F.:]+)\]`),                                           // Cyrus
		regexp.MustCompile(`\bip=\[(?:::ffff:)?([\da-fA-F.:]+)\]`),                                               // Courier
		regexp.MustCompile(`\brhost=([\da-fA-F.:]+)`),                                                            // PAM
		regexp.MustCompile(`[Cc]onnection <[\d.]+> \(([\d.]+):\d+ -> `),                                          // RabbitMQ
		regexp.MustCompile(`sshd\S{0,20}: [^\n]* from ([\da-fA-F.:]+)(?: |\n|$)`),                                // OpenSSH
		regexp.MustCompile(`([\d.]+):\d+ - [clr]id:\d+ - `),                                                      // NATS
		regexp.MustCompile(`Client \S{1,128} \[([\d.]+):\d+\] disconnected, not auth`),                           // Mosquitto
		regexp.MustCompile(`Failed authentication with [\w.-]*/([\da-fA-F.:]+)`),                                 // Kafka
	}
	clientUserForms = []*regexp.Regexp{
		regexp.MustCompile(`\bset_id=([^\s)]{1,128})`),                                             // Exim
		regexp.MustCompile(`\bsasl_username=([^\s,]{1,128})`),                                      // Postfix
		regexp.MustCompile(`\buser=<([^>\s]{1,128})>`),                                             // Dovecot
		regexp.MustCompile(`LOGIN FAILED, user=([^\s,]{1,128})`),                                   // Courier
		regexp.MustCompile(`login refused: user '([^'\s]{1,128})'`),                                // RabbitMQ
		regexp.MustCompile(`Client ([^<\s]{1,128}) (?:\[[^\]\n]{0,64}\] )?disconnected, not auth`), // Mosquitto
		regexp.MustCompile(`authentication error - User "([^"\s]{1,128})"`),                        // NATS
		regexp.MustCompile(`Failed \S+ for (?:invalid user )?(\S{1,64}) from `),                    // OpenSSH
		regexp.MustCompile(`Invalid user (\S{1,64}) from `),
		regexp.MustCompile(`User (\S{1,64}) from \S+ not allowed`),
		regexp.MustCompile(`Access denied for user (\S{1,64}) by PAM`),
	}
)

// The user that asked for root rights, and the program it meant to run: its
// arguments may hold what is nobody's business.
var (
	sudoUserForm    = regexp.MustCompile(`sudo(?:\[\d+\])?: +(\S{1,64}) : `)
	sudoCommandForm = regexp.MustCompile(`\bCOMMAND=(/\S{1,200})`)
)

// firstCaptured returns what the first of forms that is in text captures, or "".
func firstCaptured(forms []*regexp.Regexp, text string) string {
	for _, form := range forms {
		if found := captured(form, text); found != "" {
			return found
		}
	}
	return ""
}
