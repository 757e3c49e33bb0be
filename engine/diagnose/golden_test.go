package diagnose_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/explain/explaintest"
	"github.com/authlens/authlens/engine/redact"
	"github.com/authlens/authlens/engine/text"
	"github.com/authlens/authlens/rules"
)

// TestGolden reads stories from testdata: a record's text, with what is known of
// its task above it, and the whole diagnosis as a person gets it. They are there
// to be read: `go test ./engine/diagnose -update` writes them anew.
func TestGolden(t *testing.T) {
	explainer := explaintest.Default(t)
	matcher := explainer.Matcher()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories in testdata: %v", err)
	}
	for _, file := range files {
		story, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(story.Files); i += 2 {
			record, want := story.Files[i], &story.Files[i+1]
			name := strings.TrimSuffix(record.Name, ".record")
			if want.Name != name+".diagnosis" {
				t.Fatalf("%s: expected %s.diagnosis after %s; found %s", file, name, record.Name, want.Name)
			}
			subject := subjectOf(t, record.Data)
			m, ok := matcher.Match([]byte(subject.Text))
			if !ok {
				t.Errorf("%s: %s: no rule matches", file, name)
				continue
			}
			rule := explainer.Matcher().Rule(m.Rule)
			subject.Facts = explainer.Facts(rule, []byte(subject.Text))
			subject.Text = redact.Text(subject.Text)
			got := print(rule, explainer.Diagnose(rule, subject))
			if *diagnose.Update {
				want.Data = []byte(got)
			} else if diff := cmp.Diff(string(want.Data), got); diff != "" {
				t.Errorf("%s: %s (-want +got):\n%s", file, name, diff)
			}
		}
		if *diagnose.Update {
			if err := os.WriteFile(file, txtar.Format(story), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// subjectOf reads a record: lines "key: value" about the task, a blank line,
// the text. What facts it has depends on the rule that matches.
func subjectOf(t *testing.T, src []byte) diagnose.Subject {
	t.Helper()
	var s diagnose.Subject
	head, body, ok := strings.Cut(string(src), "\n\n")
	if !ok {
		head, body = "", string(src)
	}
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "task_role":
			s.Task.TaskRoleARN = value
		case "task":
			s.Task.TaskID = value
		case "launch_type":
			s.Task.LaunchType = value
		case "endpoint":
			s.Task.Endpoint = value
		case "tasks":
			n, err := strconv.Atoi(value)
			if err != nil {
				t.Fatalf("tasks: %v", err)
			}
			s.Tasks = n
		default:
			t.Fatalf("expected task_role, task, launch_type, endpoint or tasks; found %q", line)
		}
	}
	s.Text = string(text.Normalise(nil, []byte(strings.TrimSuffix(body, "\n"))))
	return s
}

// print lays a diagnosis out as a person would read it.
func print(rule *rules.Rule, d diagnose.Diagnosis) string {
	var b strings.Builder
	fmt.Fprintln(&b, d.Headline)
	fmt.Fprintf(&b, "rule %s, cause %s (%s)\n", rule.Name, d.Cause, d.Kind)
	if d.RoleKind != "" {
		fmt.Fprintf(&b, "role: %s", d.RoleKind)
		if d.RoleWhy != "" {
			fmt.Fprintf(&b, " (%s: %s)", d.RoleCertainty, d.RoleWhy)
		}
		fmt.Fprintln(&b)
	}
	if d.RequiredAction != "" {
		fmt.Fprintf(&b, "needs: %s\n", d.RequiredAction)
	}
	fmt.Fprintf(&b, "an Allow helps: %v\n\n%s\n", d.AllowHelps, d.Explain)
	for i, step := range d.Fix {
		fmt.Fprintf(&b, "%d. %s\n", i+1, step)
	}
	if d.Statement != nil {
		src, err := json.MarshalIndent(d.Statement, "", "  ")
		if err != nil {
			panic(err)
		}
		fmt.Fprintf(&b, "\nin %s:\n%s\n", d.StatementIn, src)
	}
	if d.StatementNote != "" {
		fmt.Fprintln(&b, d.StatementNote)
	}
	if d.Verify != "" {
		fmt.Fprintf(&b, "\n%s$ %s\n", strings.TrimPrefix("in "+d.VerifyIn+": ", "in : "), d.Verify)
	}
	for _, link := range d.See {
		fmt.Fprintln(&b, link)
	}
	return b.String()
}
