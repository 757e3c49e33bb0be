package record

import (
	"encoding/binary"
	"math"
)

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
const (
	groupEnd      = -2
	firstGroupSec = 1<<32 + groupEnd
)

// What a record of Fluent Bit begins with, up to the payload of its EventTime: an
// array of time and fields or, since 2.1, of an array of time and metadata, and the
// fields. The metadata is an empty map, whose head is long where Fluent Bit writes
// it member by member.
const (
	headTime       = "\x92\xd7\x00"
	headTimed      = "\x92\x92\xd7\x00"
	noMetadata     = 0x80
	noMetadataLong = "\xdf\x00\x00\x00\x00"
	timeEnd        = len(headTime) + eventTimeSize
	timedEnd       = len(headTimed) + eventTimeSize
	timedLongEnd   = timedEnd + len(noMetadataLong)
)

// skipHead returns the offset after the head of the record at b[i:], where its
// fields are, and that of the eight bytes of its EventTime; 0 if the record does
// not begin the way Fluent Bit writes it.
//
// Fast path: nearly every record begins so. readTime reads the others.
func skipHead(b []byte, i int) (time, fields int) {
	switch b := b[i:]; {
	case len(b) > timedEnd && string(b[:len(headTimed)]) == headTimed:
		switch {
		case b[timedEnd] == noMetadata && len(b) > timedEnd+1:
			return i + len(headTimed), i + timedEnd + 1
		case len(b) > timedLongEnd && string(b[timedEnd:timedLongEnd]) == noMetadataLong:
			return i + len(headTimed), i + timedLongEnd
		}
	case len(b) > timeEnd && string(b[:len(headTime)]) == headTime:
		return i + len(headTime), i + timeEnd
	}
	return 0, 0
}

// setEventTime sets r's time from the payload of an EventTime.
func (r *Record) setEventTime(payload []byte) {
	r.Sec = int64(binary.BigEndian.Uint32(payload))
	r.Nsec = int32(min(binary.BigEndian.Uint32(payload[4:]), maxNsec))
	if r.Group = r.Sec >= firstGroupSec; r.Group {
		r.Sec, r.Nsec = 0, 0
	}
}

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
			return c.skip(i, 1), false
		}
		return c.skip(o.start+o.size, 1), c.setTime(&o, r)
	}
	if o.kind >= Array {
		return c.skip(i, 1), false
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
		r.setEventTime(payload)
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
			r.Sec = int64(max(whole, math.MinInt32))
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
		r.Group = r.Sec >= groupEnd
		r.Sec = 0
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
