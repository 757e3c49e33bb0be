package rules

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
)

// maxAlternatives bounds the literals derived from one regular expression.
const maxAlternatives = 32

// Required returns literals of which at least one stands in every text that s
// matches, in the raw bytes of a record as well as in its normalised text. They
// are lower case, at least MinLiteral bytes long, and compared without regard to
// ASCII case.
//
// The error says why no such literal exists.
func (s *Signature) Required() ([]Piece, error) {
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
	need := required(re)
	if !usable(need) {
		return nil, fmt.Errorf("a regex must imply a literal of %d characters in a row that no JSON writer escapes; %q does not", MinLiteral, s.Regex)
	}
	var all []Piece
	for _, text := range need {
		for _, piece := range narrow(text) {
			all = append(all, Piece{Text: piece.Text})
		}
	}
	slices.SortFunc(all, func(a, b Piece) int { return strings.Compare(a.Text, b.Text) })
	return slices.Compact(all), nil
}

func (s *Signature) requiredOfLiteral() ([]Piece, error) {
	text := s.Literal + s.Word
	pieces := Pieces(text)
	for _, piece := range pieces {
		if len(piece.Text) < MinLiteral {
			return nil, fmt.Errorf("a literal needs %d characters in a row that no JSON writer escapes; %q has %d", MinLiteral, text, len(piece.Text))
		}
	}
	return pieces, nil
}

// Expression returns the regular expression of s as it is matched:
// case-insensitive unless it says otherwise. It panics where Required fails.
func (s *Signature) Expression() *regexp.Regexp { return regexp.MustCompile("(?i)" + s.Regex) }

// usable tells whether every alternative has a piece worth searching for.
func usable(need []string) bool {
	return len(need) > 0 && shortest(need) >= MinLiteral
}

// shortest returns the length of the shortest piece that is made of need.
func shortest(need []string) int {
	least := math.MaxInt
	for _, text := range need {
		least = min(least, len(narrow(text)[0].Text))
	}
	return least
}

// required returns strings of which at least one stands in everything re matches;
// none if there is no such set, or no small enough one.
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

// requiredOfConcat picks the best set among those of the parts and of runs of
// neighbouring parts that spell a few exact texts.
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
		if joined := cross(run, texts); joined != nil {
			run = joined
			continue
		}
		consider(run)
		if texts == nil {
			consider(required(part))
			texts = []string{""}
		}
		run = texts
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
	case syntax.OpRepeat:
		return exactRepeat(re)
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
		return exactConcat(re.Sub)
	}
	return nil
}

// exactConcat is exact of parts that follow one another.
func exactConcat(parts []*syntax.Regexp) []string {
	all := []string{""}
	for _, part := range parts {
		if all = cross(all, exact(part)); all == nil {
			return nil
		}
	}
	return all
}

// exactRepeat is exact of x{n,m}.
func exactRepeat(re *syntax.Regexp) []string {
	if re.Max-re.Min >= maxAlternatives {
		return nil
	}
	var all []string
	for n := re.Min; n <= re.Max; n++ {
		texts := exactConcat(slices.Repeat(re.Sub, n))
		if texts == nil || len(all)+len(texts) > maxAlternatives {
			return nil
		}
		all = append(all, texts...)
	}
	return all
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
