package look

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/explain"
	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/rules"
)

func TestWrapped(t *testing.T) {
	f := func(text string, width int, want ...string) {
		t.Helper()
		if diff := cmp.Diff(want, wrapped(text, width, wholeWords)); diff != "" {
			t.Errorf("%q at %d (-want +got):\n%s", text, width, diff)
		}
	}
	f("", 10)
	f("short", 10, "short")
	f("exactly 10", 10, "exactly 10")
	f("one two three", 8, "one two", "three")
	f("one two three", 7, "one two", "three")
	f("arn:aws:s3:::bucket", 8, "arn:aws:s3:::bucket")
	f("see arn:aws:s3:::bucket or not", 8, "see", "arn:aws:s3:::bucket", "or not")
	f("a b\n  c d\n", 10, "a b", "  c d")
	f("one\n\ntwo", 10, "one", "", "two")
	f("größer als fünf", 6, "größer", "als", "fünf")
	f("tab\there", 10, "tab here")
	f("run `docker ps -a` now", 10, "run", "`docker ps -a`", "now")
	f("run `docker ps -a` now", 20, "run `docker ps -a`", "now")
	f("it`s not one\nof `a b`", 8, "it`s not", "one", "of `a b`")
	if diff := cmp.Diff([]string{"arn:aws:", "s3:::buc", "ket"}, wrapped("arn:aws:s3:::bucket", 8, brokenWords)); diff != "" {
		t.Errorf("broken words (-want +got):\n%s", diff)
	}
}

// What a log line holds cannot steer the terminal it is shown on, and no line but
// that of a longer word is longer than the page.
func FuzzWrapped(f *testing.F) {
	f.Add("one two three", 7)
	f.Add("\x1b[2J\x1b]0;title\x07\u202egnp.exe\r\n\xff", 1)
	f.Fuzz(func(t *testing.T, text string, width int) {
		width = max(1, min(width, 200))
		shown := 0
		for _, line := range wrapped(text, width, wholeWords) {
			if n := utf8.RuneCountInString(line); n > width && strings.Contains(strings.Trim(line, " "), " ") && !strings.Contains(line, "`") {
				t.Errorf("%d characters in a line of %d: %q", n, width, line)
			}
			if strings.ContainsAny(line, "\x1b\r\n\x07\u202e\u009b") {
				t.Errorf("control characters in %q", line)
			}
			shown += len(strings.ReplaceAll(line, " ", ""))
		}
		blanks := strings.NewReplacer(" ", "", "\n", "")
		if want := len(blanks.Replace(printed(text))); shown != want {
			t.Errorf("%d bytes shown of %d in %q", shown, want, text)
		}
	})
}

// A name with a line break is no second line.
func TestNamesStayWithinTheirLine(t *testing.T) {
	var b strings.Builder
	p := New(&b)
	p.Finding(&finding.Finding{Title: "Login Failures", Scope: finding.Scope{Container: "api\nhealthy"}})
	p.Flush()
	if first, _, _ := strings.Cut(b.String(), "\n"); !strings.HasSuffix(first, "api healthy") {
		t.Errorf("the first line is %q", first)
	}
}

// Elsewhere than on a terminal a page is as wide as COLUMNS says, within bounds.
func TestWidth(t *testing.T) {
	f := func(columns string, want int) {
		t.Helper()
		t.Setenv("COLUMNS", columns)
		if got := New(io.Discard).width; got != want {
			t.Errorf("COLUMNS=%q: got %d, want %d", columns, got, want)
		}
	}
	f("", 100)
	f("80", 80)
	f("1", 60)
	f("300", 110)
	f("0", 100)
	f("-5", 100)
	f("wide", 100)
}

// A call that failed for want of credentials was not about the endpoint that hands
// them out.
func TestWhat(t *testing.T) {
	f := func(kind string, facts extract.Facts, want string) {
		t.Helper()
		if got := what(&facts, &diagnose.Diagnosis{Kind: kind}); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	f("credentials", extract.Facts{Operation: "GetItem", Endpoint: "http://169.254.170.2/v2"}, "GetItem · http://169.254.170.2/v2")
	f("credentials", extract.Facts{Endpoint: "http://169.254.170.2/v2"}, "http://169.254.170.2/v2")
	f("external", extract.Facts{Operation: "GET /", Endpoint: "api.example.com"}, "GET / on api.example.com")
}

func TestOverviewOverYears(t *testing.T) {
	f := func(last time.Time, want ...string) {
		t.Helper()
		var out bytes.Buffer
		p := New(&out)
		p.Overview([]finding.Finding{{Title: "one", FirstSeen: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}, {Title: "two", FirstSeen: last}})
		p.Flush()
		for _, text := range want {
			if !strings.Contains(out.String(), "  "+text+"  ") {
				t.Errorf("want %q in\n%s", text, out.String())
			}
		}
	}
	f(time.Date(2026, 3, 1, 9, 1, 0, 0, time.UTC), "09:00:00", "09:01:00")
	f(time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC), "Mar 01 09:00", "Mar 02 08:00")
	f(time.Date(2028, 3, 1, 9, 0, 0, 0, time.UTC), "2026-03-01", "2028-03-01")
}

// A long command is continued as shells do it, and is the same command.
func TestCommand(t *testing.T) {
	f := func(command, want string) {
		t.Helper()
		var out bytes.Buffer
		p := New(&out)
		p.width = 60
		p.command("check", command)
		if err := p.Flush(); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Errorf("%q (-want +got):\n%s", command, diff)
		}
	}
	f("aws sts get-caller-identity", "  check    aws sts get-caller-identity\n")
	f("aws s3api get-bucket-policy --bucket 'company-reports' --output json",
		"  check    aws s3api get-bucket-policy \\\n             --bucket 'company-reports' --output json\n")
	f("aws x --resource-arns 'arn:aws:s3:::company-reports/2026/07/orders/archive.csv'",
		"  check    aws x \\\n             --resource-arns 'arn:aws:s3:::company-reports/2026/07/orders/archive.csv'\n")
}

func TestPageWithoutTerminalHasNoColours(t *testing.T) {
	var out bytes.Buffer
	p := New(&out)
	p.Line(p.badge("critical"), p.Bold("bold"), p.dim("dim"), p.good("good"))
	if err := p.Flush(); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != " CRITICAL bolddimgood\n" {
		t.Errorf("got %q", got)
	}
}

func TestEvidenceIsMarked(t *testing.T) {
	f := func(excerpt, evidence, want string) {
		t.Helper()
		var out bytes.Buffer
		p := New(&out)
		p.width = labelWidth + 20
		p.evidence(&explain.Explanation{Rule: &rules.Rule{}, Excerpt: excerpt, Evidence: evidence})
		p.Flush()
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Errorf("%q in %.80q (-want +got):\n%s", evidence, excerpt, diff)
		}
	}
	f("call failed: AccessDenied", "AccessDenied", ""+
		"  text     call failed:\n"+
		"           AccessDenied\n"+
		"           ^^^^^^^^^^^^\n")
	f("größe: denied\nhere", "denied", ""+
		"  text     größe: denied\n"+
		"                  ^^^^^^\n"+
		"           here\n")
	f("evidence over two lines", "over two lines", ""+
		"  text     evidence over two\n"+
		"                    ^^^^^^^^\n"+
		"           lines\n"+
		"           ^^^^^\n")
	f("redacted away", "", "  text     redacted away\n")

	long := strings.Repeat("x", 1000)
	f(long+"denied"+long, "denied", func() string {
		left, right := "…"+long[:around], long[:around]+"…"
		var want strings.Builder
		label := "  text     "
		all := []rune(left + "denied" + right)
		for i := 0; i < len(all); i += 20 {
			want.WriteString(label + string(all[i:min(i+20, len(all))]) + "\n")
			label = strings.Repeat(" ", labelWidth)
			if i == 320 {
				want.WriteString(label + " ^^^^^^\n")
			}
		}
		return want.String()
	}())
}
