package instance

import (
	"fmt"
	"strings"

	"github.com/authlens/authlens/engine"
)

// Statistics is what an instance did since it started.
type Statistics struct {
	Scanned    engine.Stats
	Aggregated engine.AggregatorStats
	OwnChunks  int64 // not scanned, because they carry the tag of findings
	Panics     int64
	Flush      FlushTimes
	Sinks      []SinkStatistics
	Meter      string // where metrics go; "" for nowhere
	Metrics    meterStats
}

// Statistics returns what the instance did so far.
func (i *Instance) Statistics() Statistics {
	i.statsMu.Lock()
	s := Statistics{Scanned: i.scanned, Aggregated: i.aggregated}
	i.statsMu.Unlock()
	s.OwnChunks, s.Panics, s.Flush = i.ownChunks.Load(), i.panics.Load(), i.flushTimes.times()
	for _, d := range i.dispatchers {
		s.Sinks = append(s.Sinks, SinkStatistics{d.sink.Name(), d.statistics()})
	}
	if r := i.metering.reporter; r != nil {
		s.Meter, s.Metrics = r.meter.Name(), r.statistics()
	}
	return s
}

// addStatistics adds what scans into c saw.
func (i *Instance) addStatistics(c *engine.Counts) {
	i.statsMu.Lock()
	defer i.statsMu.Unlock()
	i.scanned.Add(&c.Stats)
}

func (i *Instance) logStatistics() {
	s := i.Statistics()
	i.log.infof("statistics: %s", &s)
}

// SinkStatistics says what became of findings at one sink.
type SinkStatistics struct {
	Name string
	deliveryStats
}

// String is one line of names and numbers.
func (s *Statistics) String() string {
	var b strings.Builder
	in, out := &s.Scanned, &s.Aggregated
	fmt.Fprintf(&b, "chunks=%d bytes=%d candidates=%d matches=%d duplicates=%d own=%d broken=%d broken_bytes=%d odd=%d",
		in.Chunks, in.Bytes, in.Candidates, in.Matches, in.Duplicates, in.Own+s.OwnChunks, in.Broken, in.BrokenBytes, in.Odd)
	fmt.Fprintf(&b, " late=%d absurd_time=%d other=%d lost=%d streams_lost=%d marks_lost=%d unjudged=%d",
		out.Late, out.Absurd, in.Grouped+out.Grouped, in.Lost+out.Lost, in.StreamsLost, in.MarksLost, in.Unjudged)
	fmt.Fprintf(&b, " groups=%d open=%d told=%d untold=%d panics=%d", out.Groups, out.Open, out.Told, out.Untold, s.Panics)
	fmt.Fprintf(&b, " flush_p50=%v flush_p99=%v flush_max=%v", s.Flush.P50, s.Flush.P99, s.Flush.Max)
	for _, k := range s.Sinks {
		fmt.Fprintf(&b, " %[1]s.delivered=%[2]d %[1]s.waiting=%[3]d %[1]s.replaced=%[4]d %[1]s.failures=%[5]d %[1]s.refused=%[6]d %[1]s.dropped=%[7]d",
			k.Name, k.Delivered, k.Waiting, k.Replaced, k.Failures, k.Refused, k.Dropped)
	}
	if m := &s.Metrics; s.Meter != "" {
		fmt.Fprintf(&b, " %[1]s.metrics_delivered=%[2]d %[1]s.metrics_waiting=%[3]d %[1]s.metrics_failures=%[4]d %[1]s.metrics_refused=%[5]d %[1]s.metrics_dropped=%[6]d %[1]s.metrics_moved=%[7]d %[1]s.metrics_other=%[8]d",
			s.Meter, m.Delivered, m.Waiting, m.Failures, m.Refused, m.Dropped, m.Clamped+m.Folded, m.Others)
	}
	return b.String()
}
