package mention

// failures are the words for failure in names, by their first letter.
var failures = [26][]string{
	'b' - 'a': {"busy"},
	'c' - 'a': {"conflict"},
	'd' - 'a': {"denied", "doesnotmatch"},
	'e' - 'a': {"error", "exception", "expired", "exceeded"},
	'f' - 'a': {"forbidden", "failure", "failed"},
	'i' - 'a': {"invalid", "incomplete"},
	'l' - 'a': {"limit"},
	'm' - 'a': {"missing"},
	'n' - 'a': {"notfound", "not_found", "nocredential", "noauth", "nosuch"},
	'r' - 'a': {"revoked"},
	's' - 'a': {"slowdown", "skewed"},
	't' - 'a': {"thrott", "timeout", "toomany", "too_many"},
	'u' - 'a': {"unauth", "unavailable", "unrecognized"},
}

// saysFailure tells whether a word for failure is in the name.
func saysFailure(name []byte) bool {
	for i, c := range name {
		if !letter(c) {
			continue
		}
		for _, w := range failures[c|0x20-'a'] {
			if hasFold(name[i:], w) {
				return true
			}
		}
	}
	return false
}
