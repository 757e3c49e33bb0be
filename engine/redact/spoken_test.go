package redact

import "testing"

func TestSpoken(t *testing.T) {
	f, keeps := cases(t)
	f(`AccountKey 9fK2mQ7vXcB1nT5rWzY8sD== of x, pre-shared key hunter2x, PSK "hunter2x"`, `AccountKey [redacted] of x, pre-shared key [redacted], PSK "[redacted]"`)
	f("token mismatch: expected 9fK2mQ7vXcB1nT5rWzY8, got 8sD3hJ6gL0pAe1iOqRtEx", "token mismatch: expected [redacted], got [redacted]")
	keeps("token audience: expected orders-service-api, got orders-internal-api; NoSuchKey 2026/orders-7f3e9a1b2c4d.csv")
	f(`the password is p4ss, password was 'sunshine', \"password\" is \"letmein\"`, `the password is [redacted], password was '[redacted]', \"password\" is \"[redacted]\"`)
	f("Your password is: sunshine\nyour password is: hunter2 again", "Your password is: [redacted]\nyour password is: [redacted] again")
	f("the secret is hunter2, the token was a1B2c3D4", "the secret is [redacted], the token was [redacted]")
	f("Credentials: bob / a1B2c3D4, login bob:a1B2c3D4 failed, user bob pass Zk7tQ9vLm2xW1abc", "Credentials: bob / [redacted], login bob:[redacted] failed, user bob pass [redacted]")
	keeps("credentials used / stored, login app:8080 failed, pass the token, login 12:30:45")
	keeps(`password is "incorrect", password is 'null', the password is: expired`)
	keeps("password v2rc was refused, password is sha1, the password is base64, secret is aes-256-gcm")
	keeps("the secret is prod/db1, secret is orders-db2, the token is oauth2, token is v2, key is orders2031")
}

func TestSpokenWords(t *testing.T) {
	f, keeps := cases(t)
	f("login failed: password is sunshine", "login failed: password is [redacted]")
	f("the password was Sunshine, and it was refused; passphrase is moonlight for bob", "the password was [redacted], and it was refused; passphrase is [redacted] for bob")
	f("password is sunshine: Access denied, password is expired: Access denied", "password is [redacted]: Access denied, password is expired: Access denied")
	f("DB_PASSWORD is sunshine.\nLogin failed", "DB_PASSWORD is [redacted].\nLogin failed")
	f(`{"msg":"password is sunshine"}`, `{"msg":"password is [redacted]"}`)
	f("(the password is sunshine) access denied, pwd is sunshine!", "(the password is [redacted]) access denied, pwd is [redacted]!")

	for _, state := range []string{
		"wrong", "required", "expired", "incorrect", "invalid", "missing", "empty", "null", "blank", "locked", "not set", "too short", "weak", "reset",
		"changed", "rejected", "correct", "unset", "mandatory", "case sensitive", "case-sensitive", "insecure", "different", "unknown", "disabled",
		"needed", "not valid", "unacceptable", "stale", "hidden", "stored in plain text", "being rotated", "old", "what it was", "encrypted",
		"temporary", "ambiguous", "accurate", "relevant", "numeric", "stronger",
		"overdue", "overdue for rotation", "ready", "bogus", "cleartext", "clear-text", "plain-text", "read-only", "non-empty", "nowhere to be found",
		"sufficient", "insufficient", "inconsistent", "hashed", "mismatched", "about to expire", "managed by AWS", "no longer valid", "taken",
	} {
		keeps("login failed: password is " + state)
		keeps("The password was " + state + ".")
		keeps("password is " + state + ", access denied; the passphrase is " + state + " for user bob")
	}
	f("login bob with pw s3cret9 refused", "login bob with pw [redacted] refused")
	keeps("The password is base64. The passphrase is sha256.")
	keeps("token is expired, the access token is revoked, API key is disabled, the security token is invalid.")
	keeps("password is in the vault, password is sunshine-themed")
}
