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

	"github.com/authlens/authlens/engine/metric"
	"github.com/authlens/authlens/plugin/sink"
)

// A scriptedMeter does what it is told and notes what it took.
type scriptedMeter struct {
	mu     sync.Mutex
	answer func(ctx context.Context, n int) error
	fits   int
	got    []metric.Datum
	tries  []time.Time
	closed int
}

func (m *scriptedMeter) Name() string { return "scripted" }
func (m *scriptedMeter) Close() error { m.closed++; return nil }

func (m *scriptedMeter) Measure(ctx context.Context, data []metric.Datum) (int, error) {
	m.mu.Lock()
	m.tries = append(m.tries, time.Now())
	answer, fits := m.answer, m.fits
	m.mu.Unlock()
	n := min(len(data), fits)
	err := answer(ctx, n)
	m.mu.Lock()
	defer m.mu.Unlock()
	if err == nil {
		m.got = append(m.got, data[:n]...)
	}
	return n, err
}

func (m *scriptedMeter) set(answer func(context.Context, int) error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.answer = answer
}

// fit says how many data the meter is about at once.
func (m *scriptedMeter) fit(n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fits = n
}

// sum adds up a metric over what was taken.
func (m *scriptedMeter) sum(name string) float64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	var sum float64
	for _, d := range m.got {
		for _, v := range d.Values {
			if d.Name == name {
				sum += v
			}
		}
	}
	return sum
}

func takes(context.Context, int) error   { return nil }
func refuses(context.Context, int) error { return errors.New("connection refused") }
func hangs(ctx context.Context, _ int) error {
	<-ctx.Done()
	return ctx.Err()
}

// A meterRig is a reporter with a scripted meter, inside a bubble of fake time.
type meterRig struct {
	*reporter
	meter   *scriptedMeter
	log     *bytes.Buffer
	givenUp int
	ended   []error
}

func newMeterRig(t *testing.T, answer func(context.Context, int) error) *meterRig {
	t.Helper()
	series, err := metric.NewSeries([][]string{{"cause"}}, 100)
	if err != nil {
		t.Fatal(err)
	}
	r := &meterRig{meter: &scriptedMeter{answer: answer, fits: 1000}, log: &bytes.Buffer{}}
	r.reporter = &reporter{
		meter: r.meter, log: newLogger(r.log, time.Now, "test", levelDebug), interval: time.Minute, now: time.Now,
		tried:  func(err error) { r.ended = append(r.ended, err) },
		giveUp: func(data []metric.Datum) { r.givenUp += len(data) },
		guard:  func(f func()) { f() },
	}
	r.start(series)
	return r
}

// sleep lets time pass in a bubble, and everything happen that then does.
func sleep(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// fail counts n failures now.
func (r *meterRig) fail(n int64) {
	r.add([]metric.Point{{Key: metric.Key{Cause: "expired_token"}, Window: time.Now().Truncate(time.Minute), Failures: n}}, nil)
}

// However often something is counted, the meter is called once an interval, and
// not at all when there is nothing to say.
func TestReporterOncePerInterval(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newMeterRig(t, takes)
		for range 600 {
			r.fail(1)
			sleep(time.Second)
		}
		sleep(time.Minute)
		if n := len(r.meter.tries); n < 10 || n > 11 {
			t.Errorf("%d calls in ten minutes, want one a minute", n)
		}
		sleep(time.Hour)
		if n := len(r.meter.tries); n > 11 {
			t.Errorf("%d calls after an hour in which nothing happened", n)
		}
		expectEqual(t, "failures", r.meter.sum(metric.AuthenticationFailures), 600.0)
		expectEqual(t, "owed", len(r.close(time.Second)), 0)
		expectEqual(t, "closed", r.meter.closed, 1)
		expectEqual(t, "log", r.log.String(), "")
	})
}

// The tasks of a service do not call in step.
func TestReporterBeginsAtRandom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		seconds := map[int]bool{}
		for range 20 {
			r := newMeterRig(t, takes)
			r.fail(1)
			defer r.close(0)
			sleep(2 * time.Minute)
			seconds[int(r.meter.tries[0].Sub(began).Seconds())%60] = true
		}
		if len(seconds) < 5 {
			t.Errorf("20 reporters called in the seconds %v of the minute", seconds)
		}
	})
}

// A meter that is down for an hour is left alone ever longer, and then gets
// every datum, in order, at the time it belongs to.
func TestReporterWhileMeterIsDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newMeterRig(t, refuses)
		for range 60 {
			r.fail(2)
			sleep(time.Minute)
		}
		if n := len(r.meter.tries); n < 10 || n > 30 {
			t.Errorf("tried %d times in an hour, want once every 2 to 5 minutes", n)
		}
		r.meter.set(takes)
		sleep(quietMax + time.Minute)
		expectEqual(t, "failures", r.meter.sum(metric.AuthenticationFailures), 120.0)
		expectEqual(t, "data", len(r.meter.got), 60)
		for i := 1; i < len(r.meter.got); i++ {
			if want := r.meter.got[i-1].Time.Add(time.Minute); !r.meter.got[i].Time.Equal(want) {
				t.Errorf("datum %d is of %v, want %v", i, r.meter.got[i].Time, want)
			}
		}
		expectEqual(t, "owed", len(r.close(time.Second)), 0)
		log := r.log.String()
		if strings.Count(log, "metrics reach scripted again, after 1h") != 1 || strings.Count(log, "\n") > 15 {
			t.Errorf("log:\n%s", log)
		}
		s := r.statistics()
		expectEqual(t, "delivered", s.Delivered, int64(60))
		expectEqual(t, "ended well", r.ended[len(r.ended)-1], nil)
	})
}

// What waits too long is moved to the oldest time that is accepted.
func TestReporterClamps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newMeterRig(t, refuses)
		r.fail(3)
		sleep(15 * 24 * time.Hour)
		r.meter.set(takes)
		sleep(quietMax + time.Minute)
		expectEqual(t, "failures", r.meter.sum(metric.AuthenticationFailures), 3.0)
		if age := r.meter.tries[len(r.meter.tries)-1].Sub(r.meter.got[0].Time); age > 14*24*time.Hour {
			t.Errorf("delivered with an age of %v", age)
		}
		if s := r.statistics(); s.Clamped == 0 {
			t.Error("nothing was counted as moved")
		}
		r.close(0)
	})
	// What is owed in the end goes to CloudWatch too, by way of the log that it is printed to.
	synctest.Test(t, func(t *testing.T) {
		r := newMeterRig(t, refuses)
		r.fail(3)
		sleep(15 * 24 * time.Hour)
		owed := r.close(0)
		if age := time.Since(owed[0].Time); age > 14*24*time.Hour {
			t.Errorf("owed with an age of %v", age)
		}
		expectEqual(t, "moved", r.statistics().Clamped, int64(1))
	})
}

func TestReporterBacklogIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newMeterRig(t, refuses)
		const minutes = backlogMax + 100
		for range minutes {
			r.fail(1)
			sleep(time.Minute)
		}
		sleep(2 * time.Minute)
		s := r.statistics()
		expectEqual(t, "waiting", s.Waiting, backlogMax)
		expectEqual(t, "dropped", s.Dropped, int64(100))
		expectEqual(t, "told", strings.Count(r.log.String(), "the oldest are dropped"), 1)
		expectEqual(t, "owed", len(r.close(0)), backlogMax)
	})
}

// A permanent error gives up what it is about, and nothing else.
func TestReporterPermanentError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newMeterRig(t, nil)
		calls := 0
		r.meter.fit(2)
		r.meter.set(func(context.Context, int) error {
			if calls++; calls == 1 {
				return sink.Permanent(errors.New("not wanted"))
			}
			return nil
		})
		for range 5 {
			r.fail(1)
			sleep(time.Minute)
		}
		sleep(time.Minute)
		s := r.statistics()
		expectEqual(t, "given up", r.givenUp, int(s.Refused))
		expectEqual(t, "delivered and refused", s.Delivered+s.Refused, int64(5))
		if s.Refused < 1 || s.Refused > 2 || strings.Count(r.log.String(), "refuses metrics") != 1 {
			t.Errorf("%d refused; log:\n%s", s.Refused, r.log)
		}
		r.close(0)
	})
}

// A panic in a meter, or a nonsensical answer, ends neither the process nor the
// reporter.
func TestReporterBugs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newMeterRig(t, func(context.Context, int) error { panic("oops") })
		r.fail(1)
		sleep(2 * time.Minute)
		r.meter.set(takes)
		r.meter.fit(0) // it says that it was about none
		r.fail(1)
		sleep(2 * time.Minute)
		r.meter.fit(1000)
		r.fail(1)
		sleep(2 * time.Minute)
		expectEqual(t, "given up", r.givenUp, 2)
		expectEqual(t, "failures", r.meter.sum(metric.AuthenticationFailures), 1.0)
		for _, want := range []string{"bug: panic: oops", "about 0 of 1 data"} {
			if !strings.Contains(r.log.String(), want) {
				t.Errorf("log lacks %q:\n%s", want, r.log)
			}
		}
		r.close(0)
	})
}

func TestReporterClose(t *testing.T) {
	f := func(name string, answer func(context.Context, int) error, owed int, atMost time.Duration) {
		t.Helper()
		synctest.Test(t, func(t *testing.T) {
			r := newMeterRig(t, answer)
			r.fail(7)
			began := time.Now()
			got := r.close(3 * time.Second)
			expectEqual(t, name+": owed", len(got), owed)
			expectEqual(t, name+": waiting in the end", r.statistics().Waiting, 0)
			expectEqual(t, name+": delivered", r.meter.sum(metric.AuthenticationFailures), float64(7*(1-owed)))
			if took := time.Since(began); took > atMost {
				t.Errorf("%s: took %v, at most %v", name, took, atMost)
			}
			sleep(5 * time.Second) // what was left behind comes to its end
		})
	}
	f("takes", takes, 0, 0)
	f("refuses", refuses, 1, 0)
	f("hangs", hangs, 1, 3*time.Second)
	f("ignores its context", func(context.Context, int) error {
		time.Sleep(5 * time.Second)
		return errors.New("late")
	}, 1, 3*time.Second+overtime)
	f("takes when its time is over", func(context.Context, int) error {
		time.Sleep(5 * time.Second)
		return nil
	}, 1, 3*time.Second+overtime)
}

// A meter that is left alone because it was down is asked once more at the end.
func TestReporterAsksOnceMoreAtTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newMeterRig(t, refuses)
		r.fail(7)
		sleep(time.Hour)
		r.meter.set(takes)
		expectEqual(t, "owed", len(r.close(time.Second)), 0)
		expectEqual(t, "failures", r.meter.sum(metric.AuthenticationFailures), 7.0)
	})
}

// What was counted while a meter hangs that is left behind is owed too.
func TestReporterOwesWhatCameLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newMeterRig(t, func(context.Context, int) error {
			time.Sleep(time.Hour)
			return errors.New("late")
		})
		r.fail(1)
		sleep(2 * time.Minute) // the meter has the first
		r.fail(2)
		var sum float64
		for _, d := range r.close(time.Second) {
			if d.Name == metric.AuthenticationFailures {
				for _, v := range d.Values {
					sum += v
				}
			}
		}
		expectEqual(t, "failures owed", sum, 3.0)
		sleep(2 * time.Hour)
	})
}

// A meter that hangs is given up on after a while, and holds nothing up.
func TestReporterAttemptIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newMeterRig(t, hangs)
		r.fail(1)
		sleep(time.Minute + measureTimeout)
		if s := r.statistics(); s.Failures != 1 || s.Waiting != 1 {
			t.Errorf("%+v", s)
		}
		if err := r.ended[0]; !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		r.close(0)
	})
}

// Levels are samples: the last that was said counts, once an interval.
func TestReporterLevels(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newMeterRig(t, takes)
		open := func(n int64) { r.add(nil, []metric.Level{{Key: metric.Key{Cause: "x"}, Open: n}}) }
		open(1)
		open(3)
		sleep(2*time.Minute + time.Second)
		r.add(nil, nil)
		sleep(5 * time.Minute)
		r.close(0)
		var got []string
		for _, d := range r.meter.got {
			got = append(got, fmt.Sprint(d.Name, d.Values))
		}
		text := strings.Join(got, " ")
		if !strings.HasPrefix(text, "OpenFindings[3] OpenFindings[3]") || !strings.HasSuffix(text, "OpenFindings[3] OpenFindings[0]") || len(got) > 4 {
			t.Errorf("got %s", text)
		}
	})
}
