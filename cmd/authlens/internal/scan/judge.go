package scan

import (
	"time"

	"github.com/authlens/authlens/cmd/authlens/internal/chunk"
	"github.com/authlens/authlens/engine"
	"github.com/authlens/authlens/engine/finding"
)

const (
	// restAfter is the pause after which an error no longer waits for its rest:
	// the tick of plugin/instance.
	restAfter = 250 * time.Millisecond
	// ticksPerWindow is how often time moves on while nothing fails, so that what has
	// been silent long enough is told as resolved.
	ticksPerWindow = 4
)

// A judge counts records in order of their time, as plugin/instance does while
// they are written, and passes on the findings.
type judge struct {
	scanner    *engine.Scanner
	aggregator *engine.Aggregator
	window     time.Duration
	told       func([]finding.Finding)
	seldom     *engine.Aggregator // tells every failure
	toldSeldom func([]finding.Finding)
	failed     bool                     // seldom was given something since its time last moved on
	counted    func(*engine.Aggregator) // called each time that time has moved on

	counts  *engine.Counts
	batch   chunk.Batch
	now     time.Time // judged up to here
	ticked  time.Time
	scanned engine.Stats
}

// take adds the next record.
func (j *judge) take(e *entry) {
	t := time.Unix(0, e.time).UTC()
	if j.batch.EndsBefore(t) {
		j.flush()
	}
	j.batch.Add(e.tag, t, e.chunk)
}

// flush counts and judges the batch.
func (j *judge) flush() {
	if j.batch.IsEmpty() {
		return
	}
	newest := j.batch.Newest()
	j.passUntil(newest)
	if newest.Sub(j.ticked) >= restAfter {
		for range 2 {
			j.scanner.Expire(j.counts)
			j.step(newest)
		}
		j.ticked = newest
	}
	j.batch.Flush(func(tag string, chunk []byte) error {
		j.scanner.Scan(tag, chunk, j.counts)
		j.count(newest)
		return nil
	})
	j.step(newest)
}

// passUntil lets time pass in which nothing failed, as far as it matters.
func (j *judge) passUntil(t time.Time) {
	if j.now.IsZero() {
		return
	}
	for j.aggregator.Stats().Groups > 0 || j.scanner.Waiting() {
		next := j.now.Add(j.window / ticksPerWindow)
		if !next.Before(t) {
			return
		}
		j.scanner.Expire(j.counts)
		j.step(next)
	}
}

// count takes what the scanner counted, at event time now.
func (j *judge) count(now time.Time) {
	j.scanned.Add(&j.counts.Stats)
	j.aggregator.Add(j.counts, now)
	if !j.counts.Empty() {
		j.seldom.Add(j.counts, now)
		j.failed = true
	}
	j.counts.Reset()
}

// step judges what was counted, at event time now.
func (j *judge) step(now time.Time) {
	j.count(now)
	j.told(j.aggregator.Advance(now))
	j.counted(j.aggregator)
	if j.failed { // Fast path: it forgets no group, and tells nothing just because time passes.
		j.toldSeldom(j.seldom.Advance(now))
		j.failed = false
	}
	j.now = now
}

// end lets time pass until the newest record that was read, and passes on what is
// still owed.
func (j *judge) end(newest time.Time) {
	j.flush()
	j.passUntil(newest)
	for range 2 {
		j.scanner.Expire(j.counts)
		j.step(latest(j.now, newest))
	}
	j.told(j.aggregator.Close(j.now))
	j.toldSeldom(j.seldom.Close(j.now))
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
