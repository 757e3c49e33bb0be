package record

import "math"

// MaxSec is the last second of the year 9999. A later event time is cut to it,
// so that arithmetic on times cannot overflow and any of them can be printed.
const MaxSec = 253402300799

const maxNsec = 999_999_999

// An EventTime is extension type 0 of eight bytes: big-endian seconds, then
// nanoseconds, 32 bits each.
// Source: https://github.com/fluent/fluentd/wiki/Forward-Protocol-Specification-v1#eventtime-ext-format
const (
	eventTimeType = 0
	eventTimeSize = 8
)

// Fluent Bit marks the start and the end of a group of records by the times -1
// and -2, written as EventTime seconds. Source: flb_log_event.h.
const firstGroupSec = 0xFFFFFFFE

// readTime reads a record's time, at i: a time, or an array of a time and
// metadata. It returns the offset after it, and whether it was a time at all;
// -1 when framing is broken.
func (c *Cursor) readTime(i int, r *Record) (next int, ok bool) {
	var o object
	if !read(c.chunk, i, &o, &c.err) {
		return -1, false
	}
	if o.kind == Array && o.size == 2 {
		if !read(c.chunk, o.start, &o, &c.err) {
			return -1, false
		}
		if o.kind >= Array {
			return c.skip(i, 1, 1), false
		}
		return c.skip(o.start+o.size, 1, 2), c.setTime(&o, r)
	}
	if o.kind >= Array {
		return c.skip(i, 1, 1), false
	}
	return o.start + o.size, c.setTime(&o, r)
}

// setTime sets r's time from o and returns whether o is one of the forms that
// Fluent Bit writes and reads.
func (c *Cursor) setTime(o *object, r *Record) bool {
	payload := c.chunk[o.start : o.start+o.size]
	r.Nsec, r.Group = 0, false
	switch o.kind {
	case Ext:
		if o.size != eventTimeSize || c.chunk[o.start-1] != eventTimeType {
			return false
		}
		r.Sec = int64(bits(payload[:4]))
		r.Nsec = int32(min(bits(payload[4:]), maxNsec))
		r.Group = r.Sec >= firstGroupSec
	case Uint:
		r.Sec = int64(min(bits(payload), MaxSec))
	case Int:
		r.Sec = min(o.signed(c.chunk), MaxSec)
	case Float:
		f := float(payload)
		whole := math.Floor(f)
		switch {
		case whole >= MaxSec:
			r.Sec = MaxSec
		case whole < 0:
			r.Sec = -1
		case whole >= 0: // not NaN
			r.Sec = int64(whole)
			r.Nsec = int32(min((f-whole)*1e9, maxNsec))
		default:
			return false
		}
	default:
		return false
	}
	if r.Sec < 0 {
		r.Group = true
	}
	if r.Group {
		r.Sec, r.Nsec = 0, 0
	}
	return true
}

// float reads a Float object's payload.
func float(payload []byte) float64 {
	if len(payload) == 4 {
		return float64(math.Float32frombits(uint32(bits(payload))))
	}
	return math.Float64frombits(bits(payload))
}
