package chunk

import "time"

const (
	// batchTime is how much event time goes into one batch: Fluent Bit's default.
	batchTime = time.Second
	// batchSize is how many bytes end a batch before that. Fluent Bit's chunks are no
	// larger, and all records of a file without times have the same one.
	batchSize = 2_000_000
)

// A Batch is what Fluent Bit hands to an output at once: a chunk for each tag. The zero
// value is empty.
type Batch struct {
	newest time.Time
	due    time.Time // the batch ends here
	size   int
	tags   []string // of chunks, in order of their first record
	chunks map[string][]byte
}

// EndsBefore reports whether the batch is to be flushed before a record of time t is added.
func (b *Batch) EndsBefore(t time.Time) bool {
	return !b.IsEmpty() && (t.After(b.due) || b.size >= batchSize)
}

// IsEmpty reports whether there is nothing to flush.
func (b *Batch) IsEmpty() bool { return len(b.tags) == 0 }

// Newest returns the time of the newest record that was ever added.
func (b *Batch) Newest() time.Time { return b.newest }

// Add copies a record, as Append makes it, to the end of its tag's chunk.
func (b *Batch) Add(tag string, t time.Time, record []byte) {
	if b.IsEmpty() {
		b.due = t.Truncate(batchTime).Add(batchTime)
	}
	if t.After(b.newest) {
		b.newest = t
	}
	if b.chunks == nil {
		b.chunks = make(map[string][]byte)
	}
	chunk, begun := b.chunks[tag]
	if !begun {
		b.tags = append(b.tags, tag)
	}
	b.chunks[tag] = append(chunk, record...)
	b.size += len(record)
}

// Flush empties the batch and calls yield with each of its chunks, in order of their
// first record; yield may keep them. It stops at an error, and returns it.
func (b *Batch) Flush(yield func(tag string, chunk []byte) error) error {
	tags, chunks := b.tags, b.chunks
	*b = Batch{newest: b.newest}
	for _, tag := range tags {
		if err := yield(tag, chunks[tag]); err != nil {
			return err
		}
	}
	return nil
}
