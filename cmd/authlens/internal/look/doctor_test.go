package look

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/cmd/authlens/internal/doctor"
)

// What is wrong comes first, an explanation once, and at most three steps of a fix.
func TestDoctor(t *testing.T) {
	f := func(r doctor.Report, want string) {
		t.Helper()
		var out bytes.Buffer
		p := New(&out)
		p.width = 60
		p.Doctor(&r)
		if err := p.Flush(); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Errorf("the page differs (-want +got):\n%s", diff)
		}
	}
	const throttled = "It answers too slowly."
	f(doctor.Report{
		Source: "environment", Identity: "arn:aws:iam::123456789012:user/orders",
		Checks: []doctor.Check{
			{Step: "region", Status: doctor.OK, Found: "eu-central-1."},
			{Step: "environment", Status: doctor.Problem, Found: "A key that was never filled in.", Source: true,
				Explain: "It is a placeholder.", Fix: []string{"one", "two", "three", "four", "five"}},
			{Step: "container endpoint", Status: doctor.Warning, Found: "It throttles.", Millis: 12, Explain: throttled, Fix: []string{"Ask less."}},
			{Step: "instance profile", Status: doctor.Warning, Found: "So does this.", Explain: throttled},
			{Step: "profile", Status: doctor.Unused, Found: "No file."},
		},
	}, ` PROBLEM  environment        A key that was never filled
                             in. SDKs take their
                             credentials here.
            means    It is a placeholder.
            fix      1. one
                     2. two
                     3. three
                     and 2 steps more: authlens doctor
                     --format json
 WARNING  container endpoint It throttles. (12 ms)
            means    It answers too slowly.
            fix      Ask less.
 WARNING  instance profile   So does this.
    ok    region             eu-central-1.
    –     profile            No file.

1 problem · credentials from the environment, known to AWS as arn:aws:iam::123456789012:user/orders
`)
	f(doctor.Report{Checks: []doctor.Check{{Step: "region", Status: doctor.Warning, Found: "None."}}}, ` WARNING  region             None.

healthy, with 1 warning · no credentials found
`)
	f(doctor.Report{Source: "profile", Checks: []doctor.Check{{Step: "region", Status: doctor.OK, Found: "x."}}}, `    ok    region             x.

healthy · credentials from the profile
`)
	f(doctor.Report{Source: "profile", Checks: []doctor.Check{{Step: "profile", Status: doctor.Problem, Found: "x.", Source: true}}}, ` PROBLEM  profile            x. SDKs take their credentials
                             here.

1 problem · no good credentials from the profile
`)
}
