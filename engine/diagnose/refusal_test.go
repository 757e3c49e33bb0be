package diagnose

import "testing"

func TestSignedBefore(t *testing.T) {
	f := func(text, want string) {
		t.Helper()
		if got := signedBefore(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	f("Signature expired: 20310302T095512Z is now earlier than 20310302T100512Z (20310302T101012Z - 5 min.)", "15 minutes")
	f("Signature expired: 20310302T060000Z is now earlier than 20310302T100512Z (20310302T101012Z - 5 min.)", "4 hours")
	f("Signature expired: 20310302T101013Z is now earlier than 20310302T100512Z (20310302T101012Z - 5 min.)", "")
	f("Signature expired: 20311302T095512Z is now earlier than 20310302T100512Z (20310302T101012Z - 5 min.)", "")
	f("Signature not yet current: 20310302T102512Z is still later than 20310302T101512Z", "")
}
