package examples

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// A policy, as far as the examples use IAM's grammar: "IAM JSON policy
// reference", chapter "Grammar".
type policy struct {
	Version   string
	Statement []struct {
		Sid       string
		Effect    string
		Principal map[string]texts
		Action    texts
		Resource  texts
		Condition map[string]map[string]texts
	}
}

// texts is a string or a list of them.
type texts []string

func (t *texts) UnmarshalJSON(b []byte) error {
	var one string
	if err := json.Unmarshal(b, &one); err == nil {
		*t = texts{one}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(t))
}

var (
	sidForm      = regexp.MustCompile(`^[A-Za-z0-9]*$`)
	actionForm   = regexp.MustCompile(`^[a-z0-9-]+:[A-Z][A-Za-z]+$`) // no wildcard: least privilege
	resourceForm = regexp.MustCompile(`^arn:aws:[a-z0-9-]+:[a-z0-9-]*:(\d{12})?:[^\s]+$`)
	operatorForm = regexp.MustCompile(`^(ForAnyValue:|ForAllValues:)?(String|Arn|Numeric|Date|IpAddress|Bool|Null)[A-Za-z]*$`)
)

func TestPolicies(t *testing.T) {
	for _, name := range all(t, ".json") {
		if !strings.Contains(name, "policy") {
			continue
		}
		d := json.NewDecoder(strings.NewReader(read(t, name)))
		d.DisallowUnknownFields()
		var p policy
		if err := d.Decode(&p); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, problem := range problems(&p, strings.Contains(name, "trust")) {
			t.Errorf("%s: %s", name, problem)
		}
	}
}

func problems(p *policy, trust bool) (all []string) {
	say := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	if p.Version != "2012-10-17" || len(p.Statement) == 0 {
		say("expected version 2012-10-17 and statements; got %q and %d", p.Version, len(p.Statement))
	}
	for _, s := range p.Statement {
		if s.Effect != "Allow" && s.Effect != "Deny" || !sidForm.MatchString(s.Sid) {
			say("effect %q, Sid %q", s.Effect, s.Sid)
		}
		if trust != (len(s.Principal) > 0) || trust == (len(s.Resource) > 0) {
			say("%s: a trust policy has principals, another policy resources", s.Sid)
		}
		if len(s.Action) == 0 {
			say("%s: no action", s.Sid)
		}
		for _, action := range s.Action {
			if !actionForm.MatchString(action) {
				say("%s: action %q", s.Sid, action)
			}
		}
		for _, resource := range s.Resource {
			// The one action here that has no resources.
			all := resource == "*" && len(s.Action) == 1 && s.Action[0] == "ecr:GetAuthorizationToken"
			metrics := resource == "*" && len(s.Action) == 1 && s.Action[0] == "cloudwatch:PutMetricData" && len(s.Condition) > 0
			if !all && !metrics && !resourceForm.MatchString(resource) {
				say("%s: resource %q", s.Sid, resource)
			}
		}
		for operator := range s.Condition {
			if !operatorForm.MatchString(operator) {
				say("%s: condition %q", s.Sid, operator)
			}
		}
	}
	return all
}

// The check itself finds what is wrong.
func TestPolicyProblems(t *testing.T) {
	f := func(text string, want int) {
		t.Helper()
		var p policy
		if err := json.Unmarshal([]byte(text), &p); err != nil {
			t.Fatal(err)
		}
		if got := problems(&p, false); len(got) != want {
			t.Errorf("%s\ngot %d problems, want %d: %q", text, len(got), want, got)
		}
	}
	f(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}`, 0)
	f(`{"Version":"2012-10-18","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}`, 1)
	f(`{"Version":"2012-10-17","Statement":[{"Effect":"allow","Action":"s3:*","Resource":"*"}]}`, 3)
	f(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject"]}]}`, 1)
}
