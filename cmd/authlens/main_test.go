package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/authlens/authlens/engine/match"
)

var update = flag.Bool("update", false, "rewrite the expected output in testdata/script")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"authlens": main})
}

func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", UpdateScripts: *update, RequireExplicitExec: true})
}

// What cannot be written is told once.
func TestExplainThatCannotWrite(t *testing.T) {
	f := func(format string) {
		t.Helper()
		var stderr bytes.Buffer
		here := place{stdin: strings.NewReader(strings.Repeat("password authentication failed for user \"shop\"\n", 100)), stdout: full{}, stderr: &stderr}
		if code := run([]string{"explain", "--format", format}, here); code != exitProblem || strings.Count(stderr.String(), "no space left") != 1 {
			t.Errorf("%s: exit code %d\n%s", format, code, stderr.String())
		}
	}
	f("text")
	f("json")
}

func TestExitCodes(t *testing.T) {
	f := func(want int, args ...string) {
		t.Helper()
		var stdout, stderr bytes.Buffer
		got := run(args, place{stdin: strings.NewReader("one line\n"), stdout: &stdout, stderr: &stderr})
		if got != want {
			t.Errorf("authlens %s: got %d, want %d\n%s", strings.Join(args, " "), got, want, stderr.String())
		}
		if want != exitOK && stderr.Len() == 0 {
			t.Errorf("authlens %s: exit code %d without a word on stderr", strings.Join(args, " "), got)
		}
	}
	f(exitOK, "explain")
	f(exitOK, "explain", "--format", "json", "-")
	f(exitOK, "show")
	f(exitOK, "rules", "list")
	f(exitProblem, "explain", "no/such/file")
	f(exitProblem, "explain", "--rules-file", "no/such/file")
	f(exitProblem, "show", "no/such/file")
	f(exitProblem, "rules", "check", "no/such/file")
	f(exitProblem, "scan", "--rules-file", "no/such/file", "-")
	f(exitUsage, "scan", "-o", "nope=1", "-")
	f(exitUsage, "scan", "-o", "threshold=0", "-")
	f(exitUsage, "replay", "-o", "threshold=0", "-")
	f(exitUsage, "scan", "--html", "-", "no/such/file")
	f(exitUsage, "scan", "--rules-mode", "replace", "-")
	f(exitUsage, "replay", "--rules-mode", "replace", "-")
	f(exitUsage, "explain", "--rules-mode", "replace")
	f(exitUsage, "rules", "list", "--rules-mode", "replace")
	f(exitUsage, "explain", "--format", "xml")
	f(exitUsage, "explain", "--colour")
	f(exitUsage, "rules")
	f(exitUsage, "rules", "check")
	f(exitUsage, "guess")
}

// What was not understood leads to the help that says what is: that of the command.
func TestUsageNamesTheCommand(t *testing.T) {
	f := func(want string, args ...string) {
		t.Helper()
		var stderr bytes.Buffer
		run(args, place{stdin: strings.NewReader(""), stdout: io.Discard, stderr: &stderr})
		if !strings.HasSuffix(stderr.String(), "\nTry: "+want+"\n") {
			t.Errorf("authlens %s: got %q, want %q at the end", strings.Join(args, " "), stderr.String(), want)
		}
	}
	f("authlens --help", "guess")
	f("authlens scan --help", "scan")
	f("authlens scan --help", "scan", "--format", "xml", "-")
	f("authlens rules --help", "rules")
	f("authlens rules check --help", "rules", "check")
}

// A fullDisk takes nothing.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

// What was found and could not be written is no success.
func TestUnwritableStdout(t *testing.T) {
	own := filepath.Join(t.TempDir(), "rules.yaml")
	if err := os.WriteFile(own, []byte("rules: []\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"explain"}, {"explain", "--format", "json"},
		{"show"}, {"show", "--each"},
		{"rules", "list"}, {"rules", "list", "--format", "json"}, {"rules", "check", own},
		{"scan", "-o", "threshold=1", "-"}, {"scan", "-o", "threshold=1", "--format", "json", "-"}, {"scan", "-o", "threshold=1", "--format", "jsonl", "-"},
		{"replay", "-o", "threshold=1", "-"}, {"replay", "-o", "threshold=1", "--format", "jsonl", "-"},
	} {
		var stderr bytes.Buffer
		here := place{stdin: strings.NewReader("FATAL: password authentication failed for user \"app\"\n"), stdout: fullDisk{}, stderr: &stderr}
		if got := run(args, here); got != exitProblem || !strings.Contains(stderr.String(), "no space left") {
			t.Errorf("authlens %s: got %d, want %d\n%s", strings.Join(args, " "), got, exitProblem, stderr.String())
		}
	}
}

// Of a line that was not read whole, or met a bug, the text says so.
func TestExplainTellsWhatIsMissing(t *testing.T) {
	f := func(r result, want string) {
		t.Helper()
		var out bytes.Buffer
		report, flush := reportText(&out)
		r.number = 7
		if err := errors.Join(report(&r), flush()); err != nil || out.String() != want {
			t.Errorf("got %q, %v; want %q", out.String(), err, want)
		}
	}
	f(result{}, "line 7 no failure\n")
	f(result{cut: true}, "line 7 no failure\n  note     Only the first 64 MiB of this line were read.\n")
	f(result{bug: errors.New("bug: x")}, "line 7 not explained: bug: x\n")
}

// What keeps rules from being told of whose option is off is said once, and the lines
// are explained all the same.
func TestExplainWithoutTheRulesOfOptions(t *testing.T) {
	explainer, err := ruleFlags{}.lineExplainer()
	if err != nil {
		t.Fatal(err)
	}
	explainer.withOptions = func() (*match.Matcher, error) { return nil, errors.New("too many signatures") }
	const lines = "AccessDeniedHandler is ready\nhello\nAccessDenied: User: x is not authorized to perform: s3:GetObject\n"
	var out bytes.Buffer
	report, flush := reportJSON(&out)
	n, err := explainLines(explainer, strings.NewReader(lines), report)
	if err == nil || err.Error() != "rules whose option is off are not told of: too many signatures" {
		t.Errorf("got %v", err)
	}
	if err := flush(); err != nil || n != 3 {
		t.Fatal(n, err)
	}
	var got []explained
	for d := json.NewDecoder(&out); d.More(); {
		var x explained
		if err := d.Decode(&x); err != nil {
			t.Fatal(err)
		}
		got = append(got, x)
	}
	if len(got) != 3 || got[0].Error+got[1].Error != "" || len(got[0].Near) == 0 || !got[2].Match {
		t.Errorf("got %+v", got)
	}
}

// Whatever the input, explain prints one JSON object for each line, in order.
func TestExplainPrintsOneObjectForEachLine(t *testing.T) {
	f := func(name string, lines ...string) {
		t.Helper()
		for _, object := range explainAll(t, name, strings.Join(lines, "\n")+"\n", len(lines)) {
			for _, key := range []string{"line", "match", "rule", "cause", "severity", "facts"} {
				if _, ok := object[key]; !ok {
					t.Errorf("%s: line %v has no %q", name, object["line"], key)
				}
			}
			if object["error"] != nil {
				t.Errorf("%s: line %v: %v", name, object["line"], object["error"])
			}
		}
	}
	denied := "AccessDenied: User: arn:aws:iam::123456789012:user/deploy is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::site/index.html"
	f("plain", "all is well", denied, "")
	f("empty", "", "", "")
	f("blank", " ", "\t", "\x00")
	f("dos", denied+"\r", "\r")
	f("record", `{"log":"`+denied+`"}`, `{"log":""}`, `{"log":null}`, `{"log":7}`, `{}`, `{`, `[]`, `null`, `""`)
	f("lines in a record", `{"log":"Traceback\n  File \"a.py\"\n`+denied+`"}`)
	f("bytes", denied+"\xff\xfe", "\xff"+denied, "\xed\xa0\x80 AccessDenied", "\u2028"+denied)
	f("escapes", `{"log":"\ud800 AccessDenied"}`, `{\"log\":\"\\u0041ccessDenied\"}`, `\`, `\u`, `\u00`, `AccessDenied\`)
	f("deep", strings.Repeat("[", 1<<16), strings.Repeat(`{"a":`, 1<<16))
	f("long", strings.Repeat("x", 12<<20), strings.Repeat("AccessDenied ", 1<<20), denied+strings.Repeat(" ", 12<<20), strings.Repeat("a ", 6<<20)+denied)
}

// What is compressed is read as what it holds; a search through the bytes would find
// nothing, and say that all is well.
func TestCompressedIsRead(t *testing.T) {
	const line = `{"schema":1,"fingerprint":"aaaaaaaaaaaaaaaa","severity":"elevated","date":"2026-03-10T09:14:21Z","log":"FATAL: password authentication failed for user \"app\""}` + "\n"
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := io.WriteString(z, line); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for name, content := range map[string][]byte{"whole.jsonl": []byte(line), "whole.jsonl.gz": packed.Bytes(), "cut.gz": packed.Bytes()[:packed.Len()-12]} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"explain"}, {"show"}, {"replay", "-o", "threshold=1"}} {
		told := func(name string, want int) string {
			var stdout, stderr bytes.Buffer
			if got := run(append(args, name), place{stdout: &stdout, stderr: &stderr}); got != want {
				t.Errorf("authlens %s %s: got exit code %d, want %d\n%s", args[0], name, got, want, stderr.String())
			}
			return stdout.String()
		}
		if diff := cmp.Diff(told("whole.jsonl", exitOK), told("whole.jsonl.gz", exitOK)); diff != "" {
			t.Errorf("authlens %s of the file as it is, and of it by gzip (-plain +gzip):\n%s", args[0], diff)
		}
		told("cut.gz", exitProblem)
	}
}

// A byte order mark is no part of the first line: behind one, it is a record still.
func TestByteOrderMark(t *testing.T) {
	const line = `{"date":"2026-03-10T09:14:21Z","log":"FATAL: password authentication failed for user \"app\""}` + "\n"
	told := func(input string) string {
		var stdout, stderr bytes.Buffer
		args := []string{"replay", "--format", "jsonl", "-o", "threshold=1", "-"}
		if got := run(args, place{stdin: strings.NewReader(input), stdout: &stdout, stderr: &stderr}); got != exitOK || stderr.Len() > 0 {
			t.Errorf("%q: got exit code %d\n%s", input, got, stderr.String())
		}
		return stdout.String()
	}
	if diff := cmp.Diff(told(line), told("\ufeff"+line)); diff != "" {
		t.Errorf("authlens replay of a line, and of it behind a mark (-without +with):\n%s", diff)
	}
}

// Whatever stands in the fields of a finding, which anybody may print into a log, a
// terminal is not given orders by it.
func TestShowGivesTerminalsNoOrders(t *testing.T) {
	const order = `\u001b]52;c;eA==\u0007`
	line := `{"schema":1,"fingerprint":"a?","state":"?","reason":"?","severity":"high?","title":"?","summary":"?","rule":"?",` +
		`"scope":{"cluster":"?","family":"?","task_definition":"?","container":"?","task":"?","tag":"?"},` +
		`"facts":{"error_code":"?","principal_arn":"?","role_name":"?","action":"?","resource":"?"},` +
		`"diagnosis":{"cause":"?","kind":"?","headline":"?","explain":"?","fix":["?"],"verify":"?","verify_in":"?","see":["?"],` +
		`"statement":{"Effect":"?","Action":["?"],"Resource":["?"]},"statement_note":"?"},"evidence":"?"}` + "\n"
	for _, args := range [][]string{{"show"}, {"show", "--each"}} {
		var stdout, stderr bytes.Buffer
		here := place{stdin: strings.NewReader(strings.ReplaceAll(line, "?", order)), stdout: &stdout, stderr: &stderr}
		if code := run(args, here); code != exitOK || !strings.Contains(stdout.String(), "1 finding") {
			t.Fatalf("exit code %d\n%s%s", code, stdout.String(), stderr.String())
		}
		if strings.ContainsAny(stdout.String(), "\x1b\a") {
			t.Errorf("authlens %s: %q", strings.Join(args, " "), stdout.String())
		}
	}
}

func FuzzExplain(f *testing.F) {
	explainer, err := ruleFlags{}.lineExplainer()
	if err != nil {
		f.Fatal(err)
	}
	f.Add("AccessDenied: User: arn:aws:sts::1:assumed-role/a/b is not authorized to perform: s3:Get on resource: *")
	f.Add(`{"log":"ExpiredToken\n\tat x"}`)
	f.Add("one\n\ntwo\r\n\xff")
	f.Add("FATAL: password authentication failed for user \"app\"\n{\"error\":\"invalid_grant\"}")
	f.Fuzz(func(t *testing.T, in string) {
		want := strings.Count(in, "\n")
		if in != "" && !strings.HasSuffix(in, "\n") {
			want++
		}
		var out bytes.Buffer
		report, flush := reportJSON(&out)
		n, err := explainLines(explainer, strings.NewReader(in), report)
		if err := errors.Join(err, flush()); err != nil {
			t.Errorf("%q: %v", in, err)
		}
		got := 0
		for line := range bytes.Lines(out.Bytes()) {
			if !json.Valid(line) {
				t.Errorf("%q: no JSON: %q", in, line)
			}
			got++
		}
		if got != want || n != want {
			t.Errorf("%q: got %d objects, and a count of %d, for %d lines", in, got, n, want)
		}
		report, flush = reportText(io.Discard)
		_, err = explainLines(explainer, strings.NewReader(in), report)
		if err := errors.Join(err, flush()); err != nil {
			t.Errorf("%q, as text: %v", in, err)
		}
	})
}

// explainAll explains the lines of in and checks that there are as many objects.
func explainAll(t *testing.T, name, in string, want int) []map[string]any {
	t.Helper()
	var stdout, stderr bytes.Buffer
	run([]string{"explain", "--format", "json"}, place{stdin: strings.NewReader(in), stdout: &stdout, stderr: &stderr})
	var objects []map[string]any
	for line := range strings.Lines(stdout.String()) {
		var object map[string]any
		if err := json.Unmarshal([]byte(line), &object); err != nil {
			t.Fatalf("%s: %v: %.200q", name, err, line)
		}
		if number := fmt.Sprint(object["line"]); number != fmt.Sprint(len(objects)+1) {
			t.Errorf("%s: object %d says it is of line %s", name, len(objects)+1, number)
		}
		objects = append(objects, object)
	}
	if len(objects) != want {
		t.Fatalf("%s: got %d objects for %d lines\n%s", name, len(objects), want, stderr.String())
	}
	return objects
}
