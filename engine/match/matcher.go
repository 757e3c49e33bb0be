package match

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"

	"github.com/authlens/authlens/engine/gist"
	"github.com/authlens/authlens/engine/literal"
	"github.com/authlens/authlens/engine/mention"
	"github.com/authlens/authlens/rules"
)

// maxSignatures bounds the signatures of all rules in force together. It sizes a
// bit set that every Match keeps on its stack.
const maxSignatures = 8192

// Options choose among the rules of a Set.
type Options struct {
	// Enabled names the rule options that are on: "access_logs".
	Enabled []string
}

// A Matcher holds the compiled rules of one Set. It is safe for concurrent use.
type Matcher struct {
	rules      []rules.Rule
	signatures []signature // most specific rule first; the index is the rank
	finder     *literal.Finder
	// needs are the signatures that need a literal, in order of rank: those of
	// literal i stand at needsFrom[i] up to needsFrom[i+1].
	needs     []need
	needsFrom []int32
	// leading is, for each rank, how many literals the signatures of lower ranks
	// need. Literals are numbered by the lowest rank that needs them, so further
	// ones cannot change the winner.
	leading []int
	// guard finds the literals of the signatures that may turn on what a gist
	// leaves out; nil: there is none.
	guard *literal.Finder
}

// A need says that a signature needs a literal.
type need struct {
	signature int32
	start     int32 // distance of the literal from the start of the signature's text
}

// A Match is the verdict on one text.
type Match struct {
	Rule      int // index for Matcher.Rule
	Signature int // index in the rule's Signatures
	// Start and End enclose the evidence in the text. For a regular expression
	// they are where the literal stands that it was found by.
	Start, End int
	// Bounded says that a bound on the work for one text was reached, whether or
	// not there is a match: something more specific may be in it.
	Bounded bool
}

// New compiles the rules of set that are always used or whose option is on. The
// error names the rule that cannot be compiled, or the limit that is exceeded.
func New(set *rules.Set, opt Options) (*Matcher, error) {
	m := &Matcher{rules: slices.Clone(set.Rules)}
	for i := range m.rules {
		m.rules[i].Signatures, m.rules[i].Examples = nil, rules.Examples{}
	}
	known := newKnownConditions()
	n := 0
	for i := range set.Rules {
		n += len(set.Rules[i].Signatures)
	}
	m.signatures = make([]signature, 0, n)
	needed := make([][]rules.Piece, 0, n)
	for _, i := range specificFirst(set.Rules) {
		rule := &set.Rules[i]
		if rule.Option != "" && !slices.Contains(opt.Enabled, rule.Option) {
			continue
		}
		for j := range rule.Signatures {
			s, need, err := compile(&rule.Signatures[j], rule, known)
			if err != nil {
				return nil, fmt.Errorf("match: %s:%d: rule %q, signature %d: %w", rule.File, rule.Line, rule.Name, j+1, err)
			}
			s.rule, s.index = int32(i), int32(j)
			m.signatures = append(m.signatures, s)
			needed = append(needed, need)
		}
	}
	switch n := len(m.signatures); {
	case n == 0:
		return nil, fmt.Errorf("match: expected at least one rule in force; found none among %d", len(set.Rules))
	case n > maxSignatures:
		return nil, fmt.Errorf("match: all rules together may have %d signatures; these have %d", maxSignatures, n)
	}
	if err := m.guardDetails(set, needed); err != nil {
		return nil, fmt.Errorf("match: %w", err)
	}
	return m, m.index(needed)
}

// index builds the finder and the way back from its literals. needed are the
// literals of each signature.
func (m *Matcher) index(needed [][]rules.Piece) error {
	ids := make(map[string]int32, len(needed))
	literals := make([]string, 0, len(needed))
	literalOf := make([]int32, 0, len(needed)) // of each need, in order of rank
	m.leading = make([]int, 0, len(needed)+1)
	for _, list := range needed {
		m.leading = append(m.leading, len(literals))
		for _, piece := range list {
			id, ok := ids[piece.Text]
			if !ok {
				id = int32(len(literals))
				ids[piece.Text] = id
				literals = append(literals, piece.Text)
			}
			literalOf = append(literalOf, id)
		}
	}
	m.leading = append(m.leading, len(literals))

	m.needsFrom = make([]int32, len(literals)+1)
	for _, id := range literalOf {
		m.needsFrom[id+1]++
	}
	for id := range literals {
		m.needsFrom[id+1] += m.needsFrom[id]
	}
	m.needs = make([]need, len(literalOf))
	free := slices.Clone(m.needsFrom)
	for rank, list := range needed {
		for _, piece := range list {
			at := &free[literalOf[0]]
			m.needs[*at] = need{signature: int32(rank), start: int32(piece.Start)}
			*at++
			literalOf = literalOf[1:]
		}
	}
	var err error
	if m.finder, err = literal.New(literals); err != nil {
		return fmt.Errorf("match: %w", err)
	}
	return nil
}

// needing returns the signatures that need a literal, by its id in the finder. None
// needs the further literals that another finder, see Using, looks for.
func (m *Matcher) needing(id int32) []need {
	if int(id) >= len(m.needsFrom)-1 {
		return nil
	}
	return m.needs[m.needsFrom[id]:m.needsFrom[id+1]]
}

// specificFirst returns the indexes of list by priority, then in file order.
func specificFirst(list []rules.Rule) []int {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(list[b].Priority, list[a].Priority) })
	return order
}

// Literals returns what Finder looks for.
func (m *Matcher) Literals() []string {
	literals := make([]string, m.finder.Len())
	for id := range literals {
		literals[id] = m.finder.Literal(id)
	}
	return literals
}

// Finder returns the finder over the literals of all rules in force. Text
// without a candidate of it matches no rule; it may be used on raw bytes, before
// they are normalised.
func (m *Matcher) Finder() *literal.Finder { return m.finder }

// Len returns the number of rules.
func (m *Matcher) Len() int { return len(m.rules) }

// Rule returns the rule that Match.Rule stands for, without its signatures and
// examples.
func (m *Matcher) Rule(i int) *rules.Rule { return &m.rules[i] }

// Expression returns the regular expression that won matched by, nil if it was a
// literal.
func (m *Matcher) Expression(won Match) *regexp.Regexp {
	for i := range m.signatures {
		if s := &m.signatures[i]; int(s.rule) == won.Rule && int(s.index) == won.Signature && s.expr != nil {
			return s.expr.get()
		}
	}
	return nil
}

// Using returns a Matcher that searches with finder instead of one of its own.
// The first literals of finder are m's, in their order; there may be more, which
// are left alone.
func (m *Matcher) Using(finder *literal.Finder) *Matcher {
	using := *m
	using.finder = finder
	return &using
}

// Match returns the most specific rule whose evidence is in text, which must be
// normalised.
func (m *Matcher) Match(text []byte) (Match, bool) { return m.MatchIn(new(gist.Gist), text) }

// MatchIn is Match with a Gist to work in, so that it does not allocate.
func (m *Matcher) MatchIn(g *gist.Gist, text []byte) (Match, bool) {
	m.Gist(g, text)
	won, ok := m.Judge(g.Text(), 0)
	return won.Of(g), ok
}

// Gist makes g what is judged of text: its gist, or the text itself if a rule in
// force may turn on what that leaves out.
func (m *Matcher) Gist(g *gist.Gist, text []byte) {
	g.Read(text)
	if m.guard != nil && g.Short() && (m.guard.Find(text, 0) >= 0 || m.guard.Find(g.Text(), 0) >= 0) {
		g.Whole(text)
	}
}

// IsGuarded tells whether, because of a rule, Gist leaves some texts whole.
func (m *Matcher) IsGuarded() bool { return m.guard != nil }

// Of turns m, a verdict on the gist g, into one on the text that g is made of.
func (m Match) Of(g *gist.Gist) Match {
	m.Start, m.End = g.Raw(m.Start), g.Raw(m.End)
	return m
}

// Judge returns the verdict on a gist in which Finder is known to find nothing
// before from. It does not allocate.
func (m *Matcher) Judge(said []byte, from int) (Match, bool) {
	won, ok := m.best(said, from, false)
	// Fast path: most evidence reports, so only the winner is looked at.
	if !ok || mention.Of(said, won.Start, won.End) == mention.None {
		return won, ok
	}
	return m.best(said, from, true)
}

// best returns the most specific rule whose evidence is in text; with reported, only
// evidence that reports a failure counts.
func (m *Matcher) best(text []byte, from int, reported bool) (Match, bool) {
	var (
		ids      [32]int32
		literals literal.Search
		over     = search{text: text}
		best     = int32(len(m.signatures))
		won      Match
	)
	win := func(rank int32, where span) {
		s := &m.signatures[rank]
		// The rest of the same rule does not matter any more.
		best = rank - s.index
		where = s.evidence(text, where)
		won = Match{Rule: int(s.rule), Signature: int(s.index), Start: where.start, End: where.end}
	}
	literals.Reset(m.finder, text)
	for best > 0 {
		at, found := literals.FindBelow(from, m.leading[best], ids[:0])
		if at < 0 {
			break
		}
		from = at + 1
		for _, id := range found {
			start := at - m.finder.Anchor(int(id))
			for _, n := range m.needing(id) {
				if n.signature >= best {
					break
				}
				s := &m.signatures[n.signature]
				where, ok := s.here(text, start, int(n.start))
				switch {
				case !ok, reported && over.isMentioned(s, where):
				case s.bare():
					win(n.signature, where)
				case !over.postpone(s, n.signature, where) && s.rest(&over, n.signature, where) == holds:
					win(n.signature, where)
				}
			}
		}
	}
	// Fast path: conditions are expensive, and not needed where a more specific rule
	// has won without any.
	for _, p := range over.bySpecificity() {
		if p.rank >= best {
			break
		}
		if m.signatures[p.rank].rest(&over, p.rank, p.where) == holds {
			win(p.rank, p.where)
		}
	}
	won.Bounded = over.bounded
	return won, best < int32(len(m.signatures))
}
