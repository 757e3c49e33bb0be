// Package logfile reads log files of every form that containers, CloudWatch
// and people leave them in, and gives back the records a program wrote.
//
// A file is recognised by its content, never by its name alone. Its bytes are read
// once, in blocks; if its records are lines, only the lines that a Sieve asks for
// are parsed, so reading costs little more than searching. Times without a zone
// are taken as UTC.
package logfile

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/authlens/authlens/cmd/authlens/internal/input"
)

// A Record is one log entry, as a program wrote it.
type Record struct {
	// Time is when it was logged. A record that does not say has the time of the
	// one before, or else of the first that does; it is zero if none does.
	Time time.Time
	// Stream tells the file's streams apart: a CloudWatch log stream, or stdout
	// and stderr. Empty when there is only one.
	Stream string
	// Tag names where the record comes from.
	Tag string
	// Fields is the record as Fluent Bit would have had it: the text under
	// "log", and what is known of its container.
	Fields input.Record
	// More says that the runtime cut a line here, and that it goes on in the
	// next record of the stream.
	More bool
	// Backwards says that the file has the newest records first: of two with the
	// same time, the lower one was written first.
	Backwards bool
}

// A Sieve says which records matter.
type Sieve interface {
	// Next returns a place in block, at or after from, before which no line
	// matters; -1 when none does.
	Next(block []byte, from int) int
	// Take is given the records at such places, in the order of the file. With
	// more, the next records of the same stream are given to it too. An error
	// ends the reading.
	Take(r *Record) (more bool, err error)
}

// Stats say what a file held.
type Stats struct {
	Bytes       int64     // after decompression
	Records     int64     // of formats that are not lines, records; else lines
	First, Last time.Time // the earliest and latest time that was seen; zero: none
	Cut         int64     // lines that were too long to be read whole
}

// Errors that say that a file holds no log.
var (
	// ErrEmpty says that there is nothing in it.
	ErrEmpty = errors.New("empty")
	// ErrWriteTest is the file with which CloudWatch tries whether it may write
	// an export.
	ErrWriteTest = errors.New("CloudWatch's own write test, not a log")
	// ErrBinary says that it is not text.
	ErrBinary = errors.New("not text, nor gzip or zstd of text")
)

// A File is a log to be read once.
type File struct {
	Format string // the name of its format
	Tag    string // where its records come from, unless they say so themselves

	format   *format
	in       *bufio.Reader
	stats    Stats
	last     time.Time // the time of the record before
	modified time.Time // stands in for the year where times have none
	closers  []io.Closer
}

// headMax is how much of a file is looked at to know its format.
const headMax = 64 << 10

// Open opens the file with that name; "-" is stdin. Counted, if not nil, is called
// with the number of bytes read from it, before decompression. Reading ends when
// ctx does.
func Open(ctx context.Context, name string, stdin io.Reader, counted func(n int)) (*File, error) {
	f := &File{Tag: tagOf(name), modified: time.Now()}
	raw, err := f.open(name, stdin)
	if err != nil {
		return nil, err
	}
	if err := f.begin(&meter{ctx: ctx, r: raw, counted: counted}); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// OpenText opens the file with that name, "-" is stdin, as the text that it holds,
// plain or compressed, whatever its form.
func OpenText(name string, stdin io.Reader) (io.ReadCloser, error) {
	var f File
	raw, err := f.open(name, stdin)
	if err != nil {
		return nil, err
	}
	text, err := f.decompress(raw)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return struct {
		io.Reader
		io.Closer
	}{text, &f}, nil
}

// open returns the bytes of the file with that name.
func (f *File) open(name string, stdin io.Reader) (io.Reader, error) {
	if name == "-" {
		return stdin, nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err == nil {
		if info.IsDir() {
			file.Close()
			return nil, fmt.Errorf("expected a file; %s is a folder", name)
		}
		if t := info.ModTime(); input.Carried(t) {
			f.modified = t
		}
	}
	f.closers = append(f.closers, file)
	return file, nil
}

// decompress returns what raw holds, as text.
func (f *File) decompress(raw io.Reader) (io.Reader, error) {
	plain, closer, err := decompressed(raw)
	if closer != nil {
		f.closers = append(f.closers, closer)
	}
	if err != nil {
		return nil, err
	}
	return unmarked(plain), nil
}

// begin finds out what the bytes of raw are.
func (f *File) begin(raw io.Reader) error {
	plain, err := f.decompress(raw)
	if err != nil {
		return err
	}
	f.in = bufio.NewReaderSize(plain, headMax)
	head, err := f.in.Peek(headMax)
	if len(head) == 0 {
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		return ErrEmpty
	}
	if f.format, err = formatOf(head); err != nil {
		return err
	}
	f.Format = f.format.name
	return nil
}

// Read gives sieve the records of f that it asks for. What was read before an error
// counts.
func (f *File) Read(sieve Sieve) error {
	if f.format.document != nil {
		return f.readDocument(sieve)
	}
	return f.readLines(sieve)
}

// Stats tells what was read.
func (f *File) Stats() Stats { return f.stats }

// Close closes the file.
func (f *File) Close() error {
	var all error
	for i := len(f.closers) - 1; i >= 0; i-- {
		all = errors.Join(all, f.closers[i].Close())
	}
	return all
}

// seen notes a time that a record has of its own.
func (f *File) seen(t time.Time) {
	f.last = t
	if f.stats.First.IsZero() || t.Before(f.stats.First) {
		f.stats.First = t
	}
	if t.After(f.stats.Last) {
		f.stats.Last = t
	}
}

// complete fills in what a format's parser leaves open.
func (f *File) complete(r *Record) {
	if r.Time.IsZero() {
		if r.Time = f.last; f.last.IsZero() {
			r.Time = f.stats.First
		}
	} else {
		f.seen(r.Time)
	}
	if r.Tag == "" {
		r.Tag = f.Tag
		nameFromStream(r.Fields, f.Tag)
	}
}

// readDocument reads a format whose records are not lines.
func (f *File) readDocument(sieve Sieve) error {
	in := &lengthReader{r: f.in}
	defer func() { f.stats.Bytes = in.n }()
	return f.format.document(in, f.modified, func(r *Record) error {
		f.stats.Records++
		r.Time = carried(r.Time)
		f.complete(r)
		_, err := sieve.Take(r)
		return err
	})
}

type lengthReader struct {
	r io.Reader
	n int64
}

func (l *lengthReader) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	l.n += int64(n)
	return n, err
}

// A meter counts what is read, and stops when its context ends.
type meter struct {
	ctx     context.Context
	r       io.Reader
	counted func(n int)
}

func (m *meter) Read(p []byte) (int, error) {
	if err := m.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := m.r.Read(p)
	if m.counted != nil {
		m.counted(n)
	}
	return n, err
}

// Modified returns when the file was last changed. For stdin, or if no record can have
// that time, it is when the file was opened.
func (f *File) Modified() time.Time { return f.modified }
