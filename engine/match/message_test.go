package match

import (
	"strings"
	"testing"
)

// The evidence is "denied".
func TestMessageOf(t *testing.T) {
	f := func(line, want string) {
		t.Helper()
		at := strings.Index(line, "denied")
		if got := string(messageOf([]byte(line), span{at, at + 6})); got != want {
			t.Errorf("%s: got %q, want %q", line, got, want)
		}
	}
	f("denied", "denied")
	f("a relay was denied here", "a relay was denied here")
	f(`{"caller":"relay","msg":"list: denied"}`, "list: denied")
	f(`{"msg":"list: denied","caller":"relay"}`, "list: denied")
	f(`{"caller": "relay", "msg": "list: denied", "n": 1}`, "list: denied")
	f(`{"msg":"the "orders" list: denied","caller":"relay"}`, `the "orders" list: denied`)
	f(`{"a":"relay","denied":true}`, `{"a":"relay","denied":true}`)
	f(`caller=relay msg="list: denied" app=relay`, "list: denied")
	f(`list "orders" denied "by" relay`, `list "orders" denied "by" relay`)
}

func TestUnlessNear(t *testing.T) {
	m := load(t, Options{}, "name: near\nsignatures: [{literal: access denied, unless_near: [relay, handler]}]")
	f := func(line string, want bool) {
		t.Helper()
		if _, got := m.Match([]byte(line)); got != want {
			t.Errorf("%s: got %t, want %t", line, got, want)
		}
	}
	f("orders: access denied", true)
	f("relay access denied", false)
	f(`{"caller":"api/handler.go:77","msg":"orders: access denied"}`, true)
	f(`{"caller":"api/x.go:77","msg":"a handler: access denied"}`, false)
	f("Feb  3 04:05:06 host mail-relay[812]: orders: access denied", true)
	f("Feb  3 04:05:06 host mail[812]: access denied: relay", false)
	f("level=error caller=api/handler.go:77 err=access denied", true)
	f("mailrelay: access denied", true)
	f("MailRelay: access denied", false)
	f("mail_relay: access denied", false)
	f("mail7relay: access denied", false)
}
