package logfile

import (
	"encoding/json"
	"io"
	"regexp"
	"time"

	"github.com/authlens/authlens/cmd/authlens/internal/input"
)

// jsonLists is lists of JSON objects, one after the other: format json of Fluent Bit,
// a list for each chunk, and what jq and programs make of JSON lines.
//
//	[{"date":1772355612.5,"log":"text"},{"date":1772355613.5,"log":"text"}]
var jsonLists = format{
	name:  "JSON lists",
	sniff: func(head []byte) bool { return listHead.Match(head) },
	document: func(in io.Reader, modified time.Time, each func(*Record) error) error {
		d := json.NewDecoder(in)
		element := func() error {
			var value json.RawMessage
			if err := d.Decode(&value); err != nil {
				return err
			}
			r := Record{Fields: text(value)}
			if fields, ok := input.ParseRecord(value); ok {
				r = jsonRecord(fields, modified)
			}
			return each(&r)
		}
		for {
			if err := beginList(d); err == io.EOF {
				return nil
			} else if err != nil {
				return err
			}
			if err := restOf(d, element); err != nil {
				return cutOff(err)
			}
		}
	},
}

// listHead is a list whose first element is an object with a name in it.
var listHead = regexp.MustCompile(`^\s*\[\s*\{\s*"(?:[^"\\]|\\.)*"\s*:`)
