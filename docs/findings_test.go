package docs

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/engine/finding"
)

const page = "findings.md"

// The table of fields has the fields of a finding, in their order.
func TestFindingsFields(t *testing.T) {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z_.A-Z]+)` \\| (text|texts|number|bool|time|object) \\| .+ \\|$").FindAllStringSubmatch(string(text), -1) {
		have = append(have, row[1]+" "+row[2])
	}
	if diff := cmp.Diff(fieldsOf(reflect.TypeFor[finding.Finding](), ""), have); diff != "" {
		t.Errorf("%s: the table of fields is not that of finding.Finding (-code +page):\n%s", page, diff)
	}
}

// fieldsOf lists the JSON names of a type's fields with the words that the page
// has for their types.
func fieldsOf(t reflect.Type, prefix string) []string {
	var all []string
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		kind := f.Type
		if kind.Kind() == reflect.Pointer {
			kind = kind.Elem()
		}
		switch {
		case kind == reflect.TypeFor[time.Time]():
			all = append(all, prefix+name+" time")
		case kind.Kind() == reflect.Struct:
			all = append(all, prefix+name+" object")
			all = append(all, fieldsOf(kind, prefix+name+".")...)
		default:
			word := map[reflect.Kind]string{
				reflect.String: "text", reflect.Slice: "texts", reflect.Bool: "bool", reflect.Map: "object",
				reflect.Int: "number", reflect.Int64: "number",
			}[kind.Kind()]
			all = append(all, prefix+name+" "+word)
		}
	}
	return all
}

// A record is one line of a task's log.
type record struct{ time, task, text string }

// recorded writes records as FireLens hands them to Fluent Bit, and replays them.
func recorded(t *testing.T, records []record, options ...string) []string {
	t.Helper()
	var b bytes.Buffer
	for _, r := range records {
		line, err := json.Marshal(map[string]string{
			"date": "2026-07-01T" + r.time + "Z", "log": r.text, "source": "stderr",
			"container_name": "/ecs-orders-7-app-a6b5c4d3e2f1a0b9c8d7", "ecs_cluster": "shop",
			"ecs_task_arn":        "arn:aws:ecs:eu-west-1:123456789012:task/shop/" + r.task,
			"ecs_task_definition": "orders:7",
		})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	file := filepath.Join(t.TempDir(), "app-firelens-"+records[0].task+".jsonl")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	out := authlens(t, "", append(append([]string{"replay", "--format", "jsonl"}, options...), file)...)
	return strings.Split(strings.TrimSpace(out), "\n")
}

var tasks = []string{strings.Repeat("1", 32), strings.Repeat("2", 32), strings.Repeat("3", 32)}

func TestFindingsOpen(t *testing.T) {
	const denied = "botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the GetObject operation: " +
		"User: arn:aws:sts::123456789012:assumed-role/orders-task/11111111111111111111111111111111 is not authorized to perform: " +
		"s3:GetObject on resource: \"arn:aws:s3:::orders-archive/2026/07/%02d.csv\" because no identity-based policy allows the s3:GetObject action"
	lines := recorded(t, []record{
		{"09:00:10", tasks[0], fmt.Sprintf(denied, 1)},
		{"09:00:12", tasks[0], fmt.Sprintf(denied, 2)},
		{"09:00:20", tasks[0], "GET /health 200"},
	})
	var open bytes.Buffer
	if err := json.Indent(&open, []byte(lines[0]), "", "  "); err != nil {
		t.Fatal(err)
	}
	part{page, "open"}.holds(t, "```json\n"+open.String()+"\n```\n")
}

// life is what differs between the snapshots of a finding.
type life struct {
	State    string          `json:"state"`
	Reason   string          `json:"reason"`
	Severity string          `json:"severity"`
	Summary  string          `json:"summary"`
	Counts   json.RawMessage `json:"counts"`
	LastSeen string          `json:"last_seen"`
}

func TestFindingsLife(t *testing.T) {
	const expired = "An error occurred (ExpiredTokenException) when calling the GetItem operation: The security token included in the request is expired"
	burst := []record{
		{"09:00:10", tasks[0], expired},
		{"09:00:11", tasks[1], expired},
		{"09:00:15", tasks[2], expired},
		{"09:06:30", tasks[0], expired},
	}
	quiet := func(at string) record { return record{at, tasks[0], "GET /health 200"} }
	var b strings.Builder
	seen := map[string]bool{}
	show := func(lines []string, only ...string) {
		for _, line := range lines {
			var l life
			if err := json.Unmarshal([]byte(line), &l); err != nil {
				t.Fatal(err)
			}
			if len(only) > 0 && l.Reason != only[0] {
				continue
			}
			seen[l.Reason] = true
			text, err := json.MarshalIndent(l, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			b.Write(append(text, '\n'))
		}
	}
	b.WriteString("```json\n")
	show(recorded(t, append(burst, quiet("09:12:00"), quiet("09:30:00"))))
	b.WriteString("```\n\nWith `resolve_after 6h`, four hours later:\n\n```json\n")
	show(recorded(t, append(burst, quiet("09:12:00"), quiet("13:15:00")), "-o", "resolve_after=6h"), "repeat")
	b.WriteString("```\n")
	for _, reason := range []finding.Reason{finding.First, finding.Escalated, finding.Changed, finding.Repeat, finding.Silent} {
		if !seen[string(reason)] {
			t.Errorf("no snapshot was told for the reason %s", reason)
		}
	}
	part{page, "life"}.holds(t, b.String())
}
