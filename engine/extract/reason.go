package extract

import (
	"bytes"

	"github.com/authlens/authlens/engine/lazy"
)

// A denial's reason names the type of policy that decided:
//
//	because no TYPE policy allows the ACTION action
//	with an explicit deny[ in a TYPE[ policy]][: POLICY-ARN]
//
// AWS names one type even when several deny, and says "explicit deny" of a
// service control policy that only fails to allow.
var (
	reasonType = lazy.Compile(`(?i)(?:because\s+no\s+|explicit\s+deny\s+in\s+(?:an?\s+|the\s+)?)` +
		`(resource\s+control|identity|resource|sessions?|permissions?\s+boundary|VPC\s+endpoint|service\s+control|role\s+trust)\b`)
	reasonPolicy = lazy.Compile(`(?i)explicit\s+deny\s+in\s+[\w\s-]{1,60}:\s+"?(arn:[^\s"'<>(),;]+)`)
	explicitDeny = lazy.Compile(`(?i)\bexplicit(?:ly)?\s+den(?:y|ied)\b`)
)

// denyTypes maps the words of a type to its published name.
var denyTypes = map[string]string{
	"identity":             "identity",
	"resource":             "resource",
	"role trust":           "resource",
	"session":              "session",
	"sessions":             "session",
	"permission boundary":  "boundary",
	"permissions boundary": "boundary",
	"vpc endpoint":         "vpc_endpoint",
	"service control":      "scp",
	"resource control":     "rcp",
}

func (f *Facts) readReason(s source) {
	if !contains(s.lower, "because") && !contains(s.lower, "explicit") {
		return
	}
	text := s.text
	f.ExplicitDeny = explicitDeny().Match(text)
	if m := reasonType().FindSubmatch(text); m != nil {
		words := bytes.Fields(bytes.ToLower(m[1]))
		f.DenyType = denyTypes[string(bytes.Join(words, []byte(" ")))]
	}
	f.PolicyARN = string(trimResource([]byte(first(reasonPolicy, text))))
}
