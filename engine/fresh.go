package engine

import "github.com/authlens/authlens/engine/literal"

// Fresh returns a Scanner of the same rules and options that remembers nothing
// of what s saw. It costs little; making a Scanner anew takes a good part of a
// second.
func (s *Scanner) Fresh() *Scanner {
	return &Scanner{opt: s.opt, matcher: s.matcher, finder: s.finder, reader: s.reader, rules: s.rules}
}

// Finder returns what s searches chunks with: without a candidate of it, no
// record is looked at.
func (s *Scanner) Finder() *literal.Finder { return s.finder }
