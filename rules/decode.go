package rules

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
)

const (
	// maxFileBytes bounds the rules files of one folder together: the YAML library takes a
	// hundred bytes of memory for each byte. It is room for some thousands of rules.
	maxFileBytes = 2 << 20
	// maxProblems is how many mistakes in a file are reported. Showing the place of each
	// takes the library longer than reading the file.
	maxProblems = 50
)

// Parse reads one rules file: a mapping with the keys `rules`, `causes` and
// `adjust`, each of them optional, or a bare list of rules. name is used in
// messages only.
//
// Decoding is strict, and every rule and cause is checked: the error is a Problems
// with everything that is wrong, up to maxProblems. What concerns several files,
// such as a rule whose cause is in another, is checked by Extend.
func Parse(name string, src []byte) (set *Set, err error) {
	// The YAML library panics over some malformed files.
	defer func() {
		if cause := recover(); cause != nil {
			set, err = nil, Problems{{File: name, Message: fmt.Sprintf("the YAML library failed over this file (%v); a tag without a value, such as `x: !Ref`, does that", cause)}}
		}
	}()
	if len(src) > maxFileBytes {
		return nil, Problems{tooLarge(name)}
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff")) // from an editor on Windows
	for n, line := range bytes.Split(src, []byte("\n")) {
		if !utf8.Valid(line) {
			return nil, Problems{{File: name, Line: n + 1, Message: "expected text in UTF-8; found bytes that are none"}}
		}
	}
	tokens := lexer.Tokenize(string(src))
	if t := tooDeep(tokens); t != nil {
		return nil, Problems{{File: name, Line: t.Position.Line, Message: fmt.Sprintf("nested deeper than %d levels", maxNesting)}}
	}
	tree, err := parser.Parse(tokens, 0)
	if err != nil {
		return nil, Problems{problemOf(name, err)}
	}
	d := &decoder{file: name, set: &Set{}, lists: newSharedLists()}
	for _, doc := range tree.Docs {
		if problems := resolveAliases(name, doc.Body); len(problems) > 0 {
			d.problems = append(d.problems, problems...)
			continue
		}
		d.document(doc.Body)
	}
	if d.isFull() {
		d.problems = append(d.problems[:maxProblems], Problem{File: name, Message: fmt.Sprintf("more is wrong; these are the first %d mistakes", maxProblems)})
	}
	if len(d.problems) > 0 {
		return nil, d.problems
	}
	return d.set, nil
}

// A decoder turns the syntax tree of one file into a Set and collects problems.
type decoder struct {
	file     string
	set      *Set
	problems Problems
	lists    *sharedLists
}

func (d *decoder) document(body ast.Node) {
	switch body := body.(type) {
	case nil, *ast.CommentGroupNode, *ast.NullNode: // an empty file holds no rules
	case *ast.SequenceNode:
		d.rules(body)
	case *ast.MappingNode:
		for _, entry := range body.Values {
			d.section(entry)
		}
	default:
		d.report(body, "expected a mapping with `rules`, `causes` or `adjust`, or a list of rules; found %s", describe(body))
	}
}

func (d *decoder) section(entry *ast.MappingValueNode) {
	key := nameOf(entry.Key)
	if !slices.Contains([]string{"rules", "causes", "adjust"}, key) {
		d.report(entry.Key, "expected `rules`, `causes` or `adjust`; found `%s`", key)
		return
	}
	list, ok := entry.Value.(*ast.SequenceNode)
	switch {
	case !ok:
		d.report(entry.Value, "`%s` must be a list; found %s", key, describe(entry.Value))
	case key == "rules":
		d.rules(list)
	case key == "causes":
		d.causes(list)
	default:
		d.adjustments(list)
	}
}

// decoded decodes an element of a list into value, checks it, and reports whether
// nothing was wrong. Every element is decoded by itself, so that one mistake does not
// hide those in the elements after it.
func decoded[T any](d *decoder, node ast.Node, value *T, check func(*T, ast.Node)) bool {
	if d.isFull() {
		return false
	}
	before := len(d.problems)
	if d.checkKeys(node, reflect.TypeFor[T]()); len(d.problems) > before {
		return false
	}
	spread(at(node, "signatures")) // where there are any; by now, so that a wrong key is told once
	if err := yaml.NodeToValue(node, value, yaml.Strict()); err != nil {
		d.problems = append(d.problems, problemOf(d.file, err))
		return false
	}
	check(value, node)
	return len(d.problems) == before
}

func (d *decoder) rules(list *ast.SequenceNode) {
	for _, node := range list.Values {
		rule := Rule{File: d.file, Line: line(node)}
		if !decoded(d, node, &rule, d.checkRule) {
			continue
		}
		if rule.Severity == "" {
			rule.Severity = Elevated
		}
		d.lists.share(&rule)
		d.set.Rules = append(d.set.Rules, rule)
	}
}

func (d *decoder) causes(list *ast.SequenceNode) {
	for _, node := range list.Values {
		cause := Cause{File: d.file, Line: line(node)}
		if decoded(d, node, &cause, d.checkCause) {
			d.set.Causes = append(d.set.Causes, cause)
		}
	}
}

func (d *decoder) adjustments(list *ast.SequenceNode) {
	for _, node := range list.Values {
		a := Adjustment{File: d.file, Line: line(node)}
		if decoded(d, node, &a, d.checkAdjustment) {
			d.set.Adjustments = append(d.set.Adjustments, a)
		}
	}
}

// isFull tells whether more is wrong than is reported.
func (d *decoder) isFull() bool { return len(d.problems) > maxProblems }

// report notes a problem at the place of node.
func (d *decoder) report(node ast.Node, format string, args ...any) {
	if d.isFull() {
		return
	}
	d.problems = append(d.problems, problemAt(d.file, node.GetToken(), fmt.Sprintf(format, args...)))
}

// nameOf returns a key as it is, in quotes or not: a file may be JSON.
func nameOf(key ast.MapKeyNode) string {
	if s, ok := key.(*ast.StringNode); ok {
		return s.Value
	}
	return key.String()
}

// at follows keys (string) and indexes (int) down from node, as far as they
// exist: a missing key is reported at the node that lacks it.
func at(node ast.Node, path ...any) ast.Node {
	for _, step := range path {
		var next ast.Node
		switch n := node.(type) {
		case *ast.MappingNode:
			for _, entry := range n.Values {
				if key, ok := step.(string); ok && nameOf(entry.Key) == key {
					next = entry.Value
				}
			}
		case *ast.SequenceNode:
			if i, ok := step.(int); ok && i < len(n.Values) {
				next = n.Values[i]
			}
		}
		if next == nil {
			return node
		}
		node = next
	}
	return node
}

func line(node ast.Node) int { return node.GetToken().Position.Line }

func describe(node ast.Node) string { return "a " + node.Type().YAMLName() }
