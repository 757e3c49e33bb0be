package rules

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/printer"
	"github.com/goccy/go-yaml/token"
)

// A Problem is one thing that is wrong in a rules file.
type Problem struct {
	File    string
	Line    int // from 1; 0 when the problem has no place
	Column  int // from 1
	Message string
	// Snippet is the offending text with its neighbours, the place marked; may
	// be empty.
	Snippet string
}

func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
	}
	if p.Column > 0 {
		fmt.Fprintf(&b, ":%d", p.Column)
	}
	fmt.Fprintf(&b, ": %s", p.Message)
	if p.Snippet != "" {
		b.WriteString("\n")
		b.WriteString(p.Snippet)
	}
	return b.String()
}

// Problems is the error that rules are refused with: everything wrong, in the
// order of the files.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i := range p {
		lines[i] = p[i].String()
	}
	return strings.Join(lines, "\n")
}

// problemOf translates an error of the YAML library.
func problemOf(file string, err error) Problem {
	var placed yaml.Error
	if errors.As(err, &placed) {
		return problemAt(file, placed.GetToken(), placed.GetMessage())
	}
	return Problem{File: file, Message: err.Error()}
}

func problemAt(file string, t *token.Token, message string) Problem {
	p := Problem{File: file, Message: message}
	if t != nil && t.Position != nil {
		var pretty printer.Printer
		p.Line, p.Column = t.Position.Line, t.Position.Column
		p.Snippet = strings.TrimRight(pretty.PrintErrorToken(t, false), "\n")
	}
	return p
}

func byPlace(a, b Problem) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}
