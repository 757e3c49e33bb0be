package fluentbittest

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/fluent/fluent-logger-golang/fluent"
)

const appTag = "app-firelens-" + task

// fireLens writes the configuration of a task in awsvpc mode on EC2, with our
// conf/firelens.conf as its external file and the file output as the container's
// own, and returns its path.
func fireLens(t *testing.T, w workspace) string {
	t.Helper()
	a := agent{mode: "awsvpc", external: ours(t, w, ""), options: file()}
	return w.write("fluent-bit.conf", a.configuration(ports{freePort(t), freePort(t)}))
}

// A driver posts records as docker's fluentd log driver does.
type driver struct {
	t       *testing.T
	fluentd *fluent.Fluent
	tag     string
}

// connect waits until Fluent Bit listens and connects to it.
func connect(t *testing.T, p *process, socket string) driver {
	t.Helper()
	var fluentd *fluent.Fluent
	p.eventually("listening on "+socket, func() bool {
		var err error
		fluentd, err = fluent.New(fluent.Config{
			FluentNetwork: "unix", FluentSocketPath: socket, SubSecondPrecision: true,
			RequestAck: true, // What was logged before a signal to stop must not be overtaken by it.
		})
		return err == nil
	})
	t.Cleanup(func() { fluentd.Close() })
	return driver{t, fluentd, appTag}
}

// log posts one line; partial are further fields.
func (d driver) log(line string, partial ...string) {
	d.t.Helper()
	record := map[string]string{
		"log":            line,
		"source":         "stderr",
		"container_id":   strings.Repeat("4c5d6e7f", 8),
		"container_name": "/ecs-orders-7-app-a6b5c4d3e2f1a0b9c8d7",
	}
	for i := 0; i < len(partial); i += 2 {
		record[partial[i]] = partial[i+1]
	}
	if err := d.fluentd.PostWithTime(d.tag, time.Now(), record); err != nil {
		d.t.Fatal(err)
	}
}

// findingLine returns the line of the container's log that is a finding, or "" while there is
// none, or only a part of it: Fluent Bit writes long lines piece by piece.
func findingLine(log string) string {
	for line := range strings.Lines(log) {
		if strings.HasPrefix(line, appTag+"-authlens:") && strings.HasSuffix(line, "\n") {
			return line
		}
	}
	return ""
}

func TestFluentBitFireLens(t *testing.T) {
	forEach(t, func(t *testing.T, fb fluentBit) {
		w := newWorkspace(t)
		p := fb.start(t, "-c", fireLens(t, w))
		d := connect(t, p, w.path("fluent.sock"))

		d.log("GET /orders/403 200 403 0.003")
		d.log("read " + denial)
		d.log("authentication succeeded for user 403")
		// The second failure arrives cut in two by the runtime.
		cut := strings.Index(denial, "authorized")
		piece := func(ordinal, last string) []string {
			return []string{"partial_message", "true", "partial_id", strings.Repeat("9f", 32),
				"partial_ordinal", ordinal, "partial_last", last}
		}
		d.log("list "+denial[:cut], piece("1", "false")...)
		d.log(denial[cut:], piece("2", "true")...)

		// The threshold is passed in the flush that also brings the second
		// failure to the container's own output.
		p.eventually("second failure in the container's log", func() bool {
			return strings.Contains(w.read("app.log"), `partial_ordinal":"2"`)
		})
		passed := time.Now()
		var line string
		p.eventually("finding in the container's log", func() bool {
			line = findingLine(w.read("app.log"))
			return line != ""
		})
		t.Logf("the finding came out %v after the failure that passed the threshold (flush interval: 1 s)",
			time.Since(passed).Round(time.Millisecond))

		var got struct {
			Log    string `json:"log"`
			Title  string `json:"title"`
			Counts struct {
				Events int `json:"events"`
			} `json:"counts"`
			Cluster string `json:"ecs_cluster"` // FireLens decorates findings too
		}
		object := line[strings.IndexByte(line, '{'):]
		if err := json.NewDecoder(strings.NewReader(object)).Decode(&got); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		if got.Title == "" || got.Log == "" || got.Counts.Events != 2 || got.Cluster != "shop" {
			t.Errorf("got %+v; want a titled finding of 2 events in cluster shop, from\n%s", got, line)
		}

		// Our own findings name an error too; they are not counted again.
		time.Sleep(3 * time.Second)
		p.stop()
		if n := strings.Count(w.read("app.log"), appTag+"-authlens:"); n != 1 {
			t.Errorf("the log has %d findings; want the one", n)
		}
	})
}

// A task that dies at once still gets its finding out: beside its logs, or on
// stdout when Fluent Bit no longer takes anything in.
func TestFluentBitLastWords(t *testing.T) {
	for _, left := range []time.Duration{time.Second, 100 * time.Millisecond} {
		t.Run(left.String(), func(t *testing.T) {
			forEach(t, func(t *testing.T, fb fluentBit) {
				w := newWorkspace(t)
				p := fb.start(t, "-c", fireLens(t, w))
				d := connect(t, p, w.path("fluent.sock"))
				d.log("ready")
				p.eventually("first line of the container's log", func() bool { return w.read("app.log") != "" })
				d.log(denial)
				d.log(denial)
				time.Sleep(left)
				p.stop()
				beside, printed := findingLine(w.read("app.log")) != "", len(p.findings()) > 0
				if !beside && !printed {
					t.Error("the finding came out nowhere")
				}
				t.Logf("the finding came out beside the logs: %v, on stdout: %v", beside, printed)
			})
		})
	}
}
