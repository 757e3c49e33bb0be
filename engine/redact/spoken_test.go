package redact

import "testing"

func TestSpoken(t *testing.T) {
	f, keeps := cases(t)
	f(`the password is p4ss, password was 'sunshine', \"password\" is \"letmein\"`, `the password is [redacted], password was '[redacted]', \"password\" is \"[redacted]\"`)
	f("Your password is: sunshine\nyour password is: hunter2 again", "Your password is: [redacted]\nyour password is: [redacted] again")
	f("the secret is hunter2, the token was a1B2c3D4", "the secret is [redacted], the token was [redacted]")
	keeps(`password is "incorrect", password is 'null', the password is: expired`)
	keeps("password v2rc was refused, password is sha1, the password is base64, secret is aes-256-gcm")
	keeps("the secret is prod/db1, secret is orders-db2, the token is oauth2, token is v2, key is orders2031")
}
