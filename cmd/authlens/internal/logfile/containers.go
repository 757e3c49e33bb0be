package logfile

import (
	"bytes"
	"regexp"
	"strings"
	"time"

	"github.com/authlens/authlens/cmd/authlens/internal/input"
)

// containerd is what container runtimes write for the kubelet (CRI): time, stream,
// whether the line goes on in the next one (P) or ends here (F).
//
//	2026-03-01T09:00:12.123456789Z stderr F text
var containerd = format{
	name: "containerd (CRI)",
	sniff: func(head []byte) bool {
		return firstLine(head, func(line []byte) bool { return criLine.Match(line) })
	},
	line: func(line []byte, _ time.Time, r *Record) bool {
		m := criLine.FindSubmatch(line)
		if m == nil {
			return false
		}
		t, err := time.Parse(time.RFC3339Nano, string(m[1]))
		if err != nil {
			return false
		}
		r.Time = t.UTC()
		r.Stream = string(m[2])
		r.Fields = input.Record{"log": string(line[len(m[0]):]), "source": r.Stream}
		r.More = m[3][0] == 'P'
		return true
	},
	parts: func(block []byte) bool {
		return bytes.Contains(block, []byte(" stdout P")) || bytes.Contains(block, []byte(" stderr P"))
	},
}

var criLine = regexp.MustCompile(`^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) (stdout|stderr) ([PF])(?::[^ ]*)? ?`)

// docker is Docker's json-file: the text ends with a line break unless the line
// goes on in the next record.
//
//	{"log":"text\n","stream":"stderr","time":"2026-03-01T09:00:12.123456789Z"}
var docker = format{
	name: "Docker json-file",
	sniff: func(head []byte) bool {
		return firstLine(head, func(line []byte) bool {
			return bytes.HasPrefix(line, []byte(`{"log":"`)) && dockerEnd.Match(line)
		})
	},
	line: func(line []byte, _ time.Time, r *Record) bool {
		fields, ok := input.ParseRecord(line)
		if !ok {
			return false
		}
		text, _ := fields.Text()
		stream, _ := fields["stream"].(string)
		r.Time, _ = fields.TakeTime()
		r.Stream = stream
		text, whole := strings.CutSuffix(text, "\n")
		r.More = !whole
		r.Fields = input.Record{"log": text, "source": stream}
		return true
	},
	// A line of the file is a whole line of the program when its text ends with
	// a line break.
	parts: func(block []byte) bool {
		return bytes.Count(block, []byte(`\n","stream":"`)) < bytes.Count(block, newline)
	},
}

var dockerEnd = regexp.MustCompile(`","stream":"(?:stdout|stderr)",(?:"attrs":\{.*\},)?"time":"[^"]+"\}$`)
