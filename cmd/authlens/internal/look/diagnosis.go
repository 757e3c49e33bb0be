package look

import (
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/extract"
)

// facts writes every fact that is known, under its published name.
func (p *Page) facts(label string, f *extract.Facts) {
	v := reflect.ValueOf(f).Elem()
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			continue
		}
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		p.block(label, fmt.Sprintf("%-14s ", name), fmt.Sprint(v.Field(i).Interface()), wholeWords)
		label = ""
	}
}

// who says whose role or user was refused, and how sure that is.
func who(f *extract.Facts, d *diagnose.Diagnosis) string {
	var parts []string
	switch {
	case f.RoleName != "":
		parts = append(parts, "role "+f.RoleName)
	case f.PrincipalARN != "":
		parts = append(parts, f.PrincipalARN)
	case f.DatabaseUser != "":
		parts = append(parts, "database user "+f.DatabaseUser)
	}
	if d.RoleKind != "" && d.RoleKind != "unknown" {
		parts = append(parts, role(d))
	}
	return strings.Join(parts, " · ")
}

func role(d *diagnose.Diagnosis) string {
	s := d.RoleKind
	if s != "user" { // of IAM, who has none
		s += " role"
	}
	if d.RoleCertainty != "" {
		s += ", " + d.RoleCertainty
	}
	if d.RoleWhy != "" {
		s += ": " + d.RoleWhy
	}
	return s
}

// what says which action on which resource was refused. If a call failed because it had
// no credentials, the endpoint is where they come from and not what it was about.
func what(f *extract.Facts, d *diagnose.Diagnosis) string {
	action := cmp.Or(f.Action, f.Operation)
	if d.RequiredAction != "" && d.RequiredAction != action {
		action = strings.TrimSpace(action + " (needs " + d.RequiredAction + ")")
	}
	if f.Resource == "" && action != "" && d.Kind == "credentials" {
		return join(" · ", action, f.Endpoint)
	}
	return join(" on ", action, cmp.Or(f.Resource, f.Endpoint, f.DatabaseHost))
}

// diagnosis writes what a failure means and what to change.
func (p *Page) diagnosis(d *diagnose.Diagnosis) {
	p.Field("means", d.Explain)
	p.items("fix", d.Fix, true)
	p.policy(d)
	p.verification(d)
	p.items("see", d.See, false)
}

// verification writes the command that shows whether the fix works, and where it is run.
func (p *Page) verification(d *diagnose.Diagnosis) {
	label := "check"
	if d.VerifyIn != "" {
		p.Field(label, "in "+d.VerifyIn+":")
		label = ""
	}
	p.command(label, d.Verify)
}

// policy writes the statement that helps, where it belongs, and what to know about
// it; or why there is none.
func (p *Page) policy(d *diagnose.Diagnosis) {
	label := "policy"
	if d.Statement != nil {
		if d.StatementIn != "" {
			p.Field(label, "in "+d.StatementIn+":")
			label = ""
		}
		p.verbatim(label, Statement(d.Statement))
		label = ""
	}
	p.Field(label, d.StatementNote)
}

// Statement writes a statement as IAM's editor takes it.
func Statement(s *diagnose.Statement) string {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		panic("BUG: a statement is plain JSON: " + err.Error())
	}
	return lonely.ReplaceAllString(string(text), "[$1]")
}

// lonely finds JSON lists of a single string, which are written on one line.
var lonely = regexp.MustCompile(`\[\s+("[^"\\]*")\s+\]`)
