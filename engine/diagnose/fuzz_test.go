package diagnose

import (
	"testing"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/rules"
)

// Facts come from log lines that anybody may have written: whatever they hold,
// what leaves is clean text and, if there is a statement, a valid one.
func FuzzDiagnose(f *testing.F) {
	f.Add("s3:GetObject", "arn:aws:s3:::company-reports/a/b.csv", "arn:aws:sts::210987654321:assumed-role/orders-task/"+taskID, "orders-task", "", "")
	f.Add("sts:AssumeRole", "arn:aws:iam::210987654321:role/x", "arn:aws:iam::210987654321:user/ci", "", "resource", "unable to assume ECS")
	f.Add("kms:Decrypt", "alias/x", "", "", "", "")
	f.Add("execute-api:Invoke", "arn:aws:execute-api:eu-west-1:****4321:a/b/GET/", "arn:aws:sts::***:assumed-role/x/y", "x", "", "")
	f.Add("logs:PutLogEvents", "arn:aws:logs:::log-group:", "x", "y", "scp", "")
	f.Add(":", "arn:::::", ":::::", "/", "?", "{action}")
	set, err := rules.Default()
	if err != nil {
		f.Fatal(err)
	}
	own := &rules.Set{Causes: set.Causes}
	for _, c := range set.Causes {
		own.Rules = append(own.Rules, rules.Rule{Name: c.Name, Cause: c.Name})
	}
	d, err := New(own)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, action, resource, principal, role, denyType, text string) {
		s := Subject{Text: text, Tasks: len(text), Facts: extract.Facts{
			Action: action, Resource: resource, PrincipalARN: principal, RoleName: role, Account: role, DenyType: denyType,
			Operation: action, Service: denyType, Endpoint: resource, DatabaseUser: role, DatabaseHost: principal, SessionName: role,
		}}
		for i := range own.Rules {
			got := d.Diagnose(&own.Rules[i], s)
			if got.Headline == "" || len(got.Fix) == 0 && denyType == "" {
				t.Errorf("%s: nothing said: %+v", own.Rules[i].Name, got)
			}
			for _, said := range append(got.Fix, got.Headline, got.Explain, got.Verify) {
				for _, c := range said {
					if c < ' ' || c == 0x7f || c == 0xfffd && !containsReplacement(s.Facts) {
						t.Fatalf("%s: unclean text %q", own.Rules[i].Name, said)
					}
				}
			}
			if got.Statement != nil {
				checkGrammar(t, got.Statement)
			}
		}
	})
}

// containsReplacement reports whether a fact holds U+FFFD of its own.
func containsReplacement(f extract.Facts) bool {
	for _, s := range []string{f.Action, f.Resource, f.PrincipalARN, f.RoleName, f.DenyType} {
		for _, c := range s {
			if c == 0xfffd {
				return true
			}
		}
	}
	return false
}
