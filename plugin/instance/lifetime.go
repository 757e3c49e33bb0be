package instance

import (
	"context"
	"time"
)

// overtime is how long close waits for a goroutine that ignores the end of its context.
const overtime = 250 * time.Millisecond

// A lifetime is that of a goroutine, which is given some time to end.
type lifetime struct {
	ctx     context.Context // ended when that time is over
	end     context.CancelFunc
	closing chan struct{} // closed by close
	done    chan struct{} // closed when the goroutine has ended
}

func newLifetime() *lifetime {
	l := &lifetime{closing: make(chan struct{}), done: make(chan struct{})}
	l.ctx, l.end = context.WithCancel(context.Background())
	return l
}

// start runs f on the goroutine.
func (l *lifetime) start(f func()) {
	go func() {
		defer close(l.done)
		f()
	}()
}

// close asks the goroutine to end within grace and reports whether it has. One that
// has not is left behind.
func (l *lifetime) close(grace time.Duration) (ended bool) {
	close(l.closing)
	defer l.end()
	deadline := time.AfterFunc(grace, l.end)
	defer deadline.Stop()
	late := time.NewTimer(grace + overtime)
	defer late.Stop()
	select {
	case <-l.done:
		return true
	case <-late.C:
		return false
	}
}

// isClosing reports whether close was called.
func (l *lifetime) isClosing() bool {
	select {
	case <-l.closing:
		return true
	default:
		return false
	}
}
