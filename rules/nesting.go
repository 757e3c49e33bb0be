package rules

import "github.com/goccy/go-yaml/token"

// maxNesting is how deep lists and mappings may be nested. The library takes memory and time
// in proportion to the square of it; rules need eight.
const maxNesting = 64

// tooDeep returns the token at which a file is nested too deeply, or nil: in brackets, or by
// what may stand before a value on its line, "- - -".
func tooDeep(tokens token.Tokens) *token.Token {
	brackets, onLine, line := 0, 0, 0
	for _, t := range tokens {
		if t.Position.Line != line {
			onLine, line = 0, t.Position.Line
		}
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			brackets++
		case token.SequenceEndType, token.MappingEndType:
			brackets--
		case token.SequenceEntryType, token.MappingKeyType, token.TagType, token.AnchorType:
			onLine++
		}
		if brackets > maxNesting || onLine > maxNesting {
			return t
		}
	}
	return nil
}
