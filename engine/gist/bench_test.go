package gist_test

import (
	"testing"

	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/gist"
	"github.com/authlens/authlens/engine/text"
)

func BenchmarkRead(b *testing.B) {
	var (
		g     gist.Gist
		texts [][]byte
		size  int64
	)
	for _, l := range enginetest.Storm(1 << 20) {
		t := text.Normalise(nil, []byte(l.Text))
		texts, size = append(texts, t), size+int64(len(t))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, t := range texts {
			g.Read(t)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(texts)), "ns/text")
}
