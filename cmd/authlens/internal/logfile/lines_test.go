package logfile

import (
	"bytes"
	"context"
	"strings"
	"testing"
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

// The time in a message that is a record itself is none of its fields.
func TestMessageWithTime(t *testing.T) {
	record := message([]byte(`{"date":1772355600.5,"log":"access denied"}`))
	if len(record) != 1 || record["log"] != "access denied" {
		t.Errorf("got %v, want the log only", record)
	}
}
