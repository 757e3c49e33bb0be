package input

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/engine/diagnose"
)

func TestLines(t *testing.T) {
	f := func(in string, want ...string) {
		t.Helper()
		for name, r := range map[string]io.Reader{
			"whole":        strings.NewReader(in),
			"byte by byte": iotest.OneByteReader(strings.NewReader(in)),
		} {
			var got []string
			lines := NewLines(r)
			for {
				line, err := lines.Next()
				if errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatal(err)
				}
				got = append(got, string(line))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: lines of %.40q (-want +got):\n%s", name, in, diff)
			}
		}
	}
	f("")
	f("one", "one")
	f("one\n", "one")
	f("one\ntwo", "one", "two")
	f("\n\n", "", "")
	f("dos\r\nend\r", "dos", "end")
	f("a\rb\n", "a\rb")
	f("\xff\x00\n", "\xff\x00")
	long := strings.Repeat("x", 1<<20)
	f(long+"\nshort\n", long, "short")
}

func TestLinesCutsWhatIsTooLong(t *testing.T) {
	lines := NewLines(io.MultiReader(
		io.LimitReader(endless('x'), LineMax+10), strings.NewReader("\nnext\n")))
	line, err := lines.Next()
	if err != nil || len(line) != LineMax || !lines.Cut() {
		t.Errorf("got %d bytes, cut %v, error %v; want %d, cut", len(line), lines.Cut(), err, LineMax)
	}
	line, err = lines.Next()
	if string(line) != "next" || err != nil || lines.Cut() {
		t.Errorf("the line after: got %q, cut %v, error %v", line, lines.Cut(), err)
	}
}

type endless byte

func (e endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(e)
	}
	return len(b), nil
}

func TestLinesPassesErrorsOn(t *testing.T) {
	broken := errors.New("disk on fire")
	lines := NewLines(io.MultiReader(strings.NewReader("one\ntw"), iotest.ErrReader(broken)))
	if line, err := lines.Next(); string(line) != "one" || err != nil {
		t.Fatalf("got %q, %v", line, err)
	}
	if line, err := lines.Next(); !errors.Is(err, broken) {
		t.Errorf("got %q, %v; want the reader's error", line, err)
	}
}

func TestParseRecord(t *testing.T) {
	f := func(line string, wantText string, wantOK bool) {
		t.Helper()
		r, isRecord := ParseRecord([]byte(line))
		text, ok := r.Text()
		if text != wantText || ok != wantOK {
			t.Errorf("text of %q: got %q, %v; want %q, %v (record: %v)", line, text, ok, wantText, wantOK, isRecord)
		}
	}
	f(`{"log":"a\nb"}`, "a\nb", true)
	f(`  {"date":1.5,"log":"x"}`, "x", true)
	f(`{"Log":"not ours"}`, "", false)
	f(`{"log":{"level":"error"}}`, "", false)
	f(`{"log":"x"} trailing`, "", false)
	f(`{"log":"x"}{"log":"y"}`, "", false)
	f(`{"log":"x"`, "", false)
	f(`["log"]`, "", false)
	f(`log`, "", false)
	f(``, "", false)
	f(strings.Repeat(`{"a":`, 20000), "", false)
}

func TestTakeTime(t *testing.T) {
	f := func(line, want string) {
		t.Helper()
		r, ok := ParseRecord([]byte(line))
		if !ok {
			t.Fatalf("%s is no record", line)
		}
		got := "none"
		if at, ok := r.TakeTime(); ok {
			got = at.UTC().Format(time.RFC3339Nano)
			if again, ok := r.TakeTime(); ok {
				t.Errorf("%s: the time was not taken out: %v", line, again)
			}
		}
		if got != want {
			t.Errorf("time of %s: got %s, want %s", line, got, want)
		}
	}
	const moment = "2026-03-10T09:14:21.48Z"
	f(`{"date":"2026-03-10T09:14:21.480Z","log":"x"}`, moment)
	f(`{"date":"2026-03-10T10:14:21.480+01:00"}`, moment)
	f(`{"@timestamp":"2026-03-10T09:14:21.480Z"}`, moment)
	f(`{"date":1773134061.480}`, moment)
	f(`{"time":1773134061480}`, moment)
	f(`{"asctime":"2026-03-10 09:14:21,480"}`, moment)
	f(`{"@t":"2026-03-10T09:14:21.4800000Z"}`, moment)
	f(`{"t":{"$date":"2026-03-10T10:14:21.480+01:00"}}`, moment)
	f(`{"t":{"$date":1773134061480}}`, moment)
	f(`{"t":{"x":1}}`, "none")
	f(`{"date":"yesterday","log":"x"}`, "none")
	f(`{"date":-1}`, "none")
	f(`{"date":1e300}`, "none")
	f(`{"date":null}`, "none")
	f(`{"date":"9999-12-31T00:00:00Z"}`, "none")
	f(`{"date":"9999-12-31T00:00:00Z","time":"2026-03-10T09:14:21.480Z"}`, moment)
	f(`{"date":"0001-01-01T00:00:00Z"}`, "none")
	f(`{"date":4294967293}`, "2106-02-07T06:28:13Z")
	f(`{"date":4294967294}`, "none")
	f(`{"log":"x"}`, "none")
}

func TestTask(t *testing.T) {
	f := func(line string, want diagnose.Task) {
		t.Helper()
		r, _ := ParseRecord([]byte(line))
		if diff := cmp.Diff(want, r.Task()); diff != "" {
			t.Errorf("task of %s (-want +got):\n%s", line, diff)
		}
	}
	f(`{"ecs_task_arn":"arn:aws:ecs:eu-west-1:123456789012:task/prod/0123456789abcdef0123456789abcdef"}`,
		diagnose.Task{TaskID: "0123456789abcdef0123456789abcdef"})
	f(`{"ecs_task_arn":"odd"}`, diagnose.Task{TaskID: "odd"})
	f(`{"ecs_task_arn":7}`, diagnose.Task{})
	f(`{}`, diagnose.Task{})
}
