package instance

import (
	"fmt"
	"io"
	"maps"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tinylib/msgp/msgp"

	"github.com/authlens/authlens/plugin/sink/cloudwatch/cloudwatchtest"
)

// The tests of this file each log a line of the table of faults in
// docs/benchmarks.md (make faults):
//
//	| to | fault | produced | delivered | printed at exit | lost | flush time p50, of the healthy |

// faultRounds is how many flushes see each fault.
const faultRounds = 300

func skipFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: plays hundreds of flushes for every fault, and -short was given")
	}
}

// sideBySide flushes chunks, each by a healthy instance and by the one under
// test, and returns how long the median flush of the latter took, with that of
// the former as 1. between is called after each round, with its number.
func sideBySide(healthy, tested *world, chunk func() []byte, between func(round int)) float64 {
	var took [2][]time.Duration
	for n := range faultRounds {
		c := chunk()
		for turn := range 2 {
			which := (n + turn) % 2 // the second to read a chunk finds it in the cache
			w := [2]*world{healthy, tested}[which]
			began := time.Now()
			w.Flush(reportsTag, c)
			took[which] = append(took[which], time.Since(began))
		}
		between(n)
	}
	median := func(all []time.Duration) float64 {
		slices.Sort(all)
		return float64(all[len(all)/2])
	}
	return median(took[1]) / median(took[0])
}

// A handler is what a forward input does with a connection; take notes a record
// that arrived.
type handler func(c net.Conn, take func(record []byte))

// A peer is a forward input that has faults.
type peer struct {
	address string
	handle  atomic.Pointer[handler]
	logs    buffer // what arrived, one line of JSON a record
}

// newPeer starts a peer. One without a handler refuses connections.
func newPeer(t *testing.T, h handler) *peer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &peer{address: "tcp://" + l.Addr().String()}
	if h == nil {
		l.Close()
		return p
	}
	p.handle.Store(&h)
	var running sync.WaitGroup
	var open sync.Map
	running.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			open.Store(c, nil)
			running.Go(func() {
				defer c.Close()
				(*p.handle.Load())(c, p.take)
			})
		}
	})
	t.Cleanup(func() {
		l.Close()
		open.Range(func(c, _ any) bool { c.(net.Conn).Close(); return true })
		running.Wait()
	})
	return p
}

func (p *peer) take(record []byte) {
	fields, _, err := msgp.ReadMapStrIntfBytes(record, nil)
	if err != nil {
		panic(err)
	}
	fmt.Fprintln(&p.logs, fields["log"])
}

// answering takes every record, and lets answer write to the connection.
func answering(answer func(c net.Conn, chunk string) error) handler {
	return func(c net.Conn, take func([]byte)) {
		for r := msgp.NewReader(c); ; {
			record, chunk, err := readMessage(r)
			if err != nil {
				return
			}
			take(record)
			if answer(c, chunk) != nil {
				return
			}
		}
	}
}

func acknowledge(c net.Conn, chunk string) error {
	b := msgp.AppendMapHeader(nil, 1)
	b = msgp.AppendString(b, "ack")
	_, err := c.Write(msgp.AppendString(b, chunk))
	return err
}

// Whatever a forward input does, the last state of every finding arrives or is
// printed, and no flush takes longer.
func TestFaultsForward(t *testing.T) {
	skipFaults(t)
	const groups = 30
	lines := deniedLines(groups)
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], "monthly", fmt.Sprint("bucket-", i))
	}
	chunk := func() []byte { return chunkOf(time.Now(), "reports", lines...) }
	// complete returns the buckets whose last state is among the findings in b.
	complete := func(b *buffer) map[string]bool {
		all := make(map[string]bool)
		findings, _ := b.events(t)
		for _, f := range findings {
			all[f.Facts.Resource] = all[f.Facts.Resource] || f.Counts.Events == faultRounds
		}
		for bucket, ok := range all {
			if !ok {
				delete(all, bucket)
			}
		}
		return all
	}
	start := func(p *peer) *world {
		cfg := options(t, "forward_to", p.address, "forward_format", "json")
		cfg.UpdateAfter = 10 * time.Millisecond
		return newWorld(t, cfg, Env{})
	}
	healthy := answering(acknowledge)
	twin := start(newPeer(t, healthy))
	f := func(name string, fault handler, heals bool) {
		t.Helper()
		p := newPeer(t, fault)
		w := start(p)
		ratio := sideBySide(twin, w, chunk, func(round int) {
			if heals && round == faultRounds/2 {
				until(t, name, func() bool { return w.Statistics().Sinks[0].Failures > 0 })
				p.handle.Store(&healthy)
			}
			time.Sleep(time.Millisecond) // a storm of a second, not of an instant
		})
		w.Close()
		delivered, printed := complete(&p.logs), complete(&w.stdout)
		union := maps.Clone(delivered)
		maps.Copy(union, printed)
		lost := groups - len(union)
		if lost != 0 {
			t.Errorf("%s: lost the last state of %d findings", name, lost)
		}
		if heals && len(printed) > 0 {
			t.Errorf("%s: %d findings were printed, though the input was well again", name, len(printed))
		}
		t.Logf("| forward | %s | %d | %d | %d | %d | %.2f |", name, groups, len(delivered), len(printed), lost, ratio)
	}
	f("healthy", healthy, false)
	f("nobody listens", nil, false)
	f("never reads", func(c net.Conn, _ func([]byte)) { c.Read(nil); <-t.Context().Done() }, false)
	f("slow: 5 ms a finding", answering(func(c net.Conn, chunk string) error {
		time.Sleep(5 * time.Millisecond)
		return acknowledge(c, chunk)
	}), false)
	f("reads, acknowledges nothing", answering(func(net.Conn, string) error { return nil }), false)
	f("acknowledges something else", answering(func(c net.Conn, _ string) error { return acknowledge(c, "nonsense") }), false)
	f("answers garbage", answering(func(c net.Conn, _ string) error {
		_, err := io.WriteString(c, "HTTP/1.1 400 Bad Request\r\n\r\n")
		return err
	}), false)
	cut := func(c net.Conn, _ func([]byte)) {
		io.ReadFull(c, make([]byte, 1000))
		c.(*net.TCPConn).SetLinger(0) // a reset, not an end
	}
	f("hangs up in the middle of a finding", cut, false)
	f("hangs up in the middle of a finding, heals", cut, true)
	f("hangs up before it acknowledges", answering(func(net.Conn, string) error { return io.EOF }), false)
	f("hangs up before it acknowledges, heals", answering(func(net.Conn, string) error { return io.EOF }), true)
}

// Whatever becomes of CloudWatch: no count is lost, none is late for it, and
// what cannot be delivered is printed as log events that hold the same metrics.
func TestFaultsCloudWatch(t *testing.T) {
	skipFaults(t)
	const failures = 3
	const all = faultRounds * failures
	start := func(s *cloudwatchtest.Server) *world {
		return newWorld(t, withMetrics(t, "sinks", "stdout,cloudwatch", "cloudwatch_endpoint", s.URL), Env{})
	}
	chunk := func() []byte { return chunkOf(time.Now(), "reports", deniedLines(failures)...) }
	twin := start(cloudwatchtest.New(t))
	f := func(name string, fault cloudwatchtest.Answer, heals bool, again float64) {
		t.Helper()
		server := cloudwatchtest.New(t)
		t.Setenv("AWS_MAX_ATTEMPTS", "1")
		server.Answers(fault)
		w := start(server)
		ratio := sideBySide(twin, w, chunk, func(round int) {
			if round == faultRounds/2 {
				until(t, name, func() bool { return server.Calls() > 0 })
				if heals {
					server.Answers(cloudwatchtest.Accept)
				}
			}
			time.Sleep(time.Millisecond)
		})
		w.Close()
		_, printed := w.stdout.events(t)
		const metric = "AuthenticationFailures " + serviceCause
		delivered := server.Sum("AuthenticationFailures", serviceCause)
		lost := all - delivered - printed[metric]
		if lost > 0 || lost < -again {
			t.Errorf("%s: %d failures, %g delivered, %g printed: lost %g", name, all, delivered, printed[metric], lost)
		}
		if heals && delivered == 0 || !heals && printed[metric] == 0 {
			t.Errorf("%s: %g delivered, %g printed", name, delivered, printed[metric])
		}
		t.Logf("| cloudwatch | %s | %d | %g | %g | %g | %.2f |", name, all, delivered, printed[metric], max(0, lost), ratio)
	}
	fail := cloudwatchtest.Fail
	f("healthy", cloudwatchtest.Accept, true, 0)
	f("throttles, heals", fail(400, "Throttling", "Rate exceeded"), true, 0)
	f("throttles", fail(400, "Throttling", "Rate exceeded"), false, 0)
	f("answers 429", fail(429, "TooManyRequestsException", "slow down"), false, 0)
	f("answers 503", fail(503, "ServiceUnavailable", "later"), false, 0)
	f("denies, then allows", cloudwatchtest.Denied(), true, 0)
	f("denies", cloudwatchtest.Denied(), false, 0)
	f("keeps silent", cloudwatchtest.Silent, false, 0)
	f("hangs up in the middle of a request", cloudwatchtest.CutRequest, false, 0)
	f("answers garbage", cloudwatchtest.Garbage, false, 0)
	f("refuses for good", fail(400, "InvalidParameterValue", "no"), false, 0)
	// Taken, but the answer was lost: counted again rather than never.
	f("hangs up in the middle of its answer, heals", cloudwatchtest.CutAnswer, true, all)
}
