package instance

import (
	"testing"
	"time"

	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/finding"
)

// One failure before a hot reload and one after it are a finding, and one that
// was told before goes on as an update: nothing is lost, nothing told twice.
func TestLegacy(t *testing.T) {
	now := time.Now()
	tag := enginetest.FireLensTag(task, "reports")
	first := newWorld(t, options(t), Env{})
	first.Flush(tag, chunkOf(now, "reports", deniedLines(1)...))
	first.Close()
	if got := first.stdout.String(); got != "" {
		t.Fatalf("one failure was told: %s", got)
	}

	second := newWorld(t, options(t), Env{})
	expectEqual(t, "taken", second.Inherit(first.Legacy()), true)
	second.Flush(tag, chunkOf(now.Add(time.Second), "reports", deniedLines(2)[1:]...))
	until(t, "a finding", func() bool { return len(second.stdout.findings(t)) == 1 })
	f := second.stdout.findings(t)[0]
	expectEqual(t, "reason", f.Reason, finding.First)
	expectEqual(t, "events", f.Counts.Events, int64(2))
	second.Close()

	third := newWorld(t, options(t), Env{})
	third.Inherit(second.Legacy())
	third.Flush(tag, chunkOf(now.Add(2*time.Second), "reports", deniedLines(3)[2:]...))
	third.Close()
	told := append(second.stdout.findings(t), third.stdout.findings(t)...)
	if len(told) != 2 {
		t.Fatalf("%d findings were told in all; want the first and an update: %+v", len(told), told)
	}
	expectEqual(t, "reason", told[1].Reason, finding.Changed)
	expectEqual(t, "events", told[1].Counts.Events, int64(3))
	expectEqual(t, "fingerprint", told[1].Fingerprint, f.Fingerprint)
}

func TestLegacyOfTheClosed(t *testing.T) {
	first := newWorld(t, options(t), Env{})
	first.Close()
	second := newWorld(t, options(t), Env{})
	second.Close()
	if second.Inherit(first.Legacy()) {
		t.Error("a closed instance took what another one may need")
	}
}

// What one instance hands on about itself is the other's: a meter that was left behind
// may still report to the first.
func TestLegacyAboutOurselvesIsACopy(t *testing.T) {
	first, second := &ownFailure{told: &finding.Finding{Counts: finding.Counts{Events: 1}}}, &ownFailure{asks: true}
	second.adopt(first.standing())
	first.told.Counts.Events++
	expectEqual(t, "events", second.told.Counts.Events, int64(1))
}
