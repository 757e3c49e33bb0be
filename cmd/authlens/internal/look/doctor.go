package look

import (
	"fmt"
	"strings"

	"github.com/authlens/authlens/cmd/authlens/internal/doctor"
)

// fixesShown is how many steps of a fix are shown, so that all fits a screen.
const fixesShown = 3

// Doctor writes what an examination showed: the worst first, with its fix, then a
// line for each check that went well.
func (p *Page) Doctor(r *doctor.Report) {
	problems, warnings := 0, 0
	checks := r.WorstFirst()
	told := map[string]bool{} // explanations, so that each is written once
	for i := range checks {
		c := &checks[i]
		p.check(c)
		if c.Status == doctor.Problem || c.Status == doctor.Warning {
			p.remedy(c, !told[c.Explain])
			told[c.Explain] = true
		}
		switch c.Status {
		case doctor.Problem:
			problems++
		case doctor.Warning:
			warnings++
		}
	}
	p.Line()
	verdict := p.good("healthy")
	switch {
	case problems > 0:
		verdict = p.Bold(Number(int64(problems), "problem"))
	case warnings > 0:
		verdict = p.Bold("healthy, with " + Number(int64(warnings), "warning"))
	}
	p.Line(verdict, from(r))
}

func from(r *doctor.Report) string {
	switch {
	case r.Source == "":
		return " · no credentials found"
	case r.Identity != "":
		return fmt.Sprintf(" · credentials from the %s, known to AWS as %s", r.Source, printed(r.Identity))
	}
	for _, c := range r.Checks {
		if c.Source && c.Status == doctor.Problem {
			return " · no good credentials from the " + r.Source
		}
	}
	return " · credentials from the " + r.Source
}

// stepWidth is the width of the longest name of a step.
const stepWidth = 18

func (p *Page) check(c *doctor.Check) {
	step := c.Step + strings.Repeat(" ", max(1, stepWidth+1-len(c.Step)))
	found := c.Found
	if c.Source {
		found += " SDKs take their credentials here."
	}
	if c.Millis > 0 {
		found += fmt.Sprintf(" (%d ms)", c.Millis)
	}
	mark := p.mark(c.Status)
	for i, line := range wrapped(found, p.width-markWidth-stepWidth-2, wholeWords) {
		if i > 0 {
			mark, step = strings.Repeat(" ", markWidth), strings.Repeat(" ", stepWidth+1)
		}
		switch c.Status {
		case doctor.Problem:
			p.Line(mark, p.Bold(step), p.Bold(line))
		case doctor.Unused:
			p.Line(mark, p.dim(step+line))
		default:
			p.Line(mark, step, line)
		}
	}
}

// remedy writes what to change about a check, and what it means.
func (p *Page) remedy(c *doctor.Check, explain bool) {
	p.indent = markWidth
	defer func() { p.indent = 0 }()
	if explain {
		p.Field("means", c.Explain)
	}
	shown := c.Fix[:min(len(c.Fix), fixesShown)]
	p.items("fix", shown, len(c.Fix) > 1)
	if more := len(c.Fix) - len(shown); more > 0 {
		p.Field("", fmt.Sprintf("and %s more: authlens doctor --format json", Number(int64(more), "step")))
	}
}

// markWidth is the width of a mark and its blanks.
const markWidth = 10

func (p *Page) mark(s doctor.Status) string {
	style := map[doctor.Status]string{
		doctor.Problem: "1;7;31",
		doctor.Warning: "1;30;43",
		doctor.OK:      green,
		doctor.Unused:  dim,
	}[s]
	text := map[doctor.Status]string{
		doctor.Problem: " PROBLEM ",
		doctor.Warning: " WARNING ",
		doctor.OK:      "    ok   ",
		doctor.Unused:  "    –    ",
	}[s]
	return p.styled(style, text) + " "
}
