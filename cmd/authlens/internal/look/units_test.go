package look

import (
	"testing"
	"time"
)

func TestBetween(t *testing.T) {
	f := func(span time.Duration, want string) {
		t.Helper()
		from := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
		if got := Between(from, from.Add(span)); got != want {
			t.Errorf("%v: got %s, want %s", span, got, want)
		}
	}
	f(0, "2026-03-01 09:00:00 UTC")
	f(999*time.Millisecond, "2026-03-01 09:00:00 UTC")
	f(time.Second, "2026-03-01 09:00:00 – 09:00:01 UTC")
	f(24*time.Hour, "2026-03-01 09:00:00 – 2026-03-02 09:00:00 UTC")
}

func TestNumber(t *testing.T) {
	f := func(n int64, want string) {
		t.Helper()
		if got := Number(n, "record"); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
	f(0, "0 records")
	f(1, "1 record")
	f(999, "999 records")
	f(1000, "1,000 records")
	f(-999, "-999 records")
	f(-1234567, "-1,234,567 records")
}

func TestSize(t *testing.T) {
	f := func(n int64, want string) {
		t.Helper()
		if got := Size(n); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
	f(999, "999 B")
	f(1000, "1.0 kB")
	f(1_500_000, "1.5 MB")
	f(2_340_000_000, "2.34 GB")
}

// The longer a span, the less matters the hour of its ends, and the more the year.
func TestLayout(t *testing.T) {
	f := func(span time.Duration, want string) {
		t.Helper()
		if got := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC).Format(Layout(span)); got != want {
			t.Errorf("%v: got %s, want %s", span, got, want)
		}
	}
	const day = 24 * time.Hour
	f(time.Hour, "09:00")
	f(2*day, "Mar 1 09:00")
	f(56*365*day, "2026-03-01")
}

func TestDuration(t *testing.T) {
	f := func(d time.Duration, want string) {
		t.Helper()
		if got := Duration(d); got != want {
			t.Errorf("%v: got %s, want %s", d, got, want)
		}
	}
	f(90*time.Second, "1m30s")
	f(2*time.Minute, "2 min")
	f(6*time.Hour, "6 h")
	f(24*time.Hour, "1 day")
	f(448*24*time.Hour, "448 days")
}
