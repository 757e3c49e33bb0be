package stdout

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/plugin/sink"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// writes records each call of Write.
type writes [][]byte

func (w *writes) Write(b []byte) (int, error) {
	*w = append(*w, bytes.Clone(b))
	return len(b), nil
}

func TestOneWriteALine(t *testing.T) {
	var w writes
	s := New(&w)
	defer s.Close()
	batch := []finding.Finding{
		{Fingerprint: "a", Summary: "one <line>\nonly & no more", Evidence: "\xff\x00"},
		{Fingerprint: "b"},
	}
	if err := s.Deliver(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	if len(w) != 2 {
		t.Fatalf("%d writes, want 2", len(w))
	}
	for i, line := range w {
		var f finding.Finding
		if err := json.Unmarshal(line, &f); err != nil || f.Fingerprint != batch[i].Fingerprint {
			t.Errorf("line %d: %v in %s", i, err, line)
		}
		if n := bytes.Count(line, []byte("\n")); n != 1 || line[len(line)-1] != '\n' {
			t.Errorf("line %d is not one line: %q", i, line)
		}
	}
	if !bytes.Contains(w[0], []byte("<line>")) {
		t.Errorf("angle brackets are not readable in %s", w[0])
	}
}

// A pipe that nobody reads holds up neither Deliver beyond its context nor
// Close, and the sink goes on once it is read again.
func TestUnreadPipe(t *testing.T) {
	r, w := io.Pipe()
	s := New(w)
	batch := []finding.Finding{{Fingerprint: "a"}}
	for range 2 {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		err := s.Deliver(ctx, batch)
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "stdout is not being read") || sink.IsPermanent(err) {
			t.Fatalf("got %v", err)
		}
	}
	go io.Copy(io.Discard, r)
	if err := s.Deliver(t.Context(), batch); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	r.Close()
}

func TestFailingWriter(t *testing.T) {
	f := func(w io.Writer, want string) {
		t.Helper()
		s := New(w)
		defer s.Close()
		err := s.Deliver(t.Context(), []finding.Finding{{}})
		if err == nil || !strings.Contains(err.Error(), want) || sink.IsPermanent(err) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	r, w := io.Pipe()
	r.CloseWithError(errors.New("the reader left"))
	f(w, "the reader left")
	f(nil, "panicked")
}

// A finding without a JSON form is told of and does not hold back the others.
func TestUnprintable(t *testing.T) {
	var w writes
	s := New(&w)
	defer s.Close()
	bad := finding.Finding{Fingerprint: "bad", LastSeen: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}
	batch := []finding.Finding{bad, {Fingerprint: "good"}}
	err := s.Deliver(t.Context(), batch)
	if !sink.IsPermanent(err) || !strings.Contains(err.Error(), "bad") {
		t.Errorf("got %v", err)
	}
	if refused := sink.Refused(batch, err); len(refused) != 1 || refused[0].Fingerprint != "bad" {
		t.Errorf("refused: %+v", refused)
	}
	if len(w) != 1 || !bytes.Contains(w[0], []byte(`"good"`)) {
		t.Errorf("printed %q", w)
	}
}
