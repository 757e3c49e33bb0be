package diagnose

import (
	"slices"

	"github.com/authlens/authlens/engine/lazy"
)

// consulLack is how Consul says what a token may not. Groups: the permission, as kind
// and access, and the name of the thing.
var consulLack = lazy.Compile(`lacks permission '([a-z]+):([a-z]+)'(?: on \\*"([^"\\]{1,200}))?`)

// consulRule is the rule that a policy of Consul must hold for what was refused:
// service "web" { policy = "write" }.
func consulRule(text string) string {
	m := consulLack().FindStringSubmatch(text)
	switch {
	case m == nil:
		return ""
	case m[3] != "":
		return m[1] + ` "` + m[3] + `" { policy = "` + m[2] + `" }`
	case slices.Contains(consulKindsOfOne, m[1]):
		return m[1] + ` = "` + m[2] + `"`
	}
	return m[1] + `_prefix "" { policy = "` + m[2] + `" }`
}

// consulKindsOfOne are the kinds of which there is one thing only, so that it has no name.
var consulKindsOfOne = []string{"acl", "keyring", "mesh", "operator", "peering"}
