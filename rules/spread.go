package rules

import (
	"slices"

	"github.com/goccy/go-yaml/ast"
)

// spread replaces each signature whose literal, word or regex is a list of texts by one for
// each text. Whatever else is wrong with it is reported for each.
func spread(signatures ast.Node) {
	list, ok := signatures.(*ast.SequenceNode)
	if !ok {
		return
	}
	var all []ast.Node
	for _, node := range list.Values {
		all = append(all, alternatives(node)...)
	}
	list.Values = all
}

// alternatives returns the signatures that node stands for.
func alternatives(node ast.Node) []ast.Node {
	signature, ok := node.(*ast.MappingNode)
	if !ok {
		return []ast.Node{node}
	}
	for i, entry := range signature.Values {
		texts, ok := entry.Value.(*ast.SequenceNode)
		if !ok || len(texts.Values) == 0 || !slices.Contains([]string{"literal", "word", "regex"}, nameOf(entry.Key)) {
			continue
		}
		all := make([]ast.Node, 0, len(texts.Values))
		for _, text := range texts.Values {
			one, only := *signature, *entry
			only.Value = text
			one.Values = slices.Clone(signature.Values)
			one.Values[i] = &only
			all = append(all, &one)
		}
		return all
	}
	return []ast.Node{node}
}
