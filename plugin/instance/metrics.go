package instance

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/engine/metric"
	"github.com/authlens/authlens/plugin/sink"
	"github.com/authlens/authlens/plugin/sink/cloudwatch"
	"github.com/authlens/authlens/plugin/sink/emf"
	"github.com/authlens/authlens/plugin/sink/stdout"
)

// metering is what an instance needs for metrics, in CloudWatch or in the log events
// of a sink.
type metering struct {
	series   *metric.Series
	encoder  *emf.Encoder
	reporter *reporter // nil: no metrics are wanted
	own      *ownFailure
	// inFindings says that findings themselves carry the metrics of their beginning and
	// end, which the reporter must not count a second time.
	inFindings bool

	mu     sync.Mutex
	source metric.Source // of the newest points or finding
}

// newMetering returns the metering of an instance that does not report yet.
func newMetering(cfg *conf.Config, now func() time.Time) (*metering, error) {
	series, err := metric.NewSeries(cfg.CloudWatchDimensions, cfg.CloudWatchCombinations)
	if err != nil {
		return nil, err
	}
	return &metering{series: series, encoder: emf.NewEncoder(cfg.CloudWatchNamespace, series, now)}, nil
}

// wantsMetrics reports whether anything is done with metrics. A recording has
// none: its tasks are not this one, and its time is over.
func (i *Instance) wantsMetrics() bool {
	return !i.env.Replay && (i.cfg.EMF || i.cfg.HasSink(conf.SinkCloudWatch))
}

// extra returns what findings carry at the sink of that name, or nil.
func (i *Instance) extra(name string) func(finding.Finding) []byte {
	if i.cfg.EMF && i.cfg.EMFSink() == name && i.wantsMetrics() {
		return i.metering.encoder.Members
	}
	return nil
}

// startReporter starts bringing metrics to where they are wanted.
func (i *Instance) startReporter() {
	if !i.wantsMetrics() {
		return
	}
	r := &reporter{
		meter: i.newMeter(), log: i.log, interval: i.cfg.CloudWatchInterval, now: i.env.Now, giveUp: i.printData, guard: i.guarded,
	}
	if i.cfg.HasSink(conf.SinkCloudWatch) {
		i.metering.own.asks = true
		r.tried = i.metering.own.tried
	} else {
		i.metering.inFindings = true
	}
	if i.cfg.CloudWatchStats {
		r.own = newOwnMetrics(i).data
	}
	i.metering.reporter = r
	r.start(i.metering.series)
}

// newMeter makes the configured meter.
func (i *Instance) newMeter() sink.Meter {
	switch {
	case i.cfg.HasSink(conf.SinkCloudWatch):
		return cloudwatch.New(cloudwatch.Options{
			Namespace:      i.cfg.CloudWatchNamespace,
			Region:         i.cfg.CloudWatchRegion,
			FallbackRegion: i.region,
			Endpoint:       i.cfg.CloudWatchEndpoint,
		})
	case i.cfg.EMFSink() == conf.SinkForward:
		return emf.NewMeter(i.metering.encoder, i.forward())
	default:
		return emf.NewMeter(i.metering.encoder, stdout.New(i.env.Stdout))
	}
}

// adoptSamples goes on with the samples that a closed instance took of open findings, if they
// go to the same metrics. Otherwise the closed instance ends them itself.
func (i *Instance) adoptSamples(from *Instance) {
	mine, its := i.metering.reporter, from.metering.reporter
	switch {
	case its == nil:
	case mine != nil && slices.Equal(i.metersTo(), from.metersTo()):
		mine.adopt(its)
	default:
		go from.guarded(from.endSamples)
	}
}

// metersTo says which metrics are written where.
func (i *Instance) metersTo() []string {
	if i.cfg.HasSink(conf.SinkCloudWatch) {
		return []string{conf.SinkCloudWatch, i.cfg.CloudWatchNamespace, i.cfg.CloudWatchRegion, i.region, i.cfg.CloudWatchEndpoint}
	}
	return []string{i.cfg.EMFSink(), i.cfg.CloudWatchNamespace, i.cfg.ForwardTo.String()}
}

// endSamples samples as zero whatever was last sampled as open, when i is closed and nobody
// goes on with it: an alarm would stay as it is otherwise.
func (i *Instance) endSamples() {
	data := i.metering.reporter.takeZeros()
	if len(data) == 0 {
		return
	}
	meter := i.newMeter()
	defer meter.Close()
	ctx, cancel := context.WithTimeout(context.Background(), measureTimeout)
	defer cancel()
	for len(data) > 0 {
		n, err := meter.Measure(ctx, data)
		if err != nil {
			i.log.warnf("metrics that could not be delivered: %d; they are printed to stdout: %v", len(data), err)
			i.printData(data)
			return
		}
		data = data[n:]
	}
}

// reportMetrics gives what was counted since the last time to the reporter.
func (i *Instance) reportMetrics() {
	m := i.metering
	if m.reporter == nil {
		return
	}
	points, open := i.aggregator.Metrics()
	if n := len(points); n > 0 {
		m.mu.Lock()
		m.source = metric.Source{Tag: points[n-1].Tag, Container: points[n-1].Key.Container}
		m.mu.Unlock()
	}
	if m.inFindings {
		for n := range points {
			points[n].Opened, points[n].Resolved = 0, 0
		}
	}
	m.reporter.add(points, open)
}

// lately returns where the newest failure came from: what concerns AuthLens itself is
// sent as if it came from there too.
func (m *metering) lately() metric.Source {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.source
}

// closeReporter delivers the metrics that wait, and prints what is still owed.
func (i *Instance) closeReporter() {
	r := i.metering.reporter
	if r == nil {
		return
	}
	if owed := r.close(i.grace(r.meter.Name())); len(owed) > 0 {
		i.log.warnf("metrics that could not be delivered in time: %d; they are printed to stdout", len(owed))
		i.printData(owed)
	}
}

// printData writes metrics to Stdout as log events.
func (i *Instance) printData(data []metric.Datum) {
	s := stdout.New(i.env.Stdout)
	defer s.Close()
	if lost, why := printEach(i.metering.encoder.Documents(data), s.WriteEvents); why != nil {
		n := 0
		for _, document := range lost {
			n += document.Data
		}
		i.log.errorf("metrics that may be lost: %d: %v", n, why)
	}
}
