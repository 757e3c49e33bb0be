//go:build !purego

package literal

import "testing"

var engines []engine

func init() {
	if useVector {
		engines = append(engines, engine{"avx2", placesAVX2, (*filter).classesAt})
	}
	if useAVX512 {
		engines = append(engines, engine{"avx512", placesAVX512, (*filter).asciiAt})
	}
}

// classesAt returns the buckets byClass that the four bytes at b[at:] may belong to, with
// the bits of both halves in one byte.
func (f *filter) classesAt(b []byte, at int) uint8 {
	return finelyAt(b, at, func(half, j int, c byte) uint8 { return f.classed[half][j][classOf[caseless(c)]] })
}

// asciiAt is classesAt byASCII.
func (f *filter) asciiAt(b []byte, at int) uint8 {
	return finelyAt(b, at, func(half, j int, c byte) uint8 { return f.exact[half][j][c&127] })
}

func finelyAt(b []byte, at int, bucketsOf func(half, j int, c byte) uint8) (buckets uint8) {
	for half := range halves {
		these := ^uint8(0)
		for j := range gramSize {
			these &= bucketsOf(half, j, b[at+j])
		}
		buckets |= these
	}
	return buckets & (b[at] | (1<<wideBucket - 1))
}

// BenchmarkFindAVX2 is BenchmarkFind/finder where there is no AVX-512.
func BenchmarkFindAVX2(b *testing.B) {
	was := useAVX512
	defer func() { useAVX512 = was }()
	useAVX512 = false
	text := benchText(b)
	f := newFinder(b, signatures...)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		count(text, f)
	}
}
