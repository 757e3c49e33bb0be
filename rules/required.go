package rules

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"
)

// MinLiteral is the length in bytes of the shortest literal worth searching for.
// Shorter ones stand in every log line.
const MinLiteral = 4

// minAfterEscape is how much must follow an escaped = to be worth searching for:
// the escape alone stands everywhere in the output of such a writer.
const minAfterEscape = 2

// maxAlternatives bounds the literals derived from one regular expression.
const maxAlternatives = 32

// Required returns literals of which at least one stands in every text that s
// matches, in the raw bytes of a record as well as in its normalised text. They
// are lower case, at least MinLiteral long, and compared without regard to ASCII
// case.
//
// The error says why no such literal exists.
func (s *Signature) Required() ([]string, error) {
	if s.Regex == "" {
		return s.requiredOfLiteral()
	}
	re, err := syntax.Parse(s.Regex, syntax.Perl|syntax.FoldCase)
	if err != nil {
		return nil, err
	}
	if anchored(re) {
		return nil, errors.New(`a regex may not use ^, $, \A or \z: it sees only the neighbourhood of its literal`)
	}
	need := required(re.Simplify())
	if !usable(need) {
		return nil, fmt.Errorf("a regex must imply a literal of %d characters in a row that no JSON writer escapes; %q does not", MinLiteral, s.Regex)
	}
	var all []string
	for _, text := range need {
		for _, piece := range narrow(text) {
			all = append(all, piece.Text)
		}
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

func (s *Signature) requiredOfLiteral() ([]string, error) {
	text := s.Literal + s.Word
	var all []string
	for _, piece := range Pieces(text) {
		if len(piece.Text) < MinLiteral {
			return nil, fmt.Errorf("a literal needs %d characters in a row that no JSON writer escapes; %q has %d", MinLiteral, text, len(piece.Text))
		}
		all = append(all, piece.Text)
	}
	return all, nil
}

// Expression returns the regular expression of s as it is matched:
// case-insensitive unless it says otherwise. It panics where Required fails.
func (s *Signature) Expression() *regexp.Regexp { return regexp.MustCompile("(?i)" + s.Regex) }

// A Piece is a part of a text that is worth searching for.
type Piece struct {
	Text  string // lower case
	Start int    // distance from the start of the text
}

// Pieces returns parts of text of which at least one is found byte for byte in
// any record that holds text, however the record was written. JSON writers
// escape quotes, backslashes, control characters, <, >, &, + and everything beyond
// ASCII; some put a backslash before a slash, and some write = as \u003d. So a
// piece has none of the former, a slash only in front, and one with = comes with
// a second piece, for the other way to write it.
//
// A piece beyond ASCII is taken only of a text that has not enough else: доступ
// запрещён. Writers that leave nothing beyond ASCII hide it; to search for their
// escapes, too, would make every search slower.
func Pieces(text string) []Piece {
	if best := narrow(text); len(best[0].Text) >= MinLiteral {
		return best
	}
	if best := wide(text); len(best) > 0 {
		return best
	}
	return narrow(text)
}

// narrow returns pieces within ASCII.
func narrow(text string) []Piece {
	best := longest(text, "=")
	before, after, escapable := strings.Cut(best.Text, "=")
	if !escapable {
		return []Piece{best}
	}
	after, _, _ = strings.Cut(after, "=")
	if len(after) < minAfterEscape {
		return []Piece{longest(text, "")}
	}
	return []Piece{best, {"u003d" + after, best.Start + len(before)}}
}

// wide returns the longest piece with characters beyond ASCII, or none if it is
// too short.
func wide(text string) []Piece {
	best, from := Piece{}, 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && (plain(text[i]) || text[i] >= utf8.RuneSelf) {
			continue
		}
		if i-from > len(best.Text) {
			best = Piece{Lower(text[from:i]), from}
		}
		from = i + 1
	}
	best.Text = truncated(best.Text)
	if len(best.Text) < MinLiteral {
		return nil
	}
	return []Piece{best}
}

// maxPiece is what of a long piece is enough to search for.
const maxPiece = 48

// truncated returns the start of text, cut between characters.
func truncated(text string) string {
	if len(text) <= maxPiece {
		return text
	}
	end := maxPiece
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

// longest returns the piece that is worth most, made of plain characters and
// those of also.
func longest(text, also string) Piece {
	best, from := Piece{}, 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && (plain(text[i]) || strings.IndexByte(also, text[i]) >= 0) {
			continue
		}
		if piece := (Piece{Lower(text[from:i]), from}); piece.worth() >= best.worth() {
			best = piece
		}
		from = i + 1
		if i < len(text) && text[i] == '/' {
			from = i
		}
	}
	best.Text = truncated(best.Text)
	return best
}

// worth orders the pieces of one text: longer ones are rarer, everyday words of
// log lines are not.
func (p Piece) worth() int {
	if slices.Contains(everyday, p.Text) {
		return MinLiteral
	}
	return len(p.Text)
}

var everyday = []string{
	"access", "client", "code", "credential", "credentials", "error", "error code", "error: ", "exception",
	"failed", "http", "message", "password", "permission", "request", "response", "result", "retries",
	"server", "status", "status code", "statuscode", "status_code", "user", "username", "username ",
}

// Lower returns text with the letters A to Z in lower case. Beyond ASCII, case
// is told apart: texts are compared byte for byte.
func Lower(text string) string {
	b := []byte(text)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// plain tells whether no writer of logs escapes c.
func plain(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte(" .:-_()[],;|#@%!?*~^${}", c) >= 0
}

// usable tells whether every alternative has a piece worth searching for.
func usable(need []string) bool {
	return len(need) > 0 && shortest(need) >= MinLiteral
}

// shortest returns the length of the shortest piece that need leads to.
func shortest(need []string) int {
	least := math.MaxInt
	for _, text := range need {
		least = min(least, len(narrow(text)[0].Text))
	}
	return least
}

// required returns strings of which one stands in everything re matches; empty
// when there is no such set, or none small enough.
func required(re *syntax.Regexp) []string {
	if texts := exact(re); usable(texts) {
		return texts
	}
	switch re.Op {
	case syntax.OpCapture, syntax.OpPlus:
		return required(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return required(re.Sub[0])
		}
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			need := required(sub)
			if !usable(need) || len(all)+len(need) > maxAlternatives {
				return nil
			}
			all = append(all, need...)
		}
		return all
	case syntax.OpConcat:
		return requiredOfConcat(re.Sub)
	}
	return nil
}

// requiredOfConcat picks the best set among those of the parts and of the runs
// of neighbours that spell a few exact texts.
func requiredOfConcat(parts []*syntax.Regexp) []string {
	var best []string
	consider := func(need []string) {
		if usable(need) && (best == nil || shortest(need) > shortest(best)) {
			best = need
		}
	}
	run := []string{""}
	for _, part := range parts {
		texts := exact(part)
		joined := cross(run, texts)
		if joined == nil {
			consider(run)
			run = []string{""}
			if texts != nil {
				run = texts
			} else {
				consider(required(part))
			}
			continue
		}
		run = joined
	}
	consider(run)
	return best
}

// exact returns all the texts that re can match, or nil when they are too many
// or unbounded.
func exact(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return []string{""}
	case syntax.OpLiteral:
		return []string{strings.ToLower(string(re.Rune))}
	case syntax.OpCharClass:
		return classTexts(re.Rune)
	case syntax.OpCapture:
		return exact(re.Sub[0])
	case syntax.OpQuest:
		if texts := exact(re.Sub[0]); texts != nil && len(texts) < maxAlternatives {
			return append([]string{""}, texts...)
		}
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			texts := exact(sub)
			if texts == nil || len(all)+len(texts) > maxAlternatives {
				return nil
			}
			all = append(all, texts...)
		}
		return all
	case syntax.OpConcat:
		all := []string{""}
		for _, sub := range re.Sub {
			if all = cross(all, exact(sub)); all == nil {
				return nil
			}
		}
		return all
	}
	return nil
}

// classTexts spells out a small character class, given as pairs of bounds.
func classTexts(bounds []rune) []string {
	var all []string
	for i := 0; i < len(bounds); i += 2 {
		for r := bounds[i]; r <= bounds[i+1]; r++ {
			if text := strings.ToLower(string(r)); !slices.Contains(all, text) {
				all = append(all, text)
			}
			if len(all) > 8 {
				return nil
			}
		}
	}
	return all
}

// cross joins every text of a with every text of b; nil when that is too many.
func cross(a, b []string) []string {
	if b == nil || len(a)*len(b) > maxAlternatives {
		return nil
	}
	all := make([]string, 0, len(a)*len(b))
	for _, x := range a {
		for _, y := range b {
			all = append(all, x+y)
		}
	}
	return all
}

func anchored(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText:
		return true
	}
	return slices.ContainsFunc(re.Sub, anchored)
}
