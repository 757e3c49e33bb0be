package main

import (
	"bytes"
	"errors"
	"testing"
)

// rationed takes that many bytes of each write, and no more.
type rationed struct {
	bytes.Buffer
	takes []int
}

func (r *rationed) Write(p []byte) (int, error) {
	n := len(p)
	if len(r.takes) > 0 {
		n, r.takes = min(n, r.takes[0]), r.takes[1:]
	}
	r.Buffer.Write(p[:n])
	if n < len(p) {
		return n, errors.New("no space left")
	}
	return n, nil
}

// A line that went out in part is followed by a new one, however often that fails.
func TestTornLine(t *testing.T) {
	r := &rationed{takes: []int{100, 3, 0, 1, 2}}
	w := &wholeLines{to: r}
	failed := 0
	for _, line := range []string{"one\n", "two two\n", "two two\n", "two two\n", "two two\n", "two two\n", "three\n"} {
		n, err := w.Write([]byte(line))
		if err != nil {
			failed++
		} else if n != len(line) {
			t.Errorf("%q: got %d bytes and no error", line, n)
		}
	}
	if want := "one\ntwo\ntw\ntwo two\nthree\n"; r.String() != want || failed != 4 {
		t.Errorf("got %q and %d errors; want %q and 4", r.String(), failed, want)
	}
}
