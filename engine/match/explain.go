package match

import (
	"fmt"
	"maps"
	"slices"

	"github.com/authlens/authlens/engine/gist"
	"github.com/authlens/authlens/engine/literal"
	"github.com/authlens/authlens/engine/mention"
)

// A Trace tells what became of one signature whose literal was in the text.
type Trace struct {
	Rule      string // name of the rule
	Signature int    // index in the rule's Signatures
	Start     int    // span of the evidence, or of the literal that led to it
	End       int
	Matched   bool   // the signature holds
	Won       bool   // and so does no more specific rule
	Why       string // in a few words
}

// Explain returns a Trace for every signature whose literal is in text, the most
// specific rule first. text must be normalised. It allocates freely.
func (m *Matcher) Explain(text []byte) []Trace {
	var g gist.Gist
	m.Gist(&g, text)
	text = g.Text()
	best, matched := m.Judge(text, 0)
	tried := m.tryAll(text)
	traces := make([]Trace, 0, len(tried))
	for _, rank := range slices.Sorted(maps.Keys(tried)) {
		s, t := &m.signatures[rank], tried[rank]
		trace := Trace{
			Rule:      m.rules[s.rule].Name,
			Signature: int(s.index),
			Start:     g.Raw(max(0, t.span.start)),
			End:       g.Raw(min(len(text), t.span.end)),
			Matched:   t.outcome == holds,
			Why:       m.why(s, t, text),
		}
		trace.Won = matched && trace.Matched && best.Rule == int(s.rule)
		if trace.Matched && !trace.Won {
			trace.Why += "; the more specific " + m.rules[best.Rule].Name + " wins"
		}
		traces = append(traces, trace)
	}
	return traces
}

// A trial is what became of one signature in a text.
type trial struct {
	outcome outcome
	span    span
	literal int32 // by which the signature was found
}

// tryAll returns the trial of every signature, by its rank, whose literal is in text.
func (m *Matcher) tryAll(text []byte) map[int32]trial {
	tried := map[int32]trial{}
	over := search{text: text}
	var literals literal.Search
	literals.Reset(m.finder, text)
	for at, ids := literals.FindBelow(0, m.finder.Len(), nil); at >= 0; at, ids = literals.FindBelow(at+1, m.finder.Len(), nil) {
		for _, id := range ids {
			found := at - m.finder.Anchor(int(id))
			for _, n := range m.needing(id) {
				if old, ok := tried[n.signature]; ok && old.outcome.everywhere() {
					continue
				}
				s := &m.signatures[n.signature]
				where, ok := s.here(text, found, int(n.start))
				v := differs
				switch {
				case ok && s.isMentioned(text, where):
					v = mentioned
				case ok:
					v = s.rest(&over, n.signature, where)
				}
				if v == holds || v == mentioned {
					where = s.evidence(text, where)
				}
				tried[n.signature] = trial{v, where, id}
			}
		}
	}
	return tried
}

// why says in a few words how the trial of s in whole came out.
func (m *Matcher) why(s *signature, t trial, whole []byte) string {
	where, c := t.span, s.conditions
	text := around(whole, where)
	switch t.outcome {
	case holds:
		return "matches"
	case mentioned:
		return "only mentioned: " + mention.Of(whole, where.start, where.end).String()
	case lacksAll:
		for i := range c.all {
			if !c.all[i].in(text) {
				return "needs " + quoted(c.all[i]) + " too"
			}
		}
	case lacksAny:
		return "needs one of" + listed(c.any.phrases)
	case lacksBeside:
		missing, side := c.missingBeside(whole, where)
		return "needs, " + side + ", one of" + listed(missing)
	case ruledOut:
		for _, p := range slices.Concat(c.unless.phrases, c.ruleUnless.phrases) {
			if p.in(text) {
				return "ruled out by " + quoted(p)
			}
		}
	case ruledOutHere:
		if p := nearby(c.unlessNear, messageOf(whole, where)); p != nil {
			return "ruled out by " + quoted(*p)
		}
		return "logged at level " + string(levelOf(whole, where))
	}
	switch {
	case s.expr != nil:
		return fmt.Sprintf("has %#q, but the regular expression does not match", m.finder.Literal(int(t.literal)))
	case where.start >= 0 && where.end <= len(whole) && literal.HasPrefixFold(whole[where.start:], s.text):
		return fmt.Sprintf("has %#q, but not as a whole word", s.text)
	}
	return fmt.Sprintf("has %#q, but not the whole %#q", m.finder.Literal(int(t.literal)), s.text)
}

func quoted(p phrase) string { return `"` + string(p.lower) + `"` }

// listMax is how many phrases of a list are named; a rule may have a hundred.
const listMax = 8

func listed(list []phrase) (text string) {
	for i := range list {
		if i == listMax {
			return text + fmt.Sprintf(" … and %d more", len(list)-listMax)
		}
		text += " " + quoted(list[i])
	}
	return text
}
