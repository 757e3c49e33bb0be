package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"

	"github.com/authlens/authlens/cmd/authlens/internal/input"
	"github.com/authlens/authlens/cmd/authlens/internal/logfile"
	"github.com/authlens/authlens/cmd/authlens/internal/look"
	"github.com/authlens/authlens/cmd/authlens/internal/scan"
	"github.com/authlens/authlens/engine/finding"
)

type showCommand struct {
	Each bool   `help:"Show every snapshot as it comes, not only the last of each finding."`
	File string `arg:"" optional:"" default:"-" help:"Findings as JSON Lines, or logs with findings in them, such as what \"aws logs tail\" or jq prints; - is stdin. Other lines are passed over."`
}

func (c *showCommand) Run(here place) error {
	file, err := logfile.OpenText(c.File, here.stdin)
	if err != nil {
		return err
	}
	defer file.Close()
	page := look.New(here.stdout)
	return showFindings(page, file, c.Each)
}

// showFindings shows the findings among the lines of r: each as it comes, or at the end
// the last snapshot of every one, the worst first.
func showFindings(page *look.Page, r io.Reader, each bool) error {
	last := map[string]finding.Finding{}
	passedOver, foreign := int64(0), int64(0)
	var spread spreadObject
	for lines := input.NewLines(r); ; {
		line, err := lines.Next()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		f, ok := findingIn(line, 0)
		if ok {
			spread.forget()
		} else if object := spread.add(line); object != nil {
			if f, ok = findingIn(object, 0); ok {
				passedOver -= spread.lines - 1
			}
			spread.forget()
		}
		switch {
		case !ok:
			passedOver++
			continue
		case f.Schema != finding.Schema:
			foreign++
			continue
		}
		last[f.Fingerprint] = f
		if each {
			page.Finding(&f)
			if err := page.Flush(); err != nil {
				return err
			}
		}
	}
	if each {
		page.Line(page.Bold(look.Total(slices.Collect(maps.Values(last)))))
	} else {
		showLast(page, last)
	}
	if len(last) == 0 && passedOver > 0 {
		page.Field("note", look.Number(passedOver, "line")+" passed over: none holds a finding.")
	}
	if foreign > 0 {
		page.Field("note", fmt.Sprintf("%s passed over: a finding in another form (schema) than %d, the one this authlens knows.", look.Number(foreign, "line"), finding.Schema))
	}
	return page.Flush()
}

// A spreadObject is a JSON object over several lines, as jq and CloudWatch's console
// print one.
type spreadObject struct {
	text   []byte
	lines  int64  // so far; 0: no object has begun
	indent []byte // the blanks before its braces
}

// spreadMax is the longest one that is put together, in bytes: room for a finding of 16 KB
// and the blanks before its lines.
const spreadMax = 64 << 10

// add takes the next line and returns the object that it ends, or nil. A line of just a brace
// begins one: there is none inside a finding.
func (s *spreadObject) add(line []byte) []byte {
	trimmed := bytes.TrimSpace(line)
	indent := line[:bytes.Index(line, trimmed)]
	if string(trimmed) == "{" {
		s.forget()
		s.indent = append(s.indent[:0], indent...)
	} else if s.lines == 0 {
		return nil
	}
	if len(s.text)+len(line) > spreadMax {
		s.forget()
		return nil
	}
	s.text = append(append(s.text, line...), '\n')
	s.lines++
	if !bytes.HasPrefix(trimmed, []byte("}")) || !bytes.Equal(indent, s.indent) {
		return nil
	}
	return s.text
}

func (s *spreadObject) forget() { s.text, s.lines = s.text[:0], 0 }

// maxWrapped is how many strings within strings a finding is looked for in: it may be a
// record in the log of a record.
const maxWrapped = 3

// quotedFinding is a JSON string that may hold a finding.
var quotedFinding = regexp.MustCompile(`"(?:[^"\\]|\\.)*fingerprint(?:[^"\\]|\\.)*"`)

// findingIn returns the finding that a line is or holds: behind a time, as "aws logs
// tail" prints it, or in a string, as in the records of forward_format json and the
// events of CloudWatch Logs.
func findingIn(line []byte, wrapped int) (finding.Finding, bool) {
	if !bytes.Contains(line, []byte("fingerprint")) || wrapped > maxWrapped {
		return finding.Finding{}, false
	}
	if from := bytes.IndexByte(line, '{'); from >= 0 {
		var f finding.Finding
		if json.NewDecoder(bytes.NewReader(line[from:])).Decode(&f) == nil && f.Fingerprint != "" && f.Schema != 0 {
			return f, true
		}
	}
	var text string
	if quoted := quotedFinding.Find(line); quoted == nil || json.Unmarshal(quoted, &text) != nil {
		return finding.Finding{}, false
	}
	return findingIn([]byte(text), wrapped+1)
}

// showLast shows findings, the worst first, then how many there are and all of
// them at a glance.
func showLast(page *look.Page, findings map[string]finding.Finding) {
	list := slices.SortedFunc(maps.Values(findings), func(a, b finding.Finding) int {
		return scan.WorstFirst(scan.Finding{Finding: a}, scan.Finding{Finding: b})
	})
	for i := range list {
		page.Finding(&list[i])
	}
	page.Line(page.Bold(look.Total(list)))
	page.Overview(list)
}
