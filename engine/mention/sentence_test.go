package mention

import "testing"

func TestOfEvents(t *testing.T) {
	f := func(line string, want Kind) {
		t.Helper()
		if got := kindOf(line); got != want {
			t.Errorf("%s: got %q, want %q", line, got, want)
		}
	}
	f("subscribed to user.‹login_failed›", Topic)
	f("worker listening to user.‹login_failed›", Topic)
	f("event user.‹login_failed› published to auth", None)
	f(`{"event":"user.‹login_failed›","user":"bob"}`, None)
	f("listening, replied to ‹login_failed›", None)
}
