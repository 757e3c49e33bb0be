// Command corpus runs the real detector over a labelled corpus and prints how
// well it does: recall and false positives by category, accuracy of every
// labelled fact, and each line it got wrong.
//
//	go run ./engine/enginetest/corpus [-v] FILE.jsonl
//
// A row has id, text, label (positive, negative or ambiguous), category and
// expect. Ambiguous rows are printed and not scored.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/explain"
	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/match"
	"github.com/authlens/authlens/rules"
)

// maxLine bounds one line of the corpus file.
const maxLine = 4 << 20

// A row is one line of the corpus.
type row struct {
	ID       string         `json:"id"`
	Text     string         `json:"text"`
	Label    string         `json:"label"`
	Category string         `json:"category"`
	Emitter  string         `json:"emitter"`
	Expect   map[string]any `json:"expect"`
}

func main() {
	verbose := flag.Bool("v", false, "print the rule of every row too")
	options := flag.String("options", "", "rule options that are on, separated by commas: access_logs")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "corpus: expected one argument, the corpus file")
		os.Exit(2)
	}
	if err := run(os.Stdout, flag.Arg(0), *options, *verbose); err != nil {
		fmt.Fprintln(os.Stderr, "corpus:", err)
		os.Exit(1)
	}
}

func run(w io.Writer, path, options string, verbose bool) error {
	rows, err := read(path)
	if err != nil {
		return err
	}
	detect, err := newDetector(strings.Split(options, ","))
	if err != nil {
		return err
	}
	t := &tally{verbose: verbose}
	for _, r := range rows {
		t.add(r, readingOf(detect.Explain([]byte(r.Text), diagnose.Task{})))
	}
	return t.print(w)
}

func read(path string) ([]row, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var rows []row
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		var r row
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, len(rows)+1, err)
		}
		rows = append(rows, r)
	}
	return rows, lines.Err()
}

// A reading is what the detector made of one text.
type reading struct {
	rule  string // "" when nothing matched
	facts map[string]string
}

// newDetector returns the Explainer of the default rules.
func newDetector(options []string) (*explain.Explainer, error) {
	set, err := rules.Default()
	if err != nil {
		return nil, err
	}
	matcher, err := match.New(set, match.Options{Enabled: options})
	if err != nil {
		return nil, err
	}
	return explain.New(set, matcher)
}

func readingOf(x explain.Explanation) reading {
	if x.Rule == nil {
		return reading{}
	}
	r := reading{rule: x.Rule.Name, facts: named(x.Facts)}
	if r.facts["role_kind"] == "" && x.Diagnosis.RoleKind != "unknown" {
		r.facts["role_kind"] = x.Diagnosis.RoleKind
	}
	return r
}

// named returns the facts under their JSON names, which are those of the corpus.
func named(facts extract.Facts) map[string]string {
	var values map[string]any
	encoded, err := json.Marshal(facts)
	if err == nil {
		err = json.Unmarshal(encoded, &values)
	}
	if err != nil {
		panic("BUG: facts must be plain JSON: " + err.Error())
	}
	texts := map[string]string{}
	for name, value := range values {
		texts[name] = plain(value)
	}
	return texts
}

func plain(value any) string {
	if number, ok := value.(float64); ok {
		return strconv.FormatFloat(number, 'f', -1, 64)
	}
	return fmt.Sprint(value)
}

// A score counts hits among tries.
type score struct{ hit, of int }

func (s *score) count(hit bool) {
	s.of++
	if hit {
		s.hit++
	}
}

func (s score) percent() string {
	if s.of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(s.hit)/float64(s.of))
}

// A tally gathers the scores of a whole corpus.
type tally struct {
	verbose                          bool
	found, flagged, facts            map[string]*score // by category, category, fact name
	missed, alarms, wrong, ambiguous []string
	rules                            []string
}

func (t *tally) add(r row, got reading) {
	if t.found == nil {
		t.found, t.flagged, t.facts = map[string]*score{}, map[string]*score{}, map[string]*score{}
	}
	line := fmt.Sprintf("%s  %s  %s  %q", r.ID, r.Category, r.Emitter, r.Text)
	matched := got.rule != ""
	if t.verbose {
		t.rules = append(t.rules, fmt.Sprintf("%-9s %-30s %s", r.Label, got.rule, line))
	}
	switch r.Label {
	case "positive":
		at(t.found, r.Category).count(matched)
		if !matched {
			t.missed = append(t.missed, line)
			return
		}
		t.compare(r, got)
	case "negative":
		at(t.flagged, r.Category).count(matched)
		if matched {
			t.alarms = append(t.alarms, got.rule+"  "+line)
		}
	default:
		verdict := "silent"
		if matched {
			verdict = got.rule
		}
		t.ambiguous = append(t.ambiguous, verdict+"  "+line)
	}
}

// compare scores the labelled facts of a row that was found.
func (t *tally) compare(r row, got reading) {
	for name, value := range r.Expect {
		want := plain(value)
		ok := strings.EqualFold(want, got.facts[name])
		at(t.facts, name).count(ok)
		if !ok {
			t.wrong = append(t.wrong, fmt.Sprintf("%s: want %q, got %q  %s  %s", name, want, got.facts[name], got.rule, r.ID))
		}
	}
}

func at(scores map[string]*score, name string) *score {
	if scores[name] == nil {
		scores[name] = &score{}
	}
	return scores[name]
}

func (t *tally) print(w io.Writer) error {
	section(w, "positives missed", t.missed)
	section(w, "negatives flagged", t.alarms)
	section(w, "facts wrong", t.wrong)
	section(w, "ambiguous (not scored)", t.ambiguous)
	if t.verbose {
		section(w, "all rows", t.rules)
	}
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	table(out, "positives found", t.found)
	table(out, "negatives flagged", t.flagged)
	table(out, "facts right", t.facts)
	return out.Flush()
}

func section(w io.Writer, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	slices.Sort(lines)
	fmt.Fprintf(w, "## %s: %d\n", title, len(lines))
	for _, line := range lines {
		fmt.Fprintln(w, line)
	}
	fmt.Fprintln(w)
}

func table(w io.Writer, title string, scores map[string]*score) {
	names := make([]string, 0, len(scores))
	var all score
	for name, s := range scores {
		names = append(names, name)
		all.hit += s.hit
		all.of += s.of
	}
	slices.Sort(names)
	fmt.Fprintf(w, "%s\t\t\t\t\n", title)
	for _, name := range names {
		fmt.Fprintf(w, "%s\t%d\tof %d\t%s\t\n", name, scores[name].hit, scores[name].of, scores[name].percent())
	}
	fmt.Fprintf(w, "all\t%d\tof %d\t%s\t\n\t\t\t\t\n", all.hit, all.of, all.percent())
}
