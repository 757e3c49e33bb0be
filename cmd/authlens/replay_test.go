package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/engine/finding"
)

// The hour of logs in examples/logs has the ten findings below, and nothing else is
// told of it.
func TestReplayOfSampleLogs(t *testing.T) {
	files, err := filepath.Glob("../../examples/logs/*/*.jsonl")
	if err != nil || len(files) < 10 {
		t.Fatalf("sample logs: got %d files, %v", len(files), err)
	}
	var stdout, stderr bytes.Buffer
	args := append([]string{"replay", "--format", "jsonl"}, files...)
	if code := run(args, place{stdout: &stdout, stderr: &stderr}); code != exitOK || stderr.Len() > 0 {
		t.Fatalf("exit code %d\n%s", code, stderr.String())
	}
	last := map[string]finding.Finding{}
	states := map[string][]string{}
	for line := range strings.Lines(stdout.String()) {
		var f finding.Finding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		last[f.Fingerprint] = f
		states[f.Fingerprint] = append(states[f.Fingerprint], string(f.State))
	}

	var got []string
	for _, f := range last {
		got = append(got, fmt.Sprintf("%s %-14s %-8s %-32s %2d events %d windows %d tasks",
			f.FirstSeen.Format("15:04"), f.Scope.Family, f.Severity, f.Diagnosis.Cause, f.Counts.Events, f.Counts.Windows, f.Counts.Tasks))
		if s := states[f.Fingerprint]; s[0] != string(finding.Open) || slices.Contains(s[1:], string(finding.Open)) {
			t.Errorf("%s: a finding opens once and first; got %v", f.Rule, s)
		}
		if f.Scope.Family == "report-worker" {
			const want = "3 authentication failure events detected across 2 log windows. IAM task role lacks s3:GetObject permission"
			if !strings.HasPrefix(f.Summary, want) || f.Title != "Authentication Failures" || f.State != finding.Resolved {
				t.Errorf("report-worker: got %s, %q, %q; want it resolved, %q…", f.State, f.Title, f.Summary, want)
			}
		}
	}
	slices.Sort(got)
	want := []string{
		"09:05 storefront     elevated database_password                14 events 3 windows 1 tasks",
		"09:14 report-worker  elevated missing_permission                3 events 2 windows 1 tasks",
		"09:17 ledger         elevated database_iam_token                6 events 2 windows 1 tasks",
		"09:22 inventory      elevated credentials_endpoint_throttled    5 events 1 windows 1 tasks",
		"09:22 inventory      elevated credentials_endpoint_unreachable  4 events 2 windows 1 tasks",
		"09:31 orders-api     critical expired_token                    36 events 1 windows 4 tasks",
		"09:36 notifications  elevated oauth_token                       5 events 2 windows 1 tasks",
		"09:41 catalog        elevated explicit_deny                     6 events 3 windows 2 tasks",
		"09:52 billing        elevated secret_denied                     4 events 2 windows 2 tasks",
		"09:54 billing        elevated kms_denied                        4 events 2 windows 2 tasks",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}

	for _, secret := range []string{"winter-2025-not-a-real-one", "EXAMPLE-fake-client-secret", "EXAMPLEnotARealRefreshToken"} {
		if strings.Contains(stdout.String(), secret) {
			t.Errorf("a finding shows the secret %q", secret)
		}
	}
}
