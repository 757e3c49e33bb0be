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
				s = f.remove(s)
			}
		}
	}
	s = brokenTokens(prefixedTokens(s))
	for _, p := range passes {
		if p.mayChange(s, lower) {
			s = p.remove(s)
		}
	}
	return encoded(secretKeys(s))
}

// A pass removes one kind of secret, in a way that an expression alone cannot tell.
type pass struct {
	remove func(string) string
	needs  []string // one of these is in every text with such a secret, in lower case
	also   []string // and one of these, if there are any
	cased  []string // in place of needs: as they are written
}

// mayChange tells whether s has what p needs; lower is s in lower case, as it was given.
func (p pass) mayChange(s, lower string) bool {
	if p.cased != nil {
		return hasAny(s, p.cased)
	}
	return hasAny(lower, p.needs) && (p.also == nil || hasAny(lower, p.also))
}

// passes are made in this order: each sees what those before it have left.
var passes = []pass{
	{remove: vaultTokens, cased: []string{"s."}},
	{remove: longOptions, needs: []string{"--"}},
	{remove: shortOptions, needs: shortOptionWords},
	{remove: userTokens, needs: []string{"://"}},
	{remove: userPasswords, needs: []string{"@"}},
	{remove: pathTokens, needs: []string{"/token", "/api"}},
	{remove: queryTokens, needs: queryTokenNames},
	{remove: authorizationCodes, needs: []string{"code"}},
	{remove: grantCodes, needs: []string{"code"}, also: grantWords},
	{remove: func(s string) string { return mixedArguments(protocols(saslTokens(s))) }, cased: protocolWords},
	{remove: calls, needs: []string{"("}, also: callWords},
	{remove: statements, needs: statementWords},
	{remove: tables, needs: tableRules, also: []string{"\n"}},
	{remove: sheets, needs: sheetMarks, also: []string{"\n"}},
	{remove: func(s string) string { return spokenPairs(spoken(fields(s))) }, needs: fieldWords},
	{remove: comparedTokens, needs: []string{"expected"}, also: []string{"token", "csrf", "hmac", "signature"}},
	{remove: schemes, needs: schemeNames},
	{remove: accessKeys, needs: accessKeyPrefixes},
}

func hasAny(s string, phrases []string) bool {
	for _, p := range phrases {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}
