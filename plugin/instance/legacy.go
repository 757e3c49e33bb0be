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
}

// Legacy returns what i knew. Call it after Close, and once.
func (i *Instance) Legacy() Legacy { return Legacy{i.aggregator, i.metering.own.standing()} }

// Inherit makes i go on with a legacy. It reports false when i is closed: then another
// may have it.
func (i *Instance) Inherit(l Legacy) (taken bool) {
	select {
	case i.legacies <- l:
		return true
	case <-i.ctx.Done():
		return false
	}
}

// inherit is Inherit's end on the aggregation goroutine.
func (i *Instance) inherit(l Legacy) {
	i.guarded(func() {
		i.tell(i.aggregator.Adopt(l.aggregator, i.env.Now()))
		i.metering.own.adopt(l.own)
		i.log.infof("goes on with the windows of the configuration before; findings open: %d", i.aggregator.Stats().Open)
	})
	i.step(false)
}
