package diagnose

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/engine/extract"
)

func TestEndpointService(t *testing.T) {
	for _, c := range []struct{ denyType, action, region, want string }{
		{"vpc_endpoint", "s3:GetObject", "eu-west-1", "com.amazonaws.eu-west-1.s3"},
		{"vpc_endpoint", "s3:GetObject", "", "com.amazonaws.*.s3"},
		{"vpc_endpoint", "kinesis:PutRecord", "eu-west-1", "com.amazonaws.eu-west-1.kinesis-streams"},
		{"vpc_endpoint", "sqs:SendMessage", "cn-north-1", ""},
		{"vpc_endpoint", "iam:GetRole", "eu-west-1", ""},
		{"scp", "s3:GetObject", "eu-west-1", ""},
	} {
		r := read("permission_limit", Subject{Facts: extract.Facts{DenyType: c.denyType, Action: c.action, Region: c.region}})
		if got := r.endpointService(); got != c.want {
			t.Errorf("%s by %s in %q: got %q; want %q", c.action, c.denyType, c.region, got, c.want)
		}
	}
}

func TestEndpointStatement(t *testing.T) {
	refused := extract.Facts{DenyType: "vpc_endpoint", Action: "s3:GetObject", Resource: "arn:aws:s3:::company-reports/a.csv", Account: "210987654321"}
	var st Statement
	if err := json.Unmarshal([]byte(read("permission_limit", Subject{Facts: refused}).endpointStatement()), &st); err != nil {
		t.Fatal(err)
	}
	want := Statement{
		Effect: "Allow", Principal: map[string]string{"AWS": "*"}, Action: []string{"s3:GetObject"}, Resource: []string{"arn:aws:s3:::company-reports/*"},
		Condition: map[string]map[string]string{"StringEquals": {"aws:PrincipalAccount": "210987654321"}},
	}
	if diff := cmp.Diff(want, st); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	denied, nobody := refused, refused
	denied.ExplicitDeny, nobody.Account = true, ""
	for name, f := range map[string]extract.Facts{"an explicit deny": denied, "a caller of no known account": nobody} {
		if got := read("permission_limit", Subject{Facts: f}).endpointStatement(); got != "" {
			t.Errorf("%s: got %s; want none", name, got)
		}
	}
}
