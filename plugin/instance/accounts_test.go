package instance

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/plugin/sink"
)

// A fickle sink takes findings, or fails in every way in which a sink can.
type fickle struct {
	rng  *rand.Rand
	deaf bool          // returns when it is released, whatever its context says
	held chan struct{} // closed to release it
}

func (s *fickle) Name() string { return "fickle" }
func (s *fickle) Close() error { return nil }

func (s *fickle) Deliver(ctx context.Context, batch []finding.Finding) error {
	why := errors.New("fickle")
	switch s.rng.IntN(7) {
	case 0:
		return why
	case 1:
		return sink.Permanent(why)
	case 2:
		return sink.PermanentFor(batch[:1], why)
	case 3:
		<-ctx.Done()
		return ctx.Err()
	case 4:
		panic(why)
	case 5:
		if s.deaf {
			<-s.held
			return why
		}
	}
	return nil
}

// Whatever a sink does, and however it ends, each snapshot is counted once: as delivered,
// replaced, refused, dropped, or owed.
func TestDispatcherAccountsForEverySnapshot(t *testing.T) {
	for seed := range uint64(200) {
		synctest.Test(t, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 1))
			s := &fickle{rng: rand.New(rand.NewPCG(seed, 2)), deaf: seed%2 == 1, held: make(chan struct{})}
			refused := 0
			d := newDispatcher(s, 5, newLogger(io.Discard, time.Now, "", levelError), func(all []finding.Finding) { refused += len(all) })
			put := 0
			for range 1 + rng.IntN(40) {
				var some []finding.Finding
				for range rng.IntN(4) {
					some = append(some, finding.Finding{Fingerprint: fmt.Sprint(rng.IntN(9)), State: finding.Update, Reason: finding.Changed})
				}
				d.enqueue(some)
				put += len(some)
				time.Sleep(time.Duration(rng.IntN(3000)) * time.Millisecond)
			}
			owed := d.close(time.Second)
			got := d.statistics()
			if sum := int(got.Delivered+got.Replaced+got.Refused+got.Dropped) + len(owed); sum != put || int(got.Refused) != refused || got.Waiting != 0 {
				t.Errorf("seed %d: %d snapshots are counted as %d, %d given up: %+v, %d owed", seed, put, sum, refused, got, len(owed))
			}
			close(s.held)
		})
	}
}
