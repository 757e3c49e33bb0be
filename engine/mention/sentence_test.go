package mention

import "testing"

func TestOfEvents(t *testing.T) {
	f := kindTest(t)
	f("subscribed to user.‹login_failed›", Topic)
	f("worker listening to user.‹login_failed›", Topic)
	f("event user.‹login_failed› published to auth", None)
	f(`{"event":"user.‹login_failed›","user":"bob"}`, None)
	f("listening, replied to ‹login_failed›", None)
}
