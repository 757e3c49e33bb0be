package match

import (
	"strings"
	"testing"
)

func TestBeside(t *testing.T) {
	m := load(t, Options{}, `
name: refused
signatures: [{literal: was rejected, preceded_by: [api key, credential]}]
---
name: unavailable
signatures: [{literal: unable to load, followed_by: [credential]}]
---
name: both
signatures: [{literal: was handed, preceded_by: [token], followed_by: [stranger]}]
`)
	f := func(line, want string) {
		t.Helper()
		if got := winner(m, line); got != want {
			t.Errorf("%q: got %s, want %s", line, got, want)
		}
	}
	f("the API key was rejected", "refused")
	f("your credentials for x were read; the call was rejected", "none")
	f("api key 7 of tenant orders was rejected", "refused")
	f("the call was rejected, check your api key", "none")
	f("microcredential was rejected", "none")
	f("BILLING_CREDENTIAL was rejected", "refused")
	f("credentials read. The call was rejected", "none")
	f("v1.2 credentials of a.b.c was rejected", "refused")
	f(`{"key":"api key","error":"was rejected"}`, "none")
	f(`{"key": "api key", "error": "was rejected"}`, "none")
	f("api key\nwas rejected", "none")
	f("api key "+strings.Repeat("x ", besideReach/2)+"was rejected", "none")
	f("api key of arn:aws:iam::111122223333:role/orders-of-the-nightly-import was rejected", "refused")
	f("api key "+strings.Repeat("x", besideMost)+" was rejected", "none")
	f("was rejected", "none")
	// What pages and pieces of programs are called is no credential.
	f("page /credential was rejected", "none")
	f("https://example.com/credential was rejected", "none")
	f("orders/credential was rejected", "refused")
	f("file credential.html was rejected", "none")
	f("credential.json was rejected", "refused")
	f("Module 'credential' was rejected", "none")
	f("the module credential was rejected", "refused")
	f("mapping key 'credential' was rejected", "none")
	f("key 'orders' of credential was rejected", "refused")
	f("user name 'credential' was rejected", "none")
	f("page credential was rejected", "none")
	f("implementation \"credential\" was rejected", "refused")
	f("'credential' was rejected", "refused")
	f("/credential was rejected", "none")
	f("CredentialManager was rejected", "none")
	f("Credentials was rejected", "refused")
	// The condition concerns one place, not the text: the second one holds.
	f("the call was rejected, since the api key was rejected", "refused")

	f("unable to load any usable credentials", "unavailable")
	f("credentials: unable to load", "none")
	f("unable to load the page; credentials kept", "none")
	f("unable to load", "none")
	f("unable to load https://id.example.com/v1/orders/nightly/import credentials", "unavailable")
	f("unable to load "+strings.Repeat("x", besideMost)+" credentials", "none")
	f("unable to load "+strings.Repeat("x ", besideReach/2)+"credentials", "none")

	f("the token was handed to a stranger", "both")
	f("the token was handed on", "none")
	f("it was handed to a stranger", "none")
}

func TestExplainBeside(t *testing.T) {
	m := load(t, Options{}, "name: refused\nsignatures: [{literal: was rejected, preceded_by: [api key, credential]}]")
	traces := m.Explain([]byte("the call was rejected"))
	if len(traces) != 1 || traces[0].Matched || traces[0].Why != `needs, in the words before it, one of "api key" "credential"` {
		t.Errorf("got %+v", traces)
	}
	traces = m.Explain([]byte("the call was rejected, since the api key was rejected"))
	if len(traces) != 1 || !traces[0].Won {
		t.Errorf("got %+v", traces)
	}
}

func TestRightBeside(t *testing.T) {
	m := load(t, Options{}, `
name: before
signatures: [{word: api key, right_before: [invalid, no valid]}]
---
name: after
signatures: [{word: [client secret, access token], right_after: [expired, not set]}]
---
name: value
signatures: [{word: unauthorized, right_before: [reason], right_after: ['"']}, {word: unauthorized, right_before: ["cause="]}]
`)
	f := func(line, want string) {
		t.Helper()
		if got := winner(m, line); got != want {
			t.Errorf("%q: got %s, want %s", line, got, want)
		}
	}
	f("invalid API key", "before")
	f("Invalid: your API key", "before")
	f("invalid 'api key'", "before")
	f("there is no valid api key for orders", "before")
	f("invalid order of api key orders", "none")
	f("valid api key", "none")
	f("notinvalid api key", "none")
	f("invalid. api key", "none")
	f("api key", "none")
	f("invalid api keys", "none")

	f("client secret expired", "after")
	f("client secret has been expired", "after")
	f("Access token: not set", "after")
	f("access token expired!", "after")
	f("access token is not expired", "none")
	f("access token expiredAt=7", "none")
	f("access token of orders expired", "none")
	f("access token\nexpired", "none")
	f("access token", "none")
	f("access token is", "none")

	f(`{"reason":"unauthorized"}`, "value")
	f(`{"reason":"unauthorized change"}`, "none")
	f(`{"season":"unauthorized"}`, "none")
	f("cause=unauthorized orders=7", "value")
	f(`cause="unauthorized change"`, "none")
}
