package logfile

import (
	"bytes"
	"time"

	"github.com/authlens/authlens/cmd/authlens/internal/input"
)

// jsonLines is a JSON object a line: what Fluent Bit and FireLens write, and
// programs themselves. The time stands under one of the usual keys.
//
//	{"date":"2026-03-01T09:00:12.123456Z","log":"text","container_name":"…","ecs_cluster":"…"}
var jsonLines = format{
	name: "JSON lines",
	sniff: func(head []byte) bool {
		objects, others := 0, 0
		firstLines(head, func(line []byte) bool {
			if _, ok := input.ParseRecord(listed(line)); ok {
				objects++
			} else {
				others++
			}
			return true
		})
		return objects > others
	},
	line: func(line []byte, modified time.Time, r *Record) bool {
		fields, ok := input.ParseRecord(listed(line))
		if ok {
			*r = jsonRecord(fields, modified)
		}
		return ok
	},
}

// jsonRecord is the record of a JSON object.
func jsonRecord(fields input.Record, modified time.Time) Record {
	r := Record{Fields: fields}
	if t, ok := fields.TakeTime(); ok {
		r.Time = t
	} else if text, ok := fields.Text(); ok {
		r.Time, _ = timeIn([]byte(text), modified)
	}
	id, _ := fields["container_id"].(string)
	source, _ := fields["source"].(string)
	r.Stream = id + source
	return r
}

// listed returns the element on a line of a list that has one object on each line, for a
// list that begins among other lines or lacks its beginning.
func listed(line []byte) []byte {
	return bytes.TrimRight(bytes.TrimLeft(line, "[, "), "], ")
}
