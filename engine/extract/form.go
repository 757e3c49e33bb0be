package extract

import (
	"bytes"
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// A form is one way in which programs print a fact. Group 1 of its expression
// holds the fact.
type form struct {
	needs []string // phrases in lower case; without one of them the form cannot be there
	re    lazy.Regexp
}

// forms makes a table of pairs: phrases, separated by `|`, of which a text needs
// one, and an expression. Looking for the phrases first makes Read ten times
// faster, since most forms are not there.
func forms(pairs ...string) []form {
	table := make([]form, 0, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		table = append(table, form{strings.Split(pairs[i], "|"), lazy.Compile(pairs[i+1])})
	}
	return table
}

// A source is a text to read forms from, with its copy in lower case.
type source struct{ text, lower []byte }

func newSource(text []byte) source { return source{text, bytes.ToLower(text)} }

// may tells whether a form can be there.
func (s source) may(f form) bool {
	for _, phrase := range f.needs {
		if contains(s.lower, phrase) {
			return true
		}
	}
	return false
}

// first returns the fact of the first form in the table that is there, "" if
// none is.
func (s source) first(tables ...[]form) string {
	for _, table := range tables {
		for _, f := range table {
			if s.may(f) {
				if fact := first(f.re, s.text); fact != "" {
					return fact
				}
			}
		}
	}
	return ""
}

// maxTries bounds how many places of one form are looked at.
const maxTries = 8

// firstThat returns the first fact in the table that ok accepts.
func (s source) firstThat(ok func(fact string) bool, table []form) string {
	for _, f := range table {
		if !s.may(f) {
			continue
		}
		for _, m := range f.re().FindAllSubmatch(s.text, maxTries) {
			if fact := string(m[1]); fact != "" && ok(fact) {
				return fact
			}
		}
	}
	return ""
}

// first returns the first group of form that took part in a match. An expression
// steps over what only looks like the fact by matching it outside its groups.
func first(form lazy.Regexp, text []byte) string {
	re := form()
	for range maxTries {
		m := re.FindSubmatchIndex(text)
		if m == nil {
			return ""
		}
		for i := 2; i < len(m); i += 2 {
			if m[i] < m[i+1] {
				return string(text[m[i]:m[i+1]])
			}
		}
		if len(m) == 2 || m[1] == 0 {
			return ""
		}
		text = text[m[1]:]
	}
	return ""
}
