// Package authlens holds no code: the tests here hold the module to
// docs/ARCHITECTURE.md, and the image to what is shipped.
package authlens

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const module = "github.com/authlens/authlens"

// arrows is what a package may import, of ours and of others, besides the
// standard library. A name that ends in /... stands for everything below it too,
// as in Go. Tests are free. The table of docs/ARCHITECTURE.md, section 6, is
// written from it: go test . -update
var arrows = map[string]struct{ ours, others []string }{
	"rules":         {others: []string{"github.com/goccy/go-yaml/..."}},
	"conf":          {ours: []string{"engine/redact"}},
	"conf/conftest": {ours: []string{"conf"}},
	"docs":          {}, // tests only
	"examples":      {}, // tests only
	"examples/aggregator/simulate": {ours: []string{
		"conf", "engine/enginetest", "engine/finding", "plugin/instance", "plugin/sink"}},

	"engine/text":     {},
	"engine/gist":     {},
	"engine/record":   {others: []string{"golang.org/x/sys/cpu"}},
	"engine/literal":  {others: []string{"golang.org/x/sys/cpu"}},
	"engine/lazy":     {},
	"engine/extract":  {ours: []string{"engine/lazy"}},
	"engine/redact":   {ours: []string{"engine/lazy"}},
	"engine/room":     {},
	"engine/window":   {},
	"engine/metric":   {},
	"engine/distinct": {others: []string{"github.com/axiomhq/hyperloglog"}},
	"engine/mention":  {},
	"engine/match":    {ours: []string{"engine/gist", "engine/literal", "engine/mention", "engine/room", "rules"}},
	"engine/diagnose": {ours: []string{"engine/extract", "engine/lazy", "rules"}},
	"engine/explain": {ours: []string{
		"engine/diagnose", "engine/extract", "engine/lazy", "engine/match", "engine/redact", "engine/text", "rules"}},
	"engine/explain/explaintest": {ours: []string{
		"engine/explain", "engine/match", "rules"}},
	"engine/finding": {ours: []string{"engine/diagnose", "engine/extract"}},
	"engine": {ours: []string{
		"engine/diagnose", "engine/distinct", "engine/explain", "engine/extract", "engine/finding", "engine/gist", "engine/literal",
		"engine/match", "engine/metric", "engine/record", "engine/redact", "engine/text", "engine/window", "rules"}},
	"engine/enginetest":        {},
	"engine/enginetest/corpus": {ours: []string{"engine/...", "rules"}},

	"plugin/sink":        {ours: []string{"engine/diagnose", "engine/extract", "engine/finding", "engine/metric"}},
	"plugin/sink/stdout": {ours: []string{"engine/finding", "plugin/sink", "plugin/sink/emf"}},
	"plugin/sink/forward": {ours: []string{"engine/finding", "engine/metric", "plugin/sink", "plugin/sink/emf"},
		others: []string{"github.com/fluent/fluent-logger-golang/...", "github.com/tinylib/msgp/msgp"}},
	"plugin/sink/cloudwatch": {ours: []string{"engine/diagnose", "engine/metric", "plugin/sink"},
		others: []string{"github.com/aws/aws-sdk-go-v2/...", "github.com/aws/smithy-go/..."}},
	"plugin/sink/cloudwatch/cloudwatchtest": {others: []string{"github.com/aws/smithy-go/encoding/cbor"}},
	"plugin/sink/emf":                       {ours: []string{"engine/finding", "engine/metric", "plugin/sink"}},
	"plugin/sink/emf/emftest":               {others: []string{"github.com/santhosh-tekuri/jsonschema/v6"}},
	"plugin/instance":                       {ours: []string{"conf", "engine/...", "plugin/sink/...", "rules"}},
	"plugin": {ours: []string{"conf", "plugin/instance"},
		others: []string{"github.com/fluent/fluent-bit-go/output"}},
	"plugin/abitest":             {},
	"plugin/abitest/cmd/abihost": {ours: []string{"engine/enginetest", "plugin/abitest"}},
	"plugin/abitest/cmd/glibc":   {ours: []string{"plugin/abitest"}},
	"plugin/fluentbittest":       {},

	"cmd/authlens": {ours: []string{"cmd/authlens/internal/...", "conf", "engine/...", "plugin/instance", "plugin/sink/...", "rules"},
		others: []string{"github.com/agnivade/levenshtein", "github.com/alecthomas/kong", "github.com/jotaen/kong-completion",
			"github.com/schollz/progressbar/v3", "golang.org/x/term"}},
	"cmd/authlens/internal/chunk": {others: []string{"github.com/tinylib/msgp/msgp"}},
	"cmd/authlens/internal/doctor": {ours: []string{"conf", "engine/diagnose", "engine/explain", "engine/redact", "rules"},
		others: []string{"github.com/aws/aws-sdk-go-v2/...", "github.com/aws/smithy-go/...", "golang.org/x/net/http/httpproxy"}},
	"cmd/authlens/internal/input": {ours: []string{"engine/diagnose"}},
	"cmd/authlens/internal/logfile": {ours: []string{"cmd/authlens/internal/input"},
		others: []string{"github.com/klauspost/compress/..."}},
	"cmd/authlens/internal/look": {ours: []string{"cmd/authlens/internal/doctor", "cmd/authlens/internal/scan", "engine/diagnose",
		"engine/explain", "engine/extract", "engine/finding"},
		others: []string{"golang.org/x/term"}},
	"cmd/authlens/internal/playback": {ours: []string{"cmd/authlens/internal/chunk", "cmd/authlens/internal/input"}},
	"cmd/authlens/internal/report":   {ours: []string{"cmd/authlens/internal/look", "cmd/authlens/internal/scan"}},
	"cmd/authlens/internal/scan": {ours: []string{"cmd/authlens/internal/chunk", "cmd/authlens/internal/input",
		"cmd/authlens/internal/logfile", "conf", "engine", "engine/explain", "engine/extract", "engine/finding",
		"engine/literal", "engine/metric", "plugin/instance", "rules"}},
}

// cgo lists the packages that may use C. All others build without a C compiler.
var cgo = []string{"plugin"}

// pure lists what must build with CGO_ENABLED=0.
var pure = []string{"./cmd/...", "./conf/...", "./engine/...", "./rules/...", "./plugin/instance/...", "./plugin/sink/..."}

func TestImportsFollowTheArrows(t *testing.T) {
	standard := map[string]bool{}
	var own []listed
	for _, p := range list(t, "./...") {
		standard[p.ImportPath] = p.Standard
		if p.inModule() {
			own = append(own, p)
		}
	}
	if len(own) < len(arrows)/2 {
		t.Fatalf("go list showed %d packages of ours; the table has %d", len(own), len(arrows))
	}
	gone := maps.Clone(arrows)
	for _, p := range own {
		name := p.name()
		delete(gone, name)
		if name == "" {
			continue // the root: tests only
		}
		allowed, ok := arrows[name]
		if !ok {
			t.Errorf("%s is not in the table: add it, and run go test . -update", name)
			continue
		}
		for _, path := range p.Imports {
			switch ours, isOurs := strings.CutPrefix(path, module+"/"); {
			case path == "C":
				if !slices.Contains(cgo, name) {
					t.Errorf("%s imports C; only %s may", name, strings.Join(cgo, ", "))
				}
			case isOurs:
				if !covers(allowed.ours, ours) {
					t.Errorf("%s imports %s; it may import, of ours: %s", name, ours, orNone(allowed.ours))
				}
			case standard[path]:
			case !covers(allowed.others, path):
				t.Errorf("%s imports %s; it may import, of others: %s", name, path, orNone(allowed.others))
			}
		}
		// An arrow that nothing needs invites what it was never meant for.
		for _, a := range allowed.ours {
			if !slices.ContainsFunc(p.Imports, func(path string) bool { return covers([]string{module + "/" + a}, path) }) {
				t.Errorf("%s may import %s and does not: take the arrow away", name, a)
			}
		}
		for _, a := range allowed.others {
			if !slices.ContainsFunc(p.Imports, func(path string) bool { return covers([]string{a}, path) }) {
				t.Errorf("%s may import %s and does not: take the arrow away", name, a)
			}
		}
	}
	for name := range gone {
		t.Errorf("%s is in the table, and there is no such package", name)
	}
}

var update = flag.Bool("update", false, "write the table of docs/ARCHITECTURE.md, section 6")

// TestArrowsAreDocumented holds the table that people read to the one that is
// enforced.
func TestArrowsAreDocumented(t *testing.T) {
	const (
		page  = "docs/ARCHITECTURE.md"
		begin = "<!-- arrows: begin, generated by go test . -update -->\n"
		end   = "<!-- arrows: end -->"
	)
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, begins := strings.Cut(string(text), begin)
	have, tail, ends := strings.Cut(rest, end)
	if !begins || !ends {
		t.Fatalf("%s: expected the lines %q and %q", page, begin, end)
	}
	want := arrowTable()
	if have == want {
		return
	}
	if !*update {
		t.Errorf("%s: the table of section 6 is stale; run go test . -update (-have +want):\n%s", page, cmp.Diff(have, want))
		return
	}
	if err := os.WriteFile(page, []byte(head+begin+want+end+tail), 0o644); err != nil {
		t.Fatal(err)
	}
}

// arrowTable is arrows as a table of Markdown.
func arrowTable() string {
	code := func(names []string) string {
		if len(names) == 0 {
			return "none"
		}
		return "`" + strings.Join(names, "`, `") + "`"
	}
	var b strings.Builder
	b.WriteString("| package | may import, of ours | of others |\n|---|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(arrows)) {
		others := slices.Clone(arrows[name].others)
		if slices.Contains(cgo, name) {
			others = append(others, "C")
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", name, code(arrows[name].ours), code(others))
	}
	return b.String()
}

// TestEngineIsPure holds the engine to "no clock, no I/O, no goroutine": the
// same records and the same times give the same findings, anywhere.
func TestEngineIsPure(t *testing.T) {
	outside := []string{"os", "os/exec", "os/signal", "io/ioutil", "net", "net/http", "log", "log/slog", "syscall", "math/rand", "math/rand/v2"}
	clock := []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer"}
	files := token.NewFileSet()
	walk := func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == "enginetest" {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, i := range file.Imports {
			if name := strings.Trim(i.Path.Value, `"`); slices.Contains(outside, name) {
				t.Errorf("%s: the engine imports %s", files.Position(i.Pos()), name)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s: the engine starts a goroutine", files.Position(n.Pos()))
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains(clock, n.Sel.Name) {
					t.Errorf("%s: the engine asks for the time: time.%s", files.Position(n.Pos()), n.Sel.Name)
				}
			}
			return true
		})
		return nil
	}
	if err := filepath.WalkDir("engine", walk); err != nil {
		t.Fatal(err)
	}
}

func TestBuildsWithoutCgo(t *testing.T) {
	if testing.Short() {
		t.Skip("builds everything once more")
	}
	build := exec.Command("go", append([]string{"build"}, pure...)...)
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Errorf("CGO_ENABLED=0 %s: %v\n%s", strings.Join(build.Args, " "), err, out)
	}
}

// listed is the part of `go list -json` that is read.
type listed struct {
	ImportPath string
	Standard   bool
	Imports    []string
}

func (p listed) inModule() bool {
	return p.ImportPath == module || strings.HasPrefix(p.ImportPath, module+"/")
}

func (p listed) name() string {
	return strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
}

// list returns every package of the module and all that they depend on.
func list(t *testing.T, patterns ...string) []listed {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-deps", "-json=ImportPath,Standard,Imports"}, patterns...)...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1") // without it, files that import "C" are left out
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(cmd.Args, " "), err, stderr.String())
	}
	var packages []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

func covers(allowed []string, path string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool {
		below, tree := strings.CutSuffix(a, "/...")
		return path == below || tree && strings.HasPrefix(path, below+"/")
	})
}

func orNone(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}
