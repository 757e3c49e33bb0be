package rules

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
)

// maxFileBytes bounds one rules file. The embedded pack is a tenth of it.
const maxFileBytes = 4 << 20

// Parse reads one rules file: a mapping with the keys `rules` and `causes`, both
// optional, or a bare list of rules. name is used in messages only.
//
// Decoding is strict, and every rule and cause is checked: the error is a
// Problems with everything that is wrong. What concerns several files, such as a
// rule whose cause stands elsewhere, is checked by Extend.
func Parse(name string, src []byte) (set *Set, err error) {
	// The YAML library panics over some malformed files.
	defer func() {
		if cause := recover(); cause != nil {
			set, err = nil, Problems{{File: name, Message: fmt.Sprintf("the YAML library failed over this file (%v); a tag without a value, such as `x: !Ref`, does that", cause)}}
		}
	}()
	if len(src) > maxFileBytes {
		return nil, Problems{{File: name, Message: fmt.Sprintf("a rules file may have %d bytes; this one has more", maxFileBytes)}}
	}
	tokens := lexer.Tokenize(string(src))
	if t := tooDeep(tokens); t != nil {
		return nil, Problems{{File: name, Line: t.Position.Line, Message: fmt.Sprintf("nested deeper than %d levels", maxNesting)}}
	}
	tree, err := parser.Parse(tokens, 0)
	if err != nil {
		return nil, Problems{problemOf(name, err)}
	}
	d := &decoder{file: name, set: &Set{}, lists: sharedLists{}}
	for _, doc := range tree.Docs {
		if problems := resolveAliases(name, doc.Body); len(problems) > 0 {
			d.problems = append(d.problems, problems...)
			continue
		}
		d.document(doc.Body)
	}
	if len(d.problems) > 0 {
		return nil, d.problems
	}
	return d.set, nil
}

// Load reads a rules file, or every .yaml and .yml file of a folder (not of
// folders below it) in the order of their names.
func Load(path string) (*Set, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	if info.IsDir() {
		return loadFS(os.DirFS(path), path)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	defer file.Close()
	src, err := readAll(file)
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	return Parse(path, src)
}

// readAll reads a file, but no more of it than Parse needs to refuse it: it may be a log
// of gigabytes, or a device.
func readAll(file io.Reader) ([]byte, error) { return io.ReadAll(io.LimitReader(file, maxFileBytes+1)) }

// readIn is readAll of a file in a folder.
func readIn(folder fs.FS, name string) ([]byte, error) {
	file, err := folder.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return readAll(file)
}

// loadFS reads every rules file of a folder into one Set. prefix is put before
// the file names in messages.
func loadFS(folder fs.FS, prefix string) (*Set, error) {
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	all, found := &Set{}, false
	var problems Problems
	for _, entry := range entries {
		if entry.IsDir() || !slices.Contains([]string{".yaml", ".yml"}, path.Ext(entry.Name())) {
			continue
		}
		found = true
		src, err := readIn(folder, entry.Name())
		if err != nil {
			return nil, fmt.Errorf("rules: %w", err)
		}
		set, err := Parse(filepath.Join(prefix, entry.Name()), src)
		var wrong Problems
		switch {
		case errors.As(err, &wrong):
			problems = append(problems, wrong...)
		case err != nil:
			return nil, err
		default:
			all.Rules = append(all.Rules, set.Rules...)
			all.Causes = append(all.Causes, set.Causes...)
			all.Adjustments = append(all.Adjustments, set.Adjustments...)
		}
	}
	if !found {
		return nil, fmt.Errorf("rules: expected at least one .yaml file in %s; found none", prefix)
	}
	problems = append(problems, all.duplicates()...)
	if len(problems) > 0 {
		return nil, problems
	}
	return all, nil
}

// A decoder turns the syntax tree of one file into a Set and collects problems.
type decoder struct {
	file     string
	set      *Set
	problems Problems
	lists    sharedLists
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
	key := entry.Key.String()
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

// decoded decodes an element of a list into value and checks it. It reports whether
// nothing was wrong: every element is decoded by itself, so that one mistake does not
// hide those of the elements after it.
func decoded[T any](d *decoder, node ast.Node, value *T, check func(*T, ast.Node)) bool {
	if err := yaml.NodeToValue(node, value, yaml.Strict()); err != nil {
		d.problems = append(d.problems, problemOf(d.file, err))
		return false
	}
	before := len(d.problems)
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

// report notes a problem at the place of node.
func (d *decoder) report(node ast.Node, format string, args ...any) {
	d.problems = append(d.problems, problemAt(d.file, node.GetToken(), fmt.Sprintf(format, args...)))
}

// at follows keys (string) and indexes (int) down from node, as far as they
// exist: a missing key is reported at the node that lacks it.
func at(node ast.Node, path ...any) ast.Node {
	for _, step := range path {
		var next ast.Node
		switch n := node.(type) {
		case *ast.MappingNode:
			for _, entry := range n.Values {
				if key, ok := step.(string); ok && entry.Key.String() == key {
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
