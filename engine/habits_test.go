package engine

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/authlens/authlens/engine/enginetest"
)

// What is known about a tag's records changes nothing: small chunks of more tags than are
// remembered, in any order, are counted as a walk counts them.
func TestHabitsChangeNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(17, 18))
	kinds := mixedRecords(rng)
	for range 60 {
		var chunks []enginetest.Chunk
		tags := 1 + rng.IntN(maxTags+2)
		for i := range 60 {
			tag := rng.IntN(tags)
			b := enginetest.ChunkBuilder{Format: enginetest.Formats[tag%len(enginetest.Formats)]}
			for range 1 + rng.IntN(12) {
				kind := tag
				if rng.IntN(20) == 0 {
					kind = rng.IntN(len(kinds))
				}
				b.Append(int64(1_700_000_000+i), 0, kinds[kind%len(kinds)]()...)
			}
			chunks = append(chunks, enginetest.Chunk{Tag: fmt.Sprint("app-", tag), Bytes: b.Bytes()})
		}
		sameInBothOrders(t, framedOptions[rng.IntN(len(framedOptions))], chunks...)
	}
}

// Each tag has its own habits, up to the number of tags that are remembered, and so has each
// Scanner.
func TestHabitsAreOfATag(t *testing.T) {
	s, other, c := freshScanner(t, ScannerOptions{}), freshScanner(t, ScannerOptions{ScanKeys: []string{"log"}}), NewCounts()
	habitsOf := func(by *Scanner, tag string) *habits {
		sc := scan{Scanner: by, c: c, tag: tag, scratch: c.working()}
		sc.begin(nil)
		return sc.habits
	}
	storm := spaced(denied("b", "1"), denied("b", "2"), denied("b", "3"), denied("b", "4"))
	tag := func(i int) string { return fmt.Sprint("app-", i) }
	for i := range maxTags {
		s.Scan(tag(i), storm, c)
	}
	for i := range maxTags {
		if h := habitsOf(s, tag(i)); h.run.records == 0 || h.bytes == 0 {
			t.Errorf("with as many tags as are remembered, nothing is known of the %d-th", i)
		}
	}
	for _, tag := range []string{"another", tag(0)} {
		if h := habitsOf(s, tag); h.run.records > 0 || h.bytes > 0 {
			t.Errorf("with one tag more, something is known of %s", tag)
		}
	}
	if s.Scan(tag(0), storm, c); !habitsOf(s, tag(0)).framed.any || habitsOf(other, tag(0)).framed.any {
		t.Error("what was read is not of the scanner at hand")
	}
}

// Frames are learned once enough of a tag has gone by, however small the chunks; where no sweep
// can be narrow, it is tried again after as much.
func TestNarrowInSmallChunks(t *testing.T) {
	f := func(name string, want string, fields func(i int) []any) {
		t.Helper()
		var b enginetest.ChunkBuilder
		for i := 0; len(b.Bytes()) < leastNarrow*3/8; i++ {
			b.Append(1, 0, fields(i)...)
		}
		s, c, got := freshScanner(t, ScannerOptions{}), NewCounts(), ""
		for range len(want) {
			sc := scan{Scanner: s, c: c, tag: "t", scratch: c.working()}
			sc.begin(b.Bytes())
			switch sc.sweep(b.Bytes()); {
			case sc.framed.any:
				got += "k" // known
			case sc.habits.bytes == 0:
				got += "v" // tried in vain
			default:
				got += "-"
			}
		}
		if got != want {
			t.Errorf("%s: what became of frames in each chunk is %s; want %s", name, got, want)
		}
	}
	f("records of one kind", "--kkkk", func(int) []any { return enginetest.FireLens(taskA, "api", "INFO fine", "stdout") })
	f("records of two values", "--v--v", func(i int) []any { return []any{"a", fmt.Sprint(i), "b", fmt.Sprint(i)} })
}
