package logfile

import (
	"bytes"
	"cmp"
	"encoding/json"
	"regexp"
	"strconv"
	"time"

	"github.com/authlens/authlens/cmd/authlens/internal/input"
)

// journal is what `journalctl -o json` prints: an entry a line, with its time in
// microseconds since 1970. Docker's journald log driver adds the container's name, and
// cuts long lines as its others do.
//
//	{"__REALTIME_TIMESTAMP":"1772355612123456","SYSLOG_IDENTIFIER":"orders","MESSAGE":"text"}
//
// Source: systemd's journalctl(1), systemd.journal-fields(7), "Journal JSON Format".
var journal = format{
	name: "systemd's journal (JSON)",
	sniff: func(head []byte) bool {
		return firstLine(head, func(line []byte) bool {
			fields, ok := input.ParseRecord(line)
			return ok && !journalTime(fields).IsZero()
		})
	},
	line: func(line []byte, _ time.Time, r *Record) bool {
		fields, ok := input.ParseRecord(line)
		if !ok {
			return false
		}
		field := func(name string) string {
			text, _ := fields[name].(string)
			return text
		}
		container := field("CONTAINER_NAME")
		r.Time = journalTime(fields)
		r.Tag = cmp.Or(container, field("SYSLOG_IDENTIFIER"), field("_SYSTEMD_UNIT"))
		r.Stream = r.Tag + field("_PID") + field("PRIORITY") // of a container: stdout or stderr
		r.More = field("CONTAINER_PARTIAL_MESSAGE") == "true"
		r.Fields = fields
		if text, ok := journalText(fields["MESSAGE"]); ok {
			r.Fields = input.Record{"log": text}
			if container != "" {
				r.Fields["container_name"] = container
			}
		}
		return true
	},
	// A message that is not plain text, such as one with colours, is a list of bytes, in
	// which no literal is found.
	parts: func(block []byte) bool {
		return bytes.Contains(block, []byte(`"CONTAINER_PARTIAL_`)) || journalBytes.Match(block)
	},
}

var journalBytes = regexp.MustCompile(`"MESSAGE" ?: ?\[`)

// journalTime returns the time of an entry, or the zero time.
func journalTime(fields input.Record) time.Time {
	text, _ := fields["__REALTIME_TIMESTAMP"].(string)
	if us, err := strconv.ParseInt(text, 10, 64); err == nil && us > 0 {
		return time.UnixMicro(us).UTC()
	}
	return time.Time{}
}

// journalText returns a field of an entry: a text, or a list of its bytes.
func journalText(value any) (string, bool) {
	if text, ok := value.(string); ok {
		return text, true
	}
	list, ok := value.([]any)
	text := make([]byte, len(list))
	for i, item := range list {
		number, isNumber := item.(json.Number)
		b, err := strconv.ParseUint(string(number), 10, 8)
		if !isNumber || err != nil {
			return "", false
		}
		text[i] = byte(b)
	}
	return string(text), ok
}
