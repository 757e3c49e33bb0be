// Package window cuts event time into fixed slices and keeps the clock that
// event time follows.
//
// Nothing here asks for the time: it comes in as an argument.
package window

import (
	"iter"
	"slices"
	"time"
)

// An Index numbers a window: the slice of event time
// [Index*width, (Index+1)*width) since the Unix epoch.
type Index int64

// IndexOf returns the window of width that holds the event time t, both in
// nanoseconds. Times before 1970 belong to negative windows.
func IndexOf(t int64, width time.Duration) Index {
	w := int64(width)
	i := t / w
	if t%w < 0 {
		i--
	}
	return Index(i)
}

// Kept bounds the windows a Set remembers: as many as a threshold may span (the
// option threshold_windows, a rule's threshold).
const Kept = 60

// A Set counts events in the newest Kept windows that had any. The zero value
// is empty.
type Set struct {
	slots []slot // ascending by index
	seen  int    // windows ever inserted
}

type slot struct {
	index Index
	count int64
}

// Add counts n events in window i. It reports false when i is older than every
// window kept and the set is full: then the events are not held here.
func (s *Set) Add(i Index, n int64) bool {
	at := len(s.slots)
	for at > 0 && s.slots[at-1].index >= i {
		at--
	}
	if at < len(s.slots) && s.slots[at].index == i {
		s.slots[at].count += n
		return true
	}
	if len(s.slots) == Kept {
		if at == 0 {
			return false
		}
		copy(s.slots, s.slots[1:at])
		s.slots[at-1] = slot{i, n}
	} else {
		s.slots = slices.Insert(s.slots, at, slot{i, n})
	}
	s.seen++
	return true
}

// Forget forgets the windows after i, since a full set takes no older ones in their place.
func (s *Set) Forget(i Index) {
	s.slots = slices.DeleteFunc(s.slots, func(sl slot) bool { return sl.index > i })
}

// Merge adds what other counted in windows of width from; s counts in windows
// of width to. Windows that other no longer keeps are assumed not to be among
// those of s.
func (s *Set) Merge(other *Set, from, to time.Duration) {
	for _, sl := range other.slots {
		s.Add(IndexOf(int64(sl.index)*int64(from), to), sl.count)
	}
	s.seen += other.seen - len(other.slots)
}

// Convert turns windows of width from into windows of width to.
func (s *Set) Convert(from, to time.Duration) {
	if from == to {
		return
	}
	old := *s
	*s = Set{}
	s.Merge(&old, from, to)
}

// Len returns the number of windows that ever held an event.
func (s *Set) Len() int { return s.seen }

// Within returns the number of events in windows [from, to].
func (s *Set) Within(from, to Index) int64 {
	var n int64
	for _, sl := range s.slots {
		if sl.index >= from && sl.index <= to {
			n += sl.count
		}
	}
	return n
}

// Spans are the runs of width consecutive windows that end in a window with
// events and hold at least events of them, oldest first: first and last window.
func (s *Set) Spans(width int, events int64) iter.Seq2[Index, Index] {
	return func(yield func(from, to Index) bool) {
		for _, sl := range s.slots {
			from := sl.index - Index(width) + 1
			if s.Within(from, sl.index) >= events && !yield(from, sl.index) {
				return
			}
		}
	}
}
