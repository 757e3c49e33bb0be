package instance

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/authlens/authlens/engine/metric"
	"github.com/authlens/authlens/plugin/sink"
)

// How metrics are delivered.
const (
	// backlogMax is how many data wait for a meter that is down: those of an hour in
	// which hundreds of combinations fail, in some megabytes. Past it, the oldest are
	// dropped.
	backlogMax = 16 << 10
	// offerMax is how many data a meter is offered at once.
	offerMax = 1000
	// measureTimeout is how long one delivery may take, including the meter's own
	// retries.
	measureTimeout = 20 * time.Second
	// quietMax is the longest a meter that is down is left alone. Each failure
	// doubles that time, and half of it is left to chance.
	quietMax = 5 * time.Minute
)

// A reporter brings metrics to one meter: it adds up what is counted, hands it
// over once an interval, and keeps what the meter does not take, in order, until
// it does. Only the reporter's own goroutine calls the meter.
type reporter struct {
	meter    sink.Meter
	log      *logger
	interval time.Duration
	now      func() time.Time
	own      func(now time.Time, last bool) []metric.Datum // further data each interval; may be nil
	tried    func(error)                                   // called with the outcome of each delivery; may be nil
	giveUp   func([]metric.Datum)                          // takes what the meter refuses for good
	guard    func(func())                                  // calls a function and survives its panic

	life *lifetime

	mu      sync.Mutex
	book    *metric.Book
	backlog []metric.Datum
	stats   meterStats

	// The goroutine's own.
	failures    int       // in a row
	quietUntil  time.Time // no delivery before
	downSince   time.Time
	toldError   time.Time
	toldRefusal string
}

// meterStats count one meter's data since the start.
type meterStats struct {
	Delivered int64 // taken by the meter
	Refused   int64 // given up after a permanent error
	Dropped   int64 // pushed out of a full backlog
	Clamped   int64 // moved to the nearest time that CloudWatch accepts
	Folded    int64 // events and findings counted in a window other than their own
	Others    int64 // events and findings counted under "other", for want of combinations
	Failures  int64 // deliveries that failed
	Waiting   int   // in the backlog now
}

// start starts the goroutine. The fields up to guard must be set.
func (r *reporter) start(series *metric.Series) {
	r.book = metric.NewBook(series)
	r.life = newLifetime()
	r.life.start(r.run)
}

// add takes what was counted, and how many findings are open now. It never
// waits for the meter.
func (r *reporter) add(points []metric.Point, open []metric.Level) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.book.Add(points)
	r.book.SetLevels(open)
}

// run reports once an interval, beginning at a random time within the first, so that
// the tasks of a service do not do so in step.
func (r *reporter) run() {
	next := time.NewTimer(rand.N(r.interval))
	defer next.Stop()
	for {
		select {
		case <-next.C:
			next.Reset(r.interval)
			r.guard(func() { r.report(false) })
		case <-r.life.closing:
			r.guard(func() { r.report(true) })
			return
		}
	}
}

// report moves what was added up to the backlog, and delivers the backlog
// unless the meter is left alone.
func (r *reporter) report(last bool) {
	r.collect(last)
	if !last && r.now().Before(r.quietUntil) {
		return
	}
	for {
		batch := r.take()
		if len(batch) == 0 || r.life.ctx.Err() != nil {
			return
		}
		n, err := r.measure(batch)
		if r.settle(batch[:n], err); err != nil && !sink.IsPermanent(err) {
			return
		}
	}
}

// collect moves what was added up to the backlog.
func (r *reporter) collect(last bool) {
	now := r.now()
	var own []metric.Datum
	if r.own != nil {
		own = r.own(now, last)
	}
	if r.push(own, now, last) {
		r.log.warnf("more than %d metrics wait for %s: the oldest are dropped and counted", backlogMax, r.meter.Name())
	}
}

// push adds to the backlog and reports whether it overflows for the first time. The
// last call comes between two samples, and takes none.
func (r *reporter) push(own []metric.Datum, now time.Time, last bool) (overflow bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if last {
		r.backlog = append(r.backlog, r.book.TakeCounts()...)
	} else {
		r.backlog = append(r.backlog, r.book.Take(now)...)
	}
	r.backlog = append(r.backlog, own...)
	over := max(0, len(r.backlog)-backlogMax)
	r.backlog = slices.Delete(r.backlog, 0, over)
	overflow = over > 0 && r.stats.Dropped == 0
	r.stats.Dropped += int64(over)
	return overflow
}

// take returns the first of the backlog, with times that CloudWatch accepts now.
func (r *reporter) take() []metric.Datum {
	now := r.now()
	r.mu.Lock()
	defer r.mu.Unlock()
	batch := slices.Clone(r.backlog[:min(len(r.backlog), offerMax)])
	clamp(batch, now)
	return batch
}

// clamp moves data to times that CloudWatch accepts now, and returns how many it moved.
func clamp(data []metric.Datum, now time.Time) (moved int64) {
	for i := range data {
		at, clamped := metric.Clamp(data[i].Time, now)
		data[i].Time = at
		moved += countOf(clamped)
	}
	return moved
}

// measure calls the meter once. A panic in it is an error like any other, but not
// worth another attempt with the same data.
func (r *reporter) measure(batch []metric.Datum) (n int, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			n, err = len(batch), sink.Permanent(fmt.Errorf("bug: panic: %v\n%s", cause, debug.Stack()))
		}
	}()
	ctx, cancel := context.WithTimeout(r.life.ctx, measureTimeout)
	defer cancel()
	n, err = r.meter.Measure(ctx, batch)
	if n < 1 || n > len(batch) {
		panic(fmt.Sprintf("the meter %s says that it was about %d of %d data", r.meter.Name(), n, len(batch)))
	}
	return n, err
}

// settle notes how the delivery of batch, the first of the backlog, ended.
func (r *reporter) settle(batch []metric.Datum, err error) {
	refused := sink.IsPermanent(err)
	r.mu.Lock()
	if err == nil || refused {
		done := min(len(batch), len(r.backlog)) // the backlog is empty if the meter was left behind
		for i := range done {
			r.stats.Clamped += countOf(!batch[i].Time.Equal(r.backlog[i].Time))
		}
		r.backlog = slices.Delete(r.backlog, 0, done)
	}
	switch {
	case err == nil:
		r.stats.Delivered += int64(len(batch))
	case refused:
		r.stats.Refused += int64(len(batch))
	}
	r.stats.Failures += countOf(err != nil)
	waiting := len(r.backlog)
	r.mu.Unlock()

	if refused {
		r.giveUp(batch)
	}
	if r.tried != nil {
		r.tried(err)
	}
	r.logOutcome(err, refused, waiting)
}

// logOutcome logs how a delivery ended, if that is news, and decides how long to leave the
// meter alone.
func (r *reporter) logOutcome(err error, refused bool, waiting int) {
	now := r.now()
	switch {
	case err == nil:
		if r.failures > 0 {
			r.log.infof("metrics reach %s again, after %v and %d failed attempts", r.meter.Name(), now.Sub(r.downSince).Round(time.Second), r.failures)
		}
		r.failures, r.quietUntil, r.toldRefusal = 0, time.Time{}, ""
	case refused:
		if text := err.Error(); text != r.toldRefusal {
			r.toldRefusal = text
			r.log.errorf("%s refuses metrics, which no other attempt can mend; they are printed to stdout: %v", r.meter.Name(), err)
		}
	default:
		if r.failures == 0 {
			r.downSince = now
		}
		if r.failures == 0 || now.Sub(r.toldError) >= quietMax {
			r.toldError = now
			log := r.log.warnf
			if r.life.isClosing() {
				log = r.log.debugf // what is still owed at the end is logged anyway
			}
			log("metrics do not reach %s, %d wait and are tried again: %v", r.meter.Name(), waiting, err)
		}
		quiet := min(quietMax, r.interval<<min(r.failures, 16))
		r.failures++
		r.quietUntil = now.Add(quiet/2 + rand.N(quiet/2))
	}
}

// close delivers what waits, for at most grace, and returns what is still owed.
func (r *reporter) close(grace time.Duration) (owed []metric.Datum) {
	if !r.life.close(grace) {
		r.log.errorf("bug: %s does not return when its time is over; it is left behind", r.meter.Name())
	} else if err := r.meter.Close(); err != nil {
		r.log.warnf("closing %s: %v", r.meter.Name(), err)
	}

	r.mu.Lock()
	defer r.mu.Unlock()
	// If the meter was left behind, the book holds what came after its last call began.
	owed = append(r.backlog, r.book.TakeCounts()...)
	r.backlog = nil
	r.stats.Clamped += clamp(owed, r.now())
	return owed
}

// adopt goes on with the samples of open findings that a closed reporter took.
func (r *reporter) adopt(closed *reporter) {
	closed.mu.Lock()
	defer closed.mu.Unlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.book.Adopt(closed.book)
}

// takeZeros samples as zero whatever a closed reporter last sampled as open.
func (r *reporter) takeZeros() []metric.Datum {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.book.TakeZeros(r.now())
}

// statistics returns a copy of the counters.
func (r *reporter) statistics() meterStats {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.stats
	s.Folded, s.Others, s.Waiting = r.book.Folded(), r.book.Others(), len(r.backlog)
	return s
}
