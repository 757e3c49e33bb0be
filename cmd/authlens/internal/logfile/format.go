package logfile

import (
	"bytes"
	"io"
	"time"
	"unicode/utf8"
)

// A format is one way of storing log records in a file. Its records are lines, or it
// reads them out of a document.
type format struct {
	name string
	// sniff reports whether a file that begins with head has this format. Head
	// is all of a short file; else it is cut anywhere.
	sniff func(head []byte) bool

	// line reads a record off a line, and reports false if the line does not have
	// this form: then it is one more line of the text before. The line is
	// borrowed. Modified is when the file was last modified.
	line func(line []byte, modified time.Time, r *Record) bool
	// parts reports whether a line of block may be a part of a longer one. nil:
	// never.
	parts func(block []byte) bool

	// document yields the records of a document one by one. Modified is when the
	// file was last modified.
	document func(in io.Reader, modified time.Time, each func(*Record) error) error
}

// formats are tried in this order: the stricter a format, the earlier.
var formats = []*format{
	&events, &trail, &insightsJSON, &insightsCSV,
	&jsonLists, &containerd, &docker, &journal, &jsonLines,
	&export, &tail, &agent, &prefixed, &plain,
}

// formatOf tells the format of a file that begins with head.
func formatOf(head []byte) (*format, error) {
	if bytes.HasPrefix(head, []byte(writeTest)) {
		return nil, ErrWriteTest
	}
	if isBinary(head) {
		return nil, ErrBinary
	}
	for _, f := range formats {
		if f.sniff(head) {
			return f, nil
		}
	}
	return &plain, nil
}

// isBinary reports whether head is no text: NUL bytes, or mostly no UTF-8.
func isBinary(head []byte) bool {
	head = head[:min(len(head), 4<<10)]
	if bytes.Count(head, []byte{0}) > len(head)/64 {
		return true
	}
	odd := 0
	for i := 0; i < len(head); {
		r, n := utf8.DecodeRune(head[i:])
		if r == utf8.RuneError && n == 1 || r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != 0x1b {
			odd++
		}
		i += n
	}
	return odd > len(head)/8
}

// sniffLines is how many lines of a file are looked at to know its format.
const sniffLines = 20

// firstLines calls yield with the first lines of head that are not blank, without
// the last of several if it may be cut.
func firstLines(head []byte, yield func(line []byte) bool) {
	n := 0
	for line := range bytes.Lines(head) {
		whole := bytes.HasSuffix(line, []byte("\n")) || len(head) < headMax
		if line = bytes.TrimSpace(line); len(line) == 0 || !whole && n > 0 {
			continue
		}
		if n++; n > sniffLines || !yield(line) {
			return
		}
	}
}

// firstLine reports whether the first line of head that is not blank passes the
// test.
func firstLine(head []byte, test func(line []byte) bool) bool {
	found := false
	firstLines(head, func(line []byte) bool {
		found = test(line)
		return false
	})
	return found
}
