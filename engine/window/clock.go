package window

import (
	"math"
	"time"
)

// maxAhead is how far an event time may lie ahead of the wall clock and still
// be believed.
const maxAhead = 5 * time.Minute

// earliest is the oldest event time believed. Fluent Bit gives a record whose
// time could not be read the epoch, and clocks start there.
var earliest = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// A Clock follows event time. It stands at the newest believable event time,
// and between events it runs on with the wall clock, so that silence is noticed
// too; if that is set back, it goes back as far. The zero value has seen nothing.
type Clock struct {
	event  int64 // newest event time, ns
	seenAt int64 // wall time at which it was seen, ns
}

// Latest returns the latest event time that is believed, in nanoseconds.
func Latest(now time.Time) int64 { return now.Add(maxAhead).UnixNano() }

// Believe returns the event time to count t under, in nanoseconds: t itself, or
// the clock's own time when t is absurd (before earliest, or later than Latest);
// ok tells which.
func (c *Clock) Believe(t int64, now time.Time) (believed int64, ok bool) {
	if t >= earliest.UnixNano() && t <= Latest(now) {
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
	return c.event + now.UnixNano() - c.seenAt
}
