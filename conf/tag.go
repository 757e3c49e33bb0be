package conf

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// A Tag is a template of the tag that findings are sent with: text with
// {tag} and {container} in it.
type Tag string

// minTagText is how many bytes of a Tag must be outside its placeholders, so that
// the tags of findings can be told from the tags of logs.
const minTagText = 4

// unknownPart stands for a placeholder that a finding has no value for.
const unknownPart = "unknown"

var (
	placeholder = regexp.MustCompile(`\{[^{}]*\}`)
	tagText     = regexp.MustCompile(`^[A-Za-z0-9._/:-]*$`)
)

// Expand returns the tag of a finding about a container whose newest record
// had the given tag. Bytes that have a meaning in a Match pattern are replaced.
func (t Tag) Expand(tag, container string) string {
	return placeholder.ReplaceAllStringFunc(string(t), func(p string) string {
		value := tag
		if p == "{container}" {
			value = container
		}
		if value == "" {
			return unknownPart
		}
		return strings.Map(func(r rune) rune {
			if r <= ' ' || r == '*' || r == 0x7f {
				return '_'
			}
			return r
		}, value)
	})
}

// Pattern is a Match pattern (* stands for any text) that every tag made by Expand
// fits, and no tag without the template's own text.
func (t Tag) Pattern() string { return placeholder.ReplaceAllString(string(t), "*") }

// MatchTag reports whether tag fits pattern as in Fluent Bit's Match: * stands
// for any text. It does not allocate.
func MatchTag(pattern, tag string) bool {
	// star and from are where to go on if what follows the last * does not fit.
	p, t, star, from := 0, 0, -1, 0
	for t < len(tag) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, from = p, t
			p++
		case p < len(pattern) && pattern[p] == tag[t]:
			p++
			t++
		case star >= 0:
			from++
			p, t = star+1, from
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}

type tagTemplate struct {
	field func(*Config) *Tag
	max   int
}

func (k tagTemplate) name() string { return "tag" }
func (k tagTemplate) bounds() string {
	return fmt.Sprintf("up to %d bytes, %d or more of them beside {tag} and {container}", k.max, minTagText)
}
func (k tagTemplate) expects() string {
	return "a tag, which may hold {tag} and {container}: " + k.bounds()
}

func (k tagTemplate) set(c *Config, text string) error {
	for _, p := range placeholder.FindAllString(text, -1) {
		if p != "{tag}" && p != "{container}" {
			return fmt.Errorf("%s is not a placeholder", shorten(p))
		}
	}
	rest := placeholder.ReplaceAllString(text, "")
	switch {
	case !tagText.MatchString(rest):
		return errors.New("only letters, digits and . _ - / : make up a tag")
	case len(rest) < minTagText:
		return errors.New("findings could not be told from logs")
	case len(text) > k.max:
		return fmt.Errorf("longer than %d bytes", k.max)
	}
	*k.field(c) = Tag(text)
	return nil
}
