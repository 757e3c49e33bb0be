package logfile

import (
	"bytes"
	"io"
	"time"
)

const (
	// moreLines is for how many lines the rest of a record is waited for.
	moreLines = 64
	// timeLines is how many lines back a record's time is looked for.
	timeLines = 256
)

// A lineReader reads one file of lines.
type lineReader struct {
	*File
	sieve Sieve
	// wanted are the streams whose next records are taken too, and how many lines
	// to wait for them.
	wanted map[string]int
	// open are the streams in which the rest of a cut line is to come.
	open map[string]bool
	// known is up to where in the block the times of records have been looked at.
	known int
}

func (f *File) readLines(sieve Sieve) error {
	r := lineReader{File: f, sieve: sieve, wanted: map[string]int{}, open: map[string]bool{}}
	blocks := blockReader{in: f.in, stats: &f.stats, buf: make([]byte, blockSize)}
	for {
		lines, end := blocks.next()
		if err := r.block(lines); err != nil {
			return err
		}
		if end == io.EOF {
			return nil
		}
		if end != nil {
			return end
		}
	}
}

// block reads whole lines: those that the sieve asks for or, if some may be parts of
// longer lines, all of them, since a failure may begin in one part and end in the next.
func (r *lineReader) block(block []byte) error {
	if len(block) == 0 {
		return nil
	}
	r.stats.Records += int64(bytes.Count(block, newline))
	if block[len(block)-1] != '\n' {
		r.stats.Records++
	}
	if r.stats.First.IsZero() {
		r.firstTime(block)
	}
	r.known = 0
	every := r.format.parts != nil && (len(r.open) > 0 || r.format.parts(block))
	for from := 0; from < len(block); {
		if !every && len(r.wanted) == 0 {
			at := r.sieve.Next(block, from)
			if at < 0 {
				break
			}
			from = max(from, bytes.LastIndexByte(block[:at], '\n')+1)
		}
		next, err := r.lineAt(block, from)
		if err != nil {
			return err
		}
		from = next
	}
	r.timeBefore(block[r.known:])
	return nil
}

var newline = []byte{'\n'}

// lineAt gives the record of the line at from to the sieve and returns where
// the next line begins.
func (r *lineReader) lineAt(block []byte, from int) (next int, err error) {
	line, next := block[from:], len(block)
	if i := bytes.IndexByte(line, '\n'); i >= 0 {
		line, next = line[:i], from+i+1
	}
	line = bytes.TrimSuffix(line, []byte{'\r'})
	var record Record
	if !r.format.line(line, r.modified, &record) {
		record = Record{Fields: text(line)}
	}
	record.Time = carried(record.Time)
	if record.Time.IsZero() {
		r.timeBefore(block[r.known:from])
	}
	r.known = next
	r.complete(&record)
	r.markPart(&record)
	more, err := r.sieve.Take(&record)
	for stream := range r.wanted {
		if r.wanted[stream]--; r.wanted[stream] <= 0 {
			delete(r.wanted, stream)
		}
	}
	if more {
		r.wanted[record.Stream] = moreLines
	} else {
		delete(r.wanted, record.Stream)
	}
	return next, err
}

// markPart marks a record that is a part of a longer line as Docker's log driver
// for Fluentd does. The engine puts the parts together.
func (r *lineReader) markPart(record *Record) {
	stream := record.Stream
	if !record.More && !r.open[stream] {
		return
	}
	record.Fields["partial_message"] = "true"
	record.Fields["partial_id"] = stream
	record.Fields["partial_last"] = "true"
	delete(r.open, stream)
	if record.More {
		record.Fields["partial_last"] = "false"
		r.open[stream] = true
	}
}

// firstTime looks for the time of the first record.
func (r *lineReader) firstTime(block []byte) {
	n := 0
	for line := range bytes.Lines(block) {
		if t := r.timeOf(line); !t.IsZero() {
			last := r.last
			r.seen(t)
			r.last = last
			return
		}
		if n++; n == timeLines {
			return
		}
	}
}

// timeBefore notes the time of the last record in lines that has one: it is that of
// the records after it that have none.
func (r *lineReader) timeBefore(lines []byte) {
	for range timeLines {
		lines = bytes.TrimSuffix(lines, newline)
		if len(lines) == 0 {
			return
		}
		start := bytes.LastIndexByte(lines, '\n') + 1
		if t := r.timeOf(lines[start:]); !t.IsZero() {
			r.seen(t)
			return
		}
		lines = lines[:start]
	}
}

func (r *lineReader) timeOf(line []byte) time.Time {
	var record Record
	if !r.format.line(bytes.TrimRight(line, "\r\n"), r.modified, &record) {
		return time.Time{}
	}
	return carried(record.Time)
}
