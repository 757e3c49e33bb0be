package instance

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tinylib/msgp/msgp"

	"github.com/authlens/authlens/engine/metric"
	"github.com/authlens/authlens/plugin/sink/emf/emftest"
)

// A home is a forward input in memory, so that it works in a bubble of fake
// time. It can be down.
type home struct {
	mu    sync.Mutex
	down  bool
	dials int
	logs  buffer // one line of JSON a record
}

func (h *home) set(down bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.down = down
}

// tries returns how often it was dialled.
func (h *home) tries() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.dials
}

func (h *home) dial(context.Context, string, string) (net.Conn, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.dials++
	if h.down {
		return nil, errors.New("connection refused")
	}
	near, far := net.Pipe()
	go h.serve(far)
	return near, nil
}

// serve takes records of forward_format json and acknowledges them.
func (h *home) serve(c net.Conn) {
	defer c.Close()
	// What is sent is read to the end before it is acknowledged: nobody reads
	// an acknowledgement before, and a pipe holds none.
	acks := make(chan []byte, 10_000)
	defer close(acks)
	go func() {
		for ack := range acks {
			c.Write(ack)
		}
	}()
	for r := msgp.NewReader(c); ; {
		record, chunk, err := readMessage(r)
		if err != nil {
			return
		}
		fields, _, err := msgp.ReadMapStrIntfBytes(record, nil)
		if err != nil {
			panic(err)
		}
		fmt.Fprintln(&h.logs, fields["log"])
		b := msgp.AppendMapHeader(nil, 1)
		b = msgp.AppendString(b, "ack")
		acks <- msgp.AppendString(b, chunk)
	}
}

// minutes returns the beginnings of the minutes that hold failures, in the
// order in which they came, and how many failures each holds.
func (b *buffer) minutes(t *testing.T) (order []time.Time, failures map[time.Time]float64) {
	t.Helper()
	failures = make(map[time.Time]float64)
	for line := range strings.Lines(b.String()) {
		if !strings.Contains(line, `"_aws"`) {
			continue
		}
		for _, m := range emftest.Read(t, []byte(line)) {
			if m.Name != metric.AuthenticationFailures || m.Dimensions != service {
				continue
			}
			if len(order) == 0 || !order[len(order)-1].Equal(m.Time) {
				order = append(order, m.Time)
			}
			for _, v := range m.Values {
				failures[m.Time] += v
			}
		}
	}
	return order, failures
}

// An outage is an instance whose home is down, in a bubble of fake time.
type outage struct {
	*world
	home *home
	t    *testing.T
}

func newOutage(t *testing.T, h *home, pairs ...string) *outage {
	t.Helper()
	pairs = append(pairs, "forward_to", "tcp://127.0.0.1:24224", "forward_format", "json", "emf", "on")
	return &outage{newWorld(t, options(t, pairs...), Env{Dial: h.dial}), h, t}
}

// deny makes two requests to a bucket fail now.
func (o *outage) deny(bucket string) {
	lines := deniedLines(2)
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], "monthly", bucket)
	}
	o.Flush(reportsTag, chunkOf(time.Now(), "reports", lines...))
}

// last writes the newest snapshot of each finding as "state events", by bucket.
func last(t *testing.T, b *buffer) map[string]string {
	t.Helper()
	newest := make(map[string]string)
	findings, _ := b.events(t)
	for _, f := range findings {
		bucket, _, _ := strings.Cut(strings.TrimPrefix(f.Facts.Resource, "arn:aws:s3:::"), "/")
		newest[bucket] = fmt.Sprint(f.State, " ", f.Counts.Events)
	}
	return newest
}

// expectMinutes wants n failures in each of the minutes, and those in order.
func expectMinutes(t *testing.T, b *buffer, from time.Time, n []float64) {
	t.Helper()
	order, failures := b.minutes(t)
	want := make(map[time.Time]float64)
	for i, n := range n {
		want[from.Add(time.Duration(i)*time.Minute).UTC()] = n
	}
	if diff := cmp.Diff(want, failures); diff != "" {
		t.Errorf("failures by minute differ (-want +got):\n%s", diff)
	}
	if !slices.IsSortedFunc(order, time.Time.Compare) {
		t.Errorf("the minutes came in the order %v", order)
	}
}

// A forward input that is down for an hour and comes back receives the last
// state of every finding, and every minute's metrics, in order. It is not
// hammered meanwhile.
func TestHourDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutage(t, &home{down: true})
		began := time.Now()
		var failures []float64
		for minute := range 60 {
			o.deny("always")
			n := 2.0
			if minute < 5 {
				o.deny("early")
				n += 2
			}
			if minute >= 57 {
				o.deny("late")
				n += 2
			}
			failures = append(failures, n)
			sleep(time.Minute)
		}
		if n := o.home.tries(); n > 250 {
			t.Errorf("dialled %d times in an hour", n)
		}
		o.home.set(false)
		sleep(quietMax + time.Minute)
		want := map[string]string{"always": "open 120", "early": "resolved 10", "late": "update 6"}
		if diff := cmp.Diff(want, last(t, &o.home.logs)); diff != "" {
			t.Errorf("findings differ (-want +got):\n%s", diff)
		}
		expectMinutes(t, &o.home.logs, began, failures)
		o.Close()
		expectEqual(t, "printed", o.stdout.String(), "")
	})
}

// Of more findings than there is room for, those that are over go first, and
// are counted. All that are of interest still arrive.
func TestHourDownWithinBounds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const most = 20
		o := newOutage(t, &home{down: true}, "resolve_after", "2m")
		d := o.dispatchers[0]
		d.mu.Lock()
		d.queue.max = most
		d.mu.Unlock()
		want := make(map[string]string)
		for minute := range 60 {
			o.deny("always")
			bucket := fmt.Sprint("minute-", minute)
			o.deny(bucket)
			want[bucket] = "resolved 2"
			if n := o.Statistics().Sinks[0].Waiting; n > most {
				t.Fatalf("%d findings wait, the bound is %d", n, most)
			}
			sleep(time.Minute)
		}
		for minute := range 60 - most + 1 {
			delete(want, fmt.Sprint("minute-", minute))
		}
		want["always"] = "open 120"
		want["minute-59"] = "open 2"
		o.home.set(false)
		sleep(backoffMax)
		if diff := cmp.Diff(want, last(t, &o.home.logs)); diff != "" {
			t.Errorf("findings differ (-want +got):\n%s", diff)
		}
		s := o.Statistics().Sinks[0]
		expectEqual(t, "dropped", s.Dropped, int64(61-most))
		expectEqual(t, "told", strings.Count(o.stderr.String(), "findings wait for the sink forward"), 1)
	})
}

// A hot reload while the forward input is down: the old instance prints what it
// owes, the new one goes on, and nothing is counted or told twice.
func TestReloadWhileDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &home{down: true}
		first := newOutage(t, h)
		began := time.Now()
		var failures []float64
		minutes := func(o *outage, n int) {
			for range n {
				o.deny("always")
				failures = append(failures, 2)
				sleep(time.Minute)
			}
		}
		minutes(first, 30)
		first.Close()
		second := newOutage(t, h)
		second.Inherit(first.Legacy())
		minutes(second, 30)
		h.set(false)
		sleep(quietMax + time.Minute)
		second.Close()

		expectEqual(t, "printed by the old", last(t, &first.stdout)["always"], "open 60")
		expectEqual(t, "delivered by the new", last(t, &h.logs)["always"], "update 120")
		expectEqual(t, "printed by the new", second.stdout.String(), "")
		var all buffer
		fmt.Fprint(&all, first.stdout.String(), h.logs.String())
		expectMinutes(t, &all, began, failures)
		_, sums := all.events(t)
		expectEqual(t, "opened", sums["FindingsOpened "+service], 1.0)
	})
}
