// Package stdout is the sink that prints each finding as one line of JSON.
//
// In a FireLens task that is the log of the log router's own container. A line
// goes out in a single write, so it is not mixed with what Fluent Bit prints, unless
// it is longer than 4 KiB and a pipe has too little room for it.
package stdout

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/plugin/sink"
	"github.com/authlens/authlens/plugin/sink/emf"
)

// A Sink prints findings. Whoever reads the other end may have stopped, and a
// write to a full pipe cannot be cancelled, so a goroutine does the writing, and
// Deliver gives up waiting for it when its time is over.
type Sink struct {
	// Extra, when set, returns further members of a finding's JSON object. It is
	// set before the first Deliver.
	Extra func(finding.Finding) []byte

	lines   chan []byte // to the writer; closed by Close
	results chan error  // from the writer, one for each line
	writing bool        // a line was handed over, and its result not received yet
}

var (
	_ sink.Sink  = (*Sink)(nil)
	_ emf.Writer = (*Sink)(nil)
)

// New returns a sink that writes to w.
func New(w io.Writer) *Sink {
	s := &Sink{lines: make(chan []byte), results: make(chan error, 1)}
	go func() {
		for line := range s.lines {
			s.results <- write(w, line)
		}
	}()
	return s
}

// write turns a panic of w into an error: no goroutine of ours may end the
// process.
func write(w io.Writer, line []byte) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("writing to stdout panicked: %v", cause)
		}
	}()
	_, err = w.Write(line)
	return err
}

// Name is "stdout".
func (s *Sink) Name() string { return "stdout" }

// Deliver prints the batch in order, leaving out findings that have no JSON form. A line
// that was being written when an earlier ctx ended may come out twice.
func (s *Sink) Deliver(ctx context.Context, batch []finding.Finding) error {
	var unprintable []finding.Finding
	var why error
	for i := range batch {
		var extra []byte
		if s.Extra != nil {
			extra = s.Extra(batch[i])
		}
		line, err := sink.JSON(batch[i], extra)
		if err != nil {
			unprintable, why = append(unprintable, batch[i]), errors.Join(why, err)
			continue
		}
		if err := s.print(ctx, append(line, '\n')); err != nil {
			return err
		}
	}
	return sink.PermanentFor(unprintable, why)
}

// WriteEvents prints log events in order, each on a line of its own.
func (s *Sink) WriteEvents(ctx context.Context, events []emf.Document) error {
	for _, event := range events {
		if err := s.print(ctx, append(event.JSON, '\n')); err != nil {
			return err
		}
	}
	return nil
}

func (s *Sink) print(ctx context.Context, line []byte) error {
	if s.writing {
		if err := s.wait(ctx); err != nil {
			return err
		}
	}
	s.writing = true
	s.lines <- line // the writer is idle: it takes the line at once
	return s.wait(ctx)
}

func (s *Sink) wait(ctx context.Context) error {
	select {
	case err := <-s.results:
		s.writing = false
		if err != nil {
			return fmt.Errorf("writing to stdout: %w", err)
		}
		return nil
	case <-ctx.Done():
		return fmt.Errorf("stdout is not being read: %w", ctx.Err())
	}
}

// Close ends the writer once it has finished its current line, if any.
func (s *Sink) Close() error {
	close(s.lines)
	return nil
}
