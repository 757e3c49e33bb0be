package engine

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/authlens/authlens/engine/literal"
	"github.com/authlens/authlens/engine/record"
)

// A search of several pieces of a chunk finds what a search of each finds, wherever it continues:
// in a piece, between two, or behind the last.
func TestGathered(t *testing.T) {
	finder, err := literal.New([]string{"denied", "eniedx", "refused"})
	if err != nil {
		t.Fatal(err)
	}
	words := []string{"denied", "refused", "deni", "ed", "x", "ref", "used", "....", " "}
	rng := rand.New(rand.NewPCG(21, 22))
	var g gathered
	for range 3000 {
		var b strings.Builder
		type part struct{ from, to int }
		var parts []part
		for range rng.IntN(record.MaxAhead) {
			from := b.Len() + rng.IntN(2)*rng.IntN(8)
			for range rng.IntN(6) {
				b.WriteString(words[rng.IntN(len(words))])
			}
			if from <= b.Len() {
				parts = append(parts, part{from, max(from, b.Len()-rng.IntN(2)*rng.IntN(4))})
			}
		}
		chunk := []byte(b.String())
		g.reset()
		var s literal.Search
		s.Reset(finder, nil)
		for _, p := range parts {
			g.add(p.from, p.to)
		}
		g.copy(chunk)
		if g.size() != len(g.lines.Text()) {
			t.Fatalf("%q: %d bytes of %d", chunk, g.size(), len(g.lines.Text()))
		}
		s.GoOn(g.lines.Text(), chunk)
		first := func(from int) int {
			for _, p := range parts {
				if start := max(from, p.from); start < p.to {
					if at := finder.Find(chunk[p.from:p.to], start-p.from); at >= 0 {
						return p.from + at
					}
				}
			}
			return -1
		}
		for from := 0; ; {
			got, want := g.find(&s, from), first(from)
			if got != want {
				t.Fatalf("%s of %q from %d: got %d, want %d", fmt.Sprint(parts), chunk, from, got, want)
			}
			if got < 0 {
				break
			}
			if at := got - g.shift(); g.lines.Text()[at] != chunk[got] {
				t.Fatalf("%s of %q: %d is not %d in the lines", fmt.Sprint(parts), chunk, got, at)
			}
			from = got + 1 + rng.IntN(2)*rng.IntN(40)
		}
	}
}
