package metric

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Other is the value of every dimension of what exceeds the bound of a Series.
const Other = "other"

// OtherKey is the key of what was not told apart even before it came to a Series.
var OtherKey = Key{Cluster: Other, Family: Other, Container: Other, Cause: Other}

// unknown is the value of a dimension that has none.
const unknown = "unknown"

// valueMax bounds a dimension's value, in bytes. CloudWatch takes 1,024, but a
// thousand metrics must fit into a request of a megabyte.
const valueMax = 255

// A field is a part of a Key that may be a dimension.
type field struct {
	word  string // in configurations
	name  string // in CloudWatch: Container Insights' own, where it has one
	value func(Key) string
}

var fields = []field{
	{"cluster", "ClusterName", func(k Key) string { return k.Cluster }},
	{"family", "TaskDefinitionFamily", func(k Key) string { return k.Family }},
	{"container", "ContainerName", func(k Key) string { return k.Container }},
	{"cause", "Cause", func(k Key) string { return k.Cause }},
}

// A Combination is dimensions and their values. A Series has a single one for each
// that it tells apart, so they can be compared by address.
type Combination struct {
	Dimensions []Dimension
	IsOther    bool // stands for those that are not told apart
}

// A Series gives keys their dimensions: one combination for each configured set
// of them. The number of combinations is bounded; further ones become a single
// one, whose values are "other". It is safe for concurrent use.
type Series struct {
	sets [][]field
	max  int

	mu    sync.Mutex
	known map[string]*Combination
	other []*Combination // by set
}

// NewSeries returns a Series with the given sets of words (cluster, family,
// container, cause) that tells at most the given number of combinations apart.
func NewSeries(sets [][]string, combinations int) (*Series, error) {
	s := &Series{max: combinations, known: make(map[string]*Combination)}
	for _, words := range sets {
		var set []field
		for _, word := range words {
			at := slices.IndexFunc(fields, func(f field) bool { return f.word == word })
			if at < 0 || slices.ContainsFunc(set, func(f field) bool { return f.word == word }) {
				return nil, fmt.Errorf("dimensions: expected each of cluster, family, container, cause at most once; got %q", strings.Join(words, "+"))
			}
			set = append(set, fields[at])
		}
		s.sets = append(s.sets, set)
		other := combine(set, func(field) string { return Other })
		other.IsOther = true
		s.other = append(s.other, other)
	}
	return s, nil
}

func combine(set []field, value func(field) string) *Combination {
	c := &Combination{Dimensions: make([]Dimension, len(set))}
	for i, f := range set {
		c.Dimensions[i] = Dimension{f.name, value(f)}
	}
	return c
}

// Of returns the combinations of k, one for each set, in the sets' order.
func (s *Series) Of(k Key) []*Combination {
	if k == OtherKey {
		return s.other
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]*Combination, len(s.sets))
	for n, set := range s.sets {
		all[n] = s.of(n, set, k)
	}
	return all
}

func (s *Series) of(n int, set []field, k Key) *Combination {
	id := []byte{byte(n)}
	for _, f := range set {
		id = append(append(id, 0), f.value(k)...)
	}
	if c, ok := s.known[string(id)]; ok {
		return c
	}
	if len(s.known) >= s.max {
		return s.other[n]
	}
	c := combine(set, func(f field) string { return Clean(f.value(k)) })
	s.known[string(id)] = c
	return c
}

// Others returns the combinations that stand for those not told apart.
func (s *Series) Others() []*Combination { return s.other }

// Clean makes text a dimension's value: printable ASCII, bounded, not blank.
func Clean(text string) string {
	text = strings.TrimSpace(text[:min(len(text), valueMax)])
	if text == "" {
		return unknown
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, text)
}
