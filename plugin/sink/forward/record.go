package forward

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tinylib/msgp/msgp"

	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/plugin/sink"
)

// MarkerKey is the field by which a finding is recognised when it comes back. Its
// value is chosen at random by the process that sent it.
const MarkerKey = "authlens_marker"

// logKey is the field that log outputs consider the text of a record.
const logKey = "log"

// record returns a finding as one msgpack map:
//
//	{"log": "ELEVATED Authentication Failures: 3 …", "schema": 1, …, "authlens_marker": "…"}
//	{"log": "{\"schema\":1,…,\"authlens_marker\":\"…\"}", "authlens_marker": "…"}   with Options.JSON
//
// The marker stands inside the JSON too, so that it is still there after a
// parser has made fields of it.
func (s *Sink) record(f finding.Finding) ([]byte, error) {
	var extra []byte
	if s.opt.Extra != nil {
		extra = s.opt.Extra(f)
	}
	object, err := sink.JSON(f, extra)
	if err != nil {
		return nil, err
	}
	record, err := s.shape(object, logLine(f))
	if err != nil {
		return nil, fmt.Errorf("finding %s: %w", f.Fingerprint, err)
	}
	return record, nil
}

// shape makes a record of a JSON object and, if there is one, a line for people.
func (s *Sink) shape(object []byte, line string) ([]byte, error) {
	if s.opt.JSON {
		marker, err := json.Marshal(map[string]string{MarkerKey: s.opt.Marker})
		if err != nil {
			return nil, err
		}
		object = slices.Concat(object[:len(object)-1], []byte{','}, marker[1:])
		b := msgp.AppendMapHeader(nil, 2)
		b = msgp.AppendString(b, logKey)
		b = msgp.AppendStringFromBytes(b, object)
		b = msgp.AppendString(b, MarkerKey)
		return msgp.AppendString(b, s.opt.Marker), nil
	}

	fields, n, err := members(nil, json.NewDecoder(bytes.NewReader(object)))
	if err != nil {
		return nil, err
	}
	if line != "" {
		n++
	}
	b := msgp.AppendMapHeader(make([]byte, 0, len(fields)+512), n+1)
	if line != "" {
		b = msgp.AppendString(b, logKey)
		b = msgp.AppendString(b, line)
	}
	b = append(b, fields...)
	b = msgp.AppendString(b, MarkerKey)
	return msgp.AppendString(b, s.opt.Marker), nil
}

// logLine is what a person reads if only a record's log is shown.
func logLine(f finding.Finding) string {
	line := strings.ToUpper(f.Severity) + " " + f.Title
	if f.State == finding.Resolved {
		line += " (resolved)"
	}
	return strings.ToValidUTF8(line+": "+f.Summary, "\uFFFD")
}

// members appends the members of the JSON object that d stands before, in their
// order, and counts them. Findings are sent in exactly their published form, so
// msgpack is made from the JSON and not from the struct a second time.
func members(b []byte, d *json.Decoder) (_ []byte, n uint32, err error) {
	d.UseNumber()
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, 0, fmt.Errorf("expected a JSON object; got %v (%w)", t, err)
	}
	for d.More() {
		if b, err = value(b, d); err != nil { // the name
			return nil, 0, err
		}
		if b, err = value(b, d); err != nil {
			return nil, 0, err
		}
		n++
	}
	_, err = d.Token()
	return b, n, err
}

// value appends the next JSON value of d.
func value(b []byte, d *json.Decoder) ([]byte, error) {
	t, err := d.Token()
	if err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	switch t := t.(type) {
	case string:
		return msgp.AppendString(b, t), nil
	case json.Number:
		return number(b, t)
	case bool:
		return msgp.AppendBool(b, t), nil
	case json.Delim:
		return composite(b, d, t)
	default:
		return msgp.AppendNil(b), nil
	}
}

func number(b []byte, n json.Number) ([]byte, error) {
	if i, err := n.Int64(); err == nil {
		return msgp.AppendInt64(b, i), nil
	}
	f, err := n.Float64()
	return msgp.AppendFloat64(b, f), err
}

// composite appends the array or object that began with open. Its number of
// elements comes first in msgpack and is known last, so the header is of the
// widest form (map 32, array 32) and filled in at the end.
func composite(b []byte, d *json.Decoder, open json.Delim) ([]byte, error) {
	const map32, array32 = 0xdf, 0xdd
	header, each := byte(array32), 1
	if open == '{' {
		header, each = map32, 2
	}
	at := len(b)
	b = append(b, header, 0, 0, 0, 0)
	n := 0
	for d.More() {
		var err error
		if b, err = value(b, d); err != nil {
			return nil, err
		}
		n++
	}
	binary.BigEndian.PutUint32(b[at+1:], uint32(n/each))
	_, err := d.Token()
	return b, err
}
