package sink

import (
	"context"

	"github.com/authlens/authlens/engine/metric"
)

// A Meter takes metrics to one place.
//
// Measure delivers data, from the first on, as many as fit into one go: n of
// them, at least one. Its error concerns those n; wrapped by Permanent, no
// other attempt can mend it. Measure is never called concurrently, nor from a
// flush, nor without data. It must return when ctx ends.
//
// Findings replace each other, data add up: what an attempt delivered before it
// failed counts twice when it is retried. So an error means that, as far as is
// known, the data did not arrive; if in doubt, deliver twice rather than never.
type Meter interface {
	Name() string
	Measure(ctx context.Context, data []metric.Datum) (n int, err error)
	Close() error
}
