package abitest

import (
	"slices"
	"testing"
	"time"

	"github.com/authlens/authlens/engine/enginetest"
)

// BenchmarkSinks tells how long flushes of 2 MB chunks take, through C, while
// the sink is healthy, its peer never reads, or nobody listens: the medians must
// be the same. An operation is a flush into each of the three, and one time in which the
// host reads the chunk: p99.9 of that is the machine's doing, not ours.
func BenchmarkSinks(b *testing.B) {
	lines := enginetest.Quiet(16 << 20)
	for i, failure := range enginetest.Storm(16 << 10) {
		lines[i*len(lines)/64%len(lines)].Text = failure.Text // always something to tell
	}
	file := write(b, "chunk", enginetest.Chunks(lines, enginetest.V2, 2_000_000)[0])
	s := newSession(b)
	sinks := []struct{ id, option string }{
		{"healthy", "sinks=stdout"},
		{"stalled", "forward_to=" + stalledPeer(b)},
		{"refusing", "forward_to=tcp://127.0.0.1:1"},
	}
	for _, sink := range sinks {
		options := []string{"threshold=1", "shutdown_grace=100ms", sink.option}
		if sink.id != "healthy" {
			options = append(options, "sinks=forward")
		}
		s.init(sink.id, options...)
	}
	// Turn by turn, so that what disturbs the machine disturbs all of them.
	const turn = 1000
	p50, p999 := map[string][]time.Duration{}, map[string][]time.Duration{}
	timed := []string{"healthy", "stalled", "refusing", Nobody}
	for left := b.N; left > 0; left -= turn {
		for _, id := range timed {
			storm, err := s.Storm(StackSmall, 1, min(turn, left), tagOf("app"), []string{file}, id)
			s.ok(err)
			p50[id], p999[id] = append(p50[id], storm.P50), append(p999[id], storm.P999)
		}
	}
	for _, id := range timed {
		slices.Sort(p50[id])
		slices.Sort(p999[id])
		median := p50[id][len(p50[id])/2]
		b.ReportMetric(float64(median.Microseconds()), id+"-p50-µs")
		b.ReportMetric(float64(p999[id][len(p999[id])/2])/float64(median), id+"-p99.9/p50")
	}
	for _, sink := range sinks {
		s.ok(s.Exit(sink.id))
	}
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
