package instance

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"time"

	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/plugin/sink"
)

// How findings are delivered.
const (
	// batchMax is how many findings are given to a sink at once.
	batchMax = 32
	// attemptTimeout is how long one delivery may take.
	attemptTimeout = 10 * time.Second
	// backoffMin and backoffMax are the first and the longest pause after a
	// failure. Each failure doubles the pause; half of it is left to chance, so
	// that the tasks of a service do not come back in step.
	backoffMin = 500 * time.Millisecond
	backoffMax = 30 * time.Second
	// sameErrorEvery is how often an error that goes on but keeps changing its
	// words is logged at most.
	sameErrorEvery = time.Minute
)

// A dispatcher brings findings to one sink at the sink's own pace: it queues them,
// lets a newer snapshot of a finding replace one that waits, and retries after a
// failure. While the sink is down (the circuit is open) it is tried with one
// finding at a time. Only the dispatcher's own goroutine calls the sink.
type dispatcher struct {
	sink   sink.Sink
	log    *logger
	giveUp func([]finding.Finding) // takes what the sink refuses for good

	life *lifetime
	wake chan struct{} // something was queued

	mu           sync.Mutex // guards all up to toldOverflow
	changed      sync.Cond  // queue, inFlight or failures changed
	queue        *queue
	inFlight     []finding.Finding
	failures     int // in a row; 0: the circuit is closed
	stats        deliveryStats
	toldOverflow bool

	// What was logged of failures; the goroutine's own.
	downSince   time.Time
	toldError   string
	toldErrorAt time.Time
	toldRefusal string
}

// deliveryStats count one sink's findings since the start.
type deliveryStats struct {
	Delivered int64 // taken by the sink
	Replaced  int64 // made redundant by a newer snapshot while they waited
	Refused   int64 // given up after a permanent error
	Dropped   int64 // pushed out of a full queue
	Failures  int64 // deliveries that failed
	Waiting   int   // in the queue now
}

func newDispatcher(s sink.Sink, queueMax int, log *logger, giveUp func([]finding.Finding)) *dispatcher {
	d := &dispatcher{
		sink: s, log: log, giveUp: giveUp,
		life: newLifetime(), wake: make(chan struct{}, 1), queue: newQueue(queueMax),
	}
	d.changed.L = &d.mu
	d.life.start(d.run)
	return d
}

// enqueue takes findings. It never waits.
func (d *dispatcher) enqueue(findings []finding.Finding) {
	if len(findings) == 0 {
		return
	}
	d.mu.Lock()
	for _, f := range findings {
		replaced, dropped := d.queue.put(f)
		d.stats.Replaced += countOf(replaced)
		d.stats.Dropped += countOf(dropped)
	}
	d.mu.Unlock()
	d.logOverflow()
	select {
	case d.wake <- struct{}{}:
	default: // it is awake already
	}
}

// logOverflow logs, once, that the queue was full.
func (d *dispatcher) logOverflow() {
	d.mu.Lock()
	most, overflowed := d.queue.max, d.stats.Dropped > 0 && !d.toldOverflow
	d.toldOverflow = d.toldOverflow || overflowed
	d.mu.Unlock()
	if overflowed {
		d.log.warnf("more than %d findings wait for the sink %s: the oldest, resolved ones first, are dropped and counted", most, d.sink.Name())
	}
}

// drain waits until the queue is empty or the sink is down.
func (d *dispatcher) drain() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for d.failures == 0 && (d.queue.len() > 0 || d.inFlight != nil) {
		d.changed.Wait()
	}
}

// close delivers what waits, for at most grace, and returns what is still owed.
func (d *dispatcher) close(grace time.Duration) (owed []finding.Finding) {
	if !d.life.close(grace) {
		d.log.errorf("bug: the sink %s does not return when its time is over; it is left behind", d.sink.Name())
	} else if err := d.sink.Close(); err != nil {
		d.log.warnf("closing the sink %s: %v", d.sink.Name(), err)
	}

	d.mu.Lock()
	defer d.mu.Unlock()
	d.queue.max += len(d.inFlight) // of a sink that was left behind
	replaced, _ := d.queue.putBack(d.inFlight)
	d.stats.Replaced += int64(replaced)
	d.inFlight = nil
	return d.queue.take(d.queue.len())
}

// statistics returns a copy of the counters.
func (d *dispatcher) statistics() deliveryStats {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.stats
	s.Waiting = d.queue.len() + len(d.inFlight)
	return s
}

func (d *dispatcher) run() {
	for d.life.ctx.Err() == nil {
		batch := d.next()
		if batch == nil {
			return
		}
		err := d.deliver(batch)
		if d.settle(batch, err); err != nil && !sink.IsPermanent(err) {
			d.pause()
		}
	}
}

// next waits for findings and takes a batch; nil when closing and none is left.
func (d *dispatcher) next() []finding.Finding {
	for {
		closing := d.life.isClosing() // asked first, so that what is queued by then is taken
		if batch := d.take(); batch != nil || closing {
			return batch
		}
		select {
		case <-d.wake:
		case <-d.life.closing:
		}
	}
}

func (d *dispatcher) take() []finding.Finding {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.queue.len() == 0 {
		return nil
	}
	n := batchMax
	if d.failures > 0 {
		n = 1
	}
	d.inFlight = d.queue.take(n)
	return d.inFlight
}

// deliver calls the sink once. A panic in it is an error like any other, but not
// worth another attempt with the same findings.
func (d *dispatcher) deliver(batch []finding.Finding) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = sink.Permanent(fmt.Errorf("bug: panic: %v\n%s", cause, debug.Stack()))
		}
	}()
	ctx, cancel := context.WithTimeout(d.life.ctx, attemptTimeout)
	defer cancel()
	return d.sink.Deliver(ctx, batch)
}

// settle notes how the delivery of batch ended.
func (d *dispatcher) settle(batch []finding.Finding, err error) {
	refused := sink.Refused(batch, err)
	d.mu.Lock()
	d.inFlight = nil
	failuresBefore := d.failures
	switch {
	case err == nil:
		d.failures = 0
		d.stats.Delivered += int64(len(batch))
	case refused != nil:
		d.failures = 0
		d.stats.Failures++
		d.stats.Refused += int64(len(refused))
		d.stats.Delivered += int64(len(batch) - len(refused))
	default:
		d.failures++
		d.stats.Failures++
		replaced, dropped := d.queue.putBack(batch)
		d.stats.Replaced += int64(replaced)
		d.stats.Dropped += int64(dropped)
	}
	waiting := d.queue.len()
	d.changed.Broadcast()
	d.mu.Unlock()
	d.logOverflow() // what was put back may have found no room

	if refused != nil {
		d.surrender(refused)
	}
	d.logOutcome(err, refused != nil, failuresBefore, waiting)
}

// surrender calls giveUp. What makes a sink panic may well make that panic too.
func (d *dispatcher) surrender(batch []finding.Finding) {
	defer func() {
		if cause := recover(); cause != nil {
			d.log.errorf("bug: findings that are lost: %d: panic: %v\n%s", len(batch), cause, debug.Stack())
		}
	}()
	d.giveUp(batch)
}

// logOutcome logs how a delivery ended, if that is news.
func (d *dispatcher) logOutcome(err error, refused bool, failuresBefore, waiting int) {
	now := time.Now()
	switch {
	case err == nil:
		if failuresBefore > 0 {
			d.log.infof("the sink %s takes findings again, after %v and %d failed attempts",
				d.sink.Name(), now.Sub(d.downSince).Round(time.Second), failuresBefore)
		}
		d.toldError, d.toldRefusal = "", ""
	case refused:
		if text := err.Error(); text != d.toldRefusal {
			d.toldRefusal = text
			d.log.errorf("the sink %s refuses findings, which no other attempt can mend: %v", d.sink.Name(), err)
		}
	default:
		if failuresBefore == 0 {
			d.downSince = now
		}
		text := err.Error()
		if failuresBefore == 0 || text != d.toldError && now.Sub(d.toldErrorAt) >= sameErrorEvery {
			d.toldError, d.toldErrorAt = text, now
			d.log.warnf("the sink %s takes no findings now (%d waiting, to be tried again): %v", d.sink.Name(), waiting, err)
		}
	}
}

// pause waits before the next attempt. When closing, there is no time for the
// long pauses.
func (d *dispatcher) pause() {
	d.mu.Lock()
	failures := d.failures
	d.mu.Unlock()

	closing := d.life.closing
	length := min(backoffMax, backoffMin<<min(failures-1, 16))
	if d.life.isClosing() {
		closing, length = nil, backoffMin/5
	}
	length = length/2 + rand.N(length/2)
	timer := time.NewTimer(length)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-closing:
	case <-d.life.ctx.Done():
	}
}

// countOf returns 1 for true, else 0.
func countOf(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
