package window

import (
	"testing"
	"time"
)

func TestClock(t *testing.T) {
	wall := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	var c Clock
	if got := c.Now(wall); !got.Equal(wall) {
		t.Errorf("before any event it is %v; want the wall time %v", got, wall)
	}
	event := wall.Add(-time.Hour)
	c.Observe(event.UnixNano(), wall)
	if got := c.Now(wall); !got.Equal(event) {
		t.Errorf("after an event of an hour ago it is %v; want %v", got, event)
	}
	if got := c.Now(wall.Add(10 * time.Second)); !got.Equal(event.Add(10 * time.Second)) {
		t.Errorf("ten silent seconds later it is %v; want %v", got, event.Add(10*time.Second))
	}
	if got := c.Now(wall.Add(-6 * time.Hour)); !got.Equal(event.Add(-6 * time.Hour)) {
		t.Errorf("once the wall clock was set back six hours it is %v; want %v", got, event.Add(-6*time.Hour))
	}
	c.Observe(event.Add(-time.Minute).UnixNano(), wall)
	if got := c.Now(wall); !got.Equal(event) {
		t.Errorf("an older event moved the clock to %v", got)
	}
	c.Observe(time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC).UnixNano(), wall)
	c.Observe(0, wall)
	if got := c.Now(wall); !got.Equal(event) {
		t.Errorf("absurd times moved the clock to %v", got)
	}
}

func TestClockBelieves(t *testing.T) {
	wall := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	f := func(at time.Time, ok bool) {
		t.Helper()
		var c Clock
		got, gotOK := c.Believe(at.UnixNano(), wall)
		if gotOK != ok {
			t.Errorf("Believe(%v) = %v; want %v", at, gotOK, ok)
		}
		if want := map[bool]time.Time{true: at, false: wall}[ok]; got != want.UnixNano() {
			t.Errorf("Believe(%v) counts it at %v; want %v", at, time.Unix(0, got).UTC(), want)
		}
	}
	f(wall, true)
	f(wall.Add(maxAhead), true)
	f(wall.Add(maxAhead+1), false)
	f(wall.AddDate(-20, 0, 0), true)
	f(earliest, true)
	f(earliest.Add(-1), false)
	f(time.Unix(0, 0), false)
	f(time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC), false)
}

func TestClockAdopts(t *testing.T) {
	wall := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	// at returns a clock that saw, at the wall time seen, an event that old.
	at := func(seen time.Time, old time.Duration) Clock {
		var c Clock
		c.Observe(seen.Add(-old).UnixNano(), seen)
		return c
	}
	f := func(c, other, want Clock) {
		t.Helper()
		if c.Adopt(&other); c != want {
			t.Errorf("it stands at %v; want %v", c.Now(wall), want.Now(wall))
		}
	}
	var fresh Clock
	early, late := at(wall, time.Hour), at(wall.Add(-time.Minute), time.Second)
	f(fresh, fresh, fresh)
	f(fresh, early, early)
	f(early, fresh, early)
	f(early, late, late)
	f(late, early, late)
}
