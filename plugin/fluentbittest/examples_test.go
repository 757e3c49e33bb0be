package fluentbittest

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/fluent/fluent-logger-golang/fluent"
	"github.com/goccy/go-yaml"
)

// example reads a configuration of examples/ and makes changes in it: text to
// find, which must be there, and what to put in its place.
func example(t *testing.T, name string, changes ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "examples", name))
	if err != nil {
		t.Fatal(err)
	}
	return changed(t, name, string(text), changes...)
}

func changed(t *testing.T, name, text string, changes ...string) string {
	t.Helper()
	for i := 0; i < len(changes); i += 2 {
		if !strings.Contains(text, changes[i]) {
			t.Fatalf("%s: expected %q in it", name, changes[i])
		}
		text = strings.ReplaceAll(text, changes[i], changes[i+1])
	}
	return text
}

// shipped puts a file, whose lines are tag: record, in the place of the
// cloudwatch_logs output of a configuration.
func shipped(text string) string {
	output := regexp.MustCompile(`(?s)Name +cloudwatch_logs\n( +Match [^\n]*\n).*?(\n\n|$)`)
	return output.ReplaceAllString(text, "Name file\n${1}    Path {dir}\n    File all.log\n$2")
}

// findingOf returns the first finding among the lines of a file output.
func findingOf(log string) string {
	for line := range strings.Lines(log) {
		if strings.Contains(line, `"fingerprint":"`) {
			return line
		}
	}
	return ""
}

// Tasks' log routers forward to aggregators, one of which is down; the burst
// over three tasks is one critical finding.
func TestFluentBitAggregator(t *testing.T) {
	forEach(t, func(t *testing.T, fb fluentBit) {
		w := newWorkspace(t)
		port, nobody := freePort(t), freePort(t)
		w.write("plugins.conf", "[PLUGINS]\n    Path {lib}\n")
		aggregator := shipped(example(t, "aggregator/fluent-bit.conf",
			"/authlens/plugins.conf", "{dir}/plugins.conf",
			"0.0.0.0", "127.0.0.1",
			"24224", fmt.Sprint(port),
			"/var/run/authlens.sock", "{dir}/authlens.sock"))
		p := fb.start(t, "-c", w.write("aggregator.conf", aggregator))

		upstream := w.write("upstream.conf", example(t, "aggregator/upstream.conf",
			"aggregator-a.shop.internal\n    port  24224", fmt.Sprint("127.0.0.1\n    port ", nobody),
			"aggregator-b.shop.internal\n    port  24224", fmt.Sprint("127.0.0.1\n    port ", port)))
		sidecar := w.write("sidecar.conf", example(t, "aggregator/sidecar.conf", "/authlens/upstream.conf", upstream))
		for n := range 3 {
			task := fmt.Sprintf("%032x", n+1)
			dir := newWorkspace(t)
			a := agent{mode: "host", external: sidecar}
			router := fb.start(t, "-c", dir.write("fluent-bit.conf",
				strings.ReplaceAll(a.configuration(ports{}), "task/shop/0f9b3c1d2e4a5b6c7d8e9f0a1b2c3d4e", "task/shop/"+task)))
			d := connect(t, router, dir.path("fluent.sock"))
			d.tag = "app-firelens-" + task
			// The node that is down costs a retry of the chunk, so there are more.
			for range 4 {
				d.log("ExpiredTokenException: The security token included in the request is expired")
				time.Sleep(1200 * time.Millisecond)
			}
		}
		var line string
		p.eventually("critical finding", func() bool {
			for l := range strings.Lines(w.read("all.log")) {
				if strings.Contains(l, `"severity":"critical"`) {
					line = l
					return true
				}
			}
			return false
		})
		if !strings.Contains(line, `"tasks":3`) {
			t.Errorf("expected three tasks: %s", line)
		}
		p.stop()
	})
}

// One router for a machine: Docker's log files, and what the ecs filter adds.
func TestFluentBitDaemon(t *testing.T) {
	const container = "4c5d6e7f4c5d6e7f4c5d6e7f4c5d6e7f4c5d6e7f4c5d6e7f4c5d6e7f4c5d6e7f"
	ecsFilter := regexp.MustCompile(`(?s)Name +ecs\n.*?\n\n`)
	forEach(t, func(t *testing.T, fb fluentBit) {
		w := newWorkspace(t)
		w.write("plugins.conf", "[PLUGINS]\n    Path {lib}\n")
		text := shipped(example(t, "ec2/daemon/fluent-bit.conf",
			"/authlens/plugins.conf", "{dir}/plugins.conf",
			"/var/lib/docker/containers", "{dir}",
			"    DB                /var/lib/fluent-bit/tail.db\n", "    Read_from_Head on\n",
			"/var/run/authlens.sock", "{dir}/authlens.sock"))
		// What the agent of the machine would say.
		text = ecsFilter.ReplaceAllString(text, `Name record_modifier
    Match ecs.*
    Record ecs_cluster shop
    Record ecs_task_arn arn:aws:ecs:eu-west-1:123456789012:task/shop/`+task+`
    Record ecs_task_definition orders
    Record container_name app

`)
		p := fb.start(t, "-c", w.write("main.conf", text))
		if err := os.Mkdir(w.path(container), 0o700); err != nil {
			t.Fatal(err)
		}
		docker := func(line string, ends bool) string {
			if ends {
				line += `\n`
			}
			return fmt.Sprintf(`{"log":"%s","stream":"stderr","time":"%s"}`+"\n", line, time.Now().UTC().Format(time.RFC3339Nano))
		}
		cut := strings.Index(denial, "authorized")
		w.write(filepath.Join(container, container+"-json.log"),
			docker("starting", true)+docker(denial, true)+docker(denial[:cut], false)+docker(denial[cut:], true))
		var line string
		p.eventually("finding among the logs", func() bool {
			line = findingOf(w.read("all.log"))
			return line != ""
		})
		for _, want := range []string{"authlens.ecs.", `"cluster":"shop"`, `"family":"orders"`, `"container":"app"`, `"task":"` + task + `"`, `"events":2`} {
			if !strings.Contains(line, want) {
				t.Errorf("the finding lacks %s: %s", want, line)
			}
		}
		p.stop()
	})
}

// The DaemonSet: log files as containerd writes them, and what the kubernetes
// filter adds.
func TestFluentBitEKS(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "examples", "eks", "authlens.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var files map[string]string
	for document := range strings.SplitSeq(string(text), "\n---\n") {
		var o struct {
			Kind string
			Data map[string]string
		}
		if err := yaml.Unmarshal([]byte(document), &o); err != nil {
			t.Fatal(err)
		}
		if o.Kind == "ConfigMap" {
			files = o.Data
		}
	}
	kubernetes := regexp.MustCompile(`(?s)Name +kubernetes\n.*?\n\n`)
	forEach(t, func(t *testing.T, fb fluentBit) {
		fb.built(t, "lua")
		w := newWorkspace(t)
		w.write("plugins.conf", "[PLUGINS]\n    Path {lib}\n")
		w.write("origin.lua", files["origin.lua"])
		w.write("kubernetes.lua", `
function kubernetes(tag, timestamp, record)
    local pod, namespace, container = string.match(tag, "containers%.([^_]+)_([^_]+)_(.+)%-%x+%.log$")
    record["kubernetes"] = {pod_name = pod, namespace_name = namespace, container_name = container,
        labels = {["app.kubernetes.io/name"] = "orders"}, annotations = {note = "AccessDenied"}}
    return 2, timestamp, record
end
`)
		config := shipped(changed(t, "fluent-bit.conf", files["fluent-bit.conf"],
			"/authlens/plugins.conf", "{dir}/plugins.conf",
			"Path              /var/log/containers/*.log", "Path {dir}/containers/*.log",
			"    DB                /var/lib/fluent-bit/tail.db\n", "    Read_from_Head on\n",
			"/fluent-bit/etc/origin.lua", "{dir}/origin.lua",
			"/var/run/authlens.sock", "{dir}/authlens.sock"))
		config = kubernetes.ReplaceAllString(config, "Name lua\n    Match kube.*\n    script {dir}/kubernetes.lua\n    call kubernetes\n\n")
		if err := os.Mkdir(w.path("containers"), 0o700); err != nil {
			t.Fatal(err)
		}
		p := fb.start(t, "-c", w.write("main.conf", config))
		now := time.Now().UTC().Format("2006-01-02T15:04:05.000000000Z")
		cut := strings.Index(denial, "authorized")
		w.write("containers/orders-7d9c5b6f4-x2x9k_shop_app-"+strings.Repeat("4c5d6e7f", 8)+".log",
			now+" stderr F "+denial+"\n"+now+" stderr P "+denial[:cut]+"\n"+now+" stderr F "+denial[cut:]+"\n")
		var line string
		p.eventually("finding among the logs", func() bool {
			line = findingOf(w.read("all.log"))
			return line != ""
		})
		for _, want := range []string{"authlens.kube.", `"cluster":"my-cluster"`, `"family":"shop.orders"`, `"container":"app"`, `"task":"orders-7d9c5b6f4-x2x9k"`, `"events":2`} {
			if !strings.Contains(line, want) {
				t.Errorf("the finding lacks %s: %s", want, line)
			}
		}
		p.stop()
	})
}

// The demonstration: the hour of sample logs, of which nothing is late although
// the files are read one after the other.
func TestFluentBitDemo(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	forEach(t, func(t *testing.T, fb fluentBit) {
		w := newWorkspace(t)
		p := fb.start(t, "-e", "{lib}", "-c", w.write("main.conf", example(t, "local/fluent-bit.conf",
			"parsers.conf", root+"/examples/local/parsers.conf", "examples/logs/", root+"/examples/logs/")))
		p.wait()
		fingerprints := map[string]bool{}
		for _, f := range p.findings() {
			fingerprints[f.Fingerprint] = true
			if f.Counts.Late > 0 {
				t.Errorf("%s: %d of %d events are late", f.Rule, f.Counts.Late, f.Counts.Events)
			}
		}
		if len(fingerprints) != 10 {
			t.Errorf("got %d findings, want 10", len(fingerprints))
		}
	})
}

// What examples/local/compose.yaml starts, without Docker.
func TestFluentBitCompose(t *testing.T) {
	forEach(t, func(t *testing.T, fb fluentBit) {
		w := newWorkspace(t)
		port := freePort(t)
		p := fb.start(t, "-e", "{lib}", "-c", w.write("main.conf", example(t, "local/compose.conf",
			"0.0.0.0", "127.0.0.1", "24224", fmt.Sprint(port))))
		var fluentd *fluent.Fluent
		p.eventually("port", func() bool {
			var err error
			fluentd, err = fluent.New(fluent.Config{FluentHost: "127.0.0.1", FluentPort: port, SubSecondPrecision: true})
			return err == nil
		})
		defer fluentd.Close()
		d := driver{t: t, fluentd: fluentd, tag: "app-firelens-4c5d6e7f4c5d"}
		d.log(denial)
		d.log(denial)
		p.eventually("finding on stdout", func() bool { return p.found("local") })
		p.stop()
	})
}
