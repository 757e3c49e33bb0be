package redact

import (
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// passwordName is a name whose value people choose: it may be a word.
var passwordName = lazy.Compile(`(?i)(?:pass|pwd)`)

// clauseEnd follows what a clause ends with.
var clauseEnd = lazy.Compile(`^["'\\]*(?:[.!]?\s*$|[.!]?\n|[,;:.!)\]}]["'\\]*(?:\s|$)|[ \t]+(?:and|but|for)\b)`)

// state is a word for how a password fares, or is to be: "password is expired". Most are
// made of verbs and have their endings.
var state = lazy.Compile(`(?i)^(?:[a-z-]+(?:ed|ing|able|ible|less|ent|ant|ate|ous|ory|ary|ful|ive)|` +
	`(?:un|in|non-?|mis)?(?:set|valid|correct|known|secure|safe|sensitive|complete|equal|common|usual|clear|fit)|` +
	`wrong|bad|good|fine|right|true|false|ok|okay|up|off|on|out|due|weak|strong|short|long|shorter|longer|empty|blank|null|nil|none|nothing|zero|` +
	`broken|forgotten|hidden|stolen|written|taken|given|chosen|known|kept|lost|gone|sent|read|met|reset|made|found|left|` +
	`overdue|ready|poor|bogus|enough|frozen|shown|seen|overwritten|normal|dynamic|fresh|always|never|only|nowhere|elsewhere|(?:plain-|clear-?)text|(?:read|write)-only|(?:upper|lower|mixed)-case|non-?empty|` +
	`old|older|new|newer|unique|obsolete|stale|corrupt|plain|plaintext|text|simple|complex|trivial|easy|same|identical|similar|optional|default|random|secret|public|static|numeric|alphanumeric|generic|automatic|critical|essential|confidential|local|internal|external|initial|stronger|weaker|better|lower|higher|lowercase|uppercase|below|above|beyond|garbage|` +
	`there|here|not|too|now|so|it|this|that|what|yes|no|case|ambiguous|illegal|legal|unclear|late|early|soon|again)$`)

// isWord tells whether the sentence says that the password is a word, and ends there:
// "password is sunshine", and not "password is wrong" or "password is case sensitive".
func (v spokenValue) isWord(name string) bool {
	if !v.isTold() || !passwordName().MatchString(name) {
		return false
	}
	word := v.word()
	behind := v.text[len(word):] + v.behind
	return isProse(word) && len(word) >= minTold && !strings.Contains(word, ".") && clauseEnd().MatchString(behind) && v.isNoOutcome() && !state().MatchString(word)
}

// word is the value without the punctuation behind it.
func (v spokenValue) word() string { return strings.TrimRight(v.text, ".!:") }

// minTold is the length in bytes of the shortest word that is taken for a password.
const minTold = 4
