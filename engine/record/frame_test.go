package record_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/record"
)

// Which records have a frame, and how many frames there are.
func TestFrames(t *testing.T) {
	const records = 60
	f := func(name string, framesWanted, framedAtLeast int, fields func(i int) []any) {
		t.Helper()
		for _, format := range enginetest.Formats {
			b := enginetest.ChunkBuilder{Format: format}
			starts := make([]int, records)
			for i := range records {
				starts[i] = len(b.Bytes())
				b.Append(1, int32(i), fields(i)...)
			}
			var c record.Cursor
			var r record.Record
			c.Reset(b.Bytes())
			framed, met := 0, map[int]bool{}
			for i, start := range starts {
				if !c.SkipTo(start, &r) || r.Start != start {
					t.Fatalf("%s, format %d: record %d starts at %d; want %d", name, format, i, r.Start, start)
				}
				if r.Frame > 0 {
					framed++
					met[r.Frame] = true
				}
			}
			if len(met) != framesWanted || framed < framedAtLeast {
				t.Errorf("%s, format %d: %d records have one of %d frames; want %d or more, and %d", name, format, framed, len(met), framedAtLeast, framesWanted)
			}
		}
	}
	line := func(i int) string { return strings.Repeat("a line ", i%9) + fmt.Sprint(i) }
	f("one stream", 1, records-2, func(i int) []any { return enginetest.FireLens("task", "web", line(i), "stdout") })
	f("two streams", 2, records-4, func(i int) []any {
		return enginetest.FireLens("task", "web", line(i), []string{"stdout", "stderr"}[i/2%2])
	})
	f("an order of keys for each first one", 4, records-2*4, func(i int) []any {
		fields := enginetest.FireLens("task", "web", line(i), "stdout")
		return append(append(slices.Clone(fields[i%4*2:8]), fields[:i%4*2]...), fields[8:]...)
	})
	f("all the same", 1, records-2, func(int) []any { return enginetest.FireLens("task", "web", "GET /healthz 200", "stdout") })
	f("a short value differs", 1, records-3, func(i int) []any { return []any{"id", "a value that is long", "n", fmt.Sprint(i)} })
	f("much beside it", 1, records-2, func(i int) []any { return []any{"k", strings.Repeat("v", 900), "log", line(i)} })
	f("too much beside it", 0, 0, func(i int) []any { return []any{"k", strings.Repeat("v", 1100), "log", line(i)} })
	f("two values differ", 0, 0, func(i int) []any { return []any{"log", line(i), "time", fmt.Sprint(i)} })
	f("other keys", 0, 0, func(i int) []any { return []any{fmt.Sprint("key", i), "value"} })
	f("a number", 0, 0, func(i int) []any { return []any{"log", line(i), "n", 7} })
}

// Frames are known in the next chunk, also behind one in which none paid.
func TestFramesStay(t *testing.T) {
	var c record.Cursor
	f := func(name string, records, framed int, fields func(i int) []any) {
		t.Helper()
		var b enginetest.ChunkBuilder
		for i := range records {
			b.Append(1, int32(i), fields(i)...)
		}
		var r record.Record
		n := 0
		for c.Reset(b.Bytes()); c.SkipTo(r.End, &r); {
			if r.Frame > 0 {
				n++
			}
		}
		if n != framed {
			t.Errorf("%s: %d of %d records have a frame; want %d", name, n, records, framed)
		}
	}
	web := func(i int) []any { return enginetest.FireLens("task", "web", fmt.Sprint("line ", i), "stdout") }
	f("the first chunk", 4, 2, web)
	f("the second", 4, 4, web)
	f("where none pays", 100, 0, func(i int) []any { return []any{"log", fmt.Sprint("line ", i), "time", fmt.Sprint(i)} })
	f("one more", 4, 4, web)
}

// What frames found in one chunk pays for no frame of the next: where none fits, a bounded
// number is tried. A frame's number says how many were made before it.
func TestFramesOfAChunkPayForNoOther(t *testing.T) {
	var c record.Cursor
	made := func(records int, fields func(i int) []any) (last int) {
		var b enginetest.ChunkBuilder
		for i := range records {
			b.Append(1, int32(i), fields(i)...)
		}
		var r record.Record
		for c.Reset(b.Bytes()); c.SkipTo(r.End, &r); {
			if r.Frame > 0 {
				last = r.Frame / record.Frames
			}
		}
		return last
	}
	before := made(1000, func(i int) []any { return enginetest.FireLens("task", "web", fmt.Sprint("line ", i), "stdout") })
	made(200, func(i int) []any { return []any{"log", fmt.Sprint("line ", i), "time", fmt.Sprint(i)} })
	after := made(10, func(i int) []any { return enginetest.FireLens("task", "api", fmt.Sprint("line ", i), "stdout") })
	if most := record.Frames + 2; before == 0 || after <= before || after-before > most {
		t.Errorf("the last frame has number %d, %d before; want at most %d more", after, before, most)
	}
}
