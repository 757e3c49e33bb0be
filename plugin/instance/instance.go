// Package instance is one configured output: it wires the engine to the outside.
//
//	Flush ─ scan, merge ─► counts ─► aggregation goroutine ─► a dispatcher per sink ─► sink
//
// Its promise is that Flush is brief whatever happens behind it: Flush reads the
// chunk, adds its counts to the instance's under one short lock, and wakes the
// aggregation goroutine, which never makes it wait. Nothing is lost silently:
// what cannot be delivered before the end is printed to stdout, and what exceeds
// a bound is counted. The package knows nothing of C and serves `authlens
// replay` as well as the plugin.
package instance

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/engine"
	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/explain"
	"github.com/authlens/authlens/engine/finding"
)

const (
	// tickEvery is how often time moves on when nothing is found. An error waits
	// for its next record at most twice as long.
	tickEvery = 250 * time.Millisecond
	// stepPause is the least time between two judgements, so that in a storm not
	// every small chunk causes one.
	stepPause = 50 * time.Millisecond
	// idleCounts is how many Counts, of up to a megabyte each, are kept for the next
	// flushes: one for each Fluent Bit worker that flushes at the same time.
	idleCounts = 8
)

// An Instance is one configured output. Flush may be called by many threads at
// once, but not after Close.
type Instance struct {
	cfg      conf.Config
	env      Env
	log      *logger
	skipTags string // pattern of the tags that findings have
	scanner  *engine.Scanner

	idle   chan *engine.Counts // empty ones
	wake   chan struct{}       // shared holds matches
	mu     sync.Mutex
	shared *engine.Counts // what flushes found since the last step; under mu

	// These belong to the aggregation goroutine, after its end to Close; in a replay,
	// which has no such goroutine, to Flush.
	spare      *engine.Counts // changes places with shared
	aggregator *engine.Aggregator
	explainer  *explain.Explainer
	task       diagnose.Task
	where      engine.Scope // for records that do not say where they come from
	region     string       // of the task; "" when it is not known
	prober     *prober
	reprobed   time.Time
	ticked     time.Time // in a replay: the recording's time of the last tick

	roles       chan roleAnswer
	legacies    chan Legacy // of the instances that this one replaces
	dispatchers []*dispatcher
	printed     bool // a sink prints findings to Stdout
	metering    *metering
	ownTask     atomic.Pointer[diagnose.Task] // task, for other goroutines

	ctx     context.Context // ended by Close
	end     context.CancelFunc
	done    sync.WaitGroup // goroutines that Close waits for
	closing sync.Once

	flushTimes histogram
	ownChunks  atomic.Int64
	panics     atomic.Int64
	firstPanic atomic.Pointer[string] // to be told by the aggregation goroutine
	toldPanic  atomic.Bool

	statsMu    sync.Mutex
	scanned    engine.Stats
	aggregated engine.AggregatorStats
}

// Flush reads one chunk: records of one tag. It borrows both until it returns,
// does not allocate, and waits for nothing but the short merge of another flush.
func (i *Instance) Flush(tag string, chunk []byte) {
	began := time.Now()
	if i.env.Replay {
		i.replayTime()
	}
	if conf.MatchTag(i.skipTags, tag) {
		i.ownChunks.Add(1)
		return
	}
	c := i.emptyCounts()
	if !i.scan(tag, chunk, c) {
		return // c is left to the garbage collector: it may be half-filled
	}
	found := !c.Empty()
	i.merge(c)
	select {
	case i.idle <- c:
	default:
	}
	i.flushTimes.add(time.Since(began))
	if i.env.Replay {
		i.step(false)
		i.drain()
	} else if found {
		select {
		case i.wake <- struct{}{}:
		default: // it is awake already
		}
	}
}

// emptyCounts returns a Counts for one flush: one that is idle, or a new one.
func (i *Instance) emptyCounts() *engine.Counts {
	select {
	case c := <-i.idle:
		return c
	default:
		// Slow path: more flushes at once than ever before.
		return engine.NewCounts()
	}
}

// scan reads a chunk into c. It reports false after a panic.
func (i *Instance) scan(tag string, chunk []byte, c *engine.Counts) (ok bool) {
	defer func() {
		if !ok {
			i.caught(recover())
		}
	}()
	i.scanner.Scan(tag, chunk, c)
	return true
}

// merge adds c to the shared counts and empties it.
func (i *Instance) merge(c *engine.Counts) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.shared.Merge(c)
	c.Reset()
}

// caught counts a panic, and keeps the first with its stack to be logged later:
// this may be a flush, and logging may have to wait for a reader.
func (i *Instance) caught(cause any) {
	i.panics.Add(1)
	if i.firstPanic.Load() == nil {
		text := fmt.Sprintf("%v\n%s", cause, debug.Stack())
		i.firstPanic.CompareAndSwap(nil, &text)
	}
}

// run is the aggregation goroutine.
func (i *Instance) run() {
	tick := time.NewTicker(tickEvery)
	defer tick.Stop()
	told := time.Now()
	for {
		select {
		case <-i.ctx.Done():
			return
		case <-i.wake:
			i.step(false)
			// Flushes go on merging meanwhile; the next step takes them together.
			select {
			case <-time.After(stepPause):
			case <-i.ctx.Done():
				return
			}
		case <-tick.C:
			i.step(true)
			if i.cfg.StatsInterval > 0 && time.Since(told) >= i.cfg.StatsInterval {
				told = time.Now()
				i.logStatistics()
			}
		case answer := <-i.roles:
			i.setRole(answer)
		case l := <-i.legacies:
			i.inherit(l)
		}
	}
}

// step judges what flushes found since the last step, and gives the findings
// that became worth telling to the dispatchers. With expire, errors that have
// waited for their next record since the last such step are counted as they are.
func (i *Instance) step(expire bool) {
	now := i.env.Now()
	i.guarded(func() {
		counts := i.take()
		defer counts.Reset()
		if expire {
			// Guarded by itself: if it fails, what flushes found is still counted.
			i.guarded(func() { i.scanner.Expire(counts) })
		}
		i.aggregator.Add(counts, now)
		i.addStatistics(counts)
		i.tell(i.aggregator.Advance(now))
	})
}

// take swaps the shared counts for empty ones.
func (i *Instance) take() *engine.Counts {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.shared, i.spare = i.spare, i.shared
	return i.spare
}

// tell gives findings to the dispatchers, and what was counted to the reporter.
func (i *Instance) tell(findings []finding.Finding) {
	i.statsMu.Lock()
	i.aggregated = i.aggregator.Stats()
	i.statsMu.Unlock()
	i.reportMetrics()
	if len(findings) == 0 {
		return
	}
	for _, d := range i.dispatchers {
		d.enqueue(findings)
	}
}

// guarded runs f. A panic in it is counted, and the first one logged.
func (i *Instance) guarded(f func()) {
	defer func() {
		if cause := recover(); cause != nil {
			i.caught(cause)
		}
		if text := i.firstPanic.Load(); text != nil && i.toldPanic.CompareAndSwap(false, true) {
			i.log.errorf("bug: panic: %s; later ones are only counted", *text)
		}
	}()
	f()
}

// replayTime lets the time between two flushes of a recording pass in ticks, as it
// did then: as many as matter.
func (i *Instance) replayTime() {
	now := i.env.Now()
	for range 2 {
		if now.Sub(i.ticked) < tickEvery {
			return
		}
		i.step(true)
	}
	i.ticked = now
	i.drain()
}

func (i *Instance) drain() {
	for _, d := range i.dispatchers {
		d.drain()
	}
}
