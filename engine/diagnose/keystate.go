package diagnose

import "strings"

// keyState says in what state a KMS key is that cannot be used; "" when the text does
// not tell.
func keyState(text string) string {
	return meaning(strings.ToLower(text), []mark{
		{"pending deletion", "waiting for its deletion"},
		{"pending replica deletion", "waiting for its deletion"},
		{"pending import", "without its key material"},
		{"is unavailable", "unavailable"},
		{"kmsdisabled", "disabled"},
		{"disabledexception", "disabled"},
		{"kms key used is disabled", "disabled"},
	})
}

// kmsKey is the ARN of the KMS key that a text is about, when it is known whole.
func (r *reading) kmsKey() string {
	a, ok := parseARN(r.facts.Resource)
	return given(ok && a.service == "kms" && strings.HasPrefix(a.resource, "key/") && !masked(a.resource), r.facts.Resource)
}
