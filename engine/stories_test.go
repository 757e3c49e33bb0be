package engine

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/explain"
	"github.com/authlens/authlens/engine/explain/explaintest"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/rules"
)

var update = flag.Bool("update", false, "write what the stories tell now as what they should tell")

// A story is records and times in, findings out, in one readable file:
//
//	-- records --
//	09:00:10 reports/1111 the text of a record of container reports, task 1111
//	flush             the chunks that Fluent Bit hands over end here
//	wait 09:20:00     nothing happens until then
//	-- findings --
//	what is told, and when
//
// ⏎ in a text stands for a line feed. Every record also moves the wall clock.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/stories/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("found no stories: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if len(archive.Files) != 2 || archive.Files[0].Name != "records" || archive.Files[1].Name != "findings" {
				t.Fatalf("expected the parts records and findings; found %d parts", len(archive.Files))
			}
			for _, walkFirst := range []bool{true, false} {
				for _, format := range enginetest.Formats {
					got := tellStory(t, string(archive.Files[0].Data), walkFirst, format)
					if *update {
						archive.Files[1].Data = []byte(got)
						continue
					}
					if diff := cmp.Diff(string(archive.Files[1].Data), got); diff != "" {
						t.Errorf("walk first %v, record format %v: findings differ (-want +got):\n%s", walkFirst, format, diff)
					}
				}
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// newEngine returns the two planes with the default rules and options.
func newEngine(t testing.TB, opt ScannerOptions) (*Scanner, *Aggregator) {
	t.Helper()
	return engineOf(t, explaintest.Default(t), opt)
}

func engineOf(t testing.TB, e *explain.Explainer, opt ScannerOptions) (*Scanner, *Aggregator) {
	t.Helper()
	opt.Window = time.Minute
	s, err := NewScanner(e.Matcher(), opt)
	if err != nil {
		t.Fatal(err)
	}
	return s, NewAggregator(e, AggregatorOptions{
		Window:    time.Minute,
		Lateness:  30 * time.Second,
		Threshold: rules.Threshold{Events: 2, Windows: 5},
		Policy:    finding.Policy{UpdateAfter: 5 * time.Minute, RepeatAfter: 4 * time.Hour, ResolveAfter: 15 * time.Minute},
		MaxGroups: 1024,
		Evidence:  1024,
	})
}

// explainerOf returns an Explainer of one rule, which is written in YAML between braces.
func explainerOf(t testing.TB, rule string) *explain.Explainer {
	t.Helper()
	set, err := rules.Parse("mine.yaml", []byte("causes: [{name: c, kind: external, title: C}]\n"+
		"rules: [{name: mine, cause: c, examples: {match: [x], ignore: [y]}, "+rule+"}]"))
	if err != nil {
		t.Fatal(err)
	}
	return explaintest.Of(t, set)
}

// tellStory plays the lines of a story and writes down what is told.
func tellStory(t *testing.T, lines string, walkFirst bool, format enginetest.Format) string {
	scanner, aggregator := newEngine(t, ScannerOptions{WalkFirst: walkFirst})
	counts := NewCounts()
	chunks := map[string]*enginetest.ChunkBuilder{}
	var order []string
	var out strings.Builder
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	now := day

	flush := func() {
		for _, tag := range order {
			scanner.Scan(tag, chunks[tag].Bytes(), counts)
		}
		clear(chunks)
		order = nil
	}
	advance := func() {
		aggregator.Add(counts, now)
		counts.Reset()
		for _, f := range aggregator.Advance(now) {
			writeFinding(&out, now, &f)
		}
	}
	clock := func(s string) time.Time {
		d, err := time.Parse(time.TimeOnly, s)
		if err != nil {
			t.Fatalf("line %q: %v", s, err)
		}
		return day.Add(time.Duration(d.Hour())*time.Hour + time.Duration(d.Minute())*time.Minute + time.Duration(d.Second())*time.Second)
	}
	for line := range strings.Lines(lines) {
		line = strings.TrimSuffix(line, "\n")
		first, rest, _ := strings.Cut(line, " ")
		switch first {
		case "":
		case "flush":
			flush()
			advance()
		case "wait":
			flush()
			now = clock(rest)
			scanner.Expire(counts)
			scanner.Expire(counts)
			advance()
		default:
			at := clock(first)
			if at.After(now) {
				now = at
			}
			where, text, _ := strings.Cut(rest, " ")
			container, task, _ := strings.Cut(where, "/")
			tag := enginetest.FireLensTag(task, container)
			if chunks[tag] == nil {
				chunks[tag] = &enginetest.ChunkBuilder{Format: format}
				order = append(order, tag)
			}
			text = strings.ReplaceAll(text, "⏎", "\n")
			chunks[tag].Append(at.Unix(), 0, enginetest.FireLens(task, container, text, "stdout")...)
		}
	}
	flush()
	scanner.Expire(counts)
	scanner.Expire(counts)
	aggregator.Add(counts, now)
	for _, f := range aggregator.Close(now) {
		writeFinding(&out, now, &f)
	}
	return out.String()
}

func writeFinding(out *strings.Builder, now time.Time, f *finding.Finding) {
	fmt.Fprintf(out, "%s %s (%s) %s %s/%s %s\n", now.Format(time.TimeOnly), f.State, f.Reason, strings.ToUpper(f.Severity), f.Scope.Family, f.Scope.Container, f.Title)
	fmt.Fprintf(out, "\t%s\n", f.Summary)
	fmt.Fprintf(out, "\t%s %s; %d events, %d windows, %d late, %d tasks, %d resources, %s–%s\n",
		f.Rule, f.Fingerprint, f.Counts.Events, f.Counts.Windows, f.Counts.Late, f.Counts.Tasks, f.Counts.Resources,
		f.FirstSeen.Format(time.TimeOnly), f.LastSeen.Format(time.TimeOnly))
	fmt.Fprintf(out, "\t%s\n", strings.ReplaceAll(f.Evidence, "\n", "⏎"))
}
