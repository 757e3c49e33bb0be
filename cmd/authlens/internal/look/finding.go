package look

import (
	"cmp"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/authlens/authlens/engine/finding"
)

// Finding writes one finding so that a person sees what is wrong, where, since
// when, and what to change. Notes follow what it says about the time.
func (p *Page) Finding(f *finding.Finding, notes ...Note) {
	title := p.Bold(printed(f.Title))
	if at := place(f.Scope); at != "" {
		title += p.dim(" · " + printed(at))
	}
	p.Line(p.badge(f.Severity), " ", title)
	p.paragraph(bold, f.Summary)
	p.Line()
	p.Field("where", where(f))
	p.Field("when", when(f))
	for _, n := range notes {
		p.Field(n.Label, n.Text)
	}
	p.Field("who", who(&f.Facts, &f.Diagnosis))
	p.Field("what", what(&f.Facts, &f.Diagnosis))
	p.diagnosis(&f.Diagnosis)
	p.excerpt("log", clip(f.Evidence, evidenceShown))
	p.Field("id", join(" · ", f.Fingerprint, "rule "+f.Rule, told(f)))
	p.Line()
}

// A Note is a labelled text about a finding.
type Note struct{ Label, Text string }

// About returns where, when, who and what of a finding.
func About(f *finding.Finding) []Note {
	var notes []Note
	for _, n := range []Note{
		{"Where", where(f)},
		{"When", when(f)},
		{"Who", who(&f.Facts, &f.Diagnosis)},
		{"What", what(&f.Facts, &f.Diagnosis)},
		{"Rule", f.Rule},
		{"Fingerprint", f.Fingerprint},
	} {
		if n.Text != "" {
			notes = append(notes, n)
		}
	}
	return notes
}

// A Piece is a part of a text: words, or code between backquotes.
type Piece struct {
	Text string
	Code bool
}

// Pieces takes a text apart where there are backquotes.
func Pieces(text string) []Piece {
	var pieces []Piece
	for i, part := range strings.Split(text, "`") {
		if part != "" {
			pieces = append(pieces, Piece{part, i%2 == 1})
		}
	}
	return pieces
}

// evidenceShown is how much of a finding's evidence is shown, in characters.
const evidenceShown = 600

// Overview writes a line for each finding: how bad, when, where, how often, what.
func (p *Page) Overview(findings []finding.Finding) {
	longest := 0
	var first, last time.Time
	for i := range findings {
		longest = max(longest, utf8.RuneCountInString(place(findings[i].Scope)))
		if at := findings[i].FirstSeen; first.IsZero() || at.Before(first) {
			first = at
		}
		if at := findings[i].FirstSeen; at.After(last) {
			last = at
		}
	}
	clock := time.TimeOnly
	switch span := last.Sub(first); {
	case Layout(span) == time.DateOnly:
		clock = time.DateOnly
	case span > 24*time.Hour || first.UTC().YearDay() != last.UTC().YearDay():
		clock = "Jan 02 15:04"
	}
	for i := range findings {
		f := &findings[i]
		what := cmp.Or(f.Diagnosis.Headline, f.Title)
		where := place(f.Scope)
		begin := fmt.Sprintf("  %s  %s%s %5d×  ", f.FirstSeen.UTC().Format(clock),
			printed(where), strings.Repeat(" ", longest-utf8.RuneCountInString(where)), f.Counts.Events)
		badge := p.badge(f.Severity) + strings.Repeat(" ", max(0, severityWidth-2-len(f.Severity)))
		indent := severityWidth + utf8.RuneCountInString(begin)
		for n, line := range wrapped(what, max(p.width-indent, widthMin/2), wholeWords) {
			if n > 0 {
				badge, begin = "", strings.Repeat(" ", indent)
			}
			p.Line(badge, begin, line)
		}
	}
}

// severityWidth is the width of the widest badge.
const severityWidth = 10

// clip returns s, or its first characters when it has more than n.
func clip(s string, n int) string {
	if runes := []rune(s); len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return s
}

// told says where a finding stands and why it was told.
func told(f *finding.Finding) string {
	if string(f.State) == string(f.Reason) {
		return string(f.State)
	}
	return fmt.Sprintf("%s (%s)", f.State, f.Reason)
}

// place is the shortest name of a scope that a person recognises.
func place(s finding.Scope) string {
	return join("/", s.Family, s.Container)
}

func where(f *finding.Finding) string {
	text := join(" / ", f.Scope.Cluster, cmp.Or(f.Scope.TaskDefinition, f.Scope.Family), f.Scope.Container)
	switch tasks := f.Counts.Tasks; {
	case tasks > 1 && f.Counts.TasksApprox:
		text += fmt.Sprintf(" · about %d tasks", tasks)
	case tasks > 1:
		text += fmt.Sprintf(" · %d tasks", tasks)
	case f.Scope.Task != "":
		text += " · task " + f.Scope.Task
	}
	return text
}

func when(f *finding.Finding) string {
	text := Between(f.FirstSeen.UTC(), f.LastSeen.UTC())
	text += fmt.Sprintf(" · %s in %s of %d s", Number(f.Counts.Events, "event"),
		Number(int64(f.Counts.Windows), "window"), f.Counts.WindowSeconds)
	if f.Counts.Late > 0 {
		text += fmt.Sprintf(" · %d late", f.Counts.Late)
	}
	if f.State == finding.Resolved {
		text += " · resolved"
	}
	return text
}

func join(separator string, parts ...string) string {
	var known []string
	for _, s := range parts {
		if s != "" {
			known = append(known, s)
		}
	}
	return strings.Join(known, separator)
}
