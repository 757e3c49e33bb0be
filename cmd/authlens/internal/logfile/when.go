package logfile

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/authlens/authlens/cmd/authlens/internal/input"
)

// timeWithin is how far from a line's start its time may begin, in bytes. What looks
// like a time further on is part of what the program says.
const timeWithin = 64

// A stamp is one way to write a time.
type stamp struct {
	pattern *regexp.Regexp // its group is the time; without one, the whole match
	layouts []string       // of package time, tried in turn
	noYear  bool
}

// stamps are the usual ways, the more exact first.
var stamps = []stamp{
	{ // ISO 8601 and what loggers make of it: Python has a comma, PostgreSQL a zone's name
		pattern: regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?`),
		layouts: []string{"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05"},
	},
	{ // Go's log, nginx's error log
		pattern: regexp.MustCompile(`\d{4}/\d\d/\d\d[ T]\d\d:\d\d:\d\d(?:\.\d{1,9})?`),
		layouts: []string{"2006/01/02T15:04:05"},
	},
	{ // .NET and databases, by the conventions of Germany and of the United States
		pattern: regexp.MustCompile(`\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d(?:[.,]\d{1,9})?`),
		layouts: []string{"02.01.2006T15:04:05"},
	},
	{
		pattern: regexp.MustCompile(`\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d:\d\d(?:\.\d{1,9})? [AP]M\b`),
		layouts: []string{"1/2/2006 3:04:05 PM", "1/2/2006T3:04:05 PM"},
	},
	{ // the common log format of web servers
		pattern: regexp.MustCompile(`\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}`),
		layouts: []string{"02/Jan/2006:15:04:05-0700"},
	},
	{ // Apache's error log, ctime
		pattern: regexp.MustCompile(`[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})? \d{4}\b`),
		layouts: []string{"Jan _2 15:04:05 2006"},
	},
	{ // syslog (RFC 3164)
		pattern: regexp.MustCompile(`^(?:<\d{1,3}>)?([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d)\b`),
		layouts: []string{"Jan _2 15:04:05"},
		noYear:  true,
	},
	{ // klog, of Kubernetes
		pattern: regexp.MustCompile(`^[IWEF](\d{4} \d\d:\d\d:\d\d\.\d{6})\b`),
		layouts: []string{"0102 15:04:05"},
		noYear:  true,
	},
}

// epoch is a Unix time at the very start: seconds, with a fraction or not, or
// milliseconds.
var epoch = regexp.MustCompile(`^\[?(1\d{9})(?:\.(\d{1,9})|(\d{3}))?(?:[\]\s,:]|$)`)

// timeIn finds the time near the start of a line.
func timeIn(line []byte, modified time.Time) (time.Time, bool) {
	head := line[:min(len(line), timeWithin+40)]
	for i := range stamps {
		s := &stamps[i]
		at := s.pattern.FindSubmatchIndex(head)
		if at == nil || at[0] > timeWithin {
			continue
		}
		group := at[len(at)-2:]
		if t, ok := s.read(string(head[group[0]:group[1]]), modified); ok {
			return t, true
		}
	}
	if m := epoch.FindSubmatch(head); m != nil {
		digits := string(m[2]) + string(m[3])
		seconds, _ := strconv.ParseInt(string(m[1]), 10, 64)
		nanoseconds, _ := strconv.ParseInt((digits + "000000000")[:9], 10, 64)
		return time.Unix(seconds, nanoseconds).UTC(), true
	}
	return time.Time{}, false
}

func (s *stamp) read(text string, modified time.Time) (time.Time, bool) {
	if !s.noYear && len(text) > 10 && text[10] == ' ' {
		text = text[:10] + "T" + text[11:]
	}
	text = zoneNames.Replace(text)
	for _, layout := range s.layouts {
		t, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		if s.noYear {
			t = inYear(t, modified)
		}
		return t.UTC(), true
	}
	return time.Time{}, false
}

// inYear returns t, which has a day and no year, in the last year in which that day can be
// in a file that was changed at modified: two days later at most, for zones and clocks that
// are ahead. Any eight years have a 29 February.
func inYear(t, modified time.Time) time.Time {
	end := modified.UTC().AddDate(0, 0, 2)
	in := t
	for years := range 8 {
		in = t.AddDate(end.Year()-years-t.Year(), 0, 0)
		if in.Day() == t.Day() && !in.After(end) {
			break
		}
	}
	return in
}

var zoneNames = strings.NewReplacer(" UTC", "Z", "UTC", "Z", " GMT", "Z", "GMT", "Z", " Z", "Z", " +", "+", " -", "-")

// carried returns t, or the zero time if no record can have t.
func carried(t time.Time) time.Time {
	if !input.Carried(t) {
		return time.Time{}
	}
	return t
}

// fromMilliseconds is a time as CloudWatch's API has it.
func fromMilliseconds(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
