package extract

import (
	"strconv"

	"github.com/authlens/authlens/engine/lazy"
)

// Apply fills facts from the named groups of patterns: (?P<error_code>\w+)
// fills ErrorCode. What a pattern finds replaces what the general grammars
// read. Groups that name no fact are left alone; the loader of rules
// refuses them.
func (f *Facts) Apply(patterns []lazy.Regexp, text []byte) {
	for _, pattern := range patterns {
		re := pattern()
		m := re.FindSubmatch(text)
		if m == nil {
			continue
		}
		for i, name := range re.SubexpNames() {
			if name != "" && len(m[i]) > 0 {
				f.set(name, string(m[i]))
			}
		}
	}
}

// set gives a fact its value by its published name.
func (f *Facts) set(name, value string) {
	if name == "http_status" {
		if n, err := strconv.Atoi(value); err == nil {
			f.HTTPStatus = n
		}
		return
	}
	if p := f.text(name); p != nil {
		*p = value
	}
}

// text returns the textual fact of a published name, nil if there is none.
func (f *Facts) text(name string) *string {
	switch name {
	case "error_code":
		return &f.ErrorCode
	case "principal_arn":
		return &f.PrincipalARN
	case "role_name":
		return &f.RoleName
	case "session_name":
		return &f.SessionName
	case "account":
		return &f.Account
	case "action":
		return &f.Action
	case "resource":
		return &f.Resource
	case "service":
		return &f.Service
	case "operation":
		return &f.Operation
	case "request_id":
		return &f.RequestID
	case "deny_type":
		return &f.DenyType
	case "policy_arn":
		return &f.PolicyARN
	case "role_kind":
		return &f.RoleKind
	case "region":
		return &f.Region
	case "database_user":
		return &f.DatabaseUser
	case "database_host":
		return &f.DatabaseHost
	case "endpoint":
		return &f.Endpoint
	}
	return nil
}
