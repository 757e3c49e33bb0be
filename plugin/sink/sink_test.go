package sink_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/plugin/sink"
)

func TestPermanent(t *testing.T) {
	cause := errors.New("refused")
	batch := []finding.Finding{{Fingerprint: "a"}, {Fingerprint: "b"}}
	f := func(name string, err error, permanent bool, refused int) {
		t.Helper()
		if got := sink.IsPermanent(err); got != permanent {
			t.Errorf("%s: permanent %t, want %t", name, got, permanent)
		}
		if got := len(sink.Refused(batch, err)); got != refused {
			t.Errorf("%s: %d of %d are refused, want %d", name, got, len(batch), refused)
		}
	}
	f("none", nil, false, 0)
	f("none, marked", sink.Permanent(nil), false, 0)
	f("none, marked for some", sink.PermanentFor(batch[:1], nil), false, 0)
	f("one that may pass", cause, false, 0)
	f("for good", sink.Permanent(cause), true, 2)
	f("for good, told of", fmt.Errorf("sending: %w", sink.Permanent(cause)), true, 2)
	f("for good, of one", sink.PermanentFor(batch[:1], cause), true, 1)
	if err := sink.Permanent(cause); !errors.Is(err, cause) || err.Error() != cause.Error() {
		t.Errorf("got %v, which is not the error that was marked", err)
	}
}
