package logfile

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A marks keeps the texts of the lines that hold a mark.
type marks struct{ texts []string }

func (m *marks) Next(block []byte, from int) int {
	if i := bytes.Index(block[from:], []byte("MARK")); i >= 0 {
		return from + i
	}
	return -1
}

func (m *marks) Take(r *Record) (bool, error) {
	text, _ := r.Fields.Text()
	m.texts = append(m.texts, text)
	return false, nil
}

// The line after one that is too long is read whole, wherever in it a read ends.
func TestLineAfterTooLongOne(t *testing.T) {
	const next = "a line with the word MARK in it"
	for read := range len(next) + 2 {
		in := "first\n" + strings.Repeat("x", 2*lineMax-len("first\n\n")-read) + "\n" + next + "\n"
		f, err := Open(context.Background(), "-", strings.NewReader(in), nil)
		if err != nil {
			t.Fatal(err)
		}
		var found marks
		if err := f.Read(&found); err != nil {
			t.Fatal(err)
		}
		if len(found.texts) != 1 || found.texts[0] != next || f.Stats().Cut != 1 {
			t.Errorf("%d bytes of it read: got %q, %d lines cut; want %q, one", read, found.texts, f.Stats().Cut, next)
		}
	}
}

// A timed sieve keeps the times of the lines that hold a mark.
type timed struct {
	marks
	times []time.Time
}

func (m *timed) Take(r *Record) (bool, error) {
	m.times = append(m.times, r.Time)
	return m.marks.Take(r)
}

// A line without a time has that of the line before it, wherever blocks begin.
func TestTimeOfTheLineBefore(t *testing.T) {
	const apart = 1000
	start := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	var in strings.Builder
	var want []time.Time
	for i := 0; in.Len() < 3*blockSize; i++ {
		at := start.Add(time.Duration(i) * time.Second)
		in.WriteString(at.Format("2006-01-02T15:04:05.000Z") + " quiet\n")
		if i%apart == apart-1 {
			in.WriteString("MARK without a time\n")
			want = append(want, at)
		}
	}
	f, err := Open(context.Background(), "-", strings.NewReader(in.String()), nil)
	if err != nil {
		t.Fatal(err)
	}
	var found timed
	if err := f.Read(&found); err != nil {
		t.Fatal(err)
	}
	if !slices.EqualFunc(found.times, want, time.Time.Equal) {
		t.Errorf("the marks have the times %v; want %v", found.times, want)
	}
}

// A waiting sieve wants what follows in the stream of a mark.
type waiting struct {
	marks
	taken int
}

func (w *waiting) Take(r *Record) (bool, error) {
	w.taken++
	text, _ := r.Fields.Text()
	return strings.Contains(text, "MARK"), nil
}

// The rest of a record is waited for, but not for ever, while another stream goes on.
func TestWaitingEnds(t *testing.T) {
	in := "2026-03-01T09:00:00.1Z stderr F MARK\n" + strings.Repeat("2026-03-01T09:00:00.2Z stdout F ordinary\n", 10*moreLines)
	f, err := Open(context.Background(), "-", strings.NewReader(in), nil)
	if err != nil {
		t.Fatal(err)
	}
	var w waiting
	if err := f.Read(&w); err != nil || w.taken != 1+moreLines {
		t.Errorf("%d lines were taken, error %v; want %d", w.taken, err, 1+moreLines)
	}
}

// The last line of a file may have no end, and that of a head may be cut.
func TestFirstLines(t *testing.T) {
	f := func(head string, want int) {
		t.Helper()
		n := 0
		firstLines([]byte(head), func([]byte) bool { n++; return true })
		if n != want {
			t.Errorf("%.20q… of %d bytes: %d lines, want %d", head, len(head), n, want)
		}
	}
	f("one\n\ntwo", 2)
	f("one\n"+strings.Repeat("x", headMax-len("one\n")), 1)
	f(strings.Repeat("x", headMax), 1)
	f(strings.Repeat("one\n", 2*sniffLines), sniffLines)
}

// Times without a year are of the year in which the file was changed last.
func TestYearOfFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "app.log")
	if err := os.WriteFile(name, []byte("Mar  1 09:00:12 host app[7]: MARK\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	changed := time.Date(2019, 3, 2, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(name, changed, changed); err != nil {
		t.Fatal(err)
	}
	f, err := Open(context.Background(), name, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Read(&marks{}); err != nil || !f.Modified().Equal(changed) || f.Stats().First.Year() != 2019 {
		t.Errorf("changed %v, first %v, error %v; want both in 2019", f.Modified(), f.Stats().First, err)
	}
}

// A log group that ECS has not named tells no family.
func TestInsightsOfAnyGroup(t *testing.T) {
	for group, want := range map[string]any{"123456789012:/ecs/orders": "orders", "123456789012:/aws/lambda/orders": nil} {
		r := insightsRecord(map[string]string{"@timestamp": "2026-03-01 09:00:12.123", "@message": "one", "@log": group})
		if got := r.Fields["ecs_task_definition"]; got != want {
			t.Errorf("%s: family %v, want %v", group, got, want)
		}
	}
}

// The time in a message that is a record itself is none of its fields.
func TestMessageWithTime(t *testing.T) {
	record := message([]byte(`{"date":1772355600.5,"log":"access denied"}`))
	if len(record) != 1 || record["log"] != "access denied" {
		t.Errorf("got %v, want the log only", record)
	}
}

func TestIsBinary(t *testing.T) {
	f := func(head string, want bool) {
		t.Helper()
		if got := isBinary([]byte(head)); got != want {
			t.Errorf("%.20q: got %v", head, got)
		}
	}
	f("", false)
	f("2026-03-01 ordinary\n", false)
	f("\x1b[31mrote Zeile\x1b[0m: Schlüssel\r\n", false)
	f("gr\xfc\xdfe an alle, die das hier lesen", false) // of an old encoding
	f("\xff\xfe\xfa\xfb\xfc text", true)
	f("\x01\x02\x03\x04 text", true)
	f("\x00\x00 text", true)
}
