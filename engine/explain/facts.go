package explain

import (
	"bytes"
	"strings"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/redact"
	"github.com/authlens/authlens/rules"
)

// Facts reads the facts of a normalised text that is known to match rule. They
// are redacted: a resource may be a signed URL, an endpoint hold a password.
func (e *Explainer) Facts(rule *rules.Rule, normalised []byte) extract.Facts {
	f := extract.Read(normalised)
	f.Apply(e.facts[rule], normalised)
	for _, s := range texts(&f) {
		*s = redact.Text(*s)
	}
	return f
}

// Conceal removes from f what is in the normalised text but nowhere in what is shown of it:
// by itself, a value lacks what identifies it as a secret. What is left shares the memory of
// what is shown.
func Conceal(f *extract.Facts, normalised []byte, shown string) {
	for _, s := range texts(f) {
		if i := strings.Index(shown, *s); i >= 0 {
			*s = shown[i : i+len(*s)]
		} else if bytes.Contains(normalised, []byte(*s)) {
			*s = ""
		}
	}
}

func texts(f *extract.Facts) []*string {
	return []*string{
		&f.ErrorCode, &f.PrincipalARN, &f.RoleName, &f.SessionName, &f.Account, &f.Action, &f.Resource,
		&f.Service, &f.Operation, &f.RequestID, &f.PolicyARN, &f.Region, &f.DatabaseUser, &f.DatabaseHost, &f.Endpoint,
	}
}
