package rules

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
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
		return problemAt(file, placed.GetToken(), messageOf(placed))
	}
	return Problem{File: file, Message: err.Error()}
}

// messageOf says of a value of the wrong kind what was expected, in the words of the
// file and not in Go's.
func messageOf(err yaml.Error) string {
	switch err := err.(type) {
	case *yaml.TypeError:
		return fmt.Sprintf("expected %s; found %s", kindOf(err.DstType), foundOf(err))
	case *yaml.UnexpectedNodeTypeError:
		return fmt.Sprintf("expected %s; found %s", nodeKinds[err.Expected], cmp.Or(nodeKinds[err.Actual], "a "+err.Actual.YAMLName()))
	}
	return err.GetMessage()
}

// foundOf is the value itself where it is one word or a few.
func foundOf(err *yaml.TypeError) string {
	if kind := err.SrcType.Kind(); kind == reflect.Slice || kind == reflect.Map {
		return kindOf(err.SrcType)
	}
	return fmt.Sprintf("%q", err.Token.Value)
}

func kindOf(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.String:
		return "text"
	case reflect.Slice:
		return "a list"
	case reflect.Struct, reflect.Map, reflect.Pointer:
		return "a mapping"
	}
	return "a whole number"
}

var nodeKinds = map[ast.NodeType]string{
	ast.SequenceType: "a list", ast.MappingType: "a mapping", ast.StringType: "text",
	ast.IntegerType: "a number", ast.FloatType: "a number", ast.BoolType: "true or false",
}

func problemAt(file string, t *token.Token, message string) Problem {
	p := Problem{File: file, Message: shorten(message, maxMessage)}
	if t != nil && t.Position != nil {
		var pretty printer.Printer
		p.Line, p.Column = t.Position.Line, t.Position.Column
		if isShowable(t) {
			lines := strings.Split(strings.TrimRight(pretty.PrintErrorToken(t, false), "\n"), "\n")
			for i := range lines {
				lines[i] = shorten(lines[i], maxShown)
			}
			p.Snippet = strings.Join(lines, "\n")
		}
	}
	return p
}

const (
	// maxMessage bounds a message, which quotes what is wrong in the file, in bytes.
	maxMessage = 512
	// maxShown bounds what is shown of a line of the file, in bytes. It may not be a rules
	// file at all.
	maxShown = 200
)

// shorten returns s or, if it is longer than most bytes, its start.
func shorten(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// isShowable tells whether there are few tokens around t. The printer shows t with some lines
// before and after it, and takes a second for a line with a list of thousands.
func isShowable(t *token.Token) bool {
	const lines, most = 5, 200
	n := 0
	for i := t; i != nil && i.Position != nil && t.Position.Line-i.Position.Line <= lines && n < most; i = i.Prev {
		n++
	}
	for i := t.Next; i != nil && i.Position != nil && i.Position.Line-t.Position.Line <= lines && n < most; i = i.Next {
		n++
	}
	return n < most
}

func byPlace(a, b Problem) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}
