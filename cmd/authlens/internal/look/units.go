package look

import (
	"fmt"
	"strconv"
	"time"
)

// Between writes a span of time; if both ends are on one day, that is written once.
func Between(from, to time.Time) string {
	begin := from.Format(time.DateTime)
	switch {
	case to.Sub(from) < time.Second:
		return begin + " UTC"
	case from.Format(time.DateOnly) == to.Format(time.DateOnly):
		return begin + " – " + to.Format(time.TimeOnly) + " UTC"
	}
	return begin + " – " + to.Format(time.DateTime) + " UTC"
}

// Number writes how many there are of something, with thousands separated.
func Number(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Thousands(n) + " " + noun + "s"
}

// Thousands writes a number with its thousands separated.
func Thousands(n int64) string {
	digits := strconv.FormatInt(n, 10)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// Layout is how the ends of a span are written so that they differ: with the year if
// months alone would not do.
func Layout(span time.Duration) string {
	switch {
	case span > 300*24*time.Hour:
		return time.DateOnly
	case span > 24*time.Hour:
		return "Jan 2 15:04"
	}
	return "15:04"
}

// Duration writes a duration in the largest unit that it is a whole number of.
func Duration(d time.Duration) string {
	if d >= 24*time.Hour && d%(24*time.Hour) == 0 {
		return Number(int64(d/(24*time.Hour)), "day")
	}
	for _, unit := range []struct {
		d    time.Duration
		name string
	}{{time.Hour, "h"}, {time.Minute, "min"}} {
		if d >= unit.d && d%unit.d == 0 {
			return fmt.Sprintf("%d %s", d/unit.d, unit.name)
		}
	}
	return d.String()
}

// Size writes a number of bytes.
func Size(n int64) string {
	switch {
	case n < 1e3:
		return fmt.Sprintf("%d B", n)
	case n < 1e6:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	case n < 1e9:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.2f GB", float64(n)/1e9)
}
