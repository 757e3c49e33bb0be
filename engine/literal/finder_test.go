package literal

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// An engine is a vector engine, and what it looks at first. Those of this machine
// are in vector_*_test.go.
type engine struct {
	name       string
	firstBlock func(f *filter, b []byte) (at int, places uint64)
	buckets    func(f *filter, b []byte, at int) uint8
}

// nextNaive returns a place that Next must not pass over: the first one where the
// anchor of some literal stands that is in b, found by comparing all of them.
func (f *Finder) nextNaive(b []byte, from int) int {
	low := lower(string(b))
	for at := max(from, 0); at < len(b); at++ {
		for id, s := range f.literals {
			if start := at - f.anchors[id].at; start >= 0 && bytes.HasPrefix(low[start:], s) {
				return at
			}
		}
	}
	return -1
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

// all finds every occurrence by Next and At.
func (f *Finder) all(b []byte) (all []occurrence) {
	for at := f.Next(b, 0); at >= 0; at = f.Next(b, at+1) {
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

// setVector switches the vector engine on or off and returns the undo.
func setVector(on bool) (undo func()) {
	was := useVector
	useVector = on
	return func() { useVector = was }
}

// cases are literals and texts that hold them, each in more than one way.
var cases = []struct {
	name     string
	literals []string
	text     string
}{
	{"one", []string{"AccessDenied"}, "AccessDenied"},
	{"shortest", []string{"28p0"}, "28P01"},
	{"longest", []string{strings.Repeat("abcdefgh", 8)}, strings.Repeat("abcdefgh", 8)},
	{"prefix of another", []string{"expiredtoken", "expiredtokenexception"}, "ExpiredTokenException"},
	{"inside another", []string{"not authorized to perform", "authorized", "perform"}, "is not authorized to perform: s3:GetObject"},
	{"equal", []string{"noauth", "NOAUTH"}, "(error) NOAUTH Authentication required."},
	{"overlapping", []string{"abcabc", "bcabca", "cabcab"}, "abcabcabc"},
	{"repeated", []string{"aaaa"}, "aaaaaaaaa"},
	{"digits", []string{"169.254.170.2", "169.254.170.23"}, "http://169.254.170.23/v1/credentials"},
	{"punctuation", []string{"{\"__type\":", "@[\\]^"}, "{\"__type\":\"x\"} @[\\]^"},
	{"not a letter of other case", []string{"@a@a@a"}, "`a`a`a"},
	{"not ascii", []string{"accès refusé", "доступ запрещён"}, "accès refusé: доступ запрещён"},
	{"not utf-8", []string{"\xff\xfe\x00\x01"}, "\xff\xfe\x00\x01"},
	{"spaces", []string{"    ", "a   "}, "a      "},
	{"many", signatures, "AccessDenied, then invalid_grant; WRONGPASS"},
}

// TestEveryOffset places each case's text at every offset of a buffer, in both
// letter cases, amid other text and at its end, and searches by all engines.
func TestEveryOffset(t *testing.T) {
	const offsets = 260
	for _, c := range cases {
		f := newFinder(t, c.literals...)
		for _, text := range []string{c.text, strings.ToUpper(c.text), string(lower(c.text))} {
			for offset := range offsets + 1 {
				for _, behind := range []int{0, 1, offsets - offset} {
					b := bytes.Repeat([]byte{'.'}, offset+len(text)+behind)
					copy(b[offset:], text)
					check(t, c.name, f, b)
				}
			}
		}
	}
}

// check compares all engines on b with the naive ones.
func check(t *testing.T, name string, f *Finder, b []byte) {
	t.Helper()
	var candidates []int
	for at := f.nextNaive(b, 0); at >= 0; at = f.nextNaive(b, at+1) {
		candidates = append(candidates, at)
	}
	occurrences := f.allNaive(b)
	for _, vector := range []bool{false, true} {
		undo := setVector(vector)
		var got []int
		for at := f.Next(b, 0); at >= 0; at = f.Next(b, at+1) {
			got = append(got, at)
		}
		for _, at := range candidates {
			if !slices.Contains(got, at) {
				t.Fatalf("%s: vector %v: in %q: got candidates %d, want %d among them", name, vector, b, got, candidates)
			}
		}
		if got := f.all(b); !slices.Equal(got, occurrences) {
			t.Fatalf("%s: vector %v: in %q: got %v, want %v", name, vector, b, got, occurrences)
		}
		checkFind(t, f, b, occurrences)
		undo()
	}
	first := len(b)
	if len(candidates) > 0 {
		first = candidates[0]
	}
	// An engine may stop early, but never behind a piece.
	if got := ruledOutPortable(&f.filter, b); got > first || got < 0 {
		t.Fatalf("%s: ruled out %d places of %q, want at most %d", name, got, b, first)
	}
	for _, e := range engines {
		if len(b) < minVector {
			continue
		}
		at, places := e.firstBlock(&f.filter, b)
		if at > first || at < 0 || places != 0 && first-at < blockPlaces && places>>(first-at)&1 == 0 {
			t.Fatalf("%s: %s: block at %d with places %x of %q, want %d among them", name, e.name, at, places, b, first)
		}
	}
}

// checkFind compares Find and FindBelow with the occurrences in b.
func checkFind(t *testing.T, f *Finder, b []byte, occurrences []occurrence) {
	t.Helper()
	first := func(limit int) int {
		at := -1
		for _, o := range occurrences {
			if a := o.start + f.Anchor(o.id); o.id < limit && (at < 0 || a < at) {
				at = a
			}
		}
		return at
	}
	if got, want := f.Find(b, 0), first(len(f.literals)); got != want {
		t.Fatalf("in %q: found the first at %d, want %d", b, got, want)
	}
	limit := len(f.literals) / 2
	got, ids := f.FindBelow(b, 0, limit, nil)
	if want := first(limit); got != want {
		t.Fatalf("in %q: found the first below %d at %d, want %d", b, limit, got, want)
	}
	for _, id := range ids {
		if !slices.Contains(occurrences, occurrence{got - f.Anchor(int(id)), int(id)}) || int(id) >= limit {
			t.Fatalf("in %q: found literal %d at %d, below %d", b, id, got, limit)
		}
	}
}

// TestVectorIsItsTwin holds the vector engines to the plain loop that
// vector_generic.go has.
func TestVectorIsItsTwin(t *testing.T) {
	twin := func(e *engine, f *filter, b []byte) (at int, places uint64) {
		for last := len(b) - minVector; ; at = min(at+blockPlaces, last) {
			for i := range blockPlaces {
				if e.buckets(f, b, at+i) != 0 && (places != 0 || f.mayStartPiece(b, at+i) && (at+i < wordSize-minPiece || f.mayHold(b, at+i))) {
					places |= 1 << i
				}
			}
			if places != 0 {
				return at, places
			}
			if at == last {
				return len(b) - maxPiece, 0
			}
		}
	}
	f := newFinder(t, signatures...)
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		b := randomText(rng, minVector+rng.IntN(200))
		for _, e := range engines {
			at, places := e.firstBlock(&f.filter, b)
			if wantAt, want := twin(&e, &f.filter, b); at != wantAt || places != want {
				t.Fatalf("%s: %q: got %d, %x; want %d, %x", e.name, b, at, places, wantAt, want)
			}
		}
	}
}

// randomText returns n bytes made of parts of signatures and of noise.
func randomText(rng *rand.Rand, n int) []byte {
	var b []byte
	for len(b) < n {
		s := signatures[rng.IntN(len(signatures))]
		switch rng.IntN(4) {
		case 0:
			b = append(b, s[rng.IntN(len(s)):]...)
		case 1:
			b = append(b, strings.ToUpper(s[:rng.IntN(len(s))])...)
		default:
			for range rng.IntN(60) {
				b = append(b, byte(rng.IntN(256)))
			}
		}
	}
	return b[:n]
}

func TestNextOutsideOfText(t *testing.T) {
	f := newFinder(t, "denied")
	text := []byte("denied")
	check := func(from, want int) {
		t.Helper()
		if got := f.Next(text, from); got != want {
			t.Errorf("from %d: got %d, want %d", from, got, want)
		}
	}
	check(-5, f.Anchor(0))
	check(6, -1)
	check(100, -1)
	for at := -3; at < 10; at++ {
		if ids := f.At(text, at, nil); (len(ids) == 1) != (at == f.Anchor(0)) {
			t.Errorf("at %d: got %v", at, ids)
		}
	}
	if f.Next(nil, 0) != -1 {
		t.Error("found something in nothing")
	}
}

func TestNoLiterals(t *testing.T) {
	f := newFinder(t)
	if got := f.Next(bytes.Repeat([]byte("text "), 100), 0); got != -1 {
		t.Errorf("got %d, want -1", got)
	}
}

func TestNewErrors(t *testing.T) {
	f := func(want string, literals ...string) {
		t.Helper()
		if _, err := New(literals); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	f(`literal 1: expected 4 to 64 bytes, came 3: "401"`, "denied", "401")
	f(`literal 0: expected 4 to 64 bytes, came 0: ""`, "")
	f(fmt.Sprintf("literal 0: expected 4 to 64 bytes, came 65: %q", strings.Repeat("x", 65)), strings.Repeat("x", 65))
	f("literal: expected at most 16384 literals, came 16385", make([]string, MaxLiterals+1)...)
}

// TestManyLiterals finds each of thousands of literals, alone.
func TestManyLiterals(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	literals := slices.Clone(signatures)
	for i := range 4000 {
		literals = append(literals, fmt.Sprintf("%s: problem E%04d of %x", signatures[i%len(signatures)][:4], i, rng.Uint32()))
	}
	f := newFinder(t, literals...)
	for id, s := range literals {
		b := []byte(strings.Repeat("-", 100) + strings.ToUpper(s) + strings.Repeat("-", 100))
		var ids []int32
		for at := f.Next(b, 0); at >= 0; at = f.Next(b, at+1) {
			ids = f.At(b, at, ids)
		}
		if !slices.Contains(ids, int32(id)) {
			t.Fatalf("%q was not found: %v", s, ids)
		}
	}
}

// TestWith holds a Finder that grew to one made at once: it finds the same.
func TestWith(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	grown := newFinder(t)
	for from := 0; from < len(signatures); {
		to := min(len(signatures), from+1+rng.IntN(20))
		var err error
		if grown, err = grown.With(signatures[from:to]...); err != nil {
			t.Fatal(err)
		}
		from = to
	}
	for range 300 {
		check(t, "grown", grown, randomText(rng, rng.IntN(300)))
	}
	if _, err := grown.With("no"); err == nil {
		t.Error("a literal that is too short was taken")
	}
}

func TestNoAllocation(t *testing.T) {
	f := newFinder(t, signatures...)
	text := []byte(strings.Repeat("all is well; then AccessDenied and again invalid_grant ", 40))
	ids := make([]int32, 0, 16)
	if n := testing.AllocsPerRun(100, func() {
		for at := f.Next(text, 0); at >= 0; at = f.Next(text, at+1) {
			ids = f.At(text, at, ids[:0])
		}
	}); n != 0 {
		t.Errorf("got %v allocations, want none", n)
	}
}
