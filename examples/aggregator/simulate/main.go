// Command simulate shows what AuthLens costs in an aggregator, and how soon it
// sees a burst across tasks: it gives one instance the chunks of many tasks at
// the pace at which their log routers would send them, and lets the credentials
// of some of them expire at half-time.
//
//	go run ./examples/aggregator/simulate -tasks 10000 -for 30s
//
// Fluent Bit itself is not part of it: receiving the records costs more than
// reading them.
package main

import (
	"context"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
	"syscall"
	"time"

	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/plugin/instance"
	"github.com/authlens/authlens/plugin/sink"
)

type plan struct {
	tasks    int
	records  int           // of a chunk
	every    time.Duration // a task sends a chunk
	duration time.Duration
	failing  int // tasks whose credentials expire
}

func main() {
	var p plan
	flag.IntVar(&p.tasks, "tasks", 10_000, "tasks that send")
	flag.IntVar(&p.records, "records", 4, "records of a chunk")
	flag.DurationVar(&p.every, "every", time.Second, "how often a task sends a chunk; Fluent Bit's Flush")
	flag.DurationVar(&p.duration, "for", 30*time.Second, "how long to send")
	flag.IntVar(&p.failing, "failing", 500, "tasks whose credentials expire at half-time")
	flag.Parse()
	if err := errors.Join(check(p), noArguments(flag.Args())); err != nil {
		fmt.Fprintln(os.Stderr, "simulate:", err)
		os.Exit(2)
	}
	if err := run(os.Stdout, p); err != nil {
		fmt.Fprintln(os.Stderr, "simulate:", err)
		os.Exit(1)
	}
}

// burst is how many tasks have to fail for a critical finding.
const burst = 3

// check says why a plan cannot be carried out.
func check(p plan) error {
	var wrong []error
	expect := func(ok bool, name string, expected, got any) {
		if !ok {
			wrong = append(wrong, fmt.Errorf("-%s: expected %v; got %v", name, expected, got))
		}
	}
	expect(p.tasks >= burst, "tasks", fmt.Sprintf("%d or more", burst), p.tasks)
	expect(p.records >= 1, "records", "1 or more", p.records)
	expect(p.every >= step, "every", fmt.Sprintf("%v or more", step), p.every)
	expect(p.duration >= 2*p.every, "for", fmt.Sprintf("%v (two chunks of a task) or more", 2*p.every), p.duration)
	expect(p.tasks < burst || p.failing >= burst && p.failing <= p.tasks, "failing", fmt.Sprintf("%d to %d, all tasks", burst, p.tasks), p.failing)
	return errors.Join(wrong...)
}

func noArguments(all []string) error {
	if len(all) > 0 {
		return fmt.Errorf("expected flags only; got %q", all[0])
	}
	return nil
}

// step is how often the tasks that are due send.
const step = 5 * time.Millisecond

func run(w io.Writer, p plan) error {
	tasks := makeTasks(p)
	cfg, err := conf.Load(func(name string) string {
		return map[string]string{"role_probe": "off", "verbosity": "error"}[name]
	})
	if err != nil {
		return err
	}
	before := heap()
	got := &sights{}
	aggregator, err := instance.New(cfg, instance.Env{Sinks: []sink.Sink{got}, Stderr: os.Stderr})
	if err != nil {
		return err
	}
	defer aggregator.Close()
	sent := send(p, tasks, aggregator)
	after := heap()
	runtime.KeepAlive(tasks) // in both

	stats := aggregator.Statistics()
	seconds := sent.took.Seconds()
	fmt.Fprintf(w, "%d tasks, a chunk of %d records each %v, for %v\n", p.tasks, p.records, p.every, sent.took.Round(time.Second))
	fmt.Fprintf(w, "  read      %.0f chunks/s, %.0f records/s, %.1f MB/s; %.1f %% of what was due\n",
		float64(stats.Scanned.Chunks)/seconds, float64(stats.Scanned.Chunks)*float64(p.records)/seconds,
		float64(stats.Scanned.Bytes)/seconds/1e6, 100*float64(sent.chunks)/(seconds/p.every.Seconds()*float64(p.tasks)))
	fmt.Fprintf(w, "  CPU       %.1f %% of a core in flushes; %.1f %% for the process, this program included\n",
		100*sent.inFlush.Seconds()/seconds, 100*sent.cpu.Seconds()/seconds)
	fmt.Fprintf(w, "  flush     p50 %v, p99 %v, max %v\n", stats.Flush.P50, stats.Flush.P99, stats.Flush.Max)
	fmt.Fprintf(w, "  memory    %.1f MB of the heap for the instance\n", float64(after-min(before, after))/1e6)
	opened, critical := got.times()
	if opened.IsZero() || critical.IsZero() {
		return fmt.Errorf("no critical finding came of %d failing tasks; opened: %v", p.failing, !opened.IsZero())
	}
	fmt.Fprintf(w, "  finding   %v after the second failure was read; critical %v after the third task's\n",
		opened.Sub(sent.failures[1]).Round(time.Millisecond), critical.Sub(sent.failures[2]).Round(time.Millisecond))
	return nil
}

// A task is what one log router sends, again and again.
type task struct {
	tag                     string
	quiet, broken           []byte // chunks
	quietTimes, brokenTimes []int  // where the records' times are in them
}

// makeTasks writes every task's chunks beforehand. The failing tasks are of one
// service.
func makeTasks(p plan) []task {
	const expired = "botocore.exceptions.ClientError: An error occurred (ExpiredTokenException) when calling the GetItem operation: The security token included in the request is expired"
	lines := enginetest.Quiet(1000)
	tasks := make([]task, p.tasks)
	for n := range tasks {
		id := fmt.Sprintf("%032x", n+1)
		service := fmt.Sprint("service", n%20)
		if n < p.failing {
			service = "orders"
		}
		t := &tasks[n]
		t.tag = enginetest.FireLensTag(id, service)
		chunk := func(last string) ([]byte, []int) {
			var b enginetest.ChunkBuilder
			var times []int
			for r := range p.records {
				line := string(lines[(n*p.records+r)%len(lines)].Text)
				if r == p.records-1 && last != "" {
					line = last
				}
				times = append(times, len(b.Bytes())+len("\x92\x92\xd7\x00"))
				b.Append(0, 0, enginetest.FireLens(id, service, line, "stderr")...)
			}
			return b.Bytes(), times
		}
		t.quiet, t.quietTimes = chunk("")
		if n < p.failing {
			t.broken, t.brokenTimes = chunk(expired)
		}
	}
	return tasks
}

// at returns the chunk with its records' times set to now.
func at(now time.Time, chunk []byte, times []int) []byte {
	for _, offset := range times {
		binary.BigEndian.PutUint32(chunk[offset:], uint32(now.Unix()))
		binary.BigEndian.PutUint32(chunk[offset+4:], uint32(now.Nanosecond()))
	}
	return chunk
}

type sent struct {
	took, inFlush, cpu time.Duration
	chunks             int
	failures           []time.Time // when the first failures were read
}

// send flushes each task's chunk when it is due, one after the other, as Fluent
// Bit's event loop does.
func send(p plan, tasks []task, to *instance.Instance) sent {
	var s sent
	began, cpuBefore := time.Now(), cpu()
	for time.Since(began) < p.duration {
		due := int(time.Since(began).Seconds() / p.every.Seconds() * float64(p.tasks))
		for ; s.chunks < due; s.chunks++ {
			n := s.chunks % p.tasks
			t, now := &tasks[n], time.Now()
			chunk, times := t.quiet, t.quietTimes
			failing := n < p.failing && now.Sub(began) > p.duration/2
			if failing {
				chunk, times = t.broken, t.brokenTimes
			}
			at(now, chunk, times)
			flushed := time.Now()
			to.Flush(t.tag, chunk)
			done := time.Now()
			s.inFlush += done.Sub(flushed)
			if failing && len(s.failures) < 3 {
				s.failures = append(s.failures, done)
			}
		}
		time.Sleep(step)
	}
	s.took, s.cpu = time.Since(began), cpu()-cpuBefore
	return s
}

// sights is a sink that notes when a finding was first seen, and when critical.
type sights struct {
	mu               sync.Mutex
	opened, critical time.Time
}

// Name is "simulate".
func (s *sights) Name() string { return "simulate" }

// Deliver notes the time.
func (s *sights) Deliver(_ context.Context, batch []finding.Finding) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	for _, f := range batch {
		if s.opened.IsZero() {
			s.opened = now
		}
		if s.critical.IsZero() && f.Severity == "critical" {
			s.critical = now
		}
	}
	return nil
}

// Close does nothing.
func (s *sights) Close() error { return nil }

func (s *sights) times() (opened, critical time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.opened, s.critical
}

// heap is what is in use after a garbage collection, in bytes.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// cpu is what this process has used so far.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
