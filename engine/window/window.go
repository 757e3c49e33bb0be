// Package window cuts event time into fixed slices and keeps the clock that
// event time follows.
//
// Nothing here asks for the time: what it is comes in as an argument.
package window

import (
	"math"
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
		s.slots = append(s.slots, slot{})
		copy(s.slots[at+1:], s.slots[at:])
		s.slots[at] = slot{i, n}
	}
	s.seen++
	return true
}

// Merge adds what other counted in windows of width from; s counts in windows
// of width to. Windows that other no longer keeps are taken for others than
// those of s.
func (s *Set) Merge(other *Set, from, to time.Duration) {
	for _, sl := range other.slots {
		s.Add(IndexOf(int64(sl.index)*int64(from), to), sl.count)
	}
	s.seen += other.seen - len(other.slots)
}

// Convert goes over from windows of width from to windows of width to.
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

// Spans calls yield for each run of width consecutive windows that ends in a
// window with events and holds at least events of them, oldest first, until
// yield returns false.
func (s *Set) Spans(width int, events int64, yield func(from, to Index) bool) {
	for _, sl := range s.slots {
		from := sl.index - Index(width) + 1
		if s.Within(from, sl.index) >= events && !yield(from, sl.index) {
			return
		}
	}
}

// MaxAhead is how far an event time may lie ahead of the wall clock and still
// be believed.
const MaxAhead = 5 * time.Minute

// Earliest is the oldest event time believed. Fluent Bit gives a record whose
// time could not be read the epoch, and clocks start there.
var Earliest = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// A Clock follows event time. It stands at the newest believable event time,
// and between events it runs on at the wall clock's speed, so that silence is
// noticed too. The zero value has seen nothing.
type Clock struct {
	event  int64 // newest event time, ns
	seenAt int64 // wall time at which it was seen, ns
}

// Believe returns the event time to count t under, in nanoseconds: t itself, or
// the clock's own time when t is absurd (before Earliest, or more than MaxAhead
// ahead of the wall clock); ok tells which.
func (c *Clock) Believe(t int64, now time.Time) (believed int64, ok bool) {
	if t >= Earliest.UnixNano() && t <= now.Add(MaxAhead).UnixNano() {
		return t, true
	}
	return c.Now(now).UnixNano(), false
}

// Started reports whether the clock has seen an event.
func (c *Clock) Started() bool { return c.seenAt != 0 }

// Observe moves the clock to t when t is believable and newer.
func (c *Clock) Observe(t int64, now time.Time) {
	if t, ok := c.Believe(t, now); ok && t >= c.running(now) {
		c.event, c.seenAt = t, now.UnixNano()
	}
}

// Adopt moves the clock to where other stands, if that is later.
func (c *Clock) Adopt(other *Clock) {
	if other.seenAt != 0 && (c.seenAt == 0 || other.event-other.seenAt > c.event-c.seenAt) {
		*c = *other
	}
}

// Now returns the event time at wall time now. Before any event it is now.
func (c *Clock) Now(now time.Time) time.Time {
	if c.seenAt == 0 {
		return now
	}
	return time.Unix(0, c.running(now))
}

func (c *Clock) running(now time.Time) int64 {
	if c.seenAt == 0 {
		return math.MinInt64
	}
	return c.event + max(0, now.UnixNano()-c.seenAt)
}
