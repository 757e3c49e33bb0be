package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"syscall"

	"github.com/authlens/authlens/cmd/authlens/internal/input"
	"github.com/authlens/authlens/cmd/authlens/internal/logfile"
	"github.com/authlens/authlens/cmd/authlens/internal/look"
	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/explain"
	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/match"
	"github.com/authlens/authlens/engine/text"
	"github.com/authlens/authlens/rules"
)

type explainCommand struct {
	ruleFlags
	Format string `enum:"text,json" default:"text" help:"text, for people; or json, one object for each line."`
	File   string `arg:"" optional:"" default:"-" help:"Lines of plain text, or of JSON with the text under \"log\"; - is stdin."`
}

func (explainCommand) Help() string {
	return "Each line is explained on its own: nothing is counted, and no error is put together from several lines. `authlens replay` does both."
}

// explained is the JSON form of one line's explanation. It is published.
type explained struct {
	Line      int                 `json:"line"` // from 1
	Match     bool                `json:"match"`
	Rule      string              `json:"rule"`
	Cause     string              `json:"cause"`
	Severity  string              `json:"severity"`
	Title     string              `json:"title,omitempty"`
	Evidence  string              `json:"evidence,omitempty"` // what the rule matched
	Facts     extract.Facts       `json:"facts"`              // what the text states
	Diagnosis *diagnose.Diagnosis `json:"diagnosis,omitempty"`
	Near      []near              `json:"near,omitempty"` // rules that came near, when none matched
	Cut       bool                `json:"cut,omitempty"`  // only the first 64 MiB of the line were read
	Error     string              `json:"error,omitempty"`
}

// near tells why a signature does not match a text that holds its literal.
type near struct {
	Rule      string `json:"rule"`
	Signature int    `json:"signature"` // from 1
	Why       string `json:"why"`
}

func (c *explainCommand) Run(here place) error {
	explainer, err := c.lineExplainer()
	if err != nil {
		return err
	}
	file, err := logfile.OpenText(c.File, here.stdin)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENAMETOOLONG) {
		return fmt.Errorf("expected the name of a file; there is none named %q. To explain a line, pipe it: echo '…' | authlens explain", c.File)
	} else if err != nil {
		return err
	}
	defer file.Close()

	report, flush := reportText(here.stdout)
	if c.Format == "json" {
		report, flush = reportJSON(here.stdout)
	}
	n, err := explainLines(explainer, file, report)
	if n == 0 && err == nil {
		fmt.Fprintln(here.stderr, "authlens: nothing to explain: the input is empty")
	}
	if unwritten := flush(); !errors.Is(err, unwritten) { // else it was told already
		err = errors.Join(err, unwritten)
	}
	return err
}

// explainLines explains every line of r, and returns how many there are. The error
// says which lines were not read or met a bug; the latter are reported all the same.
func explainLines(e *lineExplainer, r io.Reader, report func(*result) error) (int, error) {
	var bugs []error
	lines := input.NewLines(r)
	for n := 1; ; n++ {
		line, err := lines.Next()
		if errors.Is(err, io.EOF) {
			return n - 1, errors.Join(append(bugs, e.incomplete)...)
		} else if err != nil {
			return n - 1, errors.Join(append(bugs, e.incomplete, fmt.Errorf("line %d: %w", n, err))...)
		}
		x := explainLine(e, line)
		x.number, x.cut = n, lines.Cut()
		if x.bug != nil && len(bugs) < bugsMax {
			bugs = append(bugs, fmt.Errorf("line %d: %w", n, x.bug))
		}
		if err := report(&x); err != nil {
			return n, err
		}
	}
}

// bugsMax is how many of the lines that met a bug the error names.
const bugsMax = 10

// A result is the explanation of one line.
type result struct {
	explain.Explanation
	number int // from 1
	cut    bool
	bug    error
}

// explainLine explains the text of one line. A bug that one line meets costs
// that line only.
func explainLine(e *lineExplainer, line []byte) (r result) {
	defer func() {
		if p := recover(); p != nil {
			r = result{bug: fmt.Errorf("bug: %v", p)}
		}
	}()
	if record, ok := input.ParseRecord(line); ok {
		if text, ok := record.Text(); ok {
			return e.explain([]byte(text), record.Task())
		}
	}
	return e.explain(line, diagnose.Task{})
}

// A lineExplainer explains a line by the rules in force. If none matches, it also says
// which rule would with its option on.
type lineExplainer struct {
	*explain.Explainer
	// withOptions matches by all rules, with their options on. It is made when first needed.
	withOptions func() (*match.Matcher, error)
	incomplete  error // why it could not be made, so that nothing is said of such rules
}

func (f ruleFlags) lineExplainer() (*lineExplainer, error) {
	explainer, err := f.explainer()
	if err != nil {
		return nil, err
	}
	return &lineExplainer{Explainer: explainer, withOptions: sync.OnceValues(func() (*match.Matcher, error) {
		set, err := f.set()
		if err != nil {
			return nil, err
		}
		return match.New(set, match.Options{Enabled: rules.Options})
	})}, nil
}

func (e *lineExplainer) explain(raw []byte, task diagnose.Task) result {
	r := result{Explanation: e.Explain(raw, task)}
	if r.Rule != nil {
		return r
	}
	matcher, err := e.withOptions()
	if err != nil {
		e.incomplete = fmt.Errorf("rules whose option is off are not told of: %w", err)
		return r
	}
	if m, ok := matcher.Match(text.Normalise(nil, raw)); ok {
		rule := matcher.Rule(m.Rule)
		r.Traces = slices.Insert(r.Traces, 0, match.Trace{
			Rule: rule.Name, Signature: m.Signature, Start: m.Start, End: m.End,
			Why: fmt.Sprintf("would match; it needs %s on (--%s)", rule.Option, strings.ReplaceAll(rule.Option, "_", "-")),
		})
	}
	return r
}

func reportText(w io.Writer) (report func(*result) error, flush func() error) {
	page := look.New(w)
	return func(r *result) error {
		if r.bug != nil {
			page.Unexplained(r.number, r.bug)
			return nil
		}
		page.Explanation(r.number, &r.Explanation)
		if r.cut {
			page.Field("note", "Only the first 64 MiB of this line were read.")
		}
		return nil
	}, page.Flush
}

func reportJSON(w io.Writer) (report func(*result) error, flush func() error) {
	out := bufio.NewWriter(w)
	encoder := newEncoder(out)
	return func(r *result) error { return encoder.Encode(r.form()) }, out.Flush
}

func (r *result) form() explained {
	form := explained{Line: r.number, Cut: r.cut}
	if r.bug != nil {
		form.Error = r.bug.Error()
	}
	if r.Rule == nil {
		for _, t := range r.Traces {
			form.Near = append(form.Near, near{t.Rule, t.Signature + 1, t.Why})
		}
		return form
	}
	form.Match = true
	form.Rule, form.Cause, form.Severity = r.Rule.Name, r.Diagnosis.Cause, string(r.Rule.Severity)
	form.Title, form.Evidence = r.Title, r.Evidence
	form.Facts, form.Diagnosis = r.Facts, &r.Diagnosis
	return form
}
