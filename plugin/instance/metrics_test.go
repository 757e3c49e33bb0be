package instance

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tinylib/msgp/msgp"

	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/plugin/sink"
	"github.com/authlens/authlens/plugin/sink/cloudwatch/cloudwatchtest"
	"github.com/authlens/authlens/plugin/sink/emf/emftest"
)

// withMetrics returns options with an interval that a test has time for.
func withMetrics(t testing.TB, pairs ...string) conf.Config {
	t.Helper()
	cfg := options(t, pairs...)
	cfg.CloudWatchInterval = 20 * time.Millisecond
	return cfg
}

var reportsTag = enginetest.FireLensTag(task, "reports")

const (
	service      = "ClusterName=production TaskDefinitionFamily=shop-reports"
	serviceCause = service + " Cause=missing_permission"
)

// events returns the lines of b that are JSON, findings and metrics, and what
// CloudWatch makes of them: sums by name and dimensions.
func (b *buffer) events(t testing.TB) (findings []finding.Finding, sums map[string]float64) {
	t.Helper()
	sums = make(map[string]float64)
	for line := range strings.Lines(b.String()) {
		var f finding.Finding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatalf("not JSON: %v: %q", err, line)
		}
		if f.Schema != 0 {
			findings = append(findings, f)
		}
		if !strings.Contains(line, `"_aws"`) {
			continue
		}
		for _, m := range emftest.Read(t, []byte(line)) {
			for _, v := range m.Values {
				sums[m.Name+" "+m.Dimensions] += v
			}
		}
	}
	return findings, sums
}

// The same failures make the same metrics, whether we send them ourselves or
// CloudWatch reads them in the log events of a sink.
func TestMetricsByEveryWay(t *testing.T) {
	want := map[string]float64{
		"AuthenticationFailures " + service:      5,
		"AuthenticationFailures " + serviceCause: 5,
		"FindingsOpened " + service:              1,
		"FindingsOpened " + serviceCause:         1,
	}
	now := time.Now()
	// On a busy machine a first request takes longer than the grace of other tests.
	patient := func(pairs ...string) conf.Config {
		cfg := withMetrics(t, pairs...)
		cfg.ShutdownGrace = time.Minute
		return cfg
	}
	play := func(w *world) {
		w.Flush(reportsTag, chunkOf(now, "reports", deniedLines(2)...))
		w.Flush(reportsTag, chunkOf(now.Add(-time.Hour), "reports", deniedLines(5)[2:]...))
		w.Close()
	}
	expect := func(way string, got map[string]float64) {
		t.Helper()
		for name, n := range got { // samples of what is open are as many as there was time for
			if n == 0 || strings.HasPrefix(name, "OpenFindings") {
				delete(got, name)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: sums differ (-want +got):\n%s", way, diff)
		}
	}

	server := cloudwatchtest.New(t)
	w := newWorld(t, patient("sinks", "stdout,cloudwatch", "cloudwatch_endpoint", server.URL), Env{})
	play(w)
	sums := make(map[string]float64)
	windows := make(map[time.Time]bool)
	for _, r := range server.Requests() {
		for _, d := range r.Data {
			sums[d.Name+" "+d.Dimensions] += d.Sum()
			if d.Name == "AuthenticationFailures" {
				windows[d.Time] = true
			}
		}
	}
	expect("PutMetricData", sums)
	if !windows[now.UTC().Truncate(time.Minute)] || !windows[now.UTC().Add(-time.Hour).Truncate(time.Minute)] {
		t.Errorf("failures are in the minutes %v; want those of their records", windows)
	}
	told, _ := w.stdout.events(t)
	for _, f := range told { // as one snapshot or, where there was time between the flushes, as two
		expectEqual(t, "fingerprint of what is told", f.Fingerprint, told[0].Fingerprint)
	}

	w = newWorld(t, patient("sinks", "stdout", "emf", "on"), Env{})
	play(w)
	_, sums = w.stdout.events(t)
	expect("EMF on stdout", sums)

	address, received := input(t)
	w = newWorld(t, patient("forward_to", address, "forward_format", "json", "emf", "on"), Env{})
	play(w)
	var logs buffer
	for len(received) > 0 {
		record, _, err := msgp.ReadMapStrIntfBytes(<-received, nil)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&logs, record["log"])
	}
	fmt.Fprint(&logs, w.stdout.String()) // what was owed at the end
	_, sums = logs.events(t)
	expect("EMF by forward", sums)
}

func TestMetricsToNobody(t *testing.T) {
	cloudwatchtest.Setenv(t)
	t.Setenv("AWS_MAX_ATTEMPTS", "1")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	w := newWorld(t, withMetrics(t, "sinks", "cloudwatch", "cloudwatch_endpoint", "http://"+l.Addr().String()), Env{})
	w.Flush(reportsTag, chunkOf(time.Now(), "reports", deniedLines(4)...))
	w.Close()
	findings, printed := w.stdout.events(t)
	expectEqual(t, "printed", printed["AuthenticationFailures "+service], 4.0)
	expectEqual(t, "findings about ourselves", len(findings), 0)
	for _, want := range []string{"metrics that could not be delivered in time: ", "no sink takes findings: "} {
		if !strings.Contains(w.stderr.String(), want) {
			t.Errorf("expected %q in the log:\n%s", want, w.stderr.String())
		}
	}
}

// That AWS does not let us write metrics is a finding: told once, with the
// statement that is missing, and once more when it is over.
func TestFindingAboutOurselves(t *testing.T) {
	server := cloudwatchtest.New(t)
	server.Answers(cloudwatchtest.Denied())
	w := newWorld(t, withMetrics(t, "sinks", "stdout,cloudwatch", "cloudwatch_endpoint", server.URL, "cloudwatch_namespace", "Shop/AuthLens"), Env{})
	now := time.Now()
	own := func() (all []finding.Finding) {
		findings, _ := w.stdout.events(t)
		for _, f := range findings {
			if strings.Contains(f.Summary, "AuthLens' own metrics") {
				all = append(all, f)
			}
		}
		return all
	}
	w.Flush(reportsTag, chunkOf(now, "reports", deniedLines(2)...))
	until(t, "a storm of denials", func() bool { return server.Calls() >= 3 })
	until(t, "the finding about ourselves", func() bool { return len(own()) > 0 })
	server.Answers(cloudwatchtest.Accept)
	until(t, "its end", func() bool { return len(own()) > 1 })
	w.Close()

	all := own()
	if len(all) != 2 {
		t.Fatalf("told %d times, want when it begins and when it is over", len(all))
	}
	f := all[0]
	expectEqual(t, "state", f.State, finding.Open)
	expectEqual(t, "cause", f.Diagnosis.Cause, "missing_permission")
	expectEqual(t, "action", f.Facts.Action, "cloudwatch:PutMetricData")
	expectEqual(t, "tag", f.Scope.Tag, reportsTag)
	expectEqual(t, "container: it is no application's failure", f.Scope.Container, "")
	statement, err := json.Marshal(f.Diagnosis.Statement)
	if err != nil {
		t.Fatal(err)
	}
	var compact bytes.Buffer
	json.Compact(&compact, []byte(`{
		"Sid": "AuthLensMetrics", "Effect": "Allow", "Action": ["cloudwatch:PutMetricData"], "Resource": ["*"],
		"Condition": {"StringEquals": {"cloudwatch:namespace": "Shop/AuthLens"}}}`))
	expectEqual(t, "statement", string(statement), compact.String())
	expectEqual(t, "state in the end", all[1].State, finding.Resolved)
	expectEqual(t, "fingerprint in the end", all[1].Fingerprint, f.Fingerprint)
	if all[1].Counts.Events < 3 {
		t.Errorf("%d denials were counted, want 3 or more", all[1].Counts.Events)
	}
}

// What comes of the last metrics is printed: the sinks may be closed by then.
func TestFindingAboutOurselvesAtTheEnd(t *testing.T) {
	server := cloudwatchtest.New(t)
	server.Answers(cloudwatchtest.Denied())
	cfg := options(t, "sinks", "cloudwatch", "cloudwatch_endpoint", server.URL)
	cfg.CloudWatchInterval = time.Hour
	w := newWorld(t, cfg, Env{Sinks: []sink.Sink{&scripted{answer: accept}}})
	w.Flush(reportsTag, chunkOf(time.Now(), "reports", deniedLines(2)...))
	w.Close()
	findings, _ := w.stdout.events(t)
	if len(findings) != 1 || !strings.Contains(findings[0].Summary, "AuthLens' own metrics") {
		t.Errorf("printed %+v; want the finding about ourselves", findings)
	}
}

// What is about ourselves leaves by the output of a container that failed lately, and
// does not name it.
func TestTagOfFindingAboutOurselves(t *testing.T) {
	server := cloudwatchtest.New(t)
	w := newWorld(t, withMetrics(t, "sinks", "stdout,cloudwatch", "cloudwatch_endpoint", server.URL, "findings_tag", "{container}-firelens-findings"), Env{})
	defer w.Close()
	w.Flush(reportsTag, chunkOf(time.Now(), "reports", deniedLines(2)...))
	until(t, "a failure", func() bool { return w.metering.lately().Container != "" })
	f, ok := w.explainOwn(errors.New("AccessDenied: not authorized to perform: cloudwatch:PutMetricData"))
	expectEqual(t, "explained", ok, true)
	expectEqual(t, "container", f.Scope.Container, "")
	expectEqual(t, "tag", w.tagOf(f), "reports-firelens-findings")
}

// A hot reload tells neither that it began again nor forgets to tell its end.
func TestFindingAboutOurselvesOverReload(t *testing.T) {
	server := cloudwatchtest.New(t)
	server.Answers(cloudwatchtest.Denied())
	start := func(sinks string) *world {
		return newWorld(t, withMetrics(t, "sinks", sinks, "cloudwatch_endpoint", server.URL, "threshold", "1000"), Env{})
	}
	fail := func(w *world) { w.Flush(reportsTag, chunkOf(time.Now(), "reports", deniedLines(1)...)) }
	states := func(w *world) (states []finding.State) {
		findings, _ := w.stdout.events(t)
		for _, f := range findings {
			states = append(states, f.State)
		}
		return states
	}
	denied := func() *world {
		w := start("stdout,cloudwatch")
		fail(w)
		until(t, "the finding about ourselves", func() bool { return len(states(w)) == 1 })
		w.Close()
		return w
	}
	first := denied()
	second := start("stdout,cloudwatch")
	second.Inherit(first.Legacy())
	calls := server.Calls()
	fail(second)
	until(t, "denials", func() bool { return server.Calls() > calls+1 })
	server.Answers(cloudwatchtest.Accept)
	until(t, "its end", func() bool { return len(states(second)) > 0 })
	second.Close()
	if diff := cmp.Diff([]finding.State{finding.Resolved}, states(second)); diff != "" {
		t.Errorf("what the second told of what the first had told (-want +got):\n%s", diff)
	}

	server.Answers(cloudwatchtest.Denied())
	first = denied()
	second = start("stdout") // nobody asks AWS any more
	second.Inherit(first.Legacy())
	until(t, "its end without CloudWatch", func() bool { return len(states(second)) == 1 })
	expectEqual(t, "state without CloudWatch", states(second)[0], finding.Resolved)
}

// A deny that no Allow can mend comes without a statement, and another kind of
// failure is another finding.
func TestFindingAboutOurselvesByKind(t *testing.T) {
	server := cloudwatchtest.New(t)
	server.Answers(cloudwatchtest.Fail(403, "AccessDenied", "User: arn:aws:sts::123456789012:assumed-role/orders-task/1 is not authorized to perform: cloudwatch:PutMetricData with an explicit deny in a service control policy"))
	w := newWorld(t, withMetrics(t, "sinks", "cloudwatch", "cloudwatch_endpoint", server.URL), Env{})
	w.Flush(reportsTag, chunkOf(time.Now(), "reports", deniedLines(2)...))
	told := func(n int) []finding.Finding {
		var findings []finding.Finding
		until(t, fmt.Sprint(n, " findings"), func() bool {
			findings, _ = w.stdout.events(t)
			return len(findings) >= n
		})
		return findings
	}
	first := told(1)[0]
	if first.Diagnosis.Cause != "explicit_deny" || first.Diagnosis.Statement != nil {
		t.Errorf("cause %s, statement %v", first.Diagnosis.Cause, first.Diagnosis.Statement)
	}
	server.Answers(cloudwatchtest.Fail(403, "ExpiredToken", "The security token included in the request is expired"))
	second := told(3)[1:]
	if second[0].State != finding.Resolved || second[1].State != finding.Open || second[1].Diagnosis.Cause != "expired_token" {
		t.Errorf("told %s of %s, %s of %s", second[0].State, second[0].Diagnosis.Cause, second[1].State, second[1].Diagnosis.Cause)
	}
}

// Statistics about ourselves are metrics when asked for: what was done since
// the last time, not since the start.
func TestOwnMetrics(t *testing.T) {
	server := cloudwatchtest.New(t)
	w := newWorld(t, withMetrics(t, "sinks", "cloudwatch", "cloudwatch_endpoint", server.URL, "cloudwatch_stats", "on",
		"cluster", "production", "family", "router"), Env{})
	const own = "ClusterName=production TaskDefinitionFamily=router"
	for range 4 {
		w.Flush(reportsTag, chunkOf(time.Now(), "reports", ordinary, deniedLines(1)[0]))
	}
	until(t, "some requests", func() bool { return len(server.Requests()) > 2 })
	w.Close()
	sum := func(name string) float64 { return server.Sum(name, own) }
	expectEqual(t, "chunks", sum("ScannedChunks"), 4.0)
	expectEqual(t, "bytes", sum("ScannedBytes"), float64(w.Statistics().Scanned.Bytes))
	expectEqual(t, "matches", sum("Matches"), 4.0)
	expectEqual(t, "told", sum("FindingsTold"), float64(w.Statistics().Aggregated.Told))
	expectEqual(t, "dropped", sum("FindingsDropped"), 0.0)
	if sum("FlushTimeMax") < sum("FlushTimeP50") || sum("FlushTimeP50") <= 0 {
		t.Errorf("flush times: p50 %g, max %g", sum("FlushTimeP50"), sum("FlushTimeMax"))
	}
}
