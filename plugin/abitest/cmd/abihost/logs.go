package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/authlens/authlens/engine/enginetest"
)

// A logRecord is one line of a log file.
type logRecord struct {
	tag    string
	time   time.Time
	fields map[string]any
}

// A chunk is what Fluent Bit would flush at once: records of one tag.
type chunk struct {
	tag   string
	bytes []byte
}

// chunkSpan is how much event time one chunk covers. Fluent Bit's is a second
// by default; an hour of logs needs no more detail than this.
const chunkSpan = 10 * time.Second

// lineMax bounds a line of a log file, in bytes.
const lineMax = 16 << 20

// readLogs reads all files and returns their records by time.
func readLogs(files []string) ([]logRecord, error) {
	var records []logRecord
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		tag := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, lineMax)
		for n := 1; lines.Scan(); n++ {
			r, err := readRecord(lines.Bytes())
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, n, err)
			}
			r.tag = tag
			records = append(records, r)
		}
		if err := lines.Err(); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	slices.SortStableFunc(records, func(a, b logRecord) int { return a.time.Compare(b.time) })
	return records, nil
}

// readRecord reads a JSON object with a date; anything else is a plain line.
func readRecord(line []byte) (logRecord, error) {
	var fields map[string]any
	if err := json.Unmarshal(line, &fields); err != nil || fields["date"] == nil {
		return logRecord{time: time.Now(), fields: map[string]any{"log": string(line)}}, nil
	}
	date, _ := fields["date"].(string)
	at, err := time.Parse(time.RFC3339Nano, date)
	if err != nil {
		return logRecord{}, fmt.Errorf("date: expected a time as in RFC 3339, got %v", fields["date"])
	}
	delete(fields, "date")
	return logRecord{time: at, fields: fields}, nil
}

// chunks packs records, which are in order of time, into chunks of one tag and
// chunkSpan each, also in order of time.
func chunks(records []logRecord) []chunk {
	var done []chunk
	open := make(map[string]*enginetest.ChunkBuilder)
	var tags []string // of open, in order of their first record
	flush := func() {
		for _, tag := range tags {
			done = append(done, chunk{tag, open[tag].Bytes()})
		}
		clear(open)
		tags = tags[:0]
	}
	var span time.Time
	for _, r := range records {
		if s := r.time.Truncate(chunkSpan); !s.Equal(span) {
			flush()
			span = s
		}
		b := open[r.tag]
		if b == nil {
			b = new(enginetest.ChunkBuilder)
			open[r.tag] = b
			tags = append(tags, r.tag)
		}
		b.Append(r.time.Unix(), int32(r.time.Nanosecond()), pairs(r.fields)...)
	}
	flush()
	return done
}

// pairs lists a map's keys and values in the order of its keys.
func pairs(fields map[string]any) []any {
	var list []any
	for _, k := range slices.Sorted(maps.Keys(fields)) {
		list = append(list, k, fields[k])
	}
	return list
}
