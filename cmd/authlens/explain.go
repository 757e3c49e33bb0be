package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/authlens/authlens/cmd/authlens/internal/input"
	"github.com/authlens/authlens/cmd/authlens/internal/logfile"
	"github.com/authlens/authlens/cmd/authlens/internal/look"
	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/explain"
	"github.com/authlens/authlens/engine/extract"
)

type explainCommand struct {
	ruleFlags
	Format string `enum:"text,json" default:"text" help:"text, for people; or json, one object for each line."`
	File   string `arg:"" optional:"" default:"-" help:"Lines of plain text, or of JSON with the text under \"log\"; - is stdin."`
}

func (explainCommand) Help() string {
	return "Each line stands for itself: nothing is counted, and no error is put together from several lines. `authlens replay` does both."
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
	explainer, err := c.explainer()
	if err != nil {
		return err
	}
	file, err := logfile.OpenText(c.File, here.stdin)
	if err != nil {
		return err
	}
	defer file.Close()

	report, flush := reportText(here.stdout)
	if c.Format == "json" {
		report, flush = reportJSON(here.stdout)
	}
	return errors.Join(explainLines(explainer, file, report), flush())
}

// explainLines explains every line of r. The error says which lines were not
// read, or met a bug; those are reported all the same.
func explainLines(e *explain.Explainer, r io.Reader, report func(*result) error) error {
	var bugs []error
	lines := input.NewLines(r)
	for n := 1; ; n++ {
		line, err := lines.Next()
		if errors.Is(err, io.EOF) {
			return errors.Join(bugs...)
		} else if err != nil {
			return errors.Join(append(bugs, fmt.Errorf("line %d: %w", n, err))...)
		}
		x := explainLine(e, line)
		x.number, x.cut = n, lines.Cut()
		if x.bug != nil && len(bugs) < bugsMax {
			bugs = append(bugs, fmt.Errorf("line %d: %w", n, x.bug))
		}
		if err := report(&x); err != nil {
			return err
		}
	}
}

// bugsMax is how many lines that met a bug are named in the end.
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
func explainLine(e *explain.Explainer, line []byte) (r result) {
	defer func() {
		if p := recover(); p != nil {
			r = result{bug: fmt.Errorf("bug: %v", p)}
		}
	}()
	if record, ok := input.ParseRecord(line); ok {
		if text, ok := record.Text(); ok {
			return result{Explanation: e.Explain([]byte(text), record.Task())}
		}
	}
	return result{Explanation: e.Explain(line, diagnose.Task{})}
}

func reportText(w io.Writer) (report func(*result) error, flush func() error) {
	page := look.New(w)
	return func(r *result) error {
		page.Explanation(r.number, &r.Explanation)
		return nil
	}, page.Flush
}

func reportJSON(w io.Writer) (report func(*result) error, flush func() error) {
	out := bufio.NewWriter(w)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
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
