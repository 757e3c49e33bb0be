package chunk

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

var nine = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// flushed empties b and shows its chunks.
func flushed(b *Batch) string {
	var all []string
	b.Flush(func(tag string, chunk []byte) error {
		all = append(all, fmt.Sprintf("%s=%s", tag, chunk))
		return nil
	})
	return strings.Join(all, " ")
}

func TestBatch(t *testing.T) {
	var b Batch
	if b.EndsBefore(nine) || flushed(&b) != "" {
		t.Error("an empty batch is to be flushed, or holds something")
	}
	at := nine.Add(300 * time.Millisecond)
	b.Add("y", at, []byte("1"))
	b.Add("x", at.Add(-time.Minute), []byte("2"))
	b.Add("y", at, []byte("3"))
	if b.EndsBefore(nine.Add(time.Second)) || !b.EndsBefore(nine.Add(time.Second+1)) {
		t.Error("a batch does not end with the second of its first record")
	}
	if got := flushed(&b); got != "y=13 x=2" || !b.IsEmpty() || !b.Newest().Equal(at) {
		t.Errorf("chunks %q, newest %v; want those of y and x, newest %v", got, b.Newest(), at)
	}
	b.Add("x", nine.Add(time.Hour), []byte("4"))
	if got := flushed(&b); got != "x=4" {
		t.Errorf("chunks %q; want only what came after the flush", got)
	}
}

// The records of a file without times all have the same one: they are no one chunk.
func TestBatchIsBounded(t *testing.T) {
	var b Batch
	record := make([]byte, 1000)
	n := 0
	for ; !b.EndsBefore(nine); n++ {
		b.Add([]string{"x", "y"}[n%2], nine, record)
		if n*len(record) > 2*batchSize {
			t.Fatal("a batch of records of one time has no end")
		}
	}
	if n*len(record) != batchSize {
		t.Errorf("a batch ends with %d bytes; want %d", n*len(record), batchSize)
	}
	flushed(&b)
	if b.Add("x", nine, record); b.EndsBefore(nine) {
		t.Error("a batch counts what it has flushed")
	}
}

func TestBatchPassesErrorsOn(t *testing.T) {
	var b Batch
	b.Add("x", nine, nil)
	b.Add("y", nine, nil)
	broken, calls := errors.New("broken"), 0
	err := b.Flush(func(string, []byte) error { calls++; return broken })
	if !errors.Is(err, broken) || calls != 1 {
		t.Errorf("got %v after %d calls; want the error of the first", err, calls)
	}
}
