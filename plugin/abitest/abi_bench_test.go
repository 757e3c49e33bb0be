package abitest

import (
	"testing"
	"time"

	"github.com/authlens/authlens/engine/enginetest"
)

// BenchmarkStalledSink tells how long a flush takes, through C, while a sink is
// healthy and while its peer never reads: the ratio of the two must be one.
func BenchmarkStalledSink(b *testing.B) {
	file := stormChunk(b)
	s := newSession(b)
	s.init("healthy")
	s.init("stalled", "sinks=forward", "forward_to="+stalledPeer(b), "shutdown_grace=100ms")
	var healthy, stalled time.Duration
	for b.Loop() {
		for id, sum := range map[string]*time.Duration{"healthy": &healthy, "stalled": &stalled} {
			storm, err := s.Storm(StackSmall, 1, 50, tagOf("app"), []string{file}, id)
			s.ok(err)
			*sum += storm.P50
		}
	}
	b.ReportMetric(float64(stalled)/float64(healthy), "stalled/healthy")
	b.ReportMetric(float64(healthy.Nanoseconds())/float64(b.N), "ns/flush")
	s.ok(s.Exit("stalled"))
	s.ok(s.Exit("healthy"))
}

// BenchmarkFlush times flushes of Fluent Bit's usual 2 MB chunks as it sees
// them: through C, on a coroutine stack. Its own metrics leave out what the host
// does around the call; p99.9 against the median shows what Go's collector and
// scheduler add.
func BenchmarkFlush(b *testing.B) {
	const textSize = 16 << 20 // of all tags together: enough for a whole chunk of one
	for name, lines := range map[string][]enginetest.Line{
		"quiet": enginetest.Quiet(textSize),
		"storm": enginetest.Storm(textSize),
	} {
		chunk := enginetest.Chunks(lines, enginetest.V2, 2<<20)[0]
		b.Run(name, func(b *testing.B) {
			file := write(b, name, chunk)
			s := newSession(b)
			s.init("a")
			storm, err := s.Storm(StackSmall, 1, b.N, tagOf("app"), []string{file}, "a")
			s.ok(err)
			b.ReportMetric(float64(len(chunk))/storm.P50.Seconds()/1e6, "flush-MB/s")
			b.ReportMetric(float64(storm.P50.Nanoseconds()), "p50-ns")
			b.ReportMetric(float64(storm.P999)/float64(storm.P50), "p99.9/p50")
		})
	}
}
