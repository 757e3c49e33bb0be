package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/authlens/authlens/cmd/authlens/internal/look"
	"github.com/authlens/authlens/cmd/authlens/internal/report"
	"github.com/authlens/authlens/cmd/authlens/internal/scan"
	"github.com/authlens/authlens/rules"
)

type scanCommand struct {
	ruleFlags
	optionFlags
	Format string   `enum:"text,json,jsonl" default:"text" help:"text, for people; json, one document; jsonl, a finding a line."`
	HTML   string   `name:"html" placeholder:"FILE" help:"Write a report to FILE too: one page that needs nothing else."`
	FailOn string   `enum:"never,low,elevated,high,critical" default:"never" help:"Exit with 3 when there is a finding at least this severe: never, low, elevated, high or critical."`
	Quiet  bool     `short:"q" help:"No progress bar."`
	Paths  []string `arg:"" name:"path" help:"Log files, folders of them, patterns; - is stdin."`
}

func (scanCommand) Help() string {
	return `Reads old logs and says what failed, where, when, why, and what to change: with the rules and the code of the plugin, in windows of the records' own times. Nothing leaves this machine.

The form of a file is recognised by its content: exports of CloudWatch Logs to S3, what "aws logs filter-log-events", "get-log-events" and "tail" print, Logs Insights results (JSON, CSV), CloudTrail, Docker json-file, containerd (CRI), "journalctl -o json", JSON lines and lists of FireLens and Fluent Bit, the ECS agent's log, "docker compose logs", "kubectl logs --prefix", and any text with or without times; plain, gzip or zstd. Times without a zone are UTC. The order of files makes no difference.

Lines without a failure are dropped as they are read. The others, beyond the first 16 MiB, go through a temporary file (TMPDIR).

Ctrl-C stops reading and shows what is known so far; a second Ctrl-C ends at once.

Examples:
  authlens scan app.log
  authlens scan --html report.html exported/
  aws logs tail /ecs/orders --since 1h | authlens scan -
  authlens scan --fail-on high 'logs/*.gz'`
}

// Validate refuses what would be taken for a file named -, stdout has the findings; and a file
// that is no report: where --html was given no name, the shell has put that of the first log in
// its place.
func (c *scanCommand) Validate() error {
	switch {
	case c.HTML == "-":
		return errors.New(`--html: expected the name of a file; got "-"`)
	case holdsOther(c.HTML):
		return fmt.Errorf("--html: expected the name of a new file, or of an earlier report; %s holds something else, which would be lost", c.HTML)
	}
	return nil
}

// holdsOther tells whether the file with that name holds something that is no page of HTML.
func holdsOther(name string) bool {
	info, err := os.Stat(name) // before it is opened: a pipe would wait for somebody to write
	if err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
		return false
	}
	f, err := os.Open(name)
	if err != nil {
		return false // to write it fails too, and says why
	}
	defer f.Close()
	const page = "<!doctype html"
	head := make([]byte, len(page))
	n, _ := io.ReadFull(f, head)
	return !strings.EqualFold(string(head[:n]), page)
}

func (c *scanCommand) Run(here place) error {
	cfg, err := c.config(c.ruleFlags)
	if err != nil {
		return err
	}
	explainer, err := explainerOf(&cfg)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends at once

	bar := newProgress(here.stderr, c.Quiet)
	result, err := scan.Run(ctx, scan.Options{
		Paths: c.Paths, Stdin: here.stdin, Config: cfg, Explainer: explainer,
		Begin: bar.begin, Progress: bar.add,
	})
	bar.end()
	if err != nil {
		return err
	}
	status := c.status(result, here)
	if err := c.write(result, here); err != nil {
		// It was not done, whatever was found.
		return errors.Join(err, withoutCode(status))
	}
	return status
}

// withoutCode is err without an exit code of its own.
func withoutCode(err error) error {
	if err == nil {
		return nil
	}
	return errors.New(err.Error())
}

// write writes the result in every form that is asked for; what goes wrong with one
// does not prevent the others.
func (c *scanCommand) write(r *scan.Result, here place) error {
	err := c.writeFindings(r, here)
	if c.HTML != "" {
		err = errors.Join(err, writePage(c.HTML, r))
	}
	return err
}

// writeFindings writes the result to stdout.
func (c *scanCommand) writeFindings(r *scan.Result, here place) error {
	switch c.Format {
	case "json":
		return writeJSON(here.stdout, scanForm(r))
	case "jsonl":
		out := newEncoder(here.stdout)
		for i := range r.Findings {
			if err := out.Encode(&r.Findings[i]); err != nil {
				return err
			}
		}
		return nil
	}
	page := look.New(here.stdout)
	page.Scan(r)
	return page.Flush()
}

// writePage writes the report, which quotes logs, so only its owner may read it.
func writePage(name string, r *scan.Result) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		err = f.Chmod(0o600) // an existing file may be readable by all
		if err != nil {
			return errors.Join(err, f.Close())
		}
	}
	return errors.Join(report.Write(f, r, version), f.Close())
}

// status returns the error that decides the exit code.
func (c *scanCommand) status(r *scan.Result, here place) error {
	unread := look.Unread(r)
	if c.Format != "text" {
		for _, f := range unread {
			fmt.Fprintf(here.stderr, "authlens: %s: %s\n", f.Name, look.Reason(f))
		}
	}
	if limit := rules.Severity(c.FailOn).Rank(); limit > 0 {
		for i := range r.Findings {
			if rules.Severity(r.Findings[i].Severity).Rank() >= limit {
				return &exit{code: exitFound, text: fmt.Sprintf("a finding is %s or worse (--fail-on)", c.FailOn)}
			}
		}
	}
	switch {
	case r.Interrupted:
		return &exit{code: exitInterrupted, text: "stopped before the end"}
	case len(unread) > 0:
		return fmt.Errorf("not read, or not to the end: %s", look.Number(int64(len(unread)), "file"))
	}
	return nil
}

// scanned is the JSON form of a scan's result. It is published.
type scanned struct {
	Schema      int            `json:"schema"` // version of this form
	Findings    []scan.Finding `json:"findings"`
	Omitted     int            `json:"findings_omitted,omitempty"`
	Seldom      []scan.Finding `json:"below_threshold,omitempty"`
	Events      int64          `json:"events"` // failures, told or not
	Records     int64          `json:"records"`
	Bytes       int64          `json:"bytes"`
	Files       []scannedFile  `json:"files"`
	Interrupted bool           `json:"interrupted,omitempty"`
}

type scannedFile struct {
	Name    string `json:"name"`
	Format  string `json:"format,omitempty"`
	Records int64  `json:"records"`
	Bytes   int64  `json:"bytes"`
	Untimed bool   `json:"untimed,omitempty"` // its records have no time
	Skipped string `json:"skipped,omitempty"` // why it is no log
	Error   string `json:"error,omitempty"`   // why it was not read to its end
}

func scanForm(r *scan.Result) scanned {
	form := scanned{
		Schema: 1, Findings: r.Findings, Omitted: r.Omitted, Seldom: r.Seldom,
		Events: r.Events, Records: r.Records, Bytes: r.Bytes, Interrupted: r.Interrupted,
	}
	if form.Findings == nil {
		form.Findings = []scan.Finding{}
	}
	for i := range r.Files {
		f := &r.Files[i]
		file := scannedFile{Name: f.Name, Format: f.Format, Records: f.Stats.Records, Bytes: f.Stats.Bytes, Untimed: f.Untimed(), Skipped: f.Skipped}
		if f.Err != nil {
			file.Error = look.Reason(f)
		}
		form.Files = append(form.Files, file)
	}
	return form
}
