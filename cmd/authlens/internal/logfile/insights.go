package logfile

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// insightsJSON is the results of CloudWatch Logs Insights: of `aws logs
// get-query-results`, or the console's export, a list of objects.
//
//	{"results":[[{"field":"@timestamp","value":"2026-03-01 09:00:12.123"},{"field":"@message","value":"text"}]]}
//	[{"@timestamp":"2026-03-01 09:00:12.123","@message":"text"}]
var insightsJSON = format{
	name: "Logs Insights results (JSON)",
	sniff: func(head []byte) bool {
		return insightsResults.Match(head) || insightsList.Match(head) && bytes.Contains(head, []byte(`"@message"`))
	},
	document: func(in io.Reader, _ time.Time, each func(*Record) error) error {
		each = inItsOrder(each)
		d := json.NewDecoder(in)
		token, err := d.Token()
		if err != nil {
			return cutOff(err)
		}
		if token == json.Delim('[') {
			for d.More() {
				var row map[string]json.RawMessage
				if err := d.Decode(&row); err != nil {
					return cutOff(err)
				}
				values := make(map[string]string, len(row))
				for name, value := range row {
					values[name] = plainValue(value)
				}
				if err := each(insightsRecord(values)); err != nil {
					return err
				}
			}
			_, err := d.Token()
			return cutOff(err)
		}
		for d.More() {
			key, err := d.Token()
			if err == nil && key == "results" {
				err = eachOf(d, func() error {
					var row []struct{ Field, Value string }
					if err := d.Decode(&row); err != nil {
						return cutOff(err)
					}
					values := make(map[string]string, len(row))
					for _, cell := range row {
						values[cell.Field] = cell.Value
					}
					return each(insightsRecord(values))
				})
			} else if err == nil {
				err = d.Decode(new(json.RawMessage))
			}
			if err != nil {
				return cutOff(err)
			}
		}
		_, err = d.Token()
		return cutOff(err)
	},
}

var (
	insightsResults = regexp.MustCompile(`^\s*\{(?:\s*"\w+"\s*:\s*"[^"]*"\s*,)*\s*"results"\s*:\s*\[\s*(?:\[|\])`)
	insightsList    = regexp.MustCompile(`^\s*\[\s*\{\s*"@?\w+"\s*:`)
)

// plainValue is a JSON value as text: the console shows messages that are JSON
// as JSON.
func plainValue(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

// insightsTime is how Insights writes times, in UTC.
const insightsTime = "2006-01-02 15:04:05.000"

// insightsRecord makes a record of a row. If it lacks the message, its text is the
// fields that the query made itself.
func insightsRecord(row map[string]string) *Record {
	stream := row["@logStream"]
	text, ok := row["@message"]
	if !ok {
		var parts []string
		for name, value := range row {
			if !strings.HasPrefix(name, "@") {
				parts = append(parts, name+"="+value)
			}
		}
		slices.Sort(parts)
		text = strings.Join(parts, " ")
	}
	r := recordOf(stream, []byte(text))
	for _, name := range []string{"@timestamp", "timestamp", "@ingestionTime"} {
		if t, ok := cellTime(row[name]); ok {
			r.Time = t
			break
		}
	}
	// @log is <account>:<log group>; ECS names groups /ecs/<family>.
	if _, group, ok := strings.Cut(row["@log"], ":"); ok {
		if family, ok := strings.CutPrefix(group, "/ecs/"); ok && r.Fields["ecs_task_definition"] == nil {
			r.Fields["ecs_task_definition"] = family
		}
	}
	return &r
}

// inItsOrder notes in each row whether rows go backwards in time. They do unless the
// query sorts them otherwise.
func inItsOrder(each func(*Record) error) func(*Record) error {
	backwards := true
	var last time.Time
	return func(r *Record) error {
		if order := r.Time.Compare(last); order != 0 && !last.IsZero() {
			backwards = order < 0
		}
		last = r.Time
		r.Backwards = backwards
		return each(r)
	}
}

// cellTime reads a time as Insights and the console's tables have it.
func cellTime(text string) (time.Time, bool) {
	if t, err := time.Parse(insightsTime, text); err == nil {
		return t, true
	}
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return t.UTC(), true
	}
	if ms, err := strconv.ParseInt(text, 10, 64); err == nil && ms > 1e11 {
		return fromMilliseconds(ms), true
	}
	return time.Time{}, false
}

// insightsCSV is a table: of Logs Insights, or of the console's list of events.
//
//	@timestamp,@message,@logStream
//	timestamp,message
var insightsCSV = format{
	name: "Logs Insights results (CSV)",
	sniff: func(head []byte) bool {
		return firstLine(head, func(line []byte) bool {
			names, err := csv.NewReader(bytes.NewReader(line)).Read()
			return err == nil && len(names) > 1 && column(names, "message") >= 0 && column(names, "timestamp") >= 0
		})
	},
	document: func(in io.Reader, _ time.Time, each func(*Record) error) error {
		each = inItsOrder(each)
		table := csv.NewReader(in)
		table.ReuseRecord = true
		table.LazyQuotes = true
		table.FieldsPerRecord = -1
		first, err := table.Read()
		if err != nil {
			return err
		}
		names := slices.Clone(first)
		for i, name := range names {
			if name == "message" || name == "logStream" || name == "logStreamName" {
				name = "@" + strings.TrimSuffix(name, "Name")
			}
			names[i] = name
		}
		for {
			cells, err := table.Read()
			if err == io.EOF {
				return nil
			} else if err != nil {
				return fmt.Errorf("as a table: %w", err)
			}
			row := make(map[string]string, len(cells))
			for i, cell := range cells[:min(len(cells), len(names))] {
				row[names[i]] = cell
			}
			if err := each(insightsRecord(row)); err != nil {
				return err
			}
		}
	},
}

// column finds a column by its name, with or without the @ of Insights.
func column(names []string, name string) int {
	return slices.IndexFunc(names, func(s string) bool {
		return strings.TrimPrefix(s, "@") == name
	})
}
