package input

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"strings"
	"time"

	"github.com/authlens/authlens/engine/diagnose"
)

// A Record is a line that holds a JSON object, as Fluent Bit writes records.
// Numbers are json.Number.
type Record map[string]any

// ParseRecord reads line as one JSON object. Any other line is plain text, which
// is no error.
func ParseRecord(line []byte) (Record, bool) {
	if trimmed := bytes.TrimLeft(line, " \t"); len(trimmed) == 0 || trimmed[0] != '{' {
		return nil, false
	}
	var r Record
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	if d.Decode(&r) != nil {
		return nil, false
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, false
	}
	return r, true
}

// Text returns the program's own words: the string under "log".
func (r Record) Text() (string, bool) {
	text, ok := r["log"].(string)
	return text, ok
}

// TimeKeys are the keys that Fluent Bit, its parsers and loggers keep a record's
// time under: Python's asctime, Serilog's @t, CloudTrail's eventTime, MongoDB's t.
var TimeKeys = []string{"date", "@timestamp", "timestamp", "time", "ts", "asctime", "@t", "eventTime", "t"}

// timeLayouts are the ways in which strings say a time. Without a zone it is UTC.
var timeLayouts = []string{time.RFC3339Nano, "2006-01-02 15:04:05.999999999", "2006-01-02T15:04:05.999999999"}

// TakeTime returns the record's time and removes it from the record, as a parser
// of Fluent Bit does with its Time_Key. It understands RFC 3339, and seconds or
// milliseconds since 1970, even within MongoDB's {"$date": …}.
func (r Record) TakeTime() (time.Time, bool) {
	for _, key := range TimeKeys {
		if t, ok := timeOf(r[key]); ok && Carried(t) {
			delete(r, key)
			return t, true
		}
	}
	return time.Time{}, false
}

// Carried reports whether a record of Fluent Bit can have the time t: from 1970 into
// the year 2106. Nothing was logged at any other, such as 9999-12-31.
func Carried(t time.Time) bool { return t.Unix() >= 0 && t.Unix() < secondsEnd }

// secondsEnd is where the seconds of a time end: they have 32 bits, and Fluent Bit uses
// the two highest numbers as marks.
const secondsEnd = 1<<32 - 2

func timeOf(v any) (time.Time, bool) {
	switch v := v.(type) {
	case map[string]any:
		if len(v) == 1 {
			return timeOf(v["$date"])
		}
	case string:
		for _, layout := range timeLayouts {
			if t, err := time.Parse(layout, v); err == nil {
				return t, true
			}
		}
	case json.Number:
		seconds, err := v.Float64()
		if err != nil || seconds < 0 {
			return time.Time{}, false
		}
		// No log has seconds this large before the year 5138.
		if seconds > 1e11 {
			seconds /= 1000
		}
		whole, part := math.Modf(seconds)
		if whole > 1e11 {
			return time.Time{}, false
		}
		return time.Unix(int64(whole), int64(math.Round(part*1e6))*1e3).UTC(), true
	}
	return time.Time{}, false
}

// Task returns what the record says of the task it comes from.
func (r Record) Task() diagnose.Task {
	arn, _ := r["ecs_task_arn"].(string)
	return diagnose.Task{TaskID: arn[strings.LastIndexByte(arn, '/')+1:]}
}
