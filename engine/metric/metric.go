// Package metric makes metrics of what an Aggregator counts: few names, few
// dimensions, minutes of event time.
//
// Every combination of a metric's name and its dimensions costs money and a
// place in the account's limits, so nothing here is ever told apart by task,
// resource or principal, and the number of combinations is bounded (Series).
// The package sends nothing and asks nobody the time.
package metric

import (
	"strings"
	"time"
)

// The metrics about failures, as CloudWatch knows them.
const (
	// AuthenticationFailures is the number of events, found worth telling or not.
	AuthenticationFailures = "AuthenticationFailures"
	// FindingsOpened and FindingsResolved are the number of findings that began
	// and ended.
	FindingsOpened   = "FindingsOpened"
	FindingsResolved = "FindingsResolved"
	// OpenFindings is the number of findings that are open, sampled once an
	// interval by each task that has any, and once more, as zero, after its last;
	// a task that ends samples nothing more. So an interval has a sample for each task.
	OpenFindings = "OpenFindings"
)

// A Unit is one of CloudWatch's.
type Unit string

// The units in use.
const (
	Count        Unit = "Count"
	Bytes        Unit = "Bytes"
	Microseconds Unit = "Microseconds"
)

// A Key is the most that metrics are ever told apart by.
type Key struct {
	Cluster, Family, Container string
	Cause                      string // a rules.Cause name, as diagnosed
}

// A Point is what was counted for one key in one window. Points of the same key
// and window add up.
type Point struct {
	Key      Key
	Tag      string    // Fluent Bit's tag of the newest event
	Window   time.Time // its beginning, event time
	Failures int64     // events
	Opened   int64     // findings
	Resolved int64     // findings
}

// A Level is how many findings of a key are open.
type Level struct {
	Key  Key
	Tag  string
	Open int64
}

// A Dimension is one name and value that a metric is told apart by.
type Dimension struct{ Name, Value string }

// ID is the same for the same dimensions and values, in the same order.
func ID(of []Dimension) string {
	var b strings.Builder
	for _, d := range of {
		b.WriteString(d.Name)
		b.WriteByte(0)
		b.WriteString(d.Value)
		b.WriteByte(0)
	}
	return b.String()
}

// A Datum is the values of one metric in one minute. It is immutable, and its
// slices are shared.
type Datum struct {
	Name       string
	Unit       Unit
	Dimensions []Dimension
	Time       time.Time
	Values     []float64 // at most ValuesMax
	Source     Source
}

// A Source is where the log comes from that a Datum is about, the newest if there are
// several.
type Source struct{ Tag, Container string }

// ValuesMax bounds the values of one Datum: an EMF array holds 100, PutMetricData
// takes 150 distinct ones.
const ValuesMax = 100

// How far a time may lie from now to be accepted by CloudWatch, and by
// CloudWatch Logs; a minute is left for the way there.
// Source: PutMetricData in the CloudWatch API Reference.
const (
	acceptedPast  = 14*24*time.Hour - time.Minute
	acceptedAhead = 2*time.Hour - time.Minute
)

// Clamp returns t, or the nearest time to it that CloudWatch accepts; clamped
// tells which.
func Clamp(t, now time.Time) (_ time.Time, clamped bool) {
	if first := now.Add(-acceptedPast); t.Before(first) {
		return first, true
	}
	if last := now.Add(acceptedAhead); t.After(last) {
		return last, true
	}
	return t, false
}
