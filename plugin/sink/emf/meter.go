package emf

import (
	"context"

	"github.com/authlens/authlens/engine/metric"
	"github.com/authlens/authlens/plugin/sink"
)

// batchMax is how many data go out at once.
const batchMax = 256

// A Writer brings log events to where they are shipped from.
type Writer interface {
	Name() string
	WriteEvents(ctx context.Context, events []Document) error
	Close() error
}

// A Meter sends metrics as log events.
type Meter struct {
	Writer
	encoder *Encoder
}

var _ sink.Meter = (*Meter)(nil)

// NewMeter returns a Meter. Whoever closes it closes w.
func NewMeter(e *Encoder, w Writer) *Meter { return &Meter{w, e} }

// Measure writes the log events that hold the first data.
func (m *Meter) Measure(ctx context.Context, data []metric.Datum) (int, error) {
	n := min(len(data), batchMax)
	return n, m.WriteEvents(ctx, m.encoder.Documents(data[:n]))
}
