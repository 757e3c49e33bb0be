package literal

const (
	// buckets is how many groups the grams are dealt into; one bit each in a byte
	// of a vector.
	buckets = 8

	// halves is how many bytes an engine looks up for each place that can look at
	// more: it has that many times as many buckets.
	halves      = 2
	fineBuckets = halves * buckets

	// The last bucket of a byte holds the grams that begin beyond ASCII, and no
	// others: text in English then pays nothing for the other languages. Its bit in
	// the byte is the bit that such a byte has.
	wideBucket = buckets - 1
)

// A way is how an engine looks at the bytes of a gram. For each the grams are dealt into
// buckets anew.
type way int

const (
	byCaseless way = iota // NEON: one of 64, what caseless returns; 8 buckets
	byClass               // AVX2: one of 32 classes; 16 buckets
	byASCII               // AVX-512: one of 128, all bits but the eighth; 16 buckets
	ways
)

// dealt has the bucket of a gram for each way.
type dealt [ways]uint8

// buckets returns how many buckets there are.
func (w way) buckets() int {
	if w == byCaseless {
		return buckets
	}
	return fineBuckets
}

// model returns text as w looks at it.
func (w way) model(text textModel) textModel {
	if w == byClass {
		return classOf.blur(text)
	}
	return text
}

// fine returns where the fine bucket of w is: in which half, and its bit there.
func (d *dealt) fine(w way) (half, bit uint8) { return d[w] / buckets, 1 << (d[w] % buckets) }
