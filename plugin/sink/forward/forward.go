// Package forward is the sink that sends findings as tagged records to a
// forward input, usually one of the very Fluent Bit that we run in, so that
// findings travel like logs.
//
// The protocol is Fluentd's forward protocol v1, one message for each finding, with
// sub-second event times and, if asked for, acknowledgements. The messages are
// fluent-logger-golang's, but not the connection: its writes and its waits for an
// acknowledgement cannot be ended by a context, it hides why a connection failed,
// and it prints to stderr.
package forward

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/fluent/fluent-logger-golang/fluent"
	"github.com/tinylib/msgp/msgp"

	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/engine/metric"
	"github.com/authlens/authlens/plugin/sink"
	"github.com/authlens/authlens/plugin/sink/emf"
)

// Options say where records go and what they look like. Ack, JSON, Extra, EventTag,
// Dial and Now may be left out.
type Options struct {
	Network string // tcp or unix
	Address string // host:port, or the path of a socket
	// Ack makes Deliver wait until every record is acknowledged. Without it a
	// record counts as delivered once the kernel has taken it.
	Ack bool
	// JSON makes a record one field, log, that holds the finding as JSON.
	// Otherwise a finding's fields are the record's, beside a log for people.
	JSON bool
	// Tag returns the tag that a finding is sent with.
	Tag func(finding.Finding) string
	// EventTag returns the tag that a log event is sent with. WriteEvents needs it.
	EventTag func(metric.Source) string
	// Extra, when set, returns further members of a finding's JSON object.
	Extra func(finding.Finding) []byte
	// Marker is the value under MarkerKey in every record.
	Marker string
	// Dial opens a connection. Default: net.Dialer's.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Now is the time of a record: findings appear in a log when they are
	// told. Default: time.Now.
	Now func() time.Time
}

// A Sink sends findings. It holds no connection between deliveries: findings
// are rare, and a connection that lies idle can be dead unnoticed.
type Sink struct{ opt Options }

var (
	_ sink.Sink  = (*Sink)(nil)
	_ emf.Writer = (*Sink)(nil)
)

// New returns a sink; it connects to nothing yet.
func New(opt Options) *Sink {
	if opt.Dial == nil {
		opt.Dial = new(net.Dialer).DialContext
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	return &Sink{opt}
}

// Name is "forward".
func (s *Sink) Name() string { return "forward" }

// Close has nothing to close.
func (s *Sink) Close() error { return nil }

// Deliver sends the batch over one connection. On an error any part of it may
// have arrived. Findings that cannot be made into records are left out; the error
// is about them if all others were delivered.
func (s *Sink) Deliver(ctx context.Context, batch []finding.Finding) error {
	out := s.outgoing()
	var unsendable []finding.Finding
	var why error
	for i := range batch {
		record, err := s.record(batch[i])
		if err == nil {
			err = out.add(s.opt.Tag(batch[i]), record)
		}
		if err != nil {
			unsendable, why = append(unsendable, batch[i]), errors.Join(why, err)
		}
	}
	if err := s.send(ctx, out); err != nil {
		return fmt.Errorf("sending findings to the forward input at %s://%s: %w", s.opt.Network, s.opt.Address, err)
	}
	return sink.PermanentFor(unsendable, why)
}

// WriteEvents sends log events over one connection. On an error any part of
// them may have arrived.
func (s *Sink) WriteEvents(ctx context.Context, events []emf.Document) error {
	out := s.outgoing()
	for _, event := range events {
		record, err := s.shape(event.JSON, "")
		if err == nil {
			err = out.add(s.opt.EventTag(event.Source), record)
		}
		if err != nil {
			return sink.Permanent(err)
		}
	}
	if err := s.send(ctx, out); err != nil {
		return fmt.Errorf("sending metrics to the forward input at %s://%s: %w", s.opt.Network, s.opt.Address, err)
	}
	return nil
}

// An outgoing is what goes over one connection: messages one after the other,
// and the ids of the acknowledgements to expect.
type outgoing struct {
	now      fluent.EventTime
	ack      bool
	messages []byte
	acks     map[string]bool
}

func (s *Sink) outgoing() *outgoing {
	return &outgoing{now: fluent.EventTime(s.opt.Now()), ack: s.opt.Ack, acks: make(map[string]bool)}
}

func (o *outgoing) add(tag string, record []byte) error {
	m := fluent.MessageExt{Tag: tag, Time: o.now, Record: msgp.Raw(record)}
	var id string
	if o.ack {
		id = rand.Text()
		m.Option = map[string]string{"chunk": id}
	}
	extended, err := m.MarshalMsg(o.messages)
	if err != nil {
		return fmt.Errorf("a record tagged %s: %w", sink.Clip(tag, maxShown), err)
	}
	o.messages = extended
	if o.ack {
		o.acks[id] = true
	}
	return nil
}

func (s *Sink) send(ctx context.Context, out *outgoing) error {
	if len(out.messages) == 0 {
		return nil
	}
	conn, err := s.opt.Dial(ctx, s.opt.Network, s.opt.Address)
	if err != nil {
		return err
	}
	defer conn.Close()
	// Reads and writes end when ctx does, with an error that blames a deadline.
	unhook := context.AfterFunc(ctx, func() { conn.SetDeadline(time.Unix(1, 0)) })
	defer unhook()

	if _, err := conn.Write(out.messages); err != nil {
		return because(ctx, err)
	}
	reader := msgp.NewReader(conn)
	for len(out.acks) > 0 {
		id, err := readAck(reader)
		if err != nil {
			return fmt.Errorf("expected %d more acknowledgements; %w", len(out.acks), instead(ctx, err))
		}
		if !out.acks[id] {
			return fmt.Errorf("expected the acknowledgement of a record just sent; got %q", sink.Clip(id, maxShown))
		}
		delete(out.acks, id)
	}
	return nil
}

// ackTextMax bounds a text in an acknowledgement, in bytes. The generated decoder of
// fluent.AckResp takes whatever length a peer claims, and as much memory: four gigabytes of
// it may be the end of the log router.
const ackTextMax = 16 << 10

// readAck reads an acknowledgement, a map with the id under "ack".
func readAck(r *msgp.Reader) (id string, err error) {
	n, err := r.ReadMapHeader()
	for ; n > 0 && err == nil; n-- {
		var key string
		switch key, err = readAckText(r); {
		case err != nil:
		case key == "ack":
			id, err = readAckText(r)
		default:
			err = r.Skip()
		}
	}
	return id, err
}

func readAckText(r *msgp.Reader) (string, error) {
	n, err := r.ReadStringHeader()
	if err != nil {
		return "", err
	}
	if n > ackTextMax {
		return "", fmt.Errorf("got one with a text of %d bytes", n)
	}
	text := make([]byte, n)
	_, err = r.ReadFull(text)
	return string(text), err
}

// because returns the end of ctx where that is what ended a read or a write.
func because(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("no answer in time: %w", ctx.Err())
	}
	return err
}

// instead says what came in place of an acknowledgement.
func instead(ctx context.Context, err error) error {
	var unreadable msgp.Error
	switch err := because(ctx, err); {
	case ctx.Err() != nil:
		return err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("the connection was closed instead (%w)", err)
	case errors.As(err, &unreadable):
		return fmt.Errorf("got something else: is a forward input there, without shared_key and TLS? (%w)", err)
	default:
		return err
	}
}

// maxShown bounds how much of a tag or an acknowledgement a message repeats, in bytes.
const maxShown = 64
