package redact

import "testing"

func TestEncoded(t *testing.T) {
	becomes, stays := cases(t)
	becomes("rejected Ym9iOlN1cGVyU2VjcmV0UGFzc3dvcmQxMjM= of bob", "rejected [redacted] of bob")
	becomes("body cGFzc3dvcmQ9aHVudGVyMg== was refused", "body [redacted] was refused")
	becomes("body cGFzc3dvcmQ9aHVudGVyfn4_ was refused", "body [redacted] was refused")
	becomes("key 70617373776f72643d68756e74657232", "key [redacted]")
	// Text without a secret, and what is no text.
	stays("body cGF5bG9hZCB3aXRob3V0IHNlY3JldHM= was refused")
	stays("request 7061796c6f61642077697468 of 4bf92f3577b34da6a3ce929d0e0e4736")
	stays("at /var/log/containers/orders-api/current")
}
