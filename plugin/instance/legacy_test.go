package instance

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/plugin/sink/cloudwatch/cloudwatchtest"
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

// The metric of open findings ends as zero where a hot reload ends them: in the instance that
// goes on, in the closed one where that writes no metrics or others, or where none goes on.
func TestOpenFindingsEndAtReload(t *testing.T) {
	var server *cloudwatchtest.Server
	start := func(pairs ...string) *world {
		pairs = append([]string{"cloudwatch_endpoint", server.URL, "sinks", "stdout,cloudwatch"}, pairs...)
		return newWorld(t, withMetrics(t, pairs...), Env{})
	}
	samples := func() (all []float64) {
		for _, r := range server.Requests() {
			for _, d := range r.Data {
				if r.Namespace == "AuthLens" && d.Name == "OpenFindings" && d.Dimensions == service {
					all = append(all, d.Sum())
				}
			}
		}
		return all
	}
	open := func() *world {
		server = cloudwatchtest.New(t)
		w := start()
		w.Flush(reportsTag, chunkOf(time.Now(), "reports", deniedLines(2)...))
		until(t, "a sample", func() bool { return len(samples()) > 0 })
		w.Close()
		if all := samples(); all[len(all)-1] != 1 {
			t.Fatalf("samples before: %v", all)
		}
		return w
	}
	endsAsZero := func(how string) {
		t.Helper()
		until(t, "a zero: "+how, func() bool { all := samples(); return all[len(all)-1] == 0 })
	}

	open().Abandon()
	endsAsZero("nobody goes on")

	rules := filepath.Join(t.TempDir(), "rules.yaml")
	if err := os.WriteFile(rules, []byte("adjust:\n  - {rule: aws.access_denied, off: true}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	first := open()
	second := start("rules_file", rules)
	second.Inherit(first.Legacy())
	endsAsZero("its rule is gone")
	second.Close()

	first = open()
	start("sinks", "stdout").Inherit(first.Legacy())
	endsAsZero("no metrics any more")

	first = open()
	start("cloudwatch_namespace", "Another").Inherit(first.Legacy())
	endsAsZero("another namespace")

	// What goes on is not said to be over.
	first = open()
	second = start()
	before := len(samples())
	second.Inherit(first.Legacy())
	until(t, "further samples", func() bool { return len(samples()) > before+2 })
	second.Close()
	if slices.Contains(samples(), 0) {
		t.Errorf("samples of a finding that goes on: %v", samples())
	}

	// Without CloudWatch it is printed.
	first = open()
	server.Answers(cloudwatchtest.Denied())
	first.Abandon()
	if text := first.stdout.String(); !strings.Contains(text, `"OpenFindings":0`) {
		t.Errorf("printed: %s", text)
	}
}
