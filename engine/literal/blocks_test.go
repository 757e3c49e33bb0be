package literal

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
)

// allByBlocks finds every occurrence: in blocks as far as they may be, then in the rest.
func (f *Finder) allByBlocks(b []byte) []occurrence {
	var s Search
	var blocks Blocks
	s.Reset(f, b)
	blocks.Add(0, len(b)-BlockReads)
	s.Within(&blocks)
	all := s.rest(nil)
	s.Everywhere(blocks.end)
	return sorted(s.rest(all))
}

// TestBlocks searches parts of a text: all is found that is in them, and nothing twice.
func TestBlocks(t *testing.T) {
	f := newFinder(t, signatures...)
	rng := rand.New(rand.NewPCG(15, 16))
	for range 1000 {
		b := randomText(rng, BlockReads+rng.IntN(3000))
		occurrences := f.allNaive(b)
		for _, vector := range []bool{false, true} {
			undo := setVector(vector)
			var s Search
			s.Reset(f, b)
			var got []occurrence
			var parts []span
			for from := 0; from < len(b)-BlockReads; {
				var blocks Blocks
				from += rng.IntN(200)
				for blocks.Reset(from); rng.IntN(5) > 0 && from < len(b)-BlockReads; from += rng.IntN(200) {
					part := span{from, min(from+rng.IntN(400), len(b)-BlockReads)}
					blocks.Add(part.from, part.to)
					parts = append(parts, part)
					from = part.to
				}
				s.Within(&blocks)
				got = s.rest(got)
				from = max(from, blocks.start+blocks.end)
			}
			sorted(got)
			for i, o := range got {
				if !slices.Contains(occurrences, o) || i > 0 && got[i-1] == o {
					t.Fatalf("vector %v: in %v of %q: got %v, of %v", vector, parts, b, got, occurrences)
				}
			}
			for _, o := range occurrences {
				end := o.start + len(f.literals[o.id])
				inside := slices.ContainsFunc(parts, func(p span) bool { return p.from <= o.start && end <= p.to })
				if inside && !slices.Contains(got, o) {
					t.Fatalf("vector %v: in %v of %q: got %v; %v is missing", vector, parts, b, got, o)
				}
			}
			undo()
		}
	}
}

// TestBlocksPassedOver finds nothing in front of where the search goes on.
func TestBlocksPassedOver(t *testing.T) {
	f := newFinder(t, "denied")
	b := bytes.Repeat([]byte("it was denied.  "), 200)
	var s Search
	var blocks Blocks
	s.Reset(f, b)
	blocks.Add(0, len(b)-BlockReads)
	s.Within(&blocks)
	for from := 0; from < len(b)-2*BlockReads; {
		got, want := s.Find(from), f.firstNaive(b, from)
		if got != want {
			t.Fatalf("from %d: got %d, want %d", from, got, want)
		}
		from = got + 1 + from/3
	}
}

// TestEndOfStretch finds nothing in front of the blocks where the last one reaches behind
// the stretch, as far as it can.
func TestEndOfStretch(t *testing.T) {
	f := newFinder(t, "denied")
	b := bytes.Repeat([]byte{'.'}, MaxStretch+2*blockPlaces+BlockReads)
	for _, at := range []int{0, 8, 16, 1 << 16, 1<<16 + 8, 1<<16 + 16} {
		copy(b[at:], "denied")
	}
	for first := 30; first < 30+blockPlaces; first++ {
		for _, vector := range []bool{false, true} {
			undo := setVector(vector)
			var s Search
			var blocks Blocks
			s.Reset(f, b)
			blocks.Add(first, MaxStretch)
			s.Within(&blocks)
			if all := s.rest(nil); len(all) > 0 && all[0].start < first {
				t.Errorf("vector %v: from %d on: got %v", vector, first, all)
			}
			undo()
		}
	}
}

// TestEngineOfBlocksIsItsTwin holds the engines for blocks to a plain loop.
func TestEngineOfBlocksIsItsTwin(t *testing.T) {
	defer setVector(true)() // placesOfEach asks the vector engine then
	f := newFinder(t, signatures...)
	rng := rand.New(rand.NewPCG(17, 18))
	for range 2000 {
		b := randomText(rng, minVector+rng.IntN(2000))
		var blocks []uint16
		for at := rng.IntN(100); at <= len(b)-minVector; at += blockPlaces + rng.IntN(3)*rng.IntN(100) {
			blocks = append(blocks, uint16(at))
		}
		enough := 1 + rng.IntN(mostEnough)
		for _, e := range engines {
			var want []uint16
			wantSeen := 0
			for _, at := range blocks {
				if len(want) >= enough {
					break
				}
				wantSeen++
				for place := int(at); place < int(at)+blockPlaces; place++ {
					if e.buckets(&f.filter, b, place) != 0 {
						want = append(want, uint16(place))
					}
				}
			}
			var places [placesMax]uint16
			n, seen := e.blocks(&f.filter, b, blocks, &places, enough)
			if seen != wantSeen || !slices.Equal(places[:n], want) {
				t.Fatalf("%s: %d of %q: got %d of %d, want %d of %d", e.name, blocks, b, places[:n], seen, want, wantSeen)
			}
		}
	}
}
