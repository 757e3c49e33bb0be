package logfile

import "time"

// writeTest is what CloudWatch writes into aws-logs-write-test.
const writeTest = "Permission Check Successful"

// export is CloudWatch Logs exported to S3: the time to the millisecond, a
// space, the message. Further lines of a message have no time.
//
//	2026-03-01T09:00:12.123Z text
var export = format{
	name: "CloudWatch Logs export",
	sniff: func(head []byte) bool {
		return firstLine(head, func(line []byte) bool {
			_, ok := exportTime(line)
			return ok
		})
	},
	line: func(line []byte, _ time.Time, r *Record) bool {
		t, ok := exportTime(line)
		if !ok {
			return false
		}
		r.Time = t
		text := line[min(len(line), len(exportLayout)+1):]
		r.Fields = message(text)
		return true
	},
}

const exportLayout = "2006-01-02T15:04:05.000Z"

// exportTime reads the time that a line begins with.
func exportTime(line []byte) (time.Time, bool) {
	n := len(exportLayout)
	if len(line) < n || line[n-1] != 'Z' || line[10] != 'T' || len(line) > n && line[n] != ' ' {
		return time.Time{}, false
	}
	t, err := time.Parse(exportLayout, string(line[:n]))
	return t, err == nil
}
