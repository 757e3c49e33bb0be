package rules

import (
	"fmt"

	"github.com/goccy/go-yaml/ast"
)

// resolveAliases puts the anchored value in the place of each alias (`*name`)
// of a document, so that its elements can be decoded one by one. An anchored
// value may hold no alias itself: that bounds what a file can unfold to.
func resolveAliases(name string, doc ast.Node) Problems {
	r := aliases{file: name, anchored: make(map[string]ast.Node)}
	r.resolve(doc, "")
	return r.problems
}

type aliases struct {
	file     string
	anchored map[string]ast.Node
	problems Problems
}

// resolve returns the node that stands for n. inside names the anchor that n is
// part of, if any.
func (r *aliases) resolve(n ast.Node, inside string) ast.Node {
	switch n := n.(type) {
	case *ast.AnchorNode:
		name := n.Name.GetToken().Value
		value := r.resolve(n.Value, name)
		r.anchored[name] = value
		return value
	case *ast.AliasNode:
		name := n.Value.GetToken().Value
		value := r.anchored[name]
		switch {
		case inside != "":
			r.report(n, "an anchored value may hold no alias; &%s holds *%s", inside, name)
		case value == nil:
			r.report(n, "expected an anchor &%s before *%s; found none", name, name)
		default:
			return value
		}
	case *ast.MappingNode:
		for _, entry := range n.Values {
			entry.Value = r.resolve(entry.Value, inside)
		}
	case *ast.SequenceNode:
		for i, value := range n.Values {
			n.Values[i] = r.resolve(value, inside)
		}
	}
	return n
}

func (r *aliases) report(n ast.Node, format string, args ...any) {
	if len(r.problems) > maxProblems {
		return
	}
	r.problems = append(r.problems, problemAt(r.file, n.GetToken(), fmt.Sprintf(format, args...)))
}
