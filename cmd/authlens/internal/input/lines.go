// Package input reads lines, and the records that lines may hold.
package input

import (
	"bufio"
	"errors"
	"io"
)

// LineMax is the longest line that is read whole, in bytes. The rest of a longer one
// is skipped.
const LineMax = 64 << 20

// Lines reads lines of any length.
type Lines struct {
	r    *bufio.Reader
	line []byte
	cut  bool
}

// NewLines returns the lines of r.
func NewLines(r io.Reader) *Lines { return &Lines{r: bufio.NewReaderSize(r, 64<<10)} }

// Next returns the next line without its line break, or io.EOF after the last. A line
// break at the very end does not begin another line. The bytes are valid until the
// next call.
func (l *Lines) Next() ([]byte, error) {
	l.line, l.cut = l.line[:0], false
	for {
		part, err := l.r.ReadSlice('\n')
		if room := LineMax - len(l.line); len(part) > room {
			part, l.cut = part[:room], true
		}
		l.line = append(l.line, part...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(l.line) > 0, err == nil:
			return trimBreak(l.line), nil
		}
		return nil, err
	}
}

// Cut reports whether the line that Next returned was longer than LineMax.
func (l *Lines) Cut() bool { return l.cut }

func trimBreak(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\n' {
		line = line[:n-1]
	}
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line
}
