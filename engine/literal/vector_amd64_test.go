//go:build !purego

package literal

import "testing"

var engines []engine

func init() {
	if useVector {
		engines = append(engines, engine{"avx2", placesAVX2, (*filter).bucketsAt})
	}
	if useAVX512 {
		engines = append(engines, engine{"avx512", placesAVX512, (*filter).halvesAt})
	}
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
