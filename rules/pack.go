package rules

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"weak"
)

// packed is what Load finds in the YAML files of this folder, a packedLine for each
// rule and cause, written by TestPackIsThatOfTheFiles. Reading YAML would take ten times
// as long, and fragment the heap of a process that lives for months.
//
//go:embed pack.jsonl
var packed string

// A packedLine is a rule or a cause, and where in which file it stands.
type packedLine struct {
	File  string `json:"file"`
	Line  int    `json:"line"`
	Rule  *Rule  `json:"rule,omitempty"`
	Cause *Cause `json:"cause,omitempty"`
	// More holds, for each signature of the rule, the texts of those after it that differ
	// from it in nothing but the text.
	More [][]string `json:"more,omitempty"`
}

// unfold returns a new slice of the signatures that folded and the texts of more stand for.
func unfold(folded []Signature, more [][]string) []Signature {
	n := len(folded)
	for _, texts := range more {
		n += len(texts)
	}
	all := make([]Signature, 0, n)
	for i, s := range folded {
		all = append(all, s)
		if i < len(more) {
			for _, text := range more[i] {
				s.setText(text)
				all = append(all, s)
			}
		}
	}
	return all
}

// loaded is the embedded pack while somebody uses it: once a matcher is made, the two
// megabytes that it was made of are not needed.
var loaded struct {
	sync.Mutex
	set weak.Pointer[Set]
}

// Default returns the embedded pack. Calls return the same Set while it is in use;
// nobody may change it.
func Default() (*Set, error) {
	loaded.Lock()
	defer loaded.Unlock()
	if set := loaded.set.Value(); set != nil {
		return set, nil
	}
	set, err := unpack(packed)
	if err != nil {
		return nil, err
	}
	loaded.set = weak.Make(set)
	return set, nil
}

func unpack(packed string) (*Set, error) {
	set, lists := &Set{}, newSharedLists()
	lines := json.NewDecoder(strings.NewReader(packed))
	// A slice that grows takes several times its size, so the signatures of all rules are read
	// into the same room. It is cleared for each, since JSON leaves alone what it does not mention.
	var room []Signature
	for {
		clear(room[:cap(room)])
		rule := Rule{Signatures: room[:0]}
		p := packedLine{Rule: &rule}
		begin := lines.InputOffset()
		switch err := lines.Decode(&p); {
		case err == io.EOF:
			return set, nil
		case err != nil:
			return nil, fmt.Errorf("rules: pack.jsonl: %w", err)
		case rule.Name != "":
			rule.File, rule.Line = p.File, p.Line
			room, rule.Signatures = rule.Signatures, unfold(rule.Signatures, p.More)
			lists.share(&rule)
			set.Rules = append(set.Rules, rule)
		case p.Cause != nil:
			p.Cause.File, p.Cause.Line = p.File, p.Line
			p.Cause.packed = packed[begin:lines.InputOffset()]
			set.Causes = append(set.Causes, *p.Cause)
		default:
			return nil, errors.New("rules: pack.jsonl: expected a rule or a cause in each line; found neither")
		}
	}
}

// IsEmbedded tells whether c is of the embedded pack, whose texts tests have checked.
func (c *Cause) IsEmbedded() bool { return c.packed != "" }

// Recall returns a function that returns a copy of c. If c is of the embedded pack, the function
// reads it there again and keeps nothing: the texts of all causes are half a megabyte, of which a
// process needs few.
func (c *Cause) Recall() func() *Cause {
	if !c.IsEmbedded() {
		own := *c // a copy, so that the rest of its set can be freed
		return func() *Cause { return &own }
	}
	packed := c.packed
	return func() *Cause {
		set, err := unpack(packed)
		if err != nil {
			panic(err) // it was read before
		}
		return &set.Causes[0]
	}
}
