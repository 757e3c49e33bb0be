package rules

import (
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// checkKeys reports every key under node that a value of type t has no place for, and what
// it has a place for. The YAML library names one of them, by chance, and no alternative.
func (d *decoder) checkKeys(node ast.Node, t reflect.Type) {
	switch t.Kind() {
	case reflect.Pointer:
		d.checkKeys(node, t.Elem())
	case reflect.Slice:
		if list, ok := node.(*ast.SequenceNode); ok {
			for _, value := range list.Values {
				d.checkKeys(value, t.Elem())
			}
		}
	case reflect.Struct:
		if mapping, ok := node.(*ast.MappingNode); ok {
			d.checkMapping(mapping, keysOf(t))
		}
	}
}

func (d *decoder) checkMapping(mapping *ast.MappingNode, known []knownKey) {
	for _, entry := range mapping.Values {
		if merged, ok := entry.Value.(*ast.MappingNode); ok && entry.Key.IsMergeKey() {
			d.checkMapping(merged, known)
			continue
		}
		name := nameOf(entry.Key)
		i := slices.IndexFunc(known, func(k knownKey) bool { return k.name == name })
		if i < 0 {
			d.report(entry.Key, "expected one of the keys %s; found `%s`", namesOf(known), name)
			continue
		}
		d.checkKeys(entry.Value, known[i].of)
	}
}

// A knownKey is a key of a mapping, and the type of its value.
type knownKey struct {
	name string
	of   reflect.Type
}

// keysOf returns the keys of a struct, those of an inline one among them.
func keysOf(t reflect.Type) (keys []knownKey) {
	for i := range t.NumField() {
		field := t.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		switch {
		case options == "inline":
			keys = append(keys, keysOf(field.Type)...)
		case name != "" && name != "-":
			keys = append(keys, knownKey{name, field.Type})
		}
	}
	return keys
}

func namesOf(keys []knownKey) string {
	names := make([]string, len(keys))
	for i := range keys {
		names[i] = keys[i].name
	}
	return strings.Join(names, ", ")
}
