//go:build purego || !amd64

package literal

// bucketsAt returns the buckets that the four bytes at b[at:] may belong to.
func (f *filter) bucketsAt(b []byte, at int) uint8 {
	buckets := ^uint8(0)
	for j := range gramSize {
		buckets &= f.whole[j][caseless(b[at+j])]
	}
	return buckets & (b[at] | (1<<wideBucket - 1))
}
