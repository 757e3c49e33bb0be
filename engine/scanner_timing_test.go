package engine

import (
	"fmt"
	"strings"
	"testing"

	"github.com/authlens/authlens/engine/enginetest"
)

// BenchmarkScan shows the whole data plane on five kinds of log, in both
// orders. A chunk is 2 MB at most, as Fluent Bit's are.
func BenchmarkScan(b *testing.B) {
	corpora := []struct {
		name  string
		lines []enginetest.Line
	}{
		{"quiet", enginetest.Quiet(4 << 20)},
		{"nearmiss", enginetest.NearMiss(4 << 20)},
		{"wide", enginetest.Wide(4 << 20)},
		{"storm", enginetest.Storm(4 << 20)},
		{"scattered", enginetest.Scattered(4 << 20)},
	}
	for _, corpus := range corpora {
		chunks := enginetest.TaggedChunks(corpus.lines, enginetest.V2, 2_000_000)
		var size int64
		for _, c := range chunks {
			size += int64(len(c.Bytes))
		}
		for _, order := range []struct {
			name      string
			walkFirst bool
		}{{"sweep", false}, {"walk", true}} {
			b.Run(corpus.name+"/"+order.name, func(b *testing.B) {
				s, _ := newEngine(b, ScannerOptions{WalkFirst: order.walkFirst})
				c := NewCounts()
				b.SetBytes(size)
				b.ReportAllocs()
				for b.Loop() {
					for _, chunk := range chunks {
						s.Scan(chunk.Tag, chunk.Bytes, c)
						c.Reset()
					}
				}
				b.ReportMetric(float64(len(corpus.lines)*b.N)/b.Elapsed().Seconds(), "records/s")
			})
		}
	}
}

// BenchmarkOneRecord shows a chunk of one record, which is what an idle container sends: what
// a scan takes besides its records.
func BenchmarkOneRecord(b *testing.B) {
	var chunk enginetest.ChunkBuilder
	chunk.Append(1_700_000_000, 0, enginetest.FireLens(taskA, "api", "GET /healthz 200", "stdout")...)
	s, _ := newEngine(b, ScannerOptions{})
	c := NewCounts()
	for b.Loop() {
		s.Scan("api-firelens-"+taskA, chunk.Bytes(), c)
		c.Reset()
	}
}

// BenchmarkHostile shows records that repeat the evidence of rules with conditions:
// their cost for each byte does not grow with their length.
func BenchmarkHostile(b *testing.B) {
	for _, piece := range []string{"credentials are missing ", "Error retrieving metadata token ", "致命错误 ", "InvalidAccessKeyId "} {
		for _, size := range []int{4 << 10, 32 << 10, 256 << 10} {
			text := strings.Repeat(piece, size/len(piece)) + " level=debug"
			var chunk enginetest.ChunkBuilder
			chunk.Append(1_700_000_000, 0, enginetest.FireLens(taskA, "api", text, "stderr")...)
			b.Run(fmt.Sprintf("%s/%dK", strings.Fields(piece)[0], size>>10), func(b *testing.B) {
				s, _ := newEngine(b, ScannerOptions{})
				c := NewCounts()
				b.SetBytes(int64(len(chunk.Bytes())))
				for b.Loop() {
					s.Scan("api-firelens-"+taskA, chunk.Bytes(), c)
					c.Reset()
				}
			})
		}
	}
}
