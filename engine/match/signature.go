package match

import (
	"regexp"
	"sync"

	"github.com/authlens/authlens/engine/literal"
	"github.com/authlens/authlens/engine/mention"
	"github.com/authlens/authlens/rules"
)

// Bounds on the work that one text can cause, however it was made.
const (
	// reach is how far a regular expression sees on either side of the literal
	// it was found by, in bytes.
	reach = 1 << 10
	// maxExpressions is how often regular expressions are run on one text.
	maxExpressions = 32
	// maxSurroundings is how often the message or the level of evidence is looked
	// at in one text. What exceeds it does not match.
	maxSurroundings = 64
	// maxMentions is how often evidence is checked for being a mention in one text.
	// What exceeds it counts as one.
	maxMentions = 128
)

// A signature is a compiled rules.Signature together with its rule's conditions.
type signature struct {
	rule, index int32
	text        []byte      // lower case; nil for a regular expression
	word        bool        // text must stand between boundaries
	expr        *expression // nil for a literal
	conditions  *conditions // nil: there is none
}

// An expression is a regular expression that is compiled when it is first needed.
type expression struct {
	text     []byte
	once     sync.Once
	compiled *regexp.Regexp
}

func (e *expression) get() *regexp.Regexp {
	e.once.Do(func() {
		alone := rules.Signature{Regex: string(e.text)}
		e.compiled = alone.Expression()
	})
	return e.compiled
}

// bare tells whether there is nothing more to ask once the literal is there.
func (s *signature) bare() bool { return s.expr == nil && s.conditions == nil }

// compile returns a signature and the literals of which it needs one.
func compile(from *rules.Signature, rule *rules.Rule, known knownConditions) (signature, []rules.Piece, error) {
	s := signature{word: from.Word != "", conditions: known.of(from, rule)}
	r := known.rooms
	if from.Regex == "" {
		s.text = r.texts.Copy([]byte(rules.Lower(from.Literal + from.Word)))
	} else {
		s.expr = &r.expressions.Make(1)[0]
		s.expr.text = r.texts.Copy([]byte(from.Regex))
	}
	need, err := from.Required()
	return s, need, err
}

// An outcome says whether a signature holds for a text, and if not, why.
type outcome uint8

const (
	holds        outcome = iota
	differs              // only a piece of the literal is there, or no boundary around it, or the expression does not match
	lacksAll             // a phrase of `all` is missing
	lacksAny             // every phrase of `any` is missing
	lacksBeside          // of a list for what stands next to the evidence, every phrase is missing
	ruledOut             // a phrase of `unless` is in the text
	ruledOutHere         // one of `unless_near` is in the message, or it was logged at `unless_level`
	mentioned            // the evidence is there, but only mentioned
)

// everywhere tells whether the outcome v is the same at every place of the text.
func (v outcome) everywhere() bool {
	return v == holds || v == lacksAll || v == lacksAny || v == ruledOut
}

// A span is a piece of a text.
type span struct{ start, end int }

// here tells whether the literal of the signature stands in text, given that one
// of its required pieces was found at found, start bytes into the literal. For an
// expression that cannot be told yet.
func (s *signature) here(text []byte, found, start int) (span, bool) {
	if s.expr != nil {
		return span{found, found}, true
	}
	where := span{found - start, found - start + len(s.text)}
	if where.start < 0 || where.end > len(text) || !literal.HasPrefixFold(text[where.start:], s.text) {
		return where, false
	}
	return where, !s.word || boundary(text, where.start) && boundary(text, where.end)
}

// evidence returns which part of text is evidence, given that the literal stands at where and
// the signature holds, or may.
func (s *signature) evidence(text []byte, where span) span {
	if s.conditions == nil || s.conditions.rightBefore == nil && s.conditions.rightAfter == nil {
		return where
	}
	return s.conditions.withNeighbours(text, where)
}

// isMentioned tells whether the evidence is no report.
func (s *signature) isMentioned(text []byte, where span) bool {
	where = s.evidence(text, where)
	return mention.Of(text, where.start, where.end) != mention.None
}

// rest judges what is expensive: the expression and the conditions. rank is that of s.
func (s *signature) rest(r *search, rank int32, where span) outcome {
	if s.expr != nil && !s.matches(r, where.start) {
		return differs
	}
	if s.conditions == nil {
		return holds
	}
	return s.conditions.judge(r, rank, where)
}

// matches runs the regular expression in the neighbourhood of its literal.
func (s *signature) matches(r *search, found int) bool {
	if r.expressions == maxExpressions {
		r.bounded = true
		return false
	}
	r.expressions++
	return s.expr.get().Match(r.text[max(0, found-reach):min(len(r.text), found+reach)])
}

// boundary tells whether a word can end or begin between text[i-1] and text[i].
func boundary(text []byte, i int) bool {
	return i == 0 || i == len(text) || !wordByte(text[i-1]) || !wordByte(text[i])
}

func wordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_'
}
