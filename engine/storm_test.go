package engine

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/authlens/authlens/engine/enginetest"
)

// Storms of a few failures, broken off by records of all kinds, are counted as a walk counts
// them.
func TestStorms(t *testing.T) {
	const marker = "authlens_marker"
	rng := rand.New(rand.NewPCG(15, 16))
	pick := func(from ...string) string { return from[rng.IntN(len(from))] }
	storm := enginetest.Storm(1 << 16)
	failures := []func() string{
		func() string { return denied("bucket", fmt.Sprint("key-", rng.IntN(1000))) },
		func() string { return `{"msg":"said \"no\"","error":"AccessDenied: User: x \u0041ccessDenied"}` },
		// The same once it is read, but without a literal as it stands.
		func() string {
			if rng.IntN(12) == 0 {
				return `{"error":"\u0041ccessD\u0065nied"}`
			}
			return `{"error":"AccessDenied"}`
		},
		func() string { return `FATAL: password authentication failed for user "` + pick("x", "y") + `"` },
		func() string { return storm[rng.IntN(len(storm))].Text },
	}
	others := []string{
		"INFO fine", "", "class AccessDeniedHandler loaded", "ERROR AccessDenied: User: x", "is not authorized to perform: s3:GetObject on resource:",
		"Caused by: An error occurred (AccessDenied) when calling the GetObject operation: no", strings.Repeat("a long line, and then ", excerptMax/20) + denied("b", "k"),
	}
	for range 300 {
		b := enginetest.ChunkBuilder{Format: enginetest.Formats[rng.IntN(len(enginetest.Formats))]}
		failure, at := failures[rng.IntN(len(failures))], int64(1_700_000_000)
		for range 40 + rng.IntN(60) {
			at += rng.Int64N(3)
			fields := enginetest.FireLens(taskA, "api", failure(), "stderr")
			switch rng.IntN(25) {
			case 0:
				failure = failures[rng.IntN(len(failures))]
			case 1, 2:
				fields = enginetest.FireLens(taskA, "api", others[rng.IntN(len(others))], pick("stdout", "stderr"))
			case 3:
				fields = append(fields, marker, pick("ours", "theirs"))
			case 4:
				fields = append(fields, "partial_message", "true", "partial_id", "x", "partial_last", pick("true", "false"))
			case 5:
				fields = append(fields, "n", 7)
			}
			b.Append(at, 0, fields...)
		}
		cut := rng.IntN(len(b.Bytes()))
		sameInBothOrders(t, ScannerOptions{Marker: Marker{marker, "ours"}}, ofTag("t", b.Bytes(), b.Bytes()[:cut], b.Bytes()[cut:])...)
	}
}

// In a storm nothing is searched; a record that is none of it is, and ends it. One that is known
// but has fields of its own does not.
func TestNothingIsSearchedInAStorm(t *testing.T) {
	f := func(name string, want bool, records int, chunk []byte) {
		t.Helper()
		s, _ := newEngine(t, ScannerOptions{})
		c := NewCounts()
		var sc scan
		for range 2 { // what is to be known is known then
			c.Reset()
			sc = scan{Scanner: s, c: c, scratch: c.working()}
			sc.begin(chunk)
			sc.sweep(chunk)
		}
		if int(c.Stats.Candidates) != records {
			t.Fatalf("%s: %d of %d records were candidates", name, c.Stats.Candidates, records)
		}
		if last := int64(1_700_000_000+3*(records-1)) * 1e9; c.newest != last {
			t.Errorf("%s: the newest time is %d; want %d", name, c.newest, last)
		}
		if from, _ := sc.search.Found(); (from < len(chunk)/2) != want {
			t.Errorf("%s: the last literal that was searched for is at %d of %d bytes; nothing more searched: %v, want %v", name, from, len(chunk), !want, want)
		}
	}
	failures := func(n int) (texts []string) {
		for i := range n {
			texts = append(texts, denied("bucket", fmt.Sprint("key-", i)))
		}
		return texts
	}
	near := slices.Repeat([]string{"class AccessDeniedHandler loaded"}, 40)
	f("a storm", true, 40, spaced(failures(40)...))
	f("mentions", false, 40, spaced(near...))
	f("a storm, and then mentions", false, 80, spaced(append(failures(40), near...)...))
	var b enginetest.ChunkBuilder
	for i, text := range failures(40) {
		fields := enginetest.FireLens(taskA, "api", text, "stderr")
		if i%10 == 9 {
			fields = append(fields, fmt.Sprint("field-", i), "x")
		}
		b.Append(1_700_000_000+3*int64(i), 0, fields...)
	}
	f("a storm with fields that others do not have", true, 40, b.Bytes())
}

// A storm goes on in the next chunk of its tag: nothing is searched there.
func TestStormGoesOn(t *testing.T) {
	s, c := freshScanner(t, ScannerOptions{}), NewCounts()
	found := func(chunk []byte) int { // where the last literal was that was searched for
		sc := scan{Scanner: s, c: c, tag: "t", scratch: c.working()}
		sc.begin(chunk)
		sc.sweep(chunk)
		sc.end()
		from, _ := sc.search.Found()
		return from
	}
	storm := spaced(strings.Repeat("INFO fine ", 1000), denied("b", "1"), denied("b", "2"), denied("b", "3"), denied("b", "4"), denied("b", "5"), denied("b", "6"))
	f := func(name string, want bool, last ...any) {
		t.Helper()
		b := enginetest.ChunkBuilder{}
		b.Raw(storm)
		if last != nil {
			b.Append(1_700_001_000, 0, last...)
		}
		first := found(b.Bytes())
		if second := found(spaced(denied("b", "7"), denied("b", "8"))); (second == first) != want {
			t.Errorf("%s: literals were found at %d and then at %d; nothing more searched: %v, want %v", name, first, second, !want, want)
		}
	}
	f("a storm to the end", true)
	f("a storm that ends", false, enginetest.FireLens(taskA, "api", "INFO fine", "stderr")...)
	f("a storm, and then a record that only a walk can read", false, "n", 7, "log", "INFO fine")
}
