package logfile

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"time"

	"github.com/authlens/authlens/cmd/authlens/internal/input"
)

// trail is what CloudTrail leaves in S3, and what `aws cloudtrail lookup-events` prints:
// the calls of a whole account, refused ones among them.
//
//	{"Records":[{"eventTime":"2026-03-01T09:00:12Z","eventSource":"s3.amazonaws.com","errorCode":"AccessDenied", …}]}
//	{"Events":[{"EventTime":"…","CloudTrailEvent":"{\"eventTime\":\"2026-03-01T09:00:12Z\", …}"}]}
var trail = format{
	name:  "CloudTrail events",
	sniff: func(head []byte) bool { return trailHead.Match(head) && trailSource.Match(head) },
	document: func(in io.Reader, _ time.Time, each func(*Record) error) error {
		d := json.NewDecoder(in)
		d.UseNumber()
		for {
			token, err := d.Token()
			if err == io.EOF {
				return nil
			} else if err != nil {
				return cutOff(err)
			}
			if token != json.Delim('{') {
				return fmt.Errorf("at byte %d: expected an object, got %v", d.InputOffset(), token)
			}
			for d.More() {
				key, err := d.Token()
				if err == nil && (key == "Records" || key == "Events") {
					err = eachOf(d, func() error {
						var fields input.Record
						if err := d.Decode(&fields); err != nil {
							return err
						}
						r := trailRecord(fields)
						return each(&r)
					})
				} else if err == nil {
					err = d.Decode(new(json.RawMessage))
				}
				if err != nil {
					return cutOff(err)
				}
			}
			if _, err := d.Token(); err != nil {
				return cutOff(err)
			}
		}
	},
}

var (
	trailHead   = regexp.MustCompile(`^\s*\{\s*"(?:Records|Events)"\s*:\s*\[\s*\{`)
	trailSource = regexp.MustCompile(`"[eE]ventSource"\s*:\s*"[a-z0-9.-]+\.amazonaws\.com"`)
)

// trailRecord is the record of one event. All events have the same tag, since a trail is
// that of an account, whichever of its files an event is in.
func trailRecord(fields input.Record) Record {
	if event, ok := fields["CloudTrailEvent"].(string); ok {
		if inner, ok := input.ParseRecord([]byte(event)); ok {
			fields = inner
		}
	}
	r := Record{Tag: "cloudtrail", Fields: fields}
	r.Time, _ = fields.TakeTime()
	return r
}
