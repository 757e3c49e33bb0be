package look

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/authlens/authlens/engine/explain"
)

// nearMax is how many signatures that came near are shown if none matches.
const nearMax = 4

// Unexplained writes why there is nothing to say about line n of an input.
func (p *Page) Unexplained(n int, why error) {
	p.Line(p.lineNumber(n), "not explained: ", printed(why.Error()))
}

func (p *Page) lineNumber(n int) string { return p.dim(fmt.Sprintf("line %d ", n)) }

// Explanation writes what there is to say about line n of an input.
func (p *Page) Explanation(n int, x *explain.Explanation) {
	number := p.lineNumber(n)
	if x.Rule == nil {
		p.Line(number, p.good("no failure"))
		for i, t := range x.Traces {
			if i == nearMax {
				p.Field("", fmt.Sprintf("and %d more", len(x.Traces)-nearMax))
				break
			}
			p.Field("", fmt.Sprintf("%s, signature %d: %s", t.Rule, t.Signature+1, t.Why))
		}
		return
	}
	p.Line(number, p.badge(string(x.Rule.Severity)), " ", p.Bold(x.Title), p.dim(" · rule "+x.Rule.Name))
	p.paragraph(bold, x.Diagnosis.Headline)
	p.Line()
	p.evidence(x)
	p.facts("says", &x.Facts)
	if d := &x.Diagnosis; d.RoleKind != "" && d.RoleKind != "unknown" {
		p.Field("role", role(d))
	}
	p.Field("needs", x.Diagnosis.RequiredAction)
	p.Field("cause", join(" · ", x.Diagnosis.Cause, x.Diagnosis.Kind))
	p.diagnosis(&x.Diagnosis)
	p.Line()
}

// around is how much of a text is shown on either side of the evidence, in
// characters.
const around = 320

// evidence writes the text around the evidence, and underlines the evidence: by a
// style or, without colours, by a line of its own.
func (p *Page) evidence(x *explain.Explanation) {
	text := printable(x.Excerpt)
	mark := span{}
	if at := strings.Index(x.Excerpt, x.Evidence); x.Evidence != "" && at >= 0 {
		mark.from = utf8.RuneCountInString(x.Excerpt[:at])
		mark.to = mark.from + utf8.RuneCountInString(x.Evidence)
	}
	if to := mark.to + around; to < len(text) {
		text = append(text[:to:to], '…')
	}
	if from := mark.from - around; from > 0 {
		text = append([]rune{'…'}, text[from:]...)
		mark = span{mark.from - from + 1, mark.to - from + 1}
	}
	label := "text"
	for _, line := range wrap(text, p.width-labelWidth, brokenWords) {
		a, b := clamp(mark.from, line), clamp(mark.to, line)
		p.margin(label)
		label = ""
		p.Line(string(text[line.from:a]), p.styled(underline, string(text[a:b])), string(text[b:line.to]))
		if a < b && !p.colour {
			p.margin("")
			p.Line(strings.Repeat(" ", a-line.from), strings.Repeat("^", b-a))
		}
	}
}

func clamp(i int, s span) int { return max(s.from, min(i, s.to)) }
