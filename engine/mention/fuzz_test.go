package mention_test

import (
	"slices"
	"testing"

	"github.com/authlens/authlens/engine/mention"
)

// FuzzOf asks about any evidence in any text: Of must return one of the kinds,
// change nothing, and look at nothing outside of the text.
func FuzzOf(f *testing.F) {
	for _, text := range []string{
		"AccessDenied", `{"query":{"match":{"message":"Access denied"}}}`, "token expired (401), refreshing", `"AccessDenied": {"action":"drop"}`,
		"  403  Forbidden\n", "open /var/x: Permission denied", "a.rb:4:in `access_denied'", "SELECT 1 WHERE m = 'Access denied'",
		"EXIT CODES\n  13  permission denied", "msg := \"access denied\"", "[main a1f03bc] Fix AccessDenied (#412)", "errors{code=\"AccessDenied\"} 3",
		"returns 401 if the", "got 401 from a,", "messages[403]=Access denied", "|= \"invalid password\" | json", "} # 403 Forbidden",
	} {
		f.Add(text, 0, len(text))
		f.Add(text, len(text)/3, len(text)*2/3)
	}
	f.Add("401 unauthorized, re", 0, 16) // the text ends in the middle of what is looked for
	f.Fuzz(func(t *testing.T, s string, start, end int) {
		if start < 0 || end <= start || end > len(s) {
			t.Skip()
		}
		// No room behind the text, so that reading on is an error.
		text := slices.Clip([]byte(s))
		kind := mention.Of(text, start, end)
		if kind < mention.None || kind > mention.Renewed || kind.String() == "" {
			t.Errorf("%q[%d:%d]: kind %d", s, start, end, kind)
		}
		if string(text) != s {
			t.Errorf("%q: text changed to %q", s, text)
		}
	})
}
