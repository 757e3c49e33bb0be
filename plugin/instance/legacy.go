package instance

import (
	"github.com/authlens/authlens/engine"
	"github.com/authlens/authlens/engine/finding"
)

// A Legacy is what a closed instance knew: its windows, and the findings that it
// told and that are still open. A hot reload hands it to the instance of the new
// configuration, so that nothing is lost unseen and nothing is told twice.
type Legacy struct {
	aggregator *engine.Aggregator
	own        *finding.Finding // about ourselves; nil: all is well
	from       *Instance
}

// Legacy returns what i knew. Call it after Close, and once.
func (i *Instance) Legacy() Legacy { return Legacy{i.aggregator, i.metering.own.standing(), i} }

// Abandon says that nobody goes on with what i, which is closed, knew: the new configuration has
// no instance in its place, or that one did not start. It may take as long as the meter does.
func (i *Instance) Abandon() {
	i.guarded(func() {
		i.log.infof("no instance of the new configuration goes on with these windows; findings that were open: %d", i.aggregator.Stats().Open)
		if i.metering.reporter != nil {
			i.endSamples()
		}
	})
}

// Inherit makes i go on with a legacy. It reports false if i is closed: then another
// instance may have it.
func (i *Instance) Inherit(l Legacy) (taken bool) {
	select {
	case i.legacies <- l:
		return true
	case <-i.ctx.Done():
		return false
	}
}

// inherit is Inherit's part on the aggregation goroutine.
func (i *Instance) inherit(l Legacy) {
	i.guarded(func() {
		i.tell(i.aggregator.Adopt(l.aggregator, i.env.Now()))
		i.metering.own.adopt(l.own)
		i.adoptSamples(l.from)
		i.log.infof("goes on with the windows of the configuration before; findings open: %d", i.aggregator.Stats().Open)
	})
	i.step(false)
}
