package look

import (
	"fmt"
	"strings"
	"time"

	"github.com/authlens/authlens/engine/finding"
)

// Finding writes one finding so that a person sees what is wrong, where, since
// when, and what to change.
func (p *Page) Finding(f *finding.Finding) {
	p.Line(p.Badge(f.Severity), " ", p.Bold(Printable(f.Title)), p.Dim(" · "+Printable(place(f.Scope))))
	p.paragraph(bold, f.Summary)
	p.Line()
	p.Field("where", where(f))
	p.Field("when", when(f))
	p.Field("who", who(&f.Facts, &f.Diagnosis))
	p.Field("what", what(&f.Facts, &f.Diagnosis))
	p.diagnosis(&f.Diagnosis)
	p.Field("log", f.Evidence)
	p.Field("id", fmt.Sprintf("%s · rule %s · %s, told because: %s", f.Fingerprint, f.Rule, f.State, f.Reason))
	p.Line()
}

// place is the shortest name of a scope that a person recognises.
func place(s finding.Scope) string {
	return join("/", s.Family, s.Container)
}

func where(f *finding.Finding) string {
	definition := f.Scope.TaskDefinition
	if definition == "" {
		definition = f.Scope.Family
	}
	text := join(" / ", f.Scope.Cluster, definition, f.Scope.Container)
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
	text := between(f.FirstSeen.UTC(), f.LastSeen.UTC())
	text += fmt.Sprintf(" · %s in %s of %d s", number(f.Counts.Events, "event"),
		number(int64(f.Counts.Windows), "window"), f.Counts.WindowSeconds)
	if f.Counts.Late > 0 {
		text += fmt.Sprintf(" · %d late", f.Counts.Late)
	}
	if f.State == finding.Resolved {
		text += " · resolved"
	}
	return text
}

// between names two times of day, the day once.
func between(from, to time.Time) string {
	const day, clock = "2006-01-02", "15:04:05"
	switch {
	case to.Sub(from) < time.Second:
		return from.Format(day+" "+clock) + " UTC"
	case from.Format(day) == to.Format(day):
		return from.Format(day+" "+clock) + " – " + to.Format(clock) + " UTC"
	}
	return from.Format(day+" "+clock) + " – " + to.Format(day+" "+clock) + " UTC"
}

func number(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
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
