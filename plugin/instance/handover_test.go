package instance

import (
	"testing"
	"time"

	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/finding"
)

// A hot reload starts the new instance before it stops the old one. One failure
// before it and one after are a finding, and one that was told goes on as an
// update: nothing is lost, nothing told twice.
func TestHandOver(t *testing.T) {
	now := time.Now()
	tag := enginetest.FireLensTag(task, "reports")
	old := newWorld(t, options(t), Env{Name: "authlens.0"})
	old.Flush(tag, chunkOf(now, "reports", deniedLines(1)...))
	next := newWorld(t, options(t), Env{Name: "authlens.0"})
	old.HandOver(next.Instance)
	old.Close() // harmless
	if got := old.stdout.String(); got != "" {
		t.Fatalf("the old instance told one failure: %s", got)
	}
	next.Flush(tag, chunkOf(now.Add(time.Second), "reports", deniedLines(2)[1:]...))
	until(t, "a finding", func() bool { return len(next.stdout.findings(t)) == 1 })
	f := next.stdout.findings(t)[0]
	expectEqual(t, "reason", f.Reason, finding.First)
	expectEqual(t, "events", f.Counts.Events, int64(2))

	third := newWorld(t, options(t), Env{Name: "authlens.0"})
	next.HandOver(third.Instance)
	third.Flush(tag, chunkOf(now.Add(2*time.Second), "reports", deniedLines(3)[2:]...))
	third.Close()
	told := third.stdout.findings(t)
	if len(told) != 1 {
		t.Fatalf("the last instance told %d findings; want 1", len(told))
	}
	expectEqual(t, "reason", told[0].Reason, finding.Changed)
	expectEqual(t, "events", told[0].Counts.Events, int64(3))
	expectEqual(t, "fingerprint", told[0].Fingerprint, f.Fingerprint)
}

// A successor that is closed itself takes nothing over: then it is as at Close.
func TestHandOverToTheClosed(t *testing.T) {
	now := time.Now()
	old := newWorld(t, options(t), Env{})
	next := newWorld(t, options(t), Env{})
	next.Close()
	old.Flush(enginetest.FireLensTag(task, "reports"), chunkOf(now, "reports", deniedLines(2)...))
	old.HandOver(next.Instance)
	expectEqual(t, "findings told by the old instance", len(old.stdout.findings(t)), 1)
}
