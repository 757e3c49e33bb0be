package literal

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// An engine is a vector engine, and what it looks at first. Those of this machine are in
// vector_*_test.go.
type engine struct {
	name    string
	places  func(f *filter, b []byte, places *[placesMax]uint16, enough int, then *byte) (n, seen int)
	buckets func(f *filter, b []byte, at int) uint8
}

// inLower returns b in lower case, as far as it is ASCII.
func inLower(b []byte) []byte {
	b = slices.Clone(b)
	for i, c := range b {
		b[i] = lowerByte(c)
	}
	return b
}

// firstNaive returns the first place at or after from where the anchor of some
// literal stands that is in b, found by comparing all of them.
func (f *Finder) firstNaive(b []byte, from int) int {
	low, literals := inLower(b), f.literals.list()
	for at := max(from, 0); at < len(b); at++ {
		for id, s := range literals {
			if start := at - f.Anchor(id); start >= 0 && bytes.HasPrefix(low[start:], s) {
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
	low, literals := inLower(b), f.literals.list()
	for start := range low {
		for id, s := range literals {
			if bytes.HasPrefix(low[start:], s) {
				all = append(all, occurrence{start, id})
			}
		}
	}
	return all
}

// all finds every occurrence.
func (f *Finder) all(b []byte) []occurrence {
	var s Search
	s.Reset(f, b)
	return sorted(s.rest(nil))
}

// rest appends what s finds.
func (s *Search) rest(all []occurrence) []occurrence {
	f := s.finder
	for at, ids := s.FindBelow(0, f.Len(), nil); at >= 0; at, ids = s.FindBelow(at+1, f.Len(), nil) {
		if !slices.IsSorted(ids) {
			panic("the ids are not ascending")
		}
		for _, id := range ids {
			all = append(all, occurrence{at - f.Anchor(int(id)), int(id)})
		}
	}
	return all
}

func sorted(all []occurrence) []occurrence {
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
		for _, text := range []string{c.text, strings.ToUpper(c.text), string(inLower([]byte(c.text)))} {
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
	occurrences := f.allNaive(b)
	for _, vector := range []bool{false, true} {
		undo := setVector(vector)
		if got := f.all(b); !slices.Equal(got, occurrences) {
			t.Fatalf("%s: vector %v: in %q: got %v, want %v", name, vector, b, got, occurrences)
		}
		checkFind(t, f, b, occurrences)
		undo()
	}
	engines := append(slices.Clone(engines), engine{name: "portable", places: portable})
	for _, e := range engines {
		if len(b) < gramSize || len(b) < minVector && e.name != "portable" {
			continue
		}
		var places [placesMax]uint16
		for from := 0; from <= len(b)-gramSize && (len(b)-from >= minVector || e.name == "portable"); {
			n, seen := e.places(&f.filter, b[from:], &places, leastEnough, nil)
			checkPlaces(t, name+": "+e.name, f, b, occurrences, from, seen, places[:n])
			from += seen
		}
	}
}

func portable(f *filter, b []byte, places *[placesMax]uint16, enough int, _ *byte) (n, seen int) {
	return placesPortable(f, b, places, enough)
}

// checkPlaces holds places, of the seen ones from from on, to the occurrences in
// b: an engine may write any place, but must not leave out a gram.
func checkPlaces(t *testing.T, name string, f *Finder, b []byte, occurrences []occurrence, from, seen int, places []uint16) {
	t.Helper()
	if seen <= 0 || from+seen > len(b)-gramSize+1 {
		t.Fatalf("%s: saw %d places from %d of %q", name, seen, from, b)
	}
	for i, at := range places {
		if int(at) >= seen || i > 0 && at <= places[i-1] {
			t.Fatalf("%s: of %d places from %d of %q, wrote %d", name, seen, from, b, places)
		}
	}
	for _, o := range occurrences {
		at := o.start + f.Anchor(o.id) - from
		if _, ok := slices.BinarySearch(places, uint16(at)); 0 <= at && at < seen && !ok {
			t.Fatalf("%s: of %d places from %d of %q, wrote %d, want %d among them", name, seen, from, b, places, at)
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
	if got, want := f.Find(b, 0), first(f.literals.len()); got != want {
		t.Fatalf("in %q: found the first at %d, want %d", b, got, want)
	}
	var s Search
	s.Reset(f, b)
	if at := s.Find(0); at >= 0 {
		from, to := s.Found()
		if !slices.ContainsFunc(occurrences, func(o occurrence) bool {
			return o.start == from && at == o.start+f.Anchor(o.id) && to == from+len(f.literals.at(o.id))
		}) {
			t.Fatalf("in %q: found a literal from %d to %d, with its anchor at %d", b, from, to, at)
		}
	}
	limit := f.literals.len() / 2
	s.Reset(f, b)
	got, ids := s.FindBelow(0, limit, nil)
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
	twin := func(e *engine, f *filter, b []byte, enough int) (places []uint16, seen int) {
		for seen <= len(b)-gramSize && len(places) < enough {
			for end := min(seen+blockPlaces, len(b)-gramSize+1); seen < end; seen++ {
				if e.buckets(f, b, seen) != 0 {
					places = append(places, uint16(seen))
				}
			}
		}
		return places, seen
	}
	f := newFinder(t, signatures...)
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		b := randomText(rng, minVector+rng.IntN(1000))
		if rng.IntN(4) == 0 { // so few places that strips are seen to their ends
			b = slices.Concat(bytes.Repeat([]byte{'#'}, rng.IntN(1200)), b, bytes.Repeat([]byte{'#'}, rng.IntN(1200)))
		}
		enough := 1 + rng.IntN(mostEnough)
		for _, e := range engines {
			var places [placesMax]uint16
			n, seen := e.places(&f.filter, b, &places, enough, then(rng, b))
			if want, wantSeen := twin(&e, &f.filter, b, enough); seen != wantSeen || !slices.Equal(places[:n], want) {
				t.Fatalf("%s: %q: got %d of %d, want %d of %d", e.name, b, places[:n], seen, want, wantSeen)
			}
		}
	}
}

// then returns what will be read after a text: nothing, or something of any length.
func then(rng *rand.Rand, b []byte) *byte {
	if rng.IntN(2) == 0 {
		return nil
	}
	return &b[rng.IntN(len(b))]
}

// TestGoOn searches texts one after the other, some of them passed over in part, and each as if
// it were alone.
func TestGoOn(t *testing.T) {
	f := newFinder(t, signatures...)
	rng := rand.New(rand.NewPCG(15, 16))
	for _, vector := range []bool{false, true} {
		undo := setVector(vector)
		var s Search
		s.Reset(f, nil)
		for range 2000 {
			b := randomText(rng, rng.IntN(3000))
			s.GoOn(b, b[rng.IntN(len(b)+1):])
			for from := rng.IntN(2) * rng.IntN(len(b)+1); ; {
				got, want := s.Find(from), f.firstNaive(b, from)
				if got != want {
					t.Fatalf("vector %v: from %d of %q: got %d, want %d", vector, from, b, got, want)
				}
				if got < 0 || rng.IntN(20) == 0 {
					break
				}
				from = got + 1
			}
		}
		undo()
	}
}

// TestSparse searches text of more than a batch, and than 16 bits, in which hardly
// a place is written.
func TestSparse(t *testing.T) {
	f := newFinder(t, "AccessDenied")
	for _, start := range []int{0, maxBatch - 20, maxBatch - minVector, maxBatch - 1, maxBatch, 1<<16 - 6, 1 << 16, 2*maxBatch + 100} {
		b := bytes.Repeat([]byte{'#'}, 3*maxBatch)
		copy(b[start:], "accessdenied")
		for _, vector := range []bool{false, true} {
			undo := setVector(vector)
			if got, want := f.all(b), []occurrence{{start, 0}}; !slices.Equal(got, want) {
				t.Errorf("vector %v: got %v, want %v", vector, got, want)
			}
			undo()
		}
	}
}

// TestStrips places a literal at every offset of a text in which an engine that looks at
// several blocks at once does so, and at its end.
func TestStrips(t *testing.T) {
	const size = 2200
	f := newFinder(t, signatures...)
	literal := f.Literal(0)
	for start := range size - len(literal) + 1 {
		for _, b := range [][]byte{bytes.Repeat([]byte{'.'}, size), bytes.Repeat([]byte{'.'}, start+len(literal))} {
			copy(b[start:], literal)
			if got := f.Find(b, 0); got != start+f.Anchor(0) {
				t.Fatalf("at %d of %d: got %d, want %d", start, len(b), got, start+f.Anchor(0))
			}
		}
	}
}

// TestDense searches text every place of which an engine writes: batches are full.
func TestDense(t *testing.T) {
	f := newFinder(t, "aaaa", "aaaaaaaab")
	for _, n := range []int{maxBatch - 1, maxBatch, maxBatch + 1, 3 * maxBatch} {
		b := bytes.Repeat([]byte{'a'}, n)
		b[n-1] = 'b'
		for _, vector := range []bool{false, true} {
			undo := setVector(vector)
			if got := count(b, f); got != n-gramSize && got != n-gramSize+1 {
				t.Errorf("vector %v: got %d of %d", vector, got, n-gramSize)
			}
			undo()
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

func TestFindOutsideOfText(t *testing.T) {
	f := newFinder(t, "denied")
	text := []byte("denied")
	check := func(from, want int) {
		t.Helper()
		if got := f.Find(text, from); got != want {
			t.Errorf("from %d: got %d, want %d", from, got, want)
		}
	}
	check(-5, f.Anchor(0))
	check(6, -1)
	check(100, -1)
	if f.Find(nil, 0) != -1 {
		t.Error("found something in nothing")
	}
}

// TestFindWithin goes through a text part by part.
func TestFindWithin(t *testing.T) {
	f := newFinder(t, signatures...)
	rng := rand.New(rand.NewPCG(9, 8))
	var s Search
	for range 300 {
		b := randomText(rng, rng.IntN(3000))
		s.Reset(f, b)
		for from := 0; from < len(b); {
			to := from + rng.IntN(400)
			got, want := s.FindWithin(from, to), f.firstNaive(b, from)
			if want >= to {
				want = -1
			}
			if got != want {
				t.Fatalf("from %d to %d of %q: got %d, want %d", from, to, b, got, want)
			}
			if from = to; got >= 0 {
				from = got + 1
			}
		}
	}
}

// TestSkips goes through a text as a scan does, which skips the rest of a record.
func TestSkips(t *testing.T) {
	f := newFinder(t, signatures...)
	rng := rand.New(rand.NewPCG(7, 8))
	var s Search
	for range 300 {
		b := randomText(rng, rng.IntN(3000))
		s.Reset(f, b)
		for from := 0; ; {
			got, want := s.Find(from), f.firstNaive(b, from)
			if got != want {
				t.Fatalf("from %d of %q: got %d, want %d", from, b, got, want)
			}
			if got < 0 {
				break
			}
			from = got + 1 + rng.IntN(400)
		}
	}
}

func TestNoLiterals(t *testing.T) {
	f := newFinder(t)
	if got := f.Find(bytes.Repeat([]byte("text "), 100), 0); got != -1 {
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
	f(`literal 1: expected 4 to 64 bytes, got 3: "401"`, "denied", "401")
	f(`literal 0: expected 4 to 64 bytes, got 0: ""`, "")
	f(fmt.Sprintf("literal 0: expected 4 to 64 bytes, got 65: %q", strings.Repeat("x", 65)), strings.Repeat("x", 65))
	f("literal: expected at most 16384 literals, got 16385", make([]string, MaxLiterals+1)...)
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
		if all := f.all(b); !slices.Contains(all, occurrence{100, id}) {
			t.Fatalf("%q was not found: %v", s, all)
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
		var s Search
		s.Reset(f, text)
		for at := 0; at >= 0; {
			at, ids = s.FindBelow(at+1, f.Len(), ids[:0])
		}
	}); n != 0 {
		t.Errorf("got %v allocations, want none", n)
	}
}
