package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/authlens/authlens/engine/record"
)

func TestLogsArePlayedByTime(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, lines ...string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	logs, err := readLogs([]string{
		file("b.jsonl",
			`{"date":"2026-03-10T09:00:25Z","log":"last","n":1,"nested":{"a":[true,null]}}`,
			`{"date":"2026-03-10T09:00:02Z","log":"second"}`),
		file("a.jsonl",
			`{"date":"2026-03-10T09:00:01.5Z","log":"first"}`,
			`{"date":"2026-03-10T09:00:03Z","log":"third"}`),
		file("plain.log", `{"log":"no date"}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range chunks(logs) {
		var cursor record.Cursor
		var r record.Record
		n := 0
		for cursor.Reset(c.bytes); cursor.Next(&r); n++ {
		}
		if err := cursor.Err(); err != nil {
			t.Errorf("chunk of %s: %v", c.tag, err)
		}
		got = append(got, c.tag+strings.Repeat("*", n))
	}
	if want := []string{"a**", "b*", "b*", "plain*"}; !slices.Equal(got, want) {
		t.Errorf("got chunks %q; want %q", got, want)
	}
}

func TestWrongDate(t *testing.T) {
	for _, line := range []string{`{"date":"yesterday","log":"x"}`, `{"date":1773133200,"log":"x"}`} {
		if r, err := readRecord([]byte(line)); err == nil {
			t.Errorf("%s: got a record of %v; want an error", line, r.time)
		}
	}
}
