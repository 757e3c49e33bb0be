package instance

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/plugin/sink"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A scripted sink does what it is told and notes what it was given.
type scripted struct {
	mu     sync.Mutex
	answer func(ctx context.Context, batch string) error
	got    []string // delivered batches
	tried  []string // "2s a1 b1": when, since the start, and what
	start  time.Time
	closed int
	calls  int // running now
}

func (s *scripted) Name() string { return "scripted" }

func (s *scripted) Deliver(ctx context.Context, batch []finding.Finding) error {
	s.mu.Lock()
	s.calls++
	if s.calls > 1 {
		panic("Deliver is called concurrently")
	}
	s.tried = append(s.tried, fmt.Sprint(time.Since(s.start).Truncate(time.Second), " ", names(batch)))
	answer := s.answer
	s.mu.Unlock()

	err := answer(ctx, names(batch))

	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls--
	if err == nil {
		s.got = append(s.got, names(batch))
	}
	return err
}

func (s *scripted) Close() error { s.closed++; return nil }

func (s *scripted) set(answer func(context.Context, string) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = answer
}

func (s *scripted) delivered() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.got, ", ")
}

func accept(context.Context, string) error { return nil }
func refuse(context.Context, string) error { return errors.New("connection refused") }
func stall(ctx context.Context, _ string) error {
	<-ctx.Done()
	return ctx.Err()
}

// A rig is a dispatcher with a scripted sink, inside a bubble of fake time.
type rig struct {
	*dispatcher
	sink    *scripted
	log     *bytes.Buffer
	givenUp []finding.Finding
}

func newRig(queueMax int, answer func(context.Context, string) error) *rig {
	r := &rig{sink: &scripted{answer: answer, start: time.Now()}, log: &bytes.Buffer{}}
	log := newLogger(r.log, time.Now, "test", levelDebug)
	r.dispatcher = newDispatcher(r.sink, queueMax, log, func(all []finding.Finding) { r.givenUp = append(r.givenUp, all...) })
	return r
}

func (r *rig) put(texts string) { r.enqueue(snapshots(texts)) }

func expectEqual(t *testing.T, what string, got, want any) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestDispatcherDelivers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(10, accept)
		r.put("a1 b1")
		synctest.Wait()
		r.put("a2")
		synctest.Wait()
		expectEqual(t, "delivered", r.sink.delivered(), "a1 b1, a2")
		expectEqual(t, "owed", names(r.close(time.Second)), "")
		expectEqual(t, "closed", r.sink.closed, 1)
		expectEqual(t, "statistics", r.statistics(), deliveryStats{Delivered: 3})
		expectEqual(t, "log", r.log.String(), "")
	})
}

// A sink that is down for an hour is tried with one finding at a time and ever
// longer pauses, and then gets the last state of each finding.
func TestDispatcherWhileSinkIsDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(100, refuse)
		for minute := range 60 {
			r.put(fmt.Sprintf("a%d b%d c1", minute, minute))
			time.Sleep(time.Minute)
		}
		synctest.Wait()
		tries := len(r.sink.tried)
		if tries < 120 || tries > 250 {
			t.Errorf("tried %d times in an hour; want once every 15 to 30 s", tries)
		}
		for _, try := range r.sink.tried[1:] {
			if n := len(strings.Fields(try)); n != 2 {
				t.Errorf("while down, tried %q", try)
			}
		}
		r.sink.set(accept)
		time.Sleep(backoffMax)
		synctest.Wait()
		expectEqual(t, "delivered", r.sink.delivered(), "a59, b59 c1")
		expectEqual(t, "owed", names(r.close(time.Second)), "")

		log := r.log.String()
		for _, want := range []string{
			"the sink scripted takes no findings now (3 waiting, to be tried again): connection refused\n",
			"the sink scripted takes findings again, after 1h0m",
		} {
			if strings.Count(log, want) != 1 {
				t.Errorf("log has %q %d times:\n%s", want, strings.Count(log, want), log)
			}
		}
		if n := strings.Count(log, "\n"); n != 2 {
			t.Errorf("%d log lines, want 2:\n%s", n, log)
		}
	})
}

// What comes back from a failed delivery is no longer wanted where there is a newer snapshot.
func TestDispatcherCountsWhatCameBackTooLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(10, func(ctx context.Context, _ string) error {
			select {
			case <-time.After(time.Second):
			case <-ctx.Done(): // Closing may find time for another attempt.
			}
			return errors.New("connection reset")
		})
		r.put("a1 b1")
		time.Sleep(time.Second / 2)
		r.put("a2")
		time.Sleep(time.Second / 2)
		synctest.Wait()
		expectEqual(t, "replaced", r.statistics().Replaced, int64(1))
		expectEqual(t, "owed", names(r.close(0)), "b1 a2")
	})
}

// An error that changes its words all the time does not fill the log.
func TestDispatcherLogIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := 0
		r := newRig(10, func(context.Context, string) error { n++; return fmt.Errorf("error %d", n) })
		r.put("a1")
		time.Sleep(10 * time.Minute)
		r.close(0)
		if lines := strings.Count(r.log.String(), "\n"); lines < 2 || lines > 11 {
			t.Errorf("%d log lines in ten minutes:\n%s", lines, r.log)
		}
	})
}

func TestDispatcherQueueIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(3, refuse)
		r.put("a1 b1 c1")
		synctest.Wait()
		r.put("d1 e1! f1 g1")
		synctest.Wait()
		s := r.statistics()
		expectEqual(t, "waiting", s.Waiting, 3)
		expectEqual(t, "dropped", s.Dropped, int64(4))
		expectEqual(t, "told", strings.Count(r.log.String(), "more than 3 findings wait"), 1)
		expectEqual(t, "owed", names(r.close(0)), "d1 f1 g1")
	})
}

// A batch that comes back into a full queue pushes findings out, and that is told at once,
// whether anything is ever queued again or not.
func TestDispatcherOverflowOfWhatComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fail := make(chan struct{})
		r := newRig(2, func(context.Context, string) error { <-fail; return errors.New("connection reset") })
		r.put("a1 b1")
		synctest.Wait()
		r.put("c1 d1")
		close(fail)
		synctest.Wait()
		expectEqual(t, "dropped", r.statistics().Dropped, int64(2))
		expectEqual(t, "told", strings.Count(r.log.String(), "more than 2 findings wait"), 1)
		r.close(0)
	})
}

// A permanent error is told once; its findings are given up, the next ones tried.
func TestDispatcherPermanentError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(10, func(context.Context, string) error { return sink.Permanent(errors.New("not allowed")) })
		for i := range 5 {
			r.put(fmt.Sprintf("a%d", i))
			synctest.Wait()
		}
		expectEqual(t, "given up", names(r.givenUp), "a0 a1 a2 a3 a4")
		expectEqual(t, "told", strings.Count(r.log.String(), "refuses findings, which no other attempt can mend: not allowed"), 1)
		r.sink.set(accept)
		r.put("b1")
		synctest.Wait()
		expectEqual(t, "delivered", r.sink.delivered(), "b1")
		expectEqual(t, "statistics", r.statistics(), deliveryStats{Delivered: 1, Refused: 5, Failures: 5})
		r.close(time.Second)
	})
}

// Of a batch with a finding that cannot be delivered, that one is given up and no other.
func TestDispatcherPermanentErrorOfOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(10, func(context.Context, string) error {
			return sink.PermanentFor(snapshots("b1"), errors.New("b has no JSON form"))
		})
		r.put("a1 b1 c1")
		synctest.Wait()
		expectEqual(t, "given up", names(r.givenUp), "b1")
		expectEqual(t, "statistics", r.statistics(), deliveryStats{Delivered: 2, Refused: 1, Failures: 1})
		expectEqual(t, "told", strings.Count(r.log.String(), "refuses findings, which no other attempt can mend: b has no JSON form"), 1)
		r.close(time.Second)
	})
}

// A panic in a sink ends neither the process nor the dispatcher.
func TestDispatcherPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(10, func(_ context.Context, batch string) error {
			if batch == "a1" {
				panic("oops")
			}
			return nil
		})
		r.sink.calls = -1 // the panicking call does not count down
		r.put("a1")
		synctest.Wait()
		r.put("b1")
		synctest.Wait()
		expectEqual(t, "delivered", r.sink.delivered(), "b1")
		expectEqual(t, "given up", names(r.givenUp), "a1")
		if !strings.Contains(r.log.String(), "bug: panic: oops") || !strings.Contains(r.log.String(), "dispatcher_test.go") {
			t.Errorf("log lacks the panic and its stack: %s", r.log)
		}
		r.close(time.Second)
	})
}

// Nor does a panic in what is done about it.
func TestDispatcherPanicTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(10, func(context.Context, string) error { return sink.Permanent(errors.New("no")) })
		r.giveUp = func([]finding.Finding) { panic("oops") }
		r.put("a1")
		synctest.Wait()
		r.sink.set(accept)
		r.put("b1")
		synctest.Wait()
		expectEqual(t, "delivered", r.sink.delivered(), "b1")
		if !strings.Contains(r.log.String(), "lost: 1: panic: oops") {
			t.Errorf("log lacks the panic: %s", r.log)
		}
		r.close(time.Second)
	})
}

// An attempt that hangs is ended, and what it was about waits.
func TestDispatcherAttemptIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(10, stall)
		r.put("a1")
		time.Sleep(attemptTimeout + time.Millisecond)
		synctest.Wait()
		expectEqual(t, "failures", r.statistics().Failures, int64(1))
		r.sink.set(accept)
		time.Sleep(time.Second)
		expectEqual(t, "delivered", r.sink.delivered(), "a1")
		r.close(0)
	})
}

func TestDispatcherClose(t *testing.T) {
	f := func(name string, answer func(context.Context, string) error, owed, delivered string, atMost time.Duration) {
		t.Helper()
		synctest.Test(t, func(t *testing.T) {
			r := newRig(10, answer)
			r.put("a1 b1")
			began := time.Now()
			got := names(r.close(3 * time.Second))
			expectEqual(t, name+": owed", got, owed)
			expectEqual(t, name+": delivered", r.sink.delivered(), delivered)
			if took := time.Since(began); took > atMost {
				t.Errorf("%s: took %v, at most %v", name, took, atMost)
			}
			time.Sleep(10 * time.Second) // lets the one that ignores its context come back
		})
	}
	f("takes all", accept, "", "a1 b1", 0)
	f("refuses", refuse, "a1 b1", "", 3*time.Second)
	f("stalls", stall, "a1 b1", "", 3*time.Second)
	failures := 0
	f("recovers", func(context.Context, string) error {
		if failures++; failures < 4 {
			return errors.New("not yet")
		}
		return nil
	}, "", "a1, b1", time.Second)
	f("ignores its context", func(context.Context, string) error {
		time.Sleep(5 * time.Second)
		return nil
	}, "a1 b1", "", 3*time.Second+overtime)
}

// What a sink holds that is left behind is owed too, beside a queue that is full.
func TestDispatcherOwesWhatTheSinkHolds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(2, func(context.Context, string) error { time.Sleep(time.Minute); return nil })
		r.put("a1")
		synctest.Wait()
		r.put("b1 c1")
		expectEqual(t, "owed", names(r.close(time.Second)), "a1 b1 c1")
		time.Sleep(time.Minute)
	})
}

// Closing during a long pause does not wait for its end.
func TestDispatcherCloseDuringPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(10, refuse)
		r.put("a1")
		time.Sleep(10 * time.Minute)
		r.sink.set(accept)
		began := time.Now()
		expectEqual(t, "owed", names(r.close(3*time.Second)), "")
		expectEqual(t, "took", time.Since(began), time.Duration(0))
		expectEqual(t, "delivered", r.sink.delivered(), "a1")
	})
}

func TestDispatcherDrain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(10, func(context.Context, string) error { time.Sleep(time.Second); return nil })
		r.put("a1")
		r.drain()
		expectEqual(t, "delivered", r.sink.delivered(), "a1")
		r.sink.set(refuse)
		r.put("b1")
		r.drain() // a sink that is down is not waited for
		expectEqual(t, "owed", names(r.close(0)), "b1")
	})
}
