package docs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/authlens/authlens/plugin/instance"
)

// rows returns the first cells of the rows of operations.md's tables that are in
// backticks.
func rows(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("operations.md")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, row := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\|").FindAllStringSubmatch(string(text), -1) {
		all = append(all, row[1])
	}
	return all
}

// The page shows the statistics as they are, and explains every one.
func TestStatistics(t *testing.T) {
	s := instance.Statistics{
		Flush: instance.FlushTimes{P50: 3 * time.Microsecond, P99: 40 * time.Microsecond, Max: 2 * time.Millisecond},
		Sinks: []instance.SinkStatistics{{Name: "forward"}},
		Meter: "cloudwatch",
	}
	line := s.String()
	part{"operations.md", "statistics"}.holds(t, "```text\n"+wrapped("statistics: "+line, 90)+"```\n")

	explained := rows(t)
	for word := range strings.FieldsSeq(line) {
		name, _, _ := strings.Cut(word, "=")
		name = strings.Replace(name, "forward.", "<sink>.", 1)
		name = strings.Replace(name, "cloudwatch.", "<meter>.", 1)
		if !slices.Contains(explained, name) {
			t.Errorf("operations.md: no row for the statistic %s", name)
		}
	}
}

// wrapped breaks a line between words.
func wrapped(line string, width int) string {
	var b strings.Builder
	column := 0
	for i, word := range strings.Fields(line) {
		switch {
		case i == 0:
		case column+1+len(word) > width:
			b.WriteByte('\n')
			column = 0
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += len(word)
	}
	return b.String() + "\n"
}

// The page has every log message that the plugin's code has, and no other.
func TestLogMessages(t *testing.T) {
	explained := rows(t)
	verb := regexp.MustCompile(`%(\[\d+\])?[#+]?[a-z]`)
	used := map[string]bool{}
	for _, message := range messages(t, "../plugin") {
		text := verb.ReplaceAllString(message, "…")
		text, _, _ = strings.Cut(text, "\n")
		known := slices.IndexFunc(explained, func(row string) bool {
			return row == text || row == text+" …" || row == "bug: …" && strings.HasPrefix(text, "bug: ")
		})
		if known < 0 {
			t.Errorf("operations.md: no row for the message %q", text)
			continue
		}
		used[explained[known]] = true
	}
	for _, row := range explained {
		if strings.Contains(row, "…") && !used[row] {
			t.Errorf("operations.md explains %q, which nothing says", row)
		}
	}
}

// messages returns the formats of what the code below dir logs.
func messages(t *testing.T, dir string) []string {
	t.Helper()
	logs := []string{"errorf", "warnf", "infof", "debugf", "logf", "log"}
	var all []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "test/") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !slices.Contains(logs, called(call)) {
				return true
			}
			for i, arg := range call.Args {
				// logf's first argument is the level.
				if literal, ok := arg.(*ast.BasicLit); ok && literal.Kind == token.STRING && (i > 0 || called(call) != "logf") {
					text, err := strconv.Unquote(literal.Value)
					if err != nil {
						t.Fatal(err)
					}
					all = append(all, text)
					break
				}
			}
			return true
		})
		return nil
	})
	if err != nil || len(all) < 10 {
		t.Fatalf("found %d messages (%v)", len(all), err)
	}
	return all
}

// called is the last name of what a call calls.
func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}
