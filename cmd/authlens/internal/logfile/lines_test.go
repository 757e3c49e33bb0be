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
