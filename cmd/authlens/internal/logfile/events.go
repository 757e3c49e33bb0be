package logfile

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"time"
)

// events is what `aws logs filter-log-events` and `get-log-events` print, whole or
// by `--query events`, and what a subscription delivers: documents with a list of
// events, or lists of them, one after the other.
//
//	{"events":[{"logStreamName":"…","timestamp":1772355612123,"message":"text"}, …], …}
//	{"messageType":"DATA_MESSAGE","logStream":"…","logEvents":[{"timestamp":…,"message":"text"}]}
//	[{"timestamp":1772355612123,"message":"text","ingestionTime":…}, …]
var events = format{
	name: "CloudWatch Logs events",
	sniff: func(head []byte) bool {
		return eventsHead.Match(head) || eventsList.Match(head)
	},
	document: func(in io.Reader, _ time.Time, each func(*Record) error) error {
		d := json.NewDecoder(in)
		for {
			err := eachEvent(d, each)
			if err == io.EOF {
				return nil
			} else if err != nil {
				return err
			}
		}
	},
}

var (
	// eventsHead finds the list near the start, after at most a few names.
	eventsHead = regexp.MustCompile(`^\s*\{(?:\s*"\w+"\s*:\s*(?:"[^"]*"|\[[^\]\[{}]*\]|null)\s*,)*\s*"(?:events|logEvents)"\s*:\s*\[`)
	// eventsList finds, in the first element of a list, what only an event of CloudWatch has.
	eventsList = regexp.MustCompile(`^\s*\[\s*\{\s*(?:"\w+"\s*:\s*(?:"(?:[^"\\]|\\.)*"|\d+)\s*,\s*)*"(?:logStreamName|ingestionTime)"\s*:`)
)

type logEvent struct {
	LogStreamName string `json:"logStreamName"`
	Timestamp     int64  `json:"timestamp"` // ms since 1970
	Message       string `json:"message"`
}

// eachEvent reads one document. It returns io.EOF when there is none.
func eachEvent(d *json.Decoder, each func(*Record) error) error {
	token, err := d.Token()
	if err != nil {
		return err
	}
	stream := ""
	event := func() error {
		var e logEvent
		if err := d.Decode(&e); err != nil {
			return cutOff(err)
		}
		r := recordOf(cmp.Or(e.LogStreamName, stream), []byte(e.Message))
		r.Time = fromMilliseconds(e.Timestamp)
		return each(&r)
	}
	switch token {
	case json.Delim('{'):
	case json.Delim('['):
		return cutOff(restOf(d, event))
	default:
		return fmt.Errorf("at byte %d: expected an object or a list, got %v", d.InputOffset(), token)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return cutOff(err)
		}
		switch key {
		case "events", "logEvents":
			err = eachOf(d, event)
		case "logStream":
			err = d.Decode(&stream)
		default:
			err = d.Decode(new(json.RawMessage))
		}
		if err != nil {
			return cutOff(err)
		}
	}
	_, err = d.Token()
	return cutOff(err)
}

// recordOf is an event of CloudWatch. Its message may have several lines, which
// stay together.
func recordOf(stream string, text []byte) Record {
	r := Record{Stream: stream, Tag: stream, Fields: message(bytes.TrimRight(text, "\r\n"))}
	if stream != "" {
		nameFromStream(r.Fields, stream)
	}
	return r
}

// eachOf calls f for every element of the list that follows.
func eachOf(d *json.Decoder, f func() error) error {
	if err := beginList(d); err != nil {
		return err
	}
	return restOf(d, f)
}

// beginList begins a list. It returns io.EOF when nothing follows.
func beginList(d *json.Decoder) error {
	token, err := d.Token()
	if err == nil && token != json.Delim('[') {
		err = fmt.Errorf("at byte %d: expected a list, got %v", d.InputOffset(), token)
	}
	return err
}

// restOf calls f for every element that is left of a list, and ends the list.
func restOf(d *json.Decoder, f func() error) error {
	for d.More() {
		if err := f(); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

// cutOff turns the error of a document that ends too early into one that says so.
func cutOff(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the document is cut off: %w", io.ErrUnexpectedEOF)
	}
	return err
}
