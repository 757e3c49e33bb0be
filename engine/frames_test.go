package engine

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/literal"
	"github.com/authlens/authlens/engine/record"
)

// framedMarker is the key of the marker in the records of mixedRecords.
const framedMarker = "authlens_marker"

// mixedRecords are makers of records, a kind each, of which those of one kind have much in common.
func mixedRecords(rng *rand.Rand) []func() []any {
	pick := func(from ...string) string { return from[rng.IntN(len(from))] }
	refused := denied("bucket", "key")
	long := strings.Repeat("a long line, and then ", (excerptMax+5000)/22) + refused
	line := func() string {
		return pick("INFO fine", "", "class AccessDeniedHandler loaded", refused, denied("other", "k"), "ERROR AccessDenied: User: x", "x", long,
			"is not authorized to perform: s3:GetObject on resource:", "FATAL: password authentication failed for user \"x\"")
	}
	turned := func(fields []any) []any { // by as many of the keys that the log driver sends
		n := 2 * rng.IntN(4)
		return slices.Concat(fields[n:8], fields[:n], fields[8:])
	}
	return []func() []any{
		func() []any { return enginetest.FireLens(taskA, "api", line(), pick("stdout", "stderr")) },
		func() []any { return turned(enginetest.FireLens(taskA, "api", line(), pick("stdout", "stderr"))) },
		func() []any { return enginetest.FireLens(pick(taskA, taskB), "api", line(), "stdout") },
		func() []any { return enginetest.FireLens(taskA, pick("AccessDenied", "api"), line(), "stdout") },
		func() []any {
			return append(enginetest.FireLens(taskA, "api", "INFO fine", "stdout"), "env", pick("AccessDenied", "ours", refused, line()))
		},
		func() []any { return []any{"log", refused, "msg", line()} },
		func() []any { return []any{"msg", line(), "log", "INFO fine", "container_name", "api"} },
		func() []any { return []any{"log", line(), framedMarker, pick("ours", "theirs")} },
		func() []any { return []any{"log", line(), "n", rng.IntN(3)} },
		func() []any { return []any{"log", line(), "k8s", enginetest.Map{"pod", pick("a", "b")}} },
		func() []any {
			return append(enginetest.FireLens(taskA, "api", line(), "stderr"), "partial_message", "true", "partial_id", pick("x", "y"), "partial_last", pick("true", "false"))
		},
	}
}

var framedOptions = []ScannerOptions{{}, {ScanKeys: []string{"msg", "log"}}, {ScanKeys: []string{"source"}}, {Marker: Marker{framedMarker, "ours"}}}

// A record read by its frame reads as in a walk: both orders of scanning find the same in
// records that have much in common.
func TestScanByFrames(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	kinds := mixedRecords(rng)
	for range 400 {
		b := enginetest.ChunkBuilder{Format: enginetest.Formats[rng.IntN(len(enginetest.Formats))]}
		main := rng.IntN(len(kinds))
		for i := range 8 + rng.IntN(24) + rng.IntN(2)*rng.IntN(300) {
			kind := main
			if rng.IntN(8) == 0 {
				kind = rng.IntN(len(kinds))
			}
			b.Append(int64(1_700_000_000+i), 0, kinds[kind]()...)
		}
		opt, cut := framedOptions[rng.IntN(len(framedOptions))], rng.IntN(len(b.Bytes()))
		sameInBothOrders(t, opt, ofTag("api-firelens-"+taskA, b.Bytes()[:cut], b.Bytes()[cut:], b.Bytes())...)
	}
}

// Where records have much in common only the rest is searched, whatever the order of their
// keys; other records are searched whole.
func TestNarrow(t *testing.T) {
	f := func(name string, atLeast, atMost float64, format enginetest.Format, lines []enginetest.Line) {
		t.Helper()
		s, _ := newEngine(t, ScannerOptions{})
		narrow := 0.0
		chunks := enginetest.Chunks(lines, format, 100_000)
		for _, chunk := range chunks {
			c := NewCounts()
			sc := scan{Scanner: s, c: c, scratch: c.working()}
			sc.begin(chunk)
			sc.search.Reset(s.finder, chunk)
			if sc.lookAhead(); sc.narrow {
				narrow++
			}
		}
		if share := narrow / float64(len(chunks)); share < atLeast || share > atMost {
			t.Errorf("%s, format %d: a share of %.2f of the sweeps is narrow; want %v to %v", name, format, share, atLeast, atMost)
		}
	}
	g := func(name string, want bool, records int) {
		t.Helper()
		var b enginetest.ChunkBuilder
		for range records {
			b.Append(1, 0, enginetest.FireLens(taskA, "api", "INFO fine", "stdout")...)
		}
		s, _ := newEngine(t, ScannerOptions{})
		sc := scan{Scanner: s, c: NewCounts()}
		sc.scratch = sc.c.working()
		sc.begin(b.Bytes())
		sc.sweep(b.Bytes())
		if sc.framed.any != want { // nothing but a narrow sweep reads what is no candidate
			t.Errorf("%s: of %d bytes frames are known: %v; want %v", name, len(b.Bytes()), sc.framed.any, want)
		}
	}
	g("a small chunk", false, 300)
	g("a large one", true, 600)
	for _, format := range enginetest.Formats {
		f("quiet", 0.9, 1, format, enginetest.Quiet(1<<20))
		f("storm", 0.9, 1, format, enginetest.Storm(1<<20))
		f("wide", 0, 0, format, enginetest.Wide(1<<20))
	}
}

// The literal that the sweep finds is the first in its value, even where another one reaches
// into the value or out of it.
func TestHitIsTheFirst(t *testing.T) {
	finder, err := literal.New([]string{"abca", "abc\xa2kk", "kkk\xa5cabca", "ccccc"})
	if err != nil {
		t.Fatal(err)
	}
	fr := fieldReader{finder: finder}
	rng := rand.New(rand.NewPCG(13, 14))
	word := func() string {
		var s strings.Builder
		for range rng.IntN(9) {
			s.WriteByte("abck"[rng.IntN(4)])
		}
		return s.String()
	}
	var walk record.Fields
	for range 20_000 {
		var b enginetest.ChunkBuilder
		b.Format = enginetest.V1
		var pairs []any
		for range 1 + rng.IntN(3) {
			pairs = append(pairs, word()+"k", word())
		}
		b.Append(1, 0, pairs...)
		var c record.Cursor
		var r record.Record
		c.Reset(b.Bytes())
		if !c.Next(&r) {
			t.Fatal("no record")
		}
		var s literal.Search
		s.Reset(finder, r.Map)
		at := s.Find(0)
		if at < 0 {
			continue
		}
		from, to := s.Found()
		var got, want fields
		fr.read(r.Map, hit{at, from, to}, &walk, &got)
		fr.read(r.Map, hit{}, &walk, &want)
		if got.candidate != want.candidate || got.values == 1 && got.first != want.first {
			t.Fatalf("%q: with the hit %d to %d: candidate %v at %d; without: %v at %d", fmt.Sprint(pairs...), from, to, got.candidate, got.first, want.candidate, want.first)
		}
	}
}
