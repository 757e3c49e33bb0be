package playback

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"github.com/vmihailenco/msgpack/v5"

	"github.com/authlens/authlens/cmd/authlens/internal/input"
)

// A Chunk is what Fluent Bit hands to an output at once: records of one tag, in
// msgpack, as [[time, metadata], record].
type Chunk struct {
	Tag   string
	Bytes []byte
}

// A chunkBuilder collects the records of one tag.
type chunkBuilder struct {
	buf     bytes.Buffer
	encoder *msgpack.Encoder
}

func newChunkBuilder() *chunkBuilder {
	b := &chunkBuilder{}
	b.encoder = msgpack.NewEncoder(&b.buf)
	b.encoder.SetSortMapKeys(true)
	b.encoder.UseCompactInts(true)
	return b
}

// eventTime is the msgpack extension type that Fluent Bit's times have: seconds
// and nanoseconds since 1970, 32 bits each.
const eventTime = 0

func (b *chunkBuilder) add(t time.Time, fields input.Record) error {
	start := b.buf.Len()
	err := b.encoder.EncodeArrayLen(2)
	if err == nil {
		err = b.encoder.EncodeArrayLen(2)
	}
	if err == nil {
		err = b.encoder.EncodeExtHeader(eventTime, 8)
	}
	if err == nil {
		stamp := binary.BigEndian.AppendUint32(nil, uint32(t.Unix()))
		b.buf.Write(binary.BigEndian.AppendUint32(stamp, uint32(t.Nanosecond())))
		err = b.encoder.EncodeMapLen(0)
	}
	if err == nil {
		err = b.encoder.Encode(plain(map[string]any(fields)))
	}
	if err != nil {
		b.buf.Truncate(start)
		return fmt.Errorf("encode a record: %w", err)
	}
	return nil
}

// plain returns v with every json.Number replaced by the number it stands for.
func plain(v any) any {
	switch v := v.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		n, _ := v.Float64() // out of range: an infinity, which is near enough
		return n
	case map[string]any:
		for key, value := range v {
			v[key] = plain(value)
		}
	case []any:
		for i, value := range v {
			v[i] = plain(value)
		}
	}
	return v
}
