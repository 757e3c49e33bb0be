package diagnose

import (
	"fmt"
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// A template is text with {placeholders}, cut into the pieces that are said or
// left out as a whole: sentences of prose, lines of commands.
type template []piece

// A piece is left out when one of its names has no value, or one within
// backquotes has a value that is not safe to paste.
type piece struct {
	text   string
	names  []string
	pasted []string // those of names that stand within backquotes
}

var (
	// A placeholder, unless it is a shell's ${name} or curl's %{name}.
	placeholder = lazy.Compile(`([%$]?)\{([a-z][a-z0-9_]*)\}`)
	// What a value may hold to stand in a command that people paste: no quote,
	// blank, or character that a shell would act on within single quotes.
	pasteable = lazy.Compile(`^[A-Za-z0-9_./:@=+,*?-]+$`)
)

// prose cuts text into sentences. White space of any length counts as one blank.
func prose(text string) (template, error) {
	text = strings.Join(strings.Fields(text), " ")
	var t template
	for text != "" {
		end := sentenceEnd(text)
		if err := t.add(text[:end]); err != nil {
			return nil, err
		}
		text = strings.TrimPrefix(text[end:], " ")
	}
	return t, nil
}

// sentenceEnd returns where the first sentence of text ends: behind a full stop,
// question mark or exclamation mark with a blank after it, or with text.
func sentenceEnd(text string) int {
	for at := 1; at < len(text); at++ {
		if text[at] == ' ' && strings.IndexByte(".?!", text[at-1]) >= 0 {
			return at
		}
	}
	return len(text)
}

// lines cuts text into lines, each of them an alternative.
func lines(text string) (template, error) {
	var t template
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if err := t.add(line); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *template) add(text string) error {
	p := piece{text: text}
	var found [][]int
	if strings.Contains(text, "{") { // Fast path: the expression looks at each byte
		found = placeholder().FindAllStringSubmatchIndex(text, -1)
	}
	for _, at := range found {
		name := text[at[4]:at[5]]
		switch {
		case at[3] > at[2]: // ${name}, %{name}
			continue
		case !isName(name):
			return fmt.Errorf("unknown placeholder {%s}; known are %s", name, strings.Join(knownNames(), ", "))
		}
		p.names = append(p.names, name)
		if strings.Count(text[:at[0]], "`")%2 == 1 {
			p.pasted = append(p.pasted, name)
		}
	}
	*t = append(*t, p)
	return nil
}

// fill returns a piece with its values, or false when it is to be left out.
func (p piece) fill(v values) (string, bool) {
	for _, name := range p.names {
		if v(name) == "" {
			return "", false
		}
	}
	for _, name := range p.pasted {
		if !pasteable().MatchString(v(name)) {
			return "", false
		}
	}
	said := placeholder().ReplaceAllStringFunc(p.text, func(s string) string {
		if s[0] != '{' {
			return s
		}
		return v(s[1 : len(s)-1])
	})
	if noun, ok := strings.CutPrefix(said, "the "); ok && p.text[0] == '{' {
		said = "The " + noun // a value that begins the sentence
	}
	return said, true
}

// pasteableOr is a value for a command, or the mark that stands for it where the value
// is not known or not safe to paste.
func pasteableOr(mark, value string) string {
	if pasteable().MatchString(value) {
		return value
	}
	return mark
}

// all joins the pieces whose values are known.
func (t template) all(v values) string {
	var said []string
	for _, p := range t {
		if s, ok := p.fill(v); ok {
			said = append(said, s)
		}
	}
	return strings.Join(said, " ")
}

// step joins the pieces whose values are known. Without the first, on which the
// others lean, it says nothing.
func (t template) step(v values) string {
	if len(t) == 0 {
		return ""
	}
	if _, ok := t[0].fill(v); !ok {
		return ""
	}
	return t.all(v)
}

// firstCommand returns the first line whose values are known and safe to paste.
func (t template) firstCommand(v values) string {
	for _, p := range t {
		safe := true
		for _, name := range p.names {
			safe = safe && pasteable().MatchString(v(name))
		}
		if s, ok := p.fill(v); ok && safe {
			return s
		}
	}
	return ""
}
