package forward

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tinylib/msgp/msgp"
	"go.uber.org/goleak"

	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/plugin/sink"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var told = time.Date(2026, 11, 21, 10, 0, 0, 123456789, time.UTC)

func example() finding.Finding {
	return finding.Finding{
		Schema: 1, Fingerprint: "0123456789abcdef", State: finding.Open, Reason: finding.First,
		Severity: "elevated", Title: "Authentication Failures",
		Summary: "3 authentication failure events detected across 2 log windows.",
		Rule:    "aws.access_denied",
		Scope:   finding.Scope{Cluster: "production", Container: "orders", Tag: "orders-firelens-1"},
		Counts:  finding.Counts{Events: 3, Windows: 2, WindowSeconds: 60},
		Facts:   extract.Facts{Action: "s3:GetObject", HTTPStatus: 403},
		Diagnosis: diagnose.Diagnosis{
			Cause: "missing_permission", Fix: []string{"first <this>", "then that"}, AllowHelps: true,
			Statement: &diagnose.Statement{Effect: "Allow", Action: []string{"s3:GetObject"}, Resource: []string{"arn:aws:s3:::b/*"}},
		},
		Evidence: "AccessDenied: \"x\" \xff",
	}
}

// A message is one that the peer received.
type message struct {
	tag    string
	time   time.Time
	record map[string]any
	chunk  string
}

// read takes one message of the forward protocol, [tag, time, record, option],
// off r.
func read(r *msgp.Reader) (message, error) {
	var m message
	n, err := r.ReadArrayHeader()
	if err != nil {
		return m, err
	}
	if n != 4 {
		return m, errors.New("not a message of four")
	}
	if m.tag, err = r.ReadString(); err != nil {
		return m, err
	}
	var ext msgp.RawExtension
	if err := r.ReadExtension(&ext); err != nil {
		return m, err
	}
	if ext.Type != 0 || len(ext.Data) != 8 {
		return m, errors.New("not an EventTime")
	}
	be := func(b []byte) int64 { return int64(b[0])<<24 | int64(b[1])<<16 | int64(b[2])<<8 | int64(b[3]) }
	m.time = time.Unix(be(ext.Data), be(ext.Data[4:])).UTC()
	m.record = map[string]any{}
	if err := r.ReadMapStrIntf(m.record); err != nil {
		return m, err
	}
	option := map[string]any{}
	if err := r.ReadMapStrIntf(option); err != nil {
		return m, err
	}
	m.chunk, _ = option["chunk"].(string)
	return m, nil
}

// acknowledge answers a message.
func acknowledge(w io.Writer, chunk string) {
	b := msgp.AppendMapHeader(nil, 1)
	b = msgp.AppendString(b, "ack")
	w.Write(msgp.AppendString(b, chunk))
}

// peer is a forward input that does what script says with each connection.
func peer(t *testing.T, network string, script func(net.Conn)) (address string) {
	t.Helper()
	address = "127.0.0.1:0"
	if network == "unix" {
		address = filepath.Join(t.TempDir(), "s")
	}
	l, err := net.Listen(network, address)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			script(c)
			c.Close()
		}
	}()
	t.Cleanup(func() { l.Close(); <-done })
	return l.Addr().String()
}

func newSink(network, address string, ack bool) *Sink {
	return New(Options{
		Network: network, Address: address, Ack: ack, Marker: "key-of-this-process",
		Tag: func(f finding.Finding) string { return f.Scope.Tag + "-authlens" },
		Now: func() time.Time { return told },
	})
}

func batchOf(n int) []finding.Finding {
	batch := make([]finding.Finding, n)
	for i := range batch {
		batch[i] = example()
	}
	return batch
}

func TestDelivery(t *testing.T) {
	f := func(network string, ack bool, n int) {
		t.Helper()
		got := make(chan message, n)
		address := peer(t, network, func(c net.Conn) {
			for r := msgp.NewReader(c); ; {
				m, err := read(r)
				if err != nil {
					if err != io.EOF {
						t.Errorf("the peer read: %v", err)
					}
					return
				}
				if (m.chunk != "") != ack {
					t.Errorf("asked for an acknowledgement: %v, want %v", m.chunk != "", ack)
				}
				if ack {
					acknowledge(c, m.chunk)
				}
				got <- m
			}
		})
		s := newSink(network, address, ack)
		if err := s.Deliver(t.Context(), batchOf(n)); err != nil {
			t.Errorf("%s, ack %v, %d findings: %v", network, ack, n, err)
			return
		}
		for range n {
			m := <-got
			if m.tag != "orders-firelens-1-authlens" || !m.time.Equal(told) {
				t.Errorf("tag %q, time %v", m.tag, m.time)
			}
		}
	}
	f("tcp", true, 1)
	f("tcp", false, 1)
	f("unix", true, 100)
	f("unix", false, 100)
}

// The record of a finding is its published form, with a line for people first
// and the marker last.
func TestRecord(t *testing.T) {
	raw, err := newSink("tcp", "", true).record(example())
	if err != nil {
		t.Fatal(err)
	}
	var asJSON bytes.Buffer
	if _, err := msgp.CopyToJSON(&asJSON, bytes.NewReader(raw)); err != nil {
		t.Fatal(err)
	}
	var got, want map[string]any
	if err := json.Unmarshal(asJSON.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	published, err := sink.JSON(example(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(published, &want); err != nil {
		t.Fatal(err)
	}
	want["log"] = "ELEVATED Authentication Failures: 3 authentication failure events detected across 2 log windows."
	want[MarkerKey] = "key-of-this-process"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	fields, _, err := msgp.ReadMapStrIntfBytes(raw, nil)
	if _, isInteger := fields["schema"].(int64); err != nil || !isInteger {
		t.Errorf("schema is a %T, error %v; want an integer", fields["schema"], err)
	}
	order := []string{`"log"`, `"schema"`, `"severity"`, `"summary"`, `"counts"`, `"evidence"`, `"` + MarkerKey + `"`}
	for from, i := 0, 0; i < len(order); i++ {
		at := strings.Index(asJSON.String()[from:], order[i])
		if at < 0 {
			t.Fatalf("%s is out of order in %s", order[i], asJSON.String())
		}
		from += at
	}
}

func TestRecordAsJSON(t *testing.T) {
	s := New(Options{JSON: true, Marker: `a"b`})
	raw, err := s.record(example())
	if err != nil {
		t.Fatal(err)
	}
	record, _, err := msgp.ReadMapStrIntfBytes(raw, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(record) != 2 || record[MarkerKey] != `a"b` {
		t.Errorf("record %v", record)
	}
	var inside map[string]any
	if err := json.Unmarshal([]byte(record["log"].(string)), &inside); err != nil {
		t.Fatal(err)
	}
	if inside[MarkerKey] != `a"b` || inside["fingerprint"] != example().Fingerprint {
		t.Errorf("log %v", inside)
	}
}

func TestLogLine(t *testing.T) {
	f := example()
	f.State, f.Summary = finding.Resolved, "Quiet.\xff"
	if got, want := logLine(f), "ELEVATED Authentication Failures (resolved): Quiet.\uFFFD"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// Whatever the peer does, Deliver returns when its context ends at the latest,
// and says what went wrong where.
func TestBadPeers(t *testing.T) {
	f := func(name string, script func(net.Conn), batch []finding.Finding, want string) {
		t.Helper()
		release := make(chan struct{})
		address := peer(t, "tcp", func(c net.Conn) {
			script(c)
			if strings.Contains(want, "in time") {
				<-release
			}
		})
		defer close(release)
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		err := newSink("tcp", address, true).Deliver(ctx, batch)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "tcp://"+address) {
			t.Errorf("%s: got %v, want %q", name, err, want)
		}
		if sink.IsPermanent(err) {
			t.Errorf("%s: %v would not be tried again", name, err)
		}
	}
	f("never acknowledges", func(net.Conn) {}, batchOf(1), "no answer in time")
	f("acknowledges one of two", func(c net.Conn) {
		m, err := read(msgp.NewReader(c))
		if err != nil {
			t.Error(err)
		}
		acknowledge(c, m.chunk)
	}, batchOf(2), "expected 1 more acknowledgements; no answer in time")
	f("closes after reading", func(c net.Conn) {
		if _, err := read(msgp.NewReader(c)); err != nil {
			t.Error(err)
		}
	}, batchOf(1), "expected 1 more acknowledgements; the connection was closed instead (EOF)")
	f("acknowledges another", func(c net.Conn) {
		acknowledge(c, strings.Repeat("other", 1000))
		io.Copy(io.Discard, c)
	}, batchOf(1), `expected the acknowledgement of a record just sent; got "otherother`)
	f("acknowledges in letters of two bytes", func(c net.Conn) {
		acknowledge(c, "x"+strings.Repeat("é", 1000))
		io.Copy(io.Discard, c)
	}, batchOf(1), strings.Repeat("é", 31)+`…"`)
	f("claims an acknowledgement of 4 GiB", func(c net.Conn) {
		io.WriteString(c, "\x81\xa3ack\xdb\xff\xff\xff\xff")
		io.Copy(io.Discard, c)
	}, batchOf(1), "expected 1 more acknowledgements; got one with a text of 4294967295 bytes")
	f("claims a key of 4 GiB", func(c net.Conn) {
		io.WriteString(c, "\x81\xdb\xff\xff\xff\xff")
		io.Copy(io.Discard, c)
	}, batchOf(1), "got one with a text of 4294967295 bytes")
	f("claims an acknowledgement of more than one has", func(c net.Conn) {
		io.WriteString(c, "\x81\xa3ack\xda\x40\x01")
		io.Copy(io.Discard, c)
	}, batchOf(1), "got one with a text of 16385 bytes")
	f("acknowledges with more keys", func(c net.Conn) {
		io.WriteString(c, "\x82\xa1x\x92\x01\xc0\xa3ack\xa1y")
		io.Copy(io.Discard, c)
	}, batchOf(1), `expected the acknowledgement of a record just sent; got "y"`)
	f("answers garbage", func(c net.Conn) {
		io.WriteString(c, "HTTP/1.1 400 Bad Request\r\n\r\n")
		io.Copy(io.Discard, c)
	}, batchOf(1), "expected 1 more acknowledgements; got something else: is a forward input there")
}

func TestNobodyThere(t *testing.T) {
	f := func(network, address, want string) {
		t.Helper()
		err := newSink(network, address, true).Deliver(t.Context(), batchOf(1))
		if err == nil || !strings.Contains(err.Error(), want) || sink.IsPermanent(err) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	free := l.Addr().String()
	l.Close()
	f("tcp", free, "refused")
	f("unix", filepath.Join(t.TempDir(), "none"), "no such file")
}

// A write that the peer does not take ends with the context: by its deadline,
// and when it is called off.
func TestPeerThatNeverReads(t *testing.T) {
	f := func(ctx context.Context, want error) {
		t.Helper()
		ours, theirs := net.Pipe() // has no buffer
		defer theirs.Close()
		s := newSink("tcp", "h:1", false)
		s.opt.Dial = func(context.Context, string, string) (net.Conn, error) { return ours, nil }
		if err := s.Deliver(ctx, batchOf(1)); !errors.Is(err, want) {
			t.Errorf("got %v, want %v", err, want)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	f(ctx, context.DeadlineExceeded)

	ctx, cancel = context.WithCancel(t.Context())
	defer time.AfterFunc(10*time.Millisecond, cancel).Stop()
	f(ctx, context.Canceled)
}

// A dial that hangs ends with the context too.
func TestHangingDial(t *testing.T) {
	s := New(Options{
		Network: "tcp", Address: "192.0.2.1:1", Tag: func(finding.Finding) string { return "t" },
		Dial: func(ctx context.Context, _, _ string) (net.Conn, error) { <-ctx.Done(); return nil, ctx.Err() },
	})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if err := s.Deliver(ctx, batchOf(1)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

// A finding that cannot be sent does not hold back the others.
func TestUnsendable(t *testing.T) {
	received := make(chan message, 1)
	address := peer(t, "tcp", func(c net.Conn) {
		m, err := read(msgp.NewReader(c))
		if err != nil {
			t.Error(err)
		}
		acknowledge(c, m.chunk)
		received <- m
	})
	batch := batchOf(2)
	batch[0].LastSeen = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) // no RFC 3339 form
	err := newSink("tcp", address, true).Deliver(t.Context(), batch)
	if !sink.IsPermanent(err) || !strings.Contains(err.Error(), batch[0].Fingerprint) {
		t.Errorf("got %v", err)
	}
	if refused := sink.Refused(batch, err); len(refused) != 1 || refused[0].Fingerprint != batch[0].Fingerprint {
		t.Errorf("refused: %+v", refused)
	}
	<-received
}
