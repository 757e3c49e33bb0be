package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/authlens/authlens/engine/finding"
)

// sampleLogs returns the hour of logs in examples/logs.
func sampleLogs(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("../../examples/logs/*/*.jsonl")
	if err != nil || len(files) < 10 {
		t.Fatalf("sample logs: got %d files, %v", len(files), err)
	}
	return files
}

// lastTold runs authlens and returns the last snapshot of every finding that it
// prints as JSON lines.
func lastTold(t testing.TB, args ...string) []finding.Finding {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := run(args, place{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr}); code != exitOK || stderr.Len() > 0 {
		t.Fatalf("authlens %s: exit code %d\n%s", args[0], code, stderr.String())
	}
	last := map[string]finding.Finding{}
	for line := range strings.Lines(stdout.String()) {
		var f finding.Finding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		last[f.Fingerprint] = f
	}
	var list []finding.Finding
	for _, f := range last {
		list = append(list, f)
	}
	slices.SortFunc(list, func(a, b finding.Finding) int { return strings.Compare(a.Fingerprint, b.Fingerprint) })
	return list
}

// What a scan finds in a log is what the plugin told while it was written: word
// for word, whatever the order of the files.
func TestScanFindsWhatWasToldLive(t *testing.T) {
	files := sampleLogs(t)
	live := lastTold(t, append([]string{"replay", "--format", "jsonl"}, files...)...)
	if len(live) < 8 {
		t.Fatalf("live: %d findings", len(live))
	}
	f := func(name string, args ...string) {
		t.Helper()
		got := lastTold(t, append([]string{"scan", "--format", "jsonl"}, args...)...)
		if diff := cmp.Diff(live, got); diff != "" {
			t.Errorf("%s: live and scanned differ (-live +scanned):\n%s", name, diff)
		}
	}
	f("as given", files...)
	f("by pattern", "../../examples/logs/*/*.jsonl")
	slices.Reverse(files)
	f("in another order", files...)

	// The same records, in as many files as there are minutes, none in order.
	dir := t.TempDir()
	minutes := map[string]*strings.Builder{}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(src)) {
			name := filepath.Join(dir, line[20:25], filepath.Base(file))
			if minutes[name] == nil {
				minutes[name] = &strings.Builder{}
			}
			minutes[name].WriteString(line)
		}
	}
	for name, text := range minutes {
		os.MkdirAll(filepath.Dir(name), 0o700)
		if err := os.WriteFile(name, []byte(text.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f("cut by minute", dir)
}

// What chooses the rules does so as a flag and as an option of the plugin.
func TestRulesByFlagAndByOption(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	log := write("web.jsonl", `{"date":"2026-03-01T09:00:00Z","log":"192.0.2.7 \"GET /orders HTTP/1.1\" 401 179"}
{"date":"2026-03-01T09:00:10Z","log":"badge refused at door 9"}
`)
	own := write("own.yaml", `
causes: [{name: badge, kind: external, title: Badge Refused}]
rules:
- {name: door.badge, cause: badge, signatures: [{literal: badge refused}], examples: {match: [badge refused], ignore: [badge accepted]}}
`)
	f := func(want string, args ...string) {
		t.Helper()
		for _, command := range []string{"scan", "replay"} {
			var got []string
			for _, f := range lastTold(t, append([]string{command, "--format", "jsonl", "-o", "threshold=1", log}, args...)...) {
				got = append(got, f.Rule)
			}
			slices.Sort(got)
			if strings.Join(got, " ") != want {
				t.Errorf("%s %v tells %q, want %q", command, args, got, want)
			}
		}
	}
	f("")
	f("http.served", "--access-logs")
	f("http.served", "-o", "access_logs=on")
	f("", "--access-logs", "-o", "access_logs=off")
	f("door.badge", "--rules-file", own)
	f("door.badge", "-o", "rules_file="+own)
	f("door.badge http.served", "-o", "rules_file="+own, "-o", "access_logs=on")
	f("door.badge", "--rules-file", own, "-o", "rules_mode=replace", "--access-logs")
}

// A record is the same in every form that a log is kept in.
func TestScanFindsTheSameInEveryForm(t *testing.T) {
	files := sampleLogs(t)
	live := lastTold(t, append([]string{"replay", "--format", "jsonl"}, files...)...)

	type record struct {
		at     time.Time
		tag    string
		line   string // the whole record
		log    string
		source string
	}
	var all []record
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(src)) {
			line = strings.TrimSpace(line)
			var r struct {
				Date        time.Time
				Log, Source string
			}
			if err := json.Unmarshal([]byte(line), &r); err != nil {
				t.Fatal(err)
			}
			all = append(all, record{r.Date, strings.TrimSuffix(filepath.Base(file), ".jsonl"), line, r.Log, r.Source})
		}
	}
	slices.SortStableFunc(all, func(a, b record) int { return a.at.Compare(b.at) })
	ms := func(r record) int64 { return r.at.UnixMilli() }
	quoted := func(s string) string { b, _ := json.Marshal(s); return string(b) }

	// whole says that the form keeps all of a record, so that the findings are
	// equal but for milliseconds; else what is told of which container is.
	f := func(form string, whole bool, write func(dir string)) {
		t.Helper()
		dir := t.TempDir()
		write(dir)
		got := lastTold(t, "scan", "--format", "jsonl", dir)
		if whole {
			opts := []cmp.Option{cmpopts.EquateApproxTime(time.Millisecond)}
			if diff := cmp.Diff(live, got, opts...); diff != "" {
				t.Errorf("%s (-live +scanned):\n%s", form, diff)
			}
			return
		}
		if diff := cmp.Diff(brief(live), brief(got)); diff != "" {
			t.Errorf("%s (-live +scanned):\n%s", form, diff)
		}
	}
	perTag := func(dir, ext string, line func(record) string) {
		texts := map[string]*strings.Builder{}
		for _, r := range all {
			if texts[r.tag] == nil {
				texts[r.tag] = &strings.Builder{}
			}
			texts[r.tag].WriteString(line(r) + "\n")
		}
		for tag, text := range texts {
			os.MkdirAll(filepath.Dir(filepath.Join(dir, tag+ext)), 0o700)
			if err := os.WriteFile(filepath.Join(dir, tag+ext), []byte(text.String()), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	one := func(dir, text string) {
		if err := os.WriteFile(filepath.Join(dir, "some file"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	export := func(r record) string { return r.at.Format("2006-01-02T15:04:05.000Z ") }

	f("CloudWatch export of FireLens records", true, func(dir string) {
		perTag(dir, "/000000", func(r record) string { return export(r) + r.line })
	})
	f("filter-log-events", true, func(dir string) {
		var events []string
		for _, r := range all {
			events = append(events, fmt.Sprintf(`{"logStreamName":%q,"timestamp":%d,"message":%s}`, r.tag, ms(r), quoted(r.line)))
		}
		one(dir, `{"events": [`+strings.Join(events, ",")+`], "searchedLogStreams": []}`)
	})
	f("Insights, the newest first", true, func(dir string) {
		var rows []string
		for _, r := range slices.Backward(all) {
			rows = append(rows, fmt.Sprintf(`[{"field":"@timestamp","value":%q},{"field":"@message","value":%s},{"field":"@logStream","value":%q}]`,
				r.at.Format("2006-01-02 15:04:05.000"), quoted(r.line), r.tag))
		}
		one(dir, `{"status":"Complete","results":[`+strings.Join(rows, ",")+`]}`)
	})
	f("CloudWatch export", false, func(dir string) {
		perTag(dir, "/000000", func(r record) string { return export(r) + r.log })
	})
	f("Docker json-file", false, func(dir string) {
		perTag(dir, ".log", func(r record) string {
			return fmt.Sprintf(`{"log":%s,"stream":%q,"time":%q}`, quoted(r.log+"\n"), r.source, r.at.Format(time.RFC3339Nano))
		})
	})
	f("containerd", false, func(dir string) {
		perTag(dir, ".log", func(r record) string { return r.at.Format(time.RFC3339Nano) + " " + r.source + " F " + r.log })
	})
	f("aws logs tail", false, func(dir string) {
		var text strings.Builder
		for _, r := range all {
			text.WriteString(r.at.Format("2006-01-02T15:04:05.000000+00:00 ") + r.tag + " " + r.log + "\n")
		}
		one(dir, text.String())
	})
}

// brief says of findings what every form of a log tells.
func brief(list []finding.Finding) []string {
	var all []string
	for _, f := range list {
		all = append(all, fmt.Sprintf("%s %s %s %s %s events=%d windows=%d tasks=%d",
			f.FirstSeen.Format("15:04:05"), f.Scope.Container, f.Severity, f.Rule, f.Diagnosis.Cause, f.Counts.Events, f.Counts.Windows, f.Counts.Tasks))
	}
	slices.Sort(all)
	return all
}

// A report quotes logs: it is its owner's, also in the place of a file that all could read.
func TestReportIsItsOwners(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("report.html", []byte("<!DOCTYPE html>\nof yesterday"), 0o644); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	here := place{stdin: strings.NewReader("all is well\n"), stdout: &stdout, stderr: &stderr}
	if code := run([]string{"scan", "--html", "report.html", "-"}, here); code != exitOK {
		t.Fatalf("exit code %d\n%s", code, stderr.String())
	}
	info, err := os.Stat("report.html")
	if err != nil || info.Mode() != 0o600 || info.Size() < 1000 {
		t.Errorf("got %v, %v", info.Mode(), err)
	}
}

// A log that stands where the name of the report should be is not written over.
func TestReportWritesOverNoLog(t *testing.T) {
	t.Chdir(t.TempDir())
	const log = "2026-03-01 09:00:00 INFO all is well\n"
	for _, name := range []string{"a.log", "b.log"} {
		if err := os.WriteFile(name, []byte(log), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var stdout, stderr bytes.Buffer
	here := place{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr}
	if code := run([]string{"scan", "--html", "a.log", "b.log"}, here); code != exitUsage || !strings.Contains(stderr.String(), "a.log holds something else") {
		t.Errorf("exit code %d\n%s", code, stderr.String())
	}
	if got, err := os.ReadFile("a.log"); string(got) != log {
		t.Errorf("the log became %.40q, %v", got, err)
	}
	if err := os.WriteFile("empty.html", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if code := run([]string{"scan", "--html", "empty.html", "b.log"}, here); code != exitOK {
		t.Errorf("in the place of an empty file: exit code %d\n%s", code, stderr.String())
	}
}

// What could not be written was not done, whatever was found.
func TestScanThatCannotWrite(t *testing.T) {
	var stderr bytes.Buffer
	line := "FATAL: password authentication failed for user \"shop\"\n"
	here := place{stdin: strings.NewReader(line + line), stdout: full{}, stderr: &stderr}
	if code := run([]string{"scan", "--fail-on", "low", "-"}, here); code != exitProblem || !strings.Contains(stderr.String(), "no space left") || !strings.Contains(stderr.String(), "--fail-on") {
		t.Errorf("exit code %d\n%s", code, stderr.String())
	}
}

// full is a device without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }
