package scan

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"slices"
	"sync"
)

const (
	// runMax is how many bytes of records are held in memory before they are
	// sorted and written to a temporary file.
	runMax = 16 << 20
	// entryCost is what holding one record counts for, besides its bytes.
	entryCost = 64
	// readMax is the buffer for reading one sorted run back, in bytes.
	readMax = 16 << 10
)

// An entry is a record that matters: when, and where it stood.
type entry struct {
	time   int64 // ns since 1970
	file   int   // place of its file
	number int64 // in its file
	tag    string
	chunk  []byte // the record as a chunk of one
}

// compare orders records by time, then by where they stand: the same for the
// same files, however many are read at once.
func (e *entry) compare(other *entry) int {
	return cmp.Or(cmp.Compare(e.time, other.time), cmp.Compare(e.file, other.file), cmp.Compare(e.number, other.number))
}

// A spool takes records in any order and gives them back in order of time. What
// exceeds runMax goes through a temporary file: an external merge sort.
type spool struct {
	mu      sync.Mutex
	entries []entry
	cost    int
	file    *os.File // nil until needed
	named   bool     // the file is still in its folder
	runs    []run
	end     int64 // of file
	tags    map[string]string
}

// A spoolError ends a scan: records that matter cannot be kept.
type spoolError struct{ error }

func (e *spoolError) Error() string {
	return "more failures than are held in memory, and the temporary file for them (in TMPDIR) fails: " + e.error.Error()
}

func (e *spoolError) Unwrap() error { return e.error }

// A run is a part of the temporary file, in order.
type run struct{ from, to int64 }

func newSpool() *spool { return &spool{tags: map[string]string{}} }

// add keeps a copy of the chunk. Many may add at once.
func (s *spool) add(e entry, tag string, chunk []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	e.tag = s.intern(tag)
	e.chunk = slices.Clone(chunk)
	s.entries = append(s.entries, e)
	if s.cost += len(chunk) + entryCost; s.cost < runMax {
		return nil
	}
	return s.writeRun()
}

// internMax bounds the tags that are stored only once for all their records.
const internMax = 100_000

func (s *spool) intern(tag string) string {
	if known, ok := s.tags[tag]; ok {
		return known
	}
	if len(s.tags) < internMax {
		s.tags[tag] = tag
	}
	return tag
}

// writeRun moves what is in memory to the temporary file.
func (s *spool) writeRun() (err error) {
	if s.file == nil {
		if s.file, err = os.CreateTemp("", "authlens-scan-*"); err != nil {
			return &spoolError{err}
		}
		// It holds log lines. Without a name it is gone however this process ends; if
		// an open file cannot lose its name, close removes it.
		s.named = os.Remove(s.file.Name()) != nil
	}
	s.sort()
	out := bufio.NewWriterSize(s.file, 256<<10)
	var head []byte
	n := int64(0)
	for i := range s.entries {
		head = s.entries[i].appendHead(head[:0])
		for _, part := range [][]byte{head, []byte(s.entries[i].tag), s.entries[i].chunk} {
			out.Write(part) // the error stays with Flush
			n += int64(len(part))
		}
	}
	if err := out.Flush(); err != nil {
		return &spoolError{err}
	}
	s.runs = append(s.runs, run{s.end, s.end + n})
	s.end += n
	clear(s.entries)
	s.entries, s.cost = s.entries[:0], 0
	return nil
}

func (s *spool) sort() {
	slices.SortFunc(s.entries, func(a, b entry) int { return a.compare(&b) })
}

// headLen is the length of an entry's fixed part: time, file, number, and the
// lengths of tag and chunk.
const headLen = 8 + 4 + 8 + 4 + 4

func (e *entry) appendHead(b []byte) []byte {
	b = binary.LittleEndian.AppendUint64(b, uint64(e.time))
	b = binary.LittleEndian.AppendUint32(b, uint32(e.file))
	b = binary.LittleEndian.AppendUint64(b, uint64(e.number))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(e.tag)))
	return binary.LittleEndian.AppendUint32(b, uint32(len(e.chunk)))
}

// each yields all records in order. Nothing may be added any more.
func (s *spool) each(yield func(*entry)) error {
	s.sort()
	sources := merge{&source{rest: s.entries}}
	for _, r := range s.runs {
		part := io.NewSectionReader(s.file, r.from, r.to-r.from)
		sources = append(sources, &source{in: bufio.NewReaderSize(part, readMax), tags: s.tags})
	}
	open := sources[:0]
	for _, src := range sources {
		if err := src.advance(); err == nil {
			open = append(open, src)
		} else if !errors.Is(err, io.EOF) {
			return err
		}
	}
	heap.Init(&open)
	for len(open) > 0 {
		yield(&open[0].entry)
		switch err := open[0].advance(); {
		case err == nil:
			heap.Fix(&open, 0)
		case errors.Is(err, io.EOF):
			heap.Pop(&open)
		default:
			return err
		}
	}
	return nil
}

// close removes the temporary file.
func (s *spool) close() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	if s.named {
		err = errors.Join(err, os.Remove(s.file.Name()))
	}
	return err
}

// A source is a sorted sequence of entries: in memory, or of a run.
type source struct {
	entry
	rest []entry
	in   *bufio.Reader
	tags map[string]string
}

// advance reads the next entry, or returns io.EOF.
func (s *source) advance() error {
	if s.in == nil {
		if len(s.rest) == 0 {
			return io.EOF
		}
		s.entry, s.rest = s.rest[0], s.rest[1:]
		return nil
	}
	var head [headLen]byte
	if _, err := io.ReadFull(s.in, head[:]); err != nil {
		return err // io.EOF at the end of the run
	}
	le := binary.LittleEndian
	s.time = int64(le.Uint64(head[0:]))
	s.entry.file = int(le.Uint32(head[8:]))
	s.number = int64(le.Uint64(head[12:]))
	tag := make([]byte, le.Uint32(head[20:]))
	s.chunk = slices.Grow(s.chunk[:0], int(le.Uint32(head[24:])))[:le.Uint32(head[24:])]
	for _, part := range [][]byte{tag, s.chunk} {
		if _, err := io.ReadFull(s.in, part); err != nil {
			return &spoolError{err}
		}
	}
	s.tag = string(tag)
	if known, ok := s.tags[s.tag]; ok {
		s.tag = known
	}
	return nil
}

// merge is a heap: the source with the earliest entry first.
type merge []*source

func (m merge) Len() int           { return len(m) }
func (m merge) Less(i, j int) bool { return m[i].compare(&m[j].entry) < 0 }
func (m merge) Swap(i, j int)      { m[i], m[j] = m[j], m[i] }
func (m *merge) Push(x any)        { *m = append(*m, x.(*source)) }
func (m *merge) Pop() any {
	old := *m
	last := old[len(old)-1]
	*m = old[:len(old)-1]
	return last
}
