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
// ctx ends. An error wrapped by Permanent is not retried. Findings are
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
	return permanentError{err}
}

// IsPermanent reports whether err was marked by Permanent.
func IsPermanent(err error) bool {
	return errors.As(err, new(permanentError))
}

type permanentError struct{ error }

func (e permanentError) Unwrap() error { return e.error }
