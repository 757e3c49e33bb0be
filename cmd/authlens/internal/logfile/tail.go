package logfile

import (
	"bytes"
	"regexp"
	"time"
)

// tail is what `aws logs tail` prints. Detailed, its default, has the log stream
// after the time; short has neither that nor a zone, which is UTC; json has the
// message in the lines below.
//
//	2026-03-01T09:00:12.123000+00:00 ecs/api/0123456789abcdef0123456789abcdef text
//	2026-03-01T09:00:12 text
var tail = format{
	name: "aws logs tail",
	sniff: func(head []byte) bool {
		return firstLine(head, func(line []byte) bool { return tailLine.Match(line) })
	},
	line: func(line []byte, _ time.Time, r *Record) bool {
		m := tailLine.FindSubmatch(line)
		if m == nil {
			return false
		}
		text := line[len(m[0]):]
		layout := "2006-01-02T15:04:05"
		if len(m[2]) > 0 {
			layout = time.RFC3339
			stream, rest, _ := bytes.Cut(text, []byte(" "))
			r.Stream, r.Tag, text = string(stream), string(stream), rest
		}
		t, err := time.Parse(layout, string(m[1])+string(m[2]))
		if err != nil {
			return false
		}
		r.Time = t.UTC()
		r.Fields = message(text)
		if r.Tag != "" {
			nameFromStream(r.Fields, r.Stream)
		}
		return true
	},
}

var tailLine = regexp.MustCompile(`^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?)(\+00:00)? `)
