package look

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/authlens/authlens/cmd/authlens/internal/scan"
	"github.com/authlens/authlens/engine/finding"
)

const (
	// sparkWidth is the most bars of a sparkline.
	sparkWidth = 48
	// filesShown is how many files are named that could not be read.
	filesShown = 20
)

// Scan writes what a scan found: every finding, then all of them at a glance.
func (p *Page) Scan(r *scan.Result) {
	chart := r.Timeline.Chart(r.First, r.Last, sparkWidth)
	for i := range r.Findings {
		f := &r.Findings[i]
		series := scan.Series{Service: scan.Service(f.Scope.Family, f.Scope.Container), Cause: f.Diagnosis.Cause}
		var notes []Note
		if bars := chart.Counts[series]; chart.Bars > 1 && bars != nil {
			notes = append(notes, Note{"trend", timeline(bars, &chart)})
		}
		if n := len(f.Episodes); n > 0 {
			notes = append(notes, Note{"again", fmt.Sprintf("it came back: %d times from %s, %s altogether; the worst is shown",
				n+f.EpisodesOmitted, Between(f.Episodes[0].FirstSeen, f.Episodes[n-1].LastSeen), Number(f.Events(), "event"))})
		}
		p.Finding(&f.Finding, notes...)
	}
	all := Snapshots(r.Findings)
	p.Line(p.Bold(Total(all)))
	p.Overview(all)
	p.Line()
	p.items("seldom", Seldom(r), false)
	if chart.Bars > 1 {
		everything := chart.Sum(func(scan.Series) bool { return true })
		p.Field("failures", timeline(everything, &chart))
	}
	p.Field("read", readText(r))
	for _, text := range Remarks(r) {
		p.Field("note", text)
	}
	p.unread(r)
}

// seldomShown is how many failures below the threshold are listed.
const seldomShown = 20

// Seldom says what failures there were too few of for a finding, and how many, the most
// frequent first.
func Seldom(r *scan.Result) []string {
	list := Snapshots(r.Seldom)
	slices.SortStableFunc(list, func(a, b finding.Finding) int { return cmp.Compare(b.Counts.Events, a.Counts.Events) })
	var lines []string
	for i := range list[:min(len(list), seldomShown)] {
		f := &list[i]
		lines = append(lines, fmt.Sprintf("%d × %s · %s, %s", f.Counts.Events, place(f.Scope),
			cmp.Or(strings.TrimSuffix(f.Diagnosis.Headline, "."), f.Title), Between(f.FirstSeen, f.LastSeen)))
	}
	if n := len(list) - len(lines); n > 0 {
		lines = append(lines, fmt.Sprintf("and %d other kinds of failure", n))
	}
	return lines
}

// Snapshots returns the findings as one snapshot each, covering all their episodes.
func Snapshots(list []scan.Finding) []finding.Finding {
	var all []finding.Finding
	for i := range list {
		f := list[i].Finding
		f.Counts.Events = list[i].Events()
		f.FirstSeen = list[i].Began()
		all = append(all, f)
	}
	return all
}

// Total counts findings by severity.
func Total(list []finding.Finding) string {
	severities := map[string]int{}
	for i := range list {
		severities[list[i].Severity]++
	}
	text := Number(int64(len(list)), "finding")
	separator := ": "
	for _, s := range []string{"critical", "high", "elevated", "low"} {
		if severities[s] > 0 {
			text += fmt.Sprintf("%s%d %s", separator, severities[s], s)
			separator = ", "
		}
	}
	return text
}

// timeline draws bars between the times at which they begin and end.
func timeline(bars []int64, c *scan.Chart) string {
	end := c.Begin(c.Bars)
	layout := Layout(end.Sub(c.Start))
	return fmt.Sprintf("%s %s %s · a bar is %s", c.Start.Format(layout), strings.ReplaceAll(sparkline(bars), " ", "·"), end.Format(layout), Duration(c.Width))
}

// readText says how much was read, how fast, and of which time.
func readText(r *scan.Result) string {
	files := 0
	for i := range r.Files {
		if r.Files[i].Format != "" {
			files++
		}
	}
	text := fmt.Sprintf("%s, %s, %s in %s", Number(int64(files), "file"), Number(r.Records, "record"), Size(r.Bytes), r.Took.Round(10*time.Millisecond))
	if !r.First.IsZero() {
		text += " · of " + Between(r.First.UTC(), r.Last.UTC())
	}
	return text
}

// Remarks say what to know about how a result came about.
func Remarks(r *scan.Result) []string {
	var untimed, cut, skipped, bare int64
	for i := range r.Files {
		f := &r.Files[i]
		cut += f.Stats.Cut
		if f.Untimed() {
			untimed++
		}
		switch f.Skipped {
		case "":
		case scan.NoFiles:
			bare++
		default:
			skipped++
		}
	}
	var remarks []string
	note := func(n int64, noun, text string) {
		if n > 0 {
			remarks = append(remarks, Number(n, noun)+" "+text)
		}
	}
	if r.Interrupted {
		remarks = append(remarks, "Stopped before the end: this is what is known so far.")
	}
	note(untimed, "file", "without times: read in the order of lines, and counted as if all of it had happened when the file was last changed.")
	note(cut, "line", "longer than 1 MiB: only that much of each was read.")
	note(skipped, "file", "passed over: empty, no text, a document by its name, or CloudWatch's write test.")
	note(bare, "folder", "without a file in it.")
	note(r.Own, "record", "passed over that are findings of AuthLens itself.")
	note(r.Lost, "failure", "counted together: more different ones at once than are told apart (max_groups).")
	note(int64(r.Omitted), "finding", "more than are listed.")
	note(int64(len(r.Seldom)), "kind", "of failure below the threshold of a finding (see --option threshold).")
	return remarks
}

// Unread returns the files that were not read to their end.
func Unread(r *scan.Result) []*scan.File {
	var list []*scan.File
	for i := range r.Files {
		if r.Files[i].Err != nil {
			list = append(list, &r.Files[i])
		}
	}
	return list
}

// Reason says why a file was not read to its end, without its name.
func Reason(f *scan.File) string {
	if of := new(fs.PathError); errors.As(f.Err, &of) {
		return of.Err.Error()
	}
	return strings.TrimPrefix(f.Err.Error(), f.Name+": ")
}

func (p *Page) unread(r *scan.Result) {
	list := Unread(r)
	label := "not read"
	for i, f := range list {
		if i == filesShown {
			p.Field("", fmt.Sprintf("and %s more", Number(int64(len(list)-i), "file")))
			break
		}
		text := Reason(f)
		if f.Stats.Records > 0 {
			text += fmt.Sprintf(" (after %s, which count)", Number(f.Stats.Records, "record"))
		}
		p.Field(label, f.Name+": "+text)
		label = ""
	}
}
