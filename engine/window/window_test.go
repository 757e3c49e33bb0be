package window

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func TestIndexOf(t *testing.T) {
	f := func(at int64, want Index) {
		t.Helper()
		if got := IndexOf(at*int64(time.Second), time.Minute); got != want {
			t.Errorf("IndexOf(%d s, 1m) = %d; want %d", at, got, want)
		}
	}
	f(0, 0)
	f(59, 0)
	f(60, 1)
	f(-1, -1)
	f(-60, -1)
	f(-61, -2)
	f(1700000000, 28333333)
}

func TestSetKeepsTheNewest(t *testing.T) {
	var s Set
	for i := range Index(Kept) {
		if !s.Add(10+i, 1) {
			t.Fatalf("window %d was not kept", 10+i)
		}
	}
	if s.Add(9, 1) {
		t.Error("a window older than all kept was kept in a full set")
	}
	if !s.Add(10, 4) || s.Within(10, 10) != 5 {
		t.Errorf("the oldest kept window holds %d; want 5", s.Within(10, 10))
	}
	s.Add(100, 1)
	if got := s.Within(10, 10); got != 0 {
		t.Errorf("the oldest window holds %d after a newer came to a full set; want 0", got)
	}
	for i := range Index(Kept - 1) {
		if got := s.Within(11+i, 11+i); got != 1 {
			t.Errorf("window %d holds %d; want 1", 11+i, got)
		}
	}
	if got := s.Len(); got != Kept+1 {
		t.Errorf("Len = %d; want %d windows ever seen", got, Kept+1)
	}
}

// A window that comes late to a full set takes the place of the oldest, and no other.
func TestFullSetTakesWhatComesLate(t *testing.T) {
	for late := range Index(Kept) {
		var s Set
		for i := range Index(Kept) {
			s.Add(2*i, int64(i)+1)
		}
		if !s.Add(2*late+1, 1000) {
			t.Fatalf("window %d was not kept", 2*late+1)
		}
		for i := range Index(2 * Kept) {
			want := int64(i/2) + 1
			switch {
			case i == 2*late+1:
				want = 1000
			case i == 0 || i%2 == 1:
				want = 0
			}
			if got := s.Within(i, i); got != want {
				t.Errorf("window %d came late: window %d holds %d; want %d", 2*late+1, i, got, want)
			}
		}
	}
}

func TestSetForgets(t *testing.T) {
	var s Set
	for i := range Index(Kept) {
		s.Add(i, 1)
	}
	s.Forget(10)
	if got := s.Within(0, Kept); got != 11 || s.Len() != Kept {
		t.Errorf("%d events in the windows up to 10, %d windows ever; want 11 and %d", got, s.Len(), Kept)
	}
	if !s.Add(5, 1) || s.Within(5, 5) != 2 {
		t.Errorf("a window that was kept holds %d; want 2", s.Within(5, 5))
	}
}

// Events count the same in whatever order their windows come.
func TestSetOrderDoesNotMatter(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var inOrder, shuffled Set
		windows := make([]Index, 30)
		for i := range windows {
			windows[i] = Index(rng.IntN(Kept))
		}
		for w := range Index(Kept) {
			for _, x := range windows {
				if x == w {
					inOrder.Add(w, 1)
				}
			}
		}
		for _, w := range windows {
			shuffled.Add(w, 1)
		}
		for from := range Index(Kept) {
			for to := from; to < Kept; to++ {
				if a, b := inOrder.Within(from, to), shuffled.Within(from, to); a != b {
					t.Fatalf("windows %v: %d events within %d–%d in order, %d shuffled", windows, a, from, to, b)
				}
			}
		}
		if inOrder.Len() != shuffled.Len() {
			t.Fatalf("windows %v: Len %d in order, %d shuffled", windows, inOrder.Len(), shuffled.Len())
		}
	}
}

// Going over to windows of another width forgets no window that held an event,
// whether it is kept or not.
func TestSetConvert(t *testing.T) {
	f := func(windows int, from, to time.Duration, want int) {
		t.Helper()
		var s Set
		for i := range windows {
			s.Add(Index(10+i), 1)
		}
		s.Convert(from, to)
		if s.Len() != want {
			t.Errorf("%d windows of %v as windows of %v: got %d, want %d", windows, from, to, s.Len(), want)
		}
	}
	f(3, time.Minute, time.Minute, 3)
	f(3, time.Minute, 30*time.Second, 3)
	f(4, time.Minute, 2*time.Minute, 2)
	f(Kept+10, time.Minute, 30*time.Second, Kept+10)
}

func TestSetSpans(t *testing.T) {
	f := func(windows []Index, width int, events int64, want [][2]Index) {
		t.Helper()
		var s Set
		for _, w := range windows {
			s.Add(w, 1)
		}
		var got [][2]Index
		for from, to := range s.Spans(width, events) {
			got = append(got, [2]Index{from, to})
		}
		if !slices.Equal(got, want) {
			t.Errorf("windows %v, %d events within %d: spans %v; want %v", windows, events, width, got, want)
		}
	}
	f(nil, 5, 2, nil)
	f([]Index{7}, 5, 2, nil)
	f([]Index{7}, 5, 1, [][2]Index{{3, 7}})
	f([]Index{7, 7}, 5, 2, [][2]Index{{3, 7}})
	f([]Index{7, 11}, 5, 2, [][2]Index{{7, 11}})
	f([]Index{7, 12}, 5, 2, nil)
	f([]Index{12, 7, 8}, 5, 2, [][2]Index{{4, 8}, {8, 12}})
	f([]Index{1, 2, 3}, 1, 2, nil)
}
