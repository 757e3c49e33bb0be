package logfile

import (
	"regexp"
	"time"
)

// agent is the log of the ECS agent, and of others that write logfmt.
//
//	level=info time=2026-03-01T09:00:12Z msg="text" module=client.go
var agent = format{
	name: "ECS agent (logfmt)",
	sniff: func(head []byte) bool {
		return firstLine(head, func(line []byte) bool { return agentTime.Match(line) && agentLevel.Match(line) })
	},
	line: func(line []byte, modified time.Time, r *Record) bool {
		if m := agentTime.FindSubmatch(line); m != nil {
			r.Time, _ = timeIn(m[1], modified)
		}
		r.Fields = text(line)
		return !r.Time.IsZero()
	},
}

var (
	agentTime  = regexp.MustCompile(`(?:^|\s)(?:time|ts)="?(\d{4}-[^\s"]+(?: [\d:.,]+)?)`)
	agentLevel = regexp.MustCompile(`(?:^|\s)level="?[a-zA-Z]+`)
)

// plain is any other text: a record a line, with its time near the start or not
// at all.
var plain = format{
	name:  "plain text",
	sniff: func([]byte) bool { return true },
	line: func(line []byte, modified time.Time, r *Record) bool {
		t, ok := timeIn(line, modified)
		if !ok {
			return false
		}
		r.Time = t
		r.Fields = text(line)
		return true
	},
}
