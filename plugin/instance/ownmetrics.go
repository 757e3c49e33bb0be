package instance

import (
	"time"

	"github.com/authlens/authlens/engine/metric"
)

// ownMetrics turns our own statistics into metrics, by the cluster and the task
// definition family that we run in.
type ownMetrics struct {
	instance   *Instance
	dimensions []metric.Dimension
	before     Statistics
	flushes    flushCounts
}

func newOwnMetrics(i *Instance) *ownMetrics {
	return &ownMetrics{instance: i, dimensions: []metric.Dimension{
		{Name: "ClusterName", Value: metric.Clean(i.where.Cluster)},
		{Name: "TaskDefinitionFamily", Value: metric.Clean(i.where.Family)},
	}}
}

// data returns what was done since the previous call and, except at the last one,
// how things stand.
func (o *ownMetrics) data(now time.Time, last bool) []metric.Datum {
	s := o.instance.Statistics()
	flushes := o.instance.flushTimes.counts()
	times := o.instance.flushTimes.between(&o.flushes, &flushes)
	source := o.instance.metering.lately()

	var data []metric.Datum
	add := func(name string, unit metric.Unit, value float64) {
		data = append(data, metric.Datum{
			Name: name, Unit: unit, Dimensions: o.dimensions, Time: now.UTC().Truncate(time.Minute),
			Values: []float64{value}, Source: source,
		})
	}
	total := func(name string, unit metric.Unit, of func(*Statistics) int64) {
		if n := of(&s) - of(&o.before); n > 0 {
			add(name, unit, float64(n))
		}
	}
	total("ScannedChunks", metric.Count, func(s *Statistics) int64 { return s.Scanned.Chunks })
	total("ScannedBytes", metric.Bytes, func(s *Statistics) int64 { return s.Scanned.Bytes })
	total("Candidates", metric.Count, func(s *Statistics) int64 { return s.Scanned.Candidates })
	total("Matches", metric.Count, func(s *Statistics) int64 { return s.Scanned.Matches })
	total("FindingsTold", metric.Count, func(s *Statistics) int64 { return s.Aggregated.Told })
	total("FindingsDropped", metric.Count, func(s *Statistics) int64 { return s.sum(func(d *deliveryStats) int64 { return d.Dropped }) })
	total("DeliveryFailures", metric.Count, func(s *Statistics) int64 {
		return s.Metrics.Failures + s.sum(func(d *deliveryStats) int64 { return d.Failures })
	})
	if !last {
		add("Groups", metric.Count, float64(s.Aggregated.Groups))
		add("FindingsWaiting", metric.Count, float64(s.sum(func(d *deliveryStats) int64 { return int64(d.Waiting) })))
	}
	if times.Max > 0 {
		add("FlushTimeP50", metric.Microseconds, microseconds(times.P50))
		add("FlushTimeP99", metric.Microseconds, microseconds(times.P99))
		add("FlushTimeMax", metric.Microseconds, microseconds(times.Max))
	}
	o.before, o.flushes = s, flushes
	return data
}

func microseconds(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }

// sum adds up a counter over the sinks.
func (s *Statistics) sum(of func(*deliveryStats) int64) int64 {
	var n int64
	for i := range s.Sinks {
		n += of(&s.Sinks[i].deliveryStats)
	}
	return n
}
