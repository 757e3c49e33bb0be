package match

import (
	"cmp"
	"strings"

	"github.com/authlens/authlens/rules"
)

// maxContext is how far conditions look on either side of the evidence, in
// bytes. A container's log line has at most 16 KiB.
const maxContext = 32 << 10

// conditions are what a signature asks of a text beside its evidence.
type conditions struct {
	all        []phrase
	any        *choice
	precededBy []phrase
	followedBy []phrase
	unless     *choice
	unlessNear []phrase
	ruleUnless *choice // the rule's own
	// unlessLevel is the highest level at which the evidence says nothing, ""
	// for none.
	unlessLevel rules.Level
}

// knownConditions are the conditions and the lists of phrases in use, by their
// texts: rules share most of them, dozens of times each.
type knownConditions struct {
	lists   map[string][]phrase
	choices map[string]*choice
	whole   map[string]*conditions
}

func newKnownConditions() knownConditions {
	return knownConditions{map[string][]phrase{}, map[string]*choice{}, map[string]*conditions{}}
}

// of returns the conditions of a signature of rule, or nil.
func (known knownConditions) of(s *rules.Signature, rule *rules.Rule) *conditions {
	lists := [...][]string{s.All, s.PrecededBy, s.FollowedBy, s.UnlessNear, s.Any, s.Unless, rule.Unless}
	level := cmp.Or(s.UnlessLevel, rule.UnlessLevel)
	var keys [len(lists)]string
	some := level != ""
	for i, list := range lists {
		keys[i] = strings.Join(list, "\x00")
		some = some || list != nil
	}
	if !some {
		return nil
	}
	key := strings.Join(keys[:], "\x01") + "\x01" + string(level)
	c, ok := known.whole[key]
	if !ok {
		c = &conditions{unlessLevel: level}
		each, one := [...]*[]phrase{&c.all, &c.precededBy, &c.followedBy, &c.unlessNear}, [...]**choice{&c.any, &c.unless, &c.ruleUnless}
		for i, to := range each {
			*to = known.list(keys[i], lists[i])
		}
		for i, to := range one {
			*to = known.choice(keys[len(each)+i], lists[len(each)+i])
		}
		known.whole[key] = c
	}
	return c
}

func (known knownConditions) list(key string, texts []string) []phrase {
	list, ok := known.lists[key]
	if !ok {
		list = phrases(texts)
		known.lists[key] = list
	}
	return list
}

func (known knownConditions) choice(key string, texts []string) *choice {
	c, ok := known.choices[key]
	if !ok {
		c = newChoice(known.list(key, texts))
		known.choices[key] = c
	}
	return c
}

// local tells whether a condition turns on where in the text the evidence stands.
func (c *conditions) local() bool {
	return c.precededBy != nil || c.followedBy != nil || c.unlessNear != nil || c.unlessLevel != ""
}

// judge tells whether the conditions of the signature of rank hold for the
// evidence that stands at where.
func (c *conditions) judge(r *search, rank int32, where span) outcome {
	if c.precededBy != nil && !wordIn(c.precededBy, before(r.text, where)) ||
		c.followedBy != nil && !wordIn(c.followedBy, after(r.text, where)) {
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
