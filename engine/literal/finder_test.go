package literal

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// nextNaive is what Next must return, in the most obvious way: the first place
// where the folded piece of some literal stands.
func (f *Finder) nextNaive(b []byte, from int) int {
	for at := max(from, 0); at < len(b); at++ {
		for id, s := range f.literals {
			a := f.anchors[id]
			if bytes.HasPrefix(setCaseBits(b[at:min(at+maxPiece, len(b))]), setCaseBits(s[a.at:a.at+a.size])) {
				return at
			}
		}
	}
	return -1
}

func setCaseBits(b []byte) []byte {
	folded := slices.Clone(b)
	for i := range folded {
		folded[i] |= 0x20
	}
	return folded
}

// An occurrence is a literal and where it starts.
type occurrence struct{ start, id int }

// allNaive finds every occurrence by comparing every literal at every place.
func (f *Finder) allNaive(b []byte) (all []occurrence) {
	low := lower(string(b))
	for start := range low {
		for id, s := range f.literals {
			if bytes.HasPrefix(low[start:], s) {
				all = append(all, occurrence{start, id})
			}
		}
	}
	return all
}

// all finds every occurrence by next and At.
func (f *Finder) all(b []byte, next func(b []byte, from int) int) (all []occurrence) {
	for at := next(b, 0); at >= 0; at = next(b, at+1) {
		for _, id := range f.At(b, at, nil) {
			all = append(all, occurrence{at - f.Anchor(int(id)), int(id)})
		}
	}
	slices.SortFunc(all, func(x, y occurrence) int {
		if x.start != y.start {
			return x.start - y.start
		}
		return x.id - y.id
	})
	return all
}

func newFinder(t testing.TB, literals ...string) *Finder {
	t.Helper()
	f, err := New(literals)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestQuick(t *testing.T) {
	f := newFinder(t, "AccessDenied", "is not authorized to perform", "ExpiredToken", "NOAUTH")
	text := []byte("xx accessdenied: user IS NOT authorized TO perform noauth" + strings.Repeat("y", 20))
	got, want := f.all(text, f.Next), f.allNaive(text)
	if !slices.Equal(got, want) || len(want) != 3 {
		t.Errorf("got %v, want %v", got, want)
	}
}

func (f *Finder) nextPortable(b []byte, from int) int {
	defer disableVector()()
	return f.Next(b, from)
}
