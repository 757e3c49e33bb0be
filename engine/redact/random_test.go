package redact

import "testing"

// What is known for a secret by its looks alone.
func TestSecretKeys(t *testing.T) {
	f, keeps := cases(t)
	f("used 9fK2mQ7vXcB1nT5rWzY8sD3hJ6gL0paeUiOqRtAZ here", "used [redacted] here")
	f("used /fK2mQ7vXcB1nT5rWzY8sD3hJ6gL0+zeUiOqRtx9 here", "used [redacted] here")
	keeps("OrdersServiceProductionDatabase012345678 is a name")
	keeps("9fK2mQ7vXcB1nT5rWzY8sD3hJ6gL0paeUiOqRtAZ9 is longer, 9fK2mQ7vXcB1nT5rWzY8sD3hJ6gL0paeUiOqRtA shorter")
}

// What tells a secret from a name stands on both sides of each bound.
func TestLooks(t *testing.T) {
	f := func(what string, looks func(string) bool, v string, want bool) {
		t.Helper()
		if got := looks(v); got != want {
			t.Errorf("%q looks %s: %v; want %v", v, what, got, want)
		}
	}
	random := func(v string, want bool) { t.Helper(); f("random", looksRandom, v, want) }
	random("abcd1234abcd1234ab12", true)  // a change in every fourth byte
	random("abcd1234abcd1234abcd", false) // fewer
	random("abc12/abc123abc123", false)   // a path
	random("12345678901234567890", false)
	mixed := func(v string, want bool) { t.Helper(); f("mixed", looksMixed, v, want) }
	mixed("aa11aa1a", true) // a change in every second byte
	mixed("aa11aa11a", false)
	mixed("a1b2c3d", false) // short
	mixed("a1/b2c3d4", false)
	mixed("a1-b2c3d4", false)
	mixed("a1_b2c3d4", false)
	mixed("a1.b2c3d4", false)
	mixed("aBcDeFgH", false)
	base64 := func(v string, n int, want bool) {
		t.Helper()
		f("like base64", func(v string) bool { return mixOf(v).isBase64(n) }, v, want)
	}
	base64("aBcDeF1g1h1i", 33, true) // five changes of case, eleven in all
	base64("aBcDeF1g1h1i", 34, false)
	base64("aBcDe1g1h1i1", 12, false) // four
	base64("aBcDeFgHiJkL", 12, false) // no digit
}
