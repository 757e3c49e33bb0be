//go:build !purego

package literal

import "testing"

var engines []engine

func init() {
	if useVector {
		engines = append(engines, engine{"avx2", firstBlockAVX2, (*filter).bucketsAt})
	}
	if useAVX512 {
		engines = append(engines, engine{"avx512", firstBlockAVX512, (*filter).partsAt})
	}
}

// BenchmarkNextAVX2 is BenchmarkNext/finder where there is no AVX-512.
func BenchmarkNextAVX2(b *testing.B) {
	was := useAVX512
	defer func() { useAVX512 = was }()
	useAVX512 = false
	text := benchText(b)
	f := newFinder(b, signatures...)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		count(text, f.Next)
	}
}
