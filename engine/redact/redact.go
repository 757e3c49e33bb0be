package redact

import "strings"

// mark stands where a secret was.
const mark = "[redacted]"

// Text returns s without secrets. It works on raw and on normalised text, in
// any syntax in which logs quote a key and its value, and takes time linear in
// the length of s.
func Text(s string) string {
	// Most texts hold no secret at all. Looking for the words that every form
	// needs is a hundred times cheaper than the expressions.
	lower := strings.ToLower(s)
	for _, group := range [...][]form{forms, addresses, vendorTokens, passwordHashes, commandLines, wholeCommands, elements} {
		for _, f := range group {
			if hasAny(lower, f.needs) {
				s = f.re().ReplaceAllString(s, f.with)
			}
		}
	}
	s = brokenTokens(prefixedTokens(s))
	if strings.Contains(s, "s.") {
		s = vaultTokens(s)
	}
	if strings.Contains(lower, "--") {
		s = longOptions(s)
	}
	if hasAny(lower, shortOptionWords) {
		s = shortOptions(s)
	}
	if strings.Contains(lower, "://") {
		s = userTokens(s)
	}
	if strings.Contains(lower, "@") {
		s = userPasswords(s)
	}
	if strings.Contains(lower, "/token") || strings.Contains(lower, "/api") {
		s = pathTokens(s)
	}
	if hasAny(lower, queryTokenNames) {
		s = queryTokens(s)
	}
	if strings.Contains(lower, "code") {
		s = authorizationCodes(s, lower)
	}
	if hasAny(s, protocolWords) {
		s = mixedArguments(protocols(saslTokens(s)))
	}
	if strings.Contains(lower, "(") && hasAny(lower, callWords) {
		s = calls(s)
	}
	if hasAny(lower, statementWords) {
		s = statements(s)
	}
	if hasAny(lower, tableRules) && strings.Contains(lower, "\n") {
		s = tables(s)
	}
	if hasAny(lower, fieldWords) {
		s = spokenPairs(spoken(fields(s)))
	}
	if hasAny(lower, schemeNames) {
		s = schemes(s)
	}
	if hasAny(lower, accessKeyPrefixes) {
		s = accessKeys(s)
	}
	return secretKeys(s)
}

func hasAny(s string, phrases []string) bool {
	for _, p := range phrases {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}
