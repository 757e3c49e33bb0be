package doctor

import (
	"strings"
	"testing"
)

// What an answer says is cut off after its secrets were taken out: a part of one, without
// its end, would not be known for one.
func TestSaidShowsNoPartOfASecret(t *testing.T) {
	const secret = "hunter2not4areal1"
	for n := range saidMax {
		body := `{"code":"Refused","message":"` + strings.Repeat("x", n) + ` app:` + secret + `@db:5432"}`
		if got := said([]byte(body)); strings.Contains(got, secret[:3]) || len(got) > saidMax+3 {
			t.Fatalf("behind %d bytes: got %q", n, got)
		}
	}
}
