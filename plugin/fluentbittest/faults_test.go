package fluentbittest

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/authlens/authlens/engine/finding"
)

// A relay is two Fluent Bits: one in whose logs things fail, and one whose
// forward input the findings go to, across a fault that is under test.
type relay struct {
	t        *testing.T
	fb       fluentBit
	w        workspace
	sender   *process
	receiver *process
	posted   map[string]int64 // failures by bucket
	gate     *gate            // what the receiver writes to; nil for a file
	config   string           // the receiver's
}

// newRelay starts both. The receiver writes what arrives into a file or, with a
// gate, to that; its input has the given options.
func newRelay(t *testing.T, fb fluentBit, g *gate, options ...string) *relay {
	t.Helper()
	r := &relay{t: t, fb: fb, w: newWorkspace(t), posted: map[string]int64{}, gate: g}
	output := `
    Name   file
    Path   {dir}
    File   received
    Format plain
`
	if g != nil {
		output = fmt.Sprintf(`
    Name        tcp
    Host        127.0.0.1
    Port        %d
    Format      json_lines
    Retry_Limit False
`, g.port())
	}
	port := freePort(t)
	r.config = r.w.write("receiver.conf", quick+`
    Storage.Path   {dir}/chunks
    Scheduler.Base 1
    Scheduler.Cap  2
[INPUT]
    Name   forward
    Listen 127.0.0.1
    Port   `+fmt.Sprint(port)+"\n    "+strings.Join(options, "\n    ")+`
[OUTPUT]
    Match *`+output)
	r.receive()
	r.sender = fb.start(t, "-e", "{lib}", "-c", r.w.write("sender.conf", quick+`
[INPUT]
    Name forward
    unix_path {dir}/fluent.sock
`+instanceTo("forward", "shop", fmt.Sprintf("forward_to tcp://127.0.0.1:%d", port), "update_after 1s")+
		instance("witness", "update_after 1s")))
	return r
}

// receive starts the receiver.
func (r *relay) receive() {
	r.t.Helper()
	r.receiver = r.fb.start(r.t, "-c", r.config)
}

// fail makes requests to buckets from and up to, without it, fail twice each,
// and waits until they are counted.
func (r *relay) fail(from, to int) {
	r.t.Helper()
	d := connect(r.t, r.sender, r.w.path("fluent.sock"))
	for range 2 {
		for n := from; n < to; n++ {
			bucket := fmt.Sprintf("orders-archive-%d", n)
			d.log(strings.ReplaceAll(denial, "orders-archive", bucket))
			r.posted[bucket]++
		}
	}
	r.sender.eventually("the count of all failures", func() bool {
		return len(r.missing(r.printed("witness"))) == 0
	})
}

// printed returns the findings of a cluster that the sender printed.
func (r *relay) printed(cluster string) (printed []finding.Finding) {
	for _, f := range r.sender.findings() {
		if f.Scope.Cluster == cluster {
			printed = append(printed, f)
		}
	}
	return printed
}

// received returns the findings that came out of the receiver.
func (r *relay) received() (received []finding.Finding) {
	text := r.w.read("received")
	if r.gate != nil {
		text = r.gate.passed.String()
	}
	for line := range strings.Lines(text) {
		var f finding.Finding
		if json.Unmarshal([]byte(line), &f) == nil && f.Fingerprint != "" {
			received = append(received, f)
		}
	}
	return received
}

// missing returns the buckets whose last state none of the findings is.
func (r *relay) missing(all []finding.Finding) (missing []string) {
	last := map[string]int64{}
	for _, f := range all {
		for bucket := range r.posted {
			if strings.Contains(f.Facts.Resource, ":::"+bucket+"/") {
				last[bucket] = max(last[bucket], f.Counts.Events)
			}
		}
	}
	for bucket, n := range r.posted {
		if last[bucket] != n {
			missing = append(missing, fmt.Sprintf("%s (%d of %d)", bucket, last[bucket], n))
		}
	}
	return missing
}

// arrived waits until the last state of every finding came out of the receiver.
func (r *relay) arrived() {
	r.t.Helper()
	r.sender.eventually("last state of every finding", func() bool { return len(r.missing(r.received())) == 0 })
}

// noticed waits until the sender says that the receiver takes nothing.
func (r *relay) noticed() {
	r.t.Helper()
	r.sender.eventually("failed delivery", func() bool {
		return strings.Contains(r.sender.stderr.String(), "takes no findings now")
	})
}

// report ends both, wants nothing lost, and logs the fault's line of the table
// in docs/benchmarks.md. Flush times are not in it: from one run of Fluent Bit to
// the next they differ by more than any fault could make them.
func (r *relay) report(fault string) {
	r.t.Helper()
	r.sender.stop()
	if r.gate != nil {
		r.gate.open()
	}
	printed := r.printed("shop")
	lost := func() []string { return r.missing(append(r.received(), printed...)) }
	r.receiver.eventually("last state of every finding", func() bool { return len(lost()) == 0 })
	r.receiver.stop()

	all := len(r.posted)
	r.t.Logf("| forward to Fluent Bit %d.%d | %s | %d | %d | %d | %d | |", r.fb.major, r.fb.minor, fault,
		all, all-len(r.missing(r.received())), all-len(r.missing(printed)), len(lost()))
}

// A gate is a TCP server that reads nothing until it is opened.
type gate struct {
	listener net.Listener
	opened   chan struct{}
	open     func()
	passed   output // lines
}

func newGate(t *testing.T) *gate {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{listener: l, opened: make(chan struct{})}
	g.open = sync.OnceFunc(func() { close(g.opened) })
	t.Cleanup(func() {
		g.open()
		l.Close()
	})
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go g.pass(c)
		}
	}()
	return g
}

func (g *gate) pass(c net.Conn) {
	defer c.Close()
	<-g.opened
	for lines := bufio.NewReader(c); ; {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return // a line that was cut off is sent again
		}
		_, _ = g.passed.Write(line)
	}
}

func (g *gate) port() int { return g.listener.Addr().(*net.TCPAddr).Port }

// Nothing is wrong: what the others are compared with.
func TestFluentBitFaultNone(t *testing.T) {
	forEach(t, func(t *testing.T, fb fluentBit) {
		r := newRelay(t, fb, nil)
		r.fail(0, 20)
		r.fail(0, 40)
		r.arrived()
		r.report("healthy")
	})
}

// The receiver stands still, with its connections open, and goes on.
func TestFluentBitFaultPaused(t *testing.T) {
	forEach(t, func(t *testing.T, fb fluentBit) {
		r := newRelay(t, fb, nil)
		r.fail(0, 20)
		r.arrived()
		r.receiver.signal(syscall.SIGSTOP)
		r.fail(0, 40)
		r.noticed()
		r.receiver.signal(syscall.SIGCONT)
		r.arrived()
		r.report("paused, goes on")
	})
}

// The receiver stands still until the sender has ended.
func TestFluentBitFaultPausedAtExit(t *testing.T) {
	forEach(t, func(t *testing.T, fb fluentBit) {
		r := newRelay(t, fb, nil)
		r.fail(0, 20)
		r.arrived()
		r.receiver.signal(syscall.SIGSTOP)
		r.fail(0, 40)
		r.sender.stop()
		r.receiver.signal(syscall.SIGCONT)
		r.report("paused until after exit")
	})
}

// The receiver is killed, and another takes its place.
func TestFluentBitFaultRestarted(t *testing.T) {
	forEach(t, func(t *testing.T, fb fluentBit) {
		r := newRelay(t, fb, nil)
		r.fail(0, 20)
		r.arrived()
		r.receiver.kill()
		r.fail(0, 40)
		r.noticed()
		r.receive()
		r.arrived()
		r.report("killed, restarted")
	})
}

// The receiver is killed, and nothing takes its place.
func TestFluentBitFaultKilled(t *testing.T) {
	forEach(t, func(t *testing.T, fb fluentBit) {
		r := newRelay(t, fb, nil)
		r.fail(0, 20)
		r.arrived()
		r.receiver.kill()
		r.fail(0, 40)
		r.report("killed")
	})
}

// newFull returns a relay whose receiver has an output that stands still and an
// input that is soon full, and what that is called. Fluent Bit 1.9.10 then
// acknowledges what it drops (fluent/fluent-bit#9288), unless the input goes on
// on disk.
func newFull(t *testing.T, fb fluentBit) (r *relay, fault string) {
	t.Helper()
	if fb.major < 5 {
		r = newRelay(t, fb, newGate(t), "Mem_Buf_Limit 64K", "storage.type filesystem")
		r.fail(0, 60)
		return r, "full, its input on disk"
	}
	r = newRelay(t, fb, newGate(t), "Mem_Buf_Limit 64K")
	r.fail(0, 60)
	r.noticed()
	return r, "full"
}

// The receiver is full, and goes on.
func TestFluentBitFaultFull(t *testing.T) {
	forEach(t, func(t *testing.T, fb fluentBit) {
		r, fault := newFull(t, fb)
		r.gate.open()
		r.arrived()
		r.report(fault + ", goes on")
	})
}

// The receiver is full until the sender has ended.
func TestFluentBitFaultFullAtExit(t *testing.T) {
	forEach(t, func(t *testing.T, fb fluentBit) {
		r, fault := newFull(t, fb)
		r.report(fault + ", until after exit")
	})
}
