package fluentbittest

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/plugin/sink/cloudwatch/cloudwatchtest"
	"github.com/authlens/authlens/plugin/sink/emf/emftest"
)

// What metrics of a task's own failures are told apart by.
const ordersMetrics = "ClusterName=shop TaskDefinitionFamily=orders Cause=missing_permission"

// toCloudWatch is an [OUTPUT] that writes metrics to server.
func toCloudWatch(server *cloudwatchtest.Server) string {
	return instanceTo("stdout,cloudwatch", "shop", "family orders", "cloudwatch_endpoint "+server.URL,
		"cloudwatch_interval 10s", "cloudwatch_namespace Shop/AuthLens")
}

// Failures become metrics in CloudWatch while Fluent Bit runs, and what is left
// when it ends.
func TestFluentBitCloudWatch(t *testing.T) {
	forEach(t, func(t *testing.T, fb fluentBit) {
		w := newWorkspace(t)
		server := cloudwatchtest.Start(t)
		p := fb.startWith(t, cloudwatchtest.Environment(), "-e", "{lib}", "-c", w.write("main.conf", quick+`
[INPUT]
    Name forward
    unix_path {dir}/fluent.sock
`+toCloudWatch(server)))
		failures := func() float64 { return server.Sum("AuthenticationFailures", ordersMetrics) }
		d := connect(t, p, w.path("fluent.sock"))
		for range 3 {
			d.log(denial)
		}
		p.eventually("metrics in CloudWatch", func() bool { return failures() == 3 })
		d.log(denial)
		p.stop()
		if n := failures(); n != 4 {
			t.Errorf("CloudWatch counts %g failures of 4", n)
		}
		if n := server.Sum("FindingsOpened", ordersMetrics); n != 1 {
			t.Errorf("CloudWatch counts %g findings, want 1", n)
		}
		for _, r := range server.Requests() {
			if r.Namespace != "Shop/AuthLens" {
				t.Errorf("metrics are in the namespace %s", r.Namespace)
			}
		}
	})
}

// That the role of the task may not write metrics is a finding, once, with the
// statement that it lacks; and the metrics are printed.
func TestFluentBitCloudWatchDenies(t *testing.T) {
	forEach(t, func(t *testing.T, fb fluentBit) {
		w := newWorkspace(t)
		server := cloudwatchtest.Start(t)
		server.Answers(cloudwatchtest.Denied())
		p := fb.startWith(t, cloudwatchtest.Environment(), "-e", "{lib}", "-c", w.write("main.conf", quick+failures+toCloudWatch(server)))
		own := func() (own []finding.Finding) {
			for _, f := range p.findings() {
				if f.Facts.Action == "cloudwatch:PutMetricData" {
					own = append(own, f)
				}
			}
			return own
		}
		p.eventually("finding about ourselves", func() bool { return len(own()) > 0 })
		p.stop() // tries once more
		if server.Calls() < 2 || len(own()) != 1 {
			t.Fatalf("%d denials were told %d times; want 2 or more, told once", server.Calls(), len(own()))
		}
		got, err := json.Marshal(own()[0].Diagnosis.Statement)
		if err != nil {
			t.Fatal(err)
		}
		const want = `{"Sid":"AuthLensMetrics","Effect":"Allow","Action":["cloudwatch:PutMetricData"],"Resource":["*"],` +
			`"Condition":{"StringEquals":{"cloudwatch:namespace":"Shop/AuthLens"}}}`
		if string(got) != want {
			t.Errorf("statement %s, want %s", got, want)
		}
		if n := events(t, p.stdout.String())["AuthenticationFailures"]; n == 0 {
			t.Error("no metrics were printed")
		}
	})
}

// events returns the sums of the metrics in log events in the embedded metric
// format, as CloudWatch makes them of the lines of text.
func events(t *testing.T, text string) map[string]float64 {
	t.Helper()
	sums := make(map[string]float64)
	for line := range strings.Lines(text) {
		if !strings.Contains(line, `"_aws":`) {
			continue
		}
		for _, m := range emftest.Read(t, []byte(line)) {
			for _, v := range m.Values {
				if m.Dimensions == ordersMetrics {
					sums[m.Name] += v
				}
			}
		}
	}
	return sums
}

// Log events with metrics go home by forward and out by another output as they
// should: as fields of a record, or as the text of its log.
func TestFluentBitEMF(t *testing.T) {
	for format, output := range map[string]string{
		"record": "Format plain",                        // as cloudwatch_logs with log_format json/emf
		"json":   "Format template\n    Template {log}", // as cloudwatch_logs with log_key log
	} {
		t.Run(format, func(t *testing.T) {
			forEach(t, func(t *testing.T, fb fluentBit) {
				w := newWorkspace(t)
				p := fb.start(t, "-e", "{lib}", "-c", w.write("main.conf", quick+`
[INPUT]
    Name forward
    unix_path {dir}/fluent.sock
[OUTPUT]
    Name  file
    Match *-authlens
    Path  {dir}
    File  events
    `+output+"\n"+instanceTo("forward", "shop", "family orders", "emf on", "cloudwatch_interval 10s",
					"forward_to unix://{dir}/fluent.sock", "forward_format "+format)))
				d := connect(t, p, w.path("fluent.sock"))
				for range 3 {
					d.log(denial)
				}
				p.eventually("events with metrics", func() bool {
					return strings.Contains(w.read("events"), "AuthenticationFailures") && strings.HasSuffix(w.read("events"), "\n")
				})
				p.stop()
				// What is owed at the end is printed.
				sums := events(t, w.read("events")+p.stdout.String())
				if sums["AuthenticationFailures"] != 3 || sums["FindingsOpened"] != 1 {
					t.Errorf("CloudWatch makes %v of the events; want 3 AuthenticationFailures and 1 FindingsOpened from\n%s", sums, w.read("events"))
				}
			})
		})
	}
}
