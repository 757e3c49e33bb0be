package scan

import (
	"fmt"
	"time"

	"github.com/authlens/authlens/cmd/authlens/internal/chunk"
	"github.com/authlens/authlens/cmd/authlens/internal/input"
	"github.com/authlens/authlens/cmd/authlens/internal/logfile"
	"github.com/authlens/authlens/engine"
	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/literal"
)

// restRecords is how many records after an unfinished failure are kept, since
// they may be its rest: at least as many as the engine puts together.
const restRecords = 16

// A sift keeps the records of one file that have a failure in them, and what may
// belong to it, and drops all others. It asks a Scanner with the same rules as the
// one that counts later, so nothing is dropped that would count.
type sift struct {
	scanner *engine.Scanner
	finder  *literal.Finder // the Scanner's
	counts  *engine.Counts
	spool   *spool
	encoded []byte

	// Of the file at hand.
	file    int             // its place among the files
	start   time.Time       // for records without a time
	records int64           // kept so far
	own     int64           // findings of ours
	resting map[string]int  // by stream: records to keep as the rest of a failure
	open    map[string]bool // by stream: no message began since the last failure
}

func newSift(scanner *engine.Scanner, spool *spool) *sift {
	return &sift{scanner: scanner, finder: scanner.Finder(), counts: engine.NewCounts(), spool: spool}
}

// begin begins another file.
func (s *sift) begin(file int, start time.Time) {
	s.file, s.start = file, start
	s.records, s.own = 0, 0
	s.resting, s.open = map[string]int{}, map[string]bool{}
}

// Next searches a block of the file as it is: the escapes of JSON and CSV leave
// literals whole.
func (s *sift) Next(block []byte, from int) int { return s.finder.Find(block, from) }

// Take keeps a record when it matters.
func (s *sift) Take(r *logfile.Record) (more bool, err error) {
	if r.Time.IsZero() {
		r.Time = s.start
	}
	if s.encoded, err = chunk.Append(s.encoded[:0], r.Time, r.Fields); err != nil {
		return false, fmt.Errorf("bug: %w", err)
	}
	matters, unfinished := s.ask(r)
	rest := s.resting[r.Stream]
	switch {
	case unfinished:
		s.resting[r.Stream] = restRecords
	case rest > 1:
		s.resting[r.Stream]--
	case rest == 1:
		delete(s.resting, r.Stream)
	}
	// Up to the first message after a failure, what shows whether a later one is a
	// further line of it is kept.
	link := extract.Carried
	if s.open[r.Stream] {
		link = linkOf(r.Fields)
	}
	switch {
	case matters:
		s.open[r.Stream] = true
	case link == extract.Broken:
		delete(s.open, r.Stream)
	}
	if !matters && link == extract.Carried && rest == 0 {
		return s.open[r.Stream], nil
	}
	if isFinding(r.Fields) {
		s.own++
		return false, nil
	}
	s.records++
	number := s.records
	if r.Backwards {
		number = -number
	}
	err = s.spool.add(entry{time: r.Time.UnixNano(), file: s.file, number: number}, r.Tag, s.encoded)
	return s.resting[r.Stream] > 0 || s.open[r.Stream], err
}

// linkOf returns the link of a record that tells no failure.
func linkOf(fields input.Record) extract.Link {
	text, ok := fields.Text()
	if !ok {
		return extract.Broken
	}
	return extract.LinkOf([]byte(text))
}

// ask lets the Scanner look at the record by itself.
func (s *sift) ask(r *logfile.Record) (matters, unfinished bool) {
	if _, part := r.Fields["partial_message"]; part {
		return true, false // a failure may begin in it and end in the next
	}
	if r.Backwards {
		return true, false // the rest of a failure came before it
	}
	s.scanner.Scan(r.Tag, s.encoded, s.counts)
	for s.scanner.Waiting() {
		unfinished = true
		s.scanner.Expire(s.counts)
	}
	found := &s.counts.Stats
	matters = unfinished || found.Matches > 0 || found.Duplicates > 0 || found.StreamsLost > 0
	s.counts.Reset()
	return matters, unfinished
}

// isFinding reports whether a record is one of our own findings, which logs may hold
// too: what it quotes was counted where it was first written.
func isFinding(fields input.Record) bool {
	if text, ok := fields.Text(); ok {
		if fields, ok = input.ParseRecord([]byte(text)); !ok {
			return false
		}
	}
	for _, key := range []string{"schema", "fingerprint", "reason", "evidence"} {
		if _, ok := fields[key]; !ok {
			return false
		}
	}
	return true
}
