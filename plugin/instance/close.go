package instance

import (
	"context"
	"sync"
	"time"

	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/plugin/sink"
	"github.com/authlens/authlens/plugin/sink/stdout"
)

const (
	// homeGrace is how long to try at the end to reach a forward input on this
	// machine. Most often it belongs to our own Fluent Bit, which has paused its
	// inputs by then; any other answers within milliseconds.
	homeGrace = 500 * time.Millisecond
	// printTimeout is how long printing a single finding or metric may take at the end:
	// if whoever reads stdout does not take it within that, they are gone.
	printTimeout = 500 * time.Millisecond
	// printMost is how long printing everything that is owed may take.
	printMost = 3 * time.Second
)

// Close judges and delivers what is owed, for at most shutdown_grace, and prints
// the rest to Stdout. Later calls do nothing.
func (i *Instance) Close() {
	i.closing.Do(func() {
		i.end()
		i.done.Wait()
		i.guarded(func() {
			now := i.env.Now()
			counts := i.take()
			// Twice: what has only just begun to wait is owed too.
			for range 2 {
				i.guarded(func() { i.scanner.Expire(counts) })
			}
			i.aggregator.Add(counts, now)
			i.addStatistics(counts)
			i.tell(i.aggregator.Close(now))
		})
		var metrics sync.WaitGroup
		metrics.Go(func() { i.guarded(i.closeReporter) })
		i.printOwed(i.closeDispatchers())
		metrics.Wait()
		i.logStatistics()
	})
}

// closeDispatchers closes all of them side by side and returns what they still owe
// and nobody printed, each finding once.
func (i *Instance) closeDispatchers() []finding.Finding {
	owed := make([][]finding.Finding, len(i.dispatchers))
	var all sync.WaitGroup
	for n, d := range i.dispatchers {
		all.Go(func() {
			i.guarded(func() { owed[n] = d.close(i.grace(d.sink.Name())) })
		})
	}
	all.Wait()

	var unprinted []finding.Finding
	seen := make(map[string]bool)
	for n, d := range i.dispatchers {
		if i.printed && d.sink.Name() != conf.SinkStdout {
			continue // the stdout sink was given the same findings
		}
		for _, f := range owed[n] {
			if !seen[f.Fingerprint] {
				seen[f.Fingerprint] = true
				unprinted = append(unprinted, f)
			}
		}
	}
	return unprinted
}

// grace is how long the sink of that name has to take what it is owed.
func (i *Instance) grace(name string) time.Duration {
	if name == conf.SinkForward && i.cfg.ForwardTo.IsLocal() {
		return min(homeGrace, i.cfg.ShutdownGrace)
	}
	return i.cfg.ShutdownGrace
}

func (i *Instance) printOwed(owed []finding.Finding) {
	if len(owed) == 0 {
		return
	}
	i.log.warnf("findings that could not be delivered in time: %d; they are printed to stdout", len(owed))
	i.print(owed)
}

// printRefused prints what a sink will never take.
func (i *Instance) printRefused(findings []finding.Finding) {
	if !i.printed {
		i.print(findings)
	}
}

// print writes findings to Stdout as the stdout sink does, and gives up when
// nobody reads it.
func (i *Instance) print(findings []finding.Finding) {
	s := stdout.New(i.env.Stdout)
	s.Extra = i.extra(i.cfg.EMFSink())
	defer s.Close()
	if lost, why := printEach(findings, s.Deliver); why != nil {
		i.log.errorf("findings that may be lost: %d: %v", len(lost), why)
	}
}

// printEach calls print with one of all at a time, until the time is over or one is not
// taken. It returns those that may be lost, and why the last of them may be.
func printEach[T any](all []T, print func(context.Context, []T) error) (lost []T, why error) {
	ctx, cancel := context.WithTimeout(context.Background(), printMost)
	defer cancel()
	for n := range all {
		err := printWithin(ctx, all[n:n+1], print)
		switch {
		case err == nil:
		case sink.IsPermanent(err): // about this one alone
			lost, why = append(lost, all[n]), err
		default:
			return append(lost, all[n:]...), err
		}
	}
	return lost, why
}

func printWithin[T any](ctx context.Context, one []T, print func(context.Context, []T) error) error {
	ctx, cancel := context.WithTimeout(ctx, printTimeout)
	defer cancel()
	return print(ctx, one)
}
