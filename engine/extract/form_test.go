package extract

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"strings"
	"testing"
)

// Forms are compiled when they are first needed: one that cannot be would be
// noticed in somebody's container only. So all are read out of the source.
func TestEveryFormHoldsAFact(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	info := types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	// What the imported packages hold is not known, and not needed for constants.
	conf := types.Config{Error: func(error) {}}
	_, _ = conf.Check("extract", fset, files, &info)

	checked := 0
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if name, ok := call.Fun.(*ast.Ident); !ok || name.Name != "forms" {
				return true
			}
			var pairs []string
			for _, arg := range call.Args {
				value := info.Types[arg].Value
				if value == nil {
					t.Fatalf("%v: no constant", fset.Position(arg.Pos()))
				}
				pairs = append(pairs, constant.StringVal(value))
			}
			for i, f := range forms(pairs...) {
				at := fset.Position(call.Args[2*i].Pos())
				if f.re().NumSubexp() == 0 {
					t.Errorf("%v: %v has no group for the fact", at, f.re())
				}
				for _, phrase := range f.needs {
					if phrase == "" || phrase != strings.ToLower(phrase) {
						t.Errorf("%v: a form needs %q; want a phrase in lower case", at, phrase)
					}
				}
				checked++
			}
			return false
		})
	}
	if checked == 0 {
		t.Fatal("found no forms in the source")
	}
}
