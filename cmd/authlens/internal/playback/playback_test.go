package playback

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/engine/record"
)

// played plays sources and returns what the engine reads out of the chunks: a
// line for each flush, and one for each record in it.
func played(t *testing.T, start time.Time, sources ...Source) ([]string, Stats) {
	t.Helper()
	var got []string
	last := time.Unix(0, 0)
	stats, err := Play(sources, start, func(now time.Time, tag string, chunk []byte) error {
		if !now.Equal(last) {
			got = append(got, "flush "+now.UTC().Format("15:04:05.000"))
			last = now
		}
		var cursor record.Cursor
		var r record.Record
		for cursor.Reset(chunk); cursor.Next(&r); {
			line := tag + " " + time.Unix(r.Sec, int64(r.Nsec)).UTC().Format("15:04:05.000")
			var fields record.Fields
			var v record.Field
			for fields.Reset(r.Map); fields.Next(&v); {
				line += fmt.Sprintf(" %s=%s", v.Key, v.Append(nil))
			}
			got = append(got, line)
		}
		if cursor.Err() != nil || cursor.Rest() != 0 {
			t.Errorf("chunk of %s: %v, %d bytes left", tag, cursor.Err(), cursor.Rest())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got, stats
}

func source(tag string, lines ...string) Source {
	return Source{tag, strings.NewReader(strings.Join(lines, "\n"))}
}

func TestPlayMergesByTime(t *testing.T) {
	got, stats := played(t, time.Time{},
		source("a",
			`{"date":"2026-03-10T09:00:00.100Z","log":"a1"}`,
			`{"date":"2026-03-10T09:00:00.900Z","log":"a2"}`,
			`{"date":"2026-03-10T09:00:07.000Z","log":"a3"}`),
		source("empty"),
		source("b",
			`{"date":"2026-03-10T09:00:00.500Z","log":"b1"}`,
			`{"date":"2026-03-10T09:00:01.500Z","log":"b2"}`))
	want := []string{
		"flush 09:00:00.900",
		"a 09:00:00.100 log=a1",
		"a 09:00:00.900 log=a2",
		"b 09:00:00.500 log=b1",
		"flush 09:00:01.500",
		"b 09:00:01.500 log=b2",
		"flush 09:00:07.000",
		"a 09:00:07.000 log=a3",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if want := (Stats{Records: 5}); stats != want {
		t.Errorf("stats: got %+v, want %+v", stats, want)
	}
}

func TestPlayRecordsWithoutTime(t *testing.T) {
	start := time.Date(2026, 3, 10, 8, 0, 0, 0, time.UTC)
	got, stats := played(t, start, source("a",
		`plain text`,
		`{"date":"2026-03-10T09:00:00.000Z","log":"timed"}`,
		`	at com.example.Next(Next.java:1)`))
	want := []string{
		"flush 08:00:00.000",
		"a 08:00:00.000 log=plain text",
		"flush 09:00:00.000",
		"a 09:00:00.000 log=timed",
		"a 09:00:00.000 log=\tat com.example.Next(Next.java:1)",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if want := (Stats{Records: 3, Untimed: 1, Undated: 1}); stats != want {
		t.Errorf("stats: got %+v, want %+v", stats, want)
	}
}

func TestPlayKeepsEveryKindOfValue(t *testing.T) {
	got, _ := played(t, time.Time{}, source("a",
		`{"date":1773134061,"z":1,"big":18014398509481985,"half":0.5,"on":true,"no":null,"in":{"list":["x",-7,{"deep":"y"}]}}`))
	want := []string{
		"flush 09:14:21.000",
		"a 09:14:21.000 big=18014398509481985 half=0.5 list=x list=-7 deep=y no=null on=true z=1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPlayPassesErrorsOn(t *testing.T) {
	broken := errors.New("no room")
	_, err := Play([]Source{source("a", "x", "y")}, time.Now(), func(time.Time, string, []byte) error { return broken })
	if !errors.Is(err, broken) {
		t.Errorf("got %v, want the error of flush", err)
	}
}

func TestTagOf(t *testing.T) {
	f := func(file, want string) {
		t.Helper()
		if got := TagOf(file); got != want {
			t.Errorf("tag of %q: got %q, want %q", file, got, want)
		}
	}
	f("logs/orders/api-firelens-0956ac12.jsonl", "api-firelens-0956ac12")
	f("app.log", "app")
	f("-", "-")
}
