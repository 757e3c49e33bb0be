package literal

const (
	// buckets is how many groups the grams are dealt into: each is one bit of a byte
	// that an engine looks up for a place.
	buckets = 8

	// fineBuckets is how many there are for an engine that looks up halves bytes for a
	// place.
	halves      = 2
	fineBuckets = halves * buckets

	// wideBucket, the last of each byte, holds the grams that begin beyond ASCII and no
	// others: text in English then pays nothing for other languages. Its bit in the byte
	// is the highest, which every byte beyond ASCII has.
	wideBucket = buckets - 1
)

// A way is how an engine tells the bytes of a gram apart. Grams are dealt into buckets
// separately for each way.
type way int

const (
	byCaseless way = iota // NEON: 64 values, those of caseless; 8 buckets
	byClass               // AVX2: 32 classes; 16 buckets
	byASCII               // AVX-512: 128 values, all bits but the highest; 16 buckets
	ways
)

// dealt is the bucket of a gram, for each way.
type dealt [ways]uint8

// buckets returns how many buckets there are.
func (w way) buckets() int {
	if w == byCaseless {
		return buckets
	}
	return fineBuckets
}

// model returns text as w sees it: where w cannot tell bytes apart, nor can the model.
func (w way) model(text textModel) textModel {
	if w == byClass {
		return classOf.blur(text)
	}
	return text
}

// fine returns which of the halves the bucket for w is in, and its bit there.
func (d *dealt) fine(w way) (half, bit uint8) { return d[w] / buckets, 1 << (d[w] % buckets) }
