// Package sink defines the places findings go.
package sink

import (
	"context"
	"errors"

	"github.com/authlens/authlens/engine/finding"
)

// A Sink takes findings to one place.
//
// Deliver is never called concurrently, nor from a flush. It must return when
// ctx ends. An error wrapped by Permanent or PermanentFor is not retried. Findings are
// snapshots: delivering a newer one makes an older one with the same
// fingerprint redundant.
type Sink interface {
	Name() string
	Deliver(ctx context.Context, batch []finding.Finding) error
	Close() error
}

// Permanent marks err as one that a retry cannot mend. Permanent(nil) is nil.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return permanentError{error: err}
}

// PermanentFor is Permanent for some findings of a batch: all others were delivered.
func PermanentFor(findings []finding.Finding, err error) error {
	if err == nil {
		return nil
	}
	return permanentError{err, findings}
}

// IsPermanent reports whether err was marked by Permanent or PermanentFor.
func IsPermanent(err error) bool {
	return errors.As(err, new(permanentError))
}

// Refused returns the part of batch that no retry can deliver, given the error of its
// delivery: nothing, all of it, or what PermanentFor names.
func Refused(batch []finding.Finding, err error) []finding.Finding {
	var permanent permanentError
	switch {
	case !errors.As(err, &permanent):
		return nil
	case permanent.findings != nil:
		return permanent.findings
	}
	return batch
}

type permanentError struct {
	error
	findings []finding.Finding // the ones it concerns; nil: all of the batch
}

func (e permanentError) Unwrap() error { return e.error }
