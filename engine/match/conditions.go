package match

import (
	"cmp"

	"github.com/authlens/authlens/engine/room"
	"github.com/authlens/authlens/rules"
)

// maxContext is how far conditions look on either side of the evidence, in
// bytes. A container's log line has at most 16 KiB.
const maxContext = 32 << 10

// conditions are what a signature asks of a text besides its evidence.
type conditions struct {
	all         []phrase
	any         *choice
	precededBy  []phrase
	followedBy  []phrase
	rightBefore []phrase
	rightAfter  []phrase
	unless      *choice
	unlessNear  []phrase
	ruleUnless  *choice // the rule's own
	// unlessLevel is the highest level at which the evidence says nothing, ""
	// for none.
	unlessLevel rules.Level
}

// knownConditions are the conditions and the lists of phrases in use: rules share
// most of them, dozens of times each.
type knownConditions struct {
	whole map[conditionsKey]*conditions
	lists map[listKey]*knownList
	have  holdings // working memory of newChoice
	rooms *rooms
}

// rooms hold what the signatures of a Matcher are made of.
type rooms struct {
	texts       room.Of[byte]
	phrases     room.Of[phrase]
	families    room.Of[family]
	expressions room.Of[expression]
}

// keep returns a copy of list and its texts.
func (r *rooms) keep(list []phrase) []phrase {
	kept := r.phrases.Copy(list)
	for i := range kept {
		kept[i].lower = r.texts.Copy(kept[i].lower)
	}
	return kept
}

// A conditionsKey is what conditions are made of.
type conditionsKey struct {
	all, precededBy, followedBy, rightBefore, rightAfter, unlessNear, any, unless, ruleUnless listKey

	unlessLevel rules.Level
}

// A listKey is where a list of texts is in memory: equal lists of a rules.Set are one.
type listKey struct {
	first *string
	n     int
}

func keyOf(list []string) listKey {
	if len(list) == 0 {
		return listKey{}
	}
	return listKey{&list[0], len(list)}
}

// A knownList is a list of texts as phrases and, where that was asked for, as a choice.
type knownList struct {
	phrases []phrase
	choice  *choice
}

func newKnownConditions() knownConditions {
	return knownConditions{map[conditionsKey]*conditions{}, map[listKey]*knownList{}, holdings{}, &rooms{}}
}

// of returns the conditions of a signature of rule, or nil.
func (known knownConditions) of(s *rules.Signature, rule *rules.Rule) *conditions {
	key := conditionsKey{
		keyOf(s.All), keyOf(s.PrecededBy), keyOf(s.FollowedBy), keyOf(s.RightBefore), keyOf(s.RightAfter),
		keyOf(s.UnlessNear), keyOf(s.Any), keyOf(s.Unless), keyOf(rule.Unless),
		cmp.Or(s.UnlessLevel, rule.UnlessLevel),
	}
	if key == (conditionsKey{}) {
		return nil
	}
	c, ok := known.whole[key]
	if !ok {
		c = &conditions{
			all: known.phrases(s.All), precededBy: known.phrases(s.PrecededBy), followedBy: known.phrases(s.FollowedBy),
			rightBefore: known.phrases(s.RightBefore), rightAfter: known.phrases(s.RightAfter),
			unlessNear: known.phrases(s.UnlessNear),
			any:        known.choice(s.Any), unless: known.choice(s.Unless), ruleUnless: known.choice(rule.Unless),
			unlessLevel: key.unlessLevel,
		}
		known.whole[key] = c
	}
	return c
}

func (known knownConditions) phrases(texts []string) []phrase { return known.list(texts).phrases }

func (known knownConditions) choice(texts []string) *choice {
	list := known.list(texts)
	if list.choice == nil {
		list.choice = newChoice(list.phrases, known.have, known.rooms)
	}
	return list.choice
}

func (known knownConditions) list(texts []string) *knownList {
	list, ok := known.lists[keyOf(texts)]
	if !ok {
		list = &knownList{phrases: known.rooms.keep(phrases(texts))}
		known.lists[keyOf(texts)] = list
	}
	return list
}

// local tells whether a condition turns on where in the text the evidence stands.
func (c *conditions) local() bool {
	return c.asksBeside() || c.unlessNear != nil || c.unlessLevel != ""
}

// judge tells whether the conditions of the signature of rank hold for the
// evidence that stands at where.
func (c *conditions) judge(r *search, rank int32, where span) outcome {
	if missing, _ := c.missingBeside(r.text, where); missing != nil {
		return lacksBeside
	}
	if v := r.throughout(c, rank, where); v != holds {
		return v
	}
	if c.unlessNear == nil && c.unlessLevel == "" {
		return holds
	}
	if r.surroundings == maxSurroundings {
		r.bounded = true
		return ruledOutHere
	}
	r.surroundings++
	if c.unlessNear != nil && nearby(c.unlessNear, messageOf(r.text, where)) != nil {
		return ruledOutHere
	}
	if c.unlessLevel != "" && levelOf(r.text, where).AtMost(c.unlessLevel) {
		return ruledOutHere
	}
	return holds
}

// throughout tells whether the conditions hold that ask for phrases anywhere.
func (c *conditions) throughout(text []byte) outcome {
	if v := c.lacking(text); v != holds {
		return v
	}
	if c.unless.in(text) || c.ruleUnless.in(text) {
		return ruledOut
	}
	return holds
}

// lacking tells whether the phrases are there that must be.
func (c *conditions) lacking(text []byte) outcome {
	for i := range c.all {
		if !c.all[i].in(text) {
			return lacksAll
		}
	}
	if c.any.phrases != nil && !c.any.in(text) {
		return lacksAny
	}
	return holds
}

// around returns text, or of a very long one the part that conditions look at.
func around(text []byte, where span) []byte {
	return text[max(0, where.start-maxContext):min(len(text), where.end+maxContext)]
}
