package redact

import "strings"

// minRandom is the length in bytes of the shortest value that is known for a secret
// by its looks.
const minRandom = 16

// looksRandom tells whether v has letters and digits in quick change, and none of
// the punctuation of names and sentences.
func looksRandom(v string) bool {
	if len(v) < minRandom || strings.ContainsAny(v, " :(){}[],;@<>") {
		return false
	}
	m := mixOf(v)
	return m.digits > 0 && 4*m.changes >= len(v) && (m.slashes == 0 || m.isBase64(len(v)))
}

// minMixed is the length in bytes of the shortest value that looksMixed knows.
const minMixed = 8

// looksMixed tells whether v, where a secret may stand, is made as passwords are: of
// letters and digits that change so often as in no name, and no mark that names have.
func looksMixed(v string) bool {
	if len(v) < minMixed || strings.ContainsAny(v, " :(){}[],;@<>/-_.=") {
		return false
	}
	m := mixOf(v)
	return m.digits > 0 && 2*m.changes >= len(v)
}

func looksPlain(v string) bool { return !looksMixed(v) }

// A mix is what kinds of letters a value has, and how often the kind changes from
// one letter or digit to the next.
type mix struct{ digits, lower, upper, slashes, changes, cases int }

func mixOf(v string) (m mix) {
	const none, digit, lower, upper = 0, 1, 2, 3
	last := none
	for i := range len(v) {
		kind := none
		switch c := v[i]; {
		case '0' <= c && c <= '9':
			kind, m.digits = digit, m.digits+1
		case 'a' <= c && c <= 'z':
			kind, m.lower = lower, m.lower+1
		case 'A' <= c && c <= 'Z':
			kind, m.upper = upper, m.upper+1
		case c == '/':
			m.slashes++
		}
		if kind == none {
			continue
		}
		if last != none && kind != last {
			m.changes++
			if kind+last == lower+upper {
				m.cases++
			}
		}
		last = kind
	}
	return m
}

// isBase64 tells whether a value of n bytes is base64 of random bytes, and not a
// path: the letters of words, and of the ids that programs make, are of one case.
func (m mix) isBase64(n int) bool {
	return m.digits > 0 && m.cases > 4 && 3*m.changes >= n
}

// secretKeyLen is the length of AWS' secret access keys, which have no other mark.
const secretKeyLen = 40

// secretKeys removes what can be a secret access key of AWS.
func secretKeys(s string) string {
	r := remover{text: s}
	for i := 0; i < len(s); {
		if !base64Byte(s[i]) {
			i++
			continue
		}
		start := i
		for i < len(s) && base64Byte(s[i]) {
			i++
		}
		if i-start == secretKeyLen && !strings.ContainsRune("=_-.%", at(s, i)) && !strings.ContainsRune("_-.%", at(s, start-1)) &&
			mixOf(s[start:i]).isBase64(secretKeyLen) {
			r.remove(start, i)
		}
	}
	return r.result()
}

func base64Byte(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' || c == '/' || c == '+'
}

// at returns the byte at s[i], 0 outside.
func at(s string, i int) rune {
	if i < 0 || i >= len(s) {
		return 0
	}
	return rune(s[i])
}
