package conf

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// pattern is text of the form of a regular expression, and in words for people.
type pattern struct {
	field func(*Config) *string
	word  string // the type's name
	says  string // "a region, such as eu-central-1"
	takes *regexp.Regexp
}

func (k pattern) name() string    { return k.word }
func (k pattern) bounds() string  { return "" }
func (k pattern) expects() string { return k.says }

func (k pattern) set(c *Config, text string) error {
	if !k.takes.MatchString(text) {
		return errMismatch
	}
	*k.field(c) = text
	return nil
}

// IsRegion reports whether text has the form of an AWS Region's name.
func IsRegion(text string) bool { return regionText.MatchString(text) }

// namespaceText is what CloudWatch takes as a namespace, of maxNamespace bytes at most,
// and regionText every form of a region's name.
// Source: PutMetricData in the CloudWatch API Reference. It must begin with a letter or
// digit since CloudWatch refuses a colon there.
var (
	namespaceText = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z ._/#:-]*$`)
	regionText    = regexp.MustCompile(`^[a-z]{2,8}(-[a-z]{2,16}){1,3}-[0-9]{1,2}$`)
)

const maxNamespace = 255

// namespace is a CloudWatch namespace that is not AWS' own.
type namespace struct {
	field func(*Config) *string
}

func (k namespace) name() string   { return "namespace" }
func (k namespace) bounds() string { return "up to 255 bytes" }
func (k namespace) expects() string {
	return "a namespace: up to 255 letters, digits, spaces and . - _ / # :"
}

func (k namespace) set(c *Config, text string) error {
	switch {
	case len(text) > maxNamespace || !namespaceText.MatchString(text):
		return errMismatch
	case strings.HasPrefix(strings.ToUpper(text), "AWS/"):
		return errors.New("namespaces that begin with AWS/ are AWS' own")
	}
	*k.field(c) = text
	return nil
}

// dimensionWords are what metrics may be told apart by. Tasks, resources and roles
// are not among them: every single one would be a metric of its own.
var dimensionWords = []string{"cluster", "family", "container", "cause"}

// dimensionSets is a comma-separated list of sets of dimensions, each joined by
// plus signs.
type dimensionSets struct {
	field func(*Config) *[][]string
	max   int
}

func (k dimensionSets) name() string { return "sets" }
func (k dimensionSets) bounds() string {
	return fmt.Sprintf("up to %d sets of %s", k.max, strings.Join(dimensionWords, ", "))
}
func (k dimensionSets) expects() string {
	return fmt.Sprintf("up to %d comma-separated sets of %s, each joined by +, such as cluster+family", k.max, strings.Join(dimensionWords, ", "))
}

func (k dimensionSets) set(c *Config, text string) error {
	var sets [][]string
	for _, item := range split(strings.ToLower(text)) {
		var set []string
		for word := range strings.SplitSeq(item, "+") {
			word = strings.TrimSpace(word)
			switch {
			case !slices.Contains(dimensionWords, word):
				return fmt.Errorf("there is no dimension %q", shorten(word))
			case slices.Contains(set, word):
				return fmt.Errorf("%s stands twice in one set", word)
			}
			set = append(set, word)
		}
		slices.SortFunc(set, func(a, b string) int {
			return slices.Index(dimensionWords, a) - slices.Index(dimensionWords, b)
		})
		if slices.ContainsFunc(sets, func(s []string) bool { return slices.Equal(s, set) }) {
			return fmt.Errorf("the set %s is there twice", strings.Join(set, "+"))
		}
		sets = append(sets, set)
	}
	if len(sets) == 0 || len(sets) > k.max {
		return errMismatch
	}
	*k.field(c) = sets
	return nil
}

// endpoint is the address of a web service.
type endpoint struct {
	field func(*Config) *string
}

func (k endpoint) name() string   { return "URL" }
func (k endpoint) bounds() string { return "" }
func (k endpoint) expects() string {
	return "a URL, such as https://vpce-0123456789abcdef0-abcdefgh.monitoring.eu-central-1.vpce.amazonaws.com"
}

func (k endpoint) set(c *Config, text string) error {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.RawQuery != "" || u.Fragment != "" {
		return errMismatch
	}
	if u.User != nil {
		return errNoCredentials
	}
	if port := u.Port(); port != "" && !isPort(port) {
		return errPort
	}
	*k.field(c) = text
	return nil
}
