package diagnose

import "testing"

func TestKeyState(t *testing.T) {
	for text, want := range map[string]string{
		"KMSInvalidStateException: key/0a1b is pending deletion.":                          "waiting for its deletion",
		"KMSInvalidStateException: key/0a1b is pending import.":                            "without its key material",
		"KMSInvalidStateException: key/0a1b is unavailable.":                               "unavailable",
		"KMS.DisabledException: key/0a1b is disabled.":                                     "disabled",
		"KmsDisabled: the key is disabled.":                                                "disabled",
		"Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state": "",
	} {
		if got := keyState(text); got != want {
			t.Errorf("%q: got %q; want %q", text, got, want)
		}
	}
}
