package instance

import (
	"context"
	"crypto/rand"
	"io"
	"net"
	"os"
	"sync"
	"time"

	"github.com/authlens/authlens/plugin/sink"
)

// Env is the world that an instance lives in. The zero value is the real one.
type Env struct {
	Name   string    // of the instance, in log lines; may be empty
	Stdout io.Writer // findings
	Stderr io.Writer // log lines
	Now    func() time.Time
	Getenv func(string) string
	Dial   func(ctx context.Context, network, address string) (net.Conn, error)
	// Marker is the value under forward.MarkerKey in forwarded findings. Default:
	// the same for every instance of this process, so that instances know each
	// other's findings, even across a hot reload.
	Marker string
	// Sinks replaces the configured sinks.
	Sinks []sink.Sink
	// Replay is for a recording that is played faster than it was made. Now
	// tells the recording's time; Flush judges and delivers before it returns,
	// so that what is told does not depend on the machine's speed; and no
	// endpoint is asked, since the recorded tasks are not this one.
	Replay bool
}

// processMarker cannot be guessed by an application that wants to hide its records.
var processMarker = sync.OnceValue(rand.Text)

func (e Env) orReal() Env {
	if e.Marker == "" {
		e.Marker = processMarker()
	}
	if e.Stdout == nil {
		e.Stdout = os.Stdout
	}
	if e.Stderr == nil {
		e.Stderr = os.Stderr
	}
	if e.Now == nil {
		e.Now = time.Now
	}
	if e.Getenv == nil {
		e.Getenv = os.Getenv
	}
	if e.Dial == nil {
		e.Dial = new(net.Dialer).DialContext
	}
	return e
}
