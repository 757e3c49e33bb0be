package playback

import (
	"time"

	"github.com/authlens/authlens/cmd/authlens/internal/chunk"
	"github.com/authlens/authlens/cmd/authlens/internal/input"
)

// A Chunk is what Fluent Bit hands to an output at once: records of one tag, in
// msgpack.
type Chunk struct {
	Tag   string
	Bytes []byte
}

// A chunkBuilder collects the records of one tag.
type chunkBuilder struct{ bytes []byte }

func (b *chunkBuilder) add(t time.Time, fields input.Record) (err error) {
	b.bytes, err = chunk.Append(b.bytes, t, fields)
	return err
}
