package fluentbittest

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// An agent is what the ECS agent knows when it writes the configuration of a
// task's log router. Order, names and values are those of amazon-ecs-agent
// 1.105: agent/taskresource/firelens/firelensconfig_unix.go and the template of
// awslabs/go-config-generator-for-fluentd-and-fluentbit. Only the socket and the
// ports are moved.
type agent struct {
	mode       string // of the network: bridge, host or awsvpc
	noMetadata bool   // enable-ecs-log-metadata is false
	external   string // path of config-file-value; "" for none
	options    map[string]string
}

// The ports that FireLens has, before they are moved.
type ports struct{ forward, health int }

// configuration is the file that the agent mounts at
// /fluent-bit/etc/fluent-bit.conf; {dir} is the workspace.
func (a agent) configuration(p ports) string {
	var b strings.Builder
	section := func(kind, name string, lines ...string) {
		fmt.Fprintf(&b, "\n[%s]\n    Name %s\n", kind, name)
		for _, line := range lines {
			fmt.Fprintf(&b, "    %s\n", line)
		}
	}
	section("INPUT", "forward", "Mem_Buf_Limit 25MB", "unix_path {dir}/fluent.sock")
	listen := map[string]string{"bridge": "0.0.0.0", "awsvpc": "127.0.0.1"}[a.mode]
	if listen != "" {
		section("INPUT", "forward", "Listen "+listen, fmt.Sprint("Port ", p.forward))
		section("INPUT", "tcp", "Tag firelens-healthcheck", "Listen 127.0.0.1", fmt.Sprint("Port ", p.health))
	}
	if pattern := a.options["include-pattern"]; pattern != "" {
		section("FILTER", "  grep", "Match app-firelens*", "Regex  log "+pattern)
	}
	if pattern := a.options["exclude-pattern"]; pattern != "" {
		section("FILTER", "  grep", "Match app-firelens*", "Exclude log "+pattern)
	}
	if !a.noMetadata {
		section("FILTER", "record_modifier", "Match *",
			"Record ec2_instance_id i-0a1b2c3d4e5f60718",
			"Record ecs_cluster shop",
			"Record ecs_task_arn arn:aws:ecs:eu-west-1:123456789012:task/shop/"+task,
			"Record ecs_task_definition orders:7")
	}
	if a.external != "" {
		fmt.Fprintf(&b, "\n@INCLUDE %s\n", a.external)
	}
	if listen != "" {
		section("OUTPUT", "null", "Match firelens-healthcheck")
	}
	if output := a.options["Name"]; output != "" {
		lines := []string{"Match app-firelens*"}
		for _, key := range slices.Sorted(maps.Keys(a.options)) {
			if key != "Name" && !strings.HasSuffix(key, "-pattern") {
				lines = append(lines, key+" "+a.options[key])
			}
		}
		section("OUTPUT", output, lines...)
	}
	return b.String()
}

// file is the container's own output in these tests.
func file(more ...string) map[string]string {
	options := map[string]string{"Name": "file", "File": "app.log", "Path": "{dir}"}
	for i := 0; i < len(more); i += 2 {
		options[more[i]] = more[i+1]
	}
	return options
}

// ours writes conf/firelens.conf and what it names into the workspace and
// returns its path: /authlens of the image. more goes before it.
func ours(t *testing.T, w workspace, more string) string {
	t.Helper()
	moved := func(name string, moves ...string) string {
		text, err := os.ReadFile(filepath.Join("..", "..", "conf", name))
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(moves); i += 2 {
			if !strings.Contains(string(text), moves[i]) {
				t.Fatalf("conf/%s: expected %s in it", name, moves[i])
			}
		}
		return strings.NewReplacer(moves...).Replace(string(text))
	}
	w.write("plugins.conf", moved("plugins.conf", "/authlens/out_authlens.so", "{lib}"))
	return w.write("external.conf", more+moved("firelens.conf",
		"/authlens/plugins.conf", "{dir}/plugins.conf",
		"unix:///var/run/fluent.sock", "unix://{dir}/fluent.sock"))
}

// told waits for the finding beside the container's logs and returns its line.
func told(p *process, w workspace) string {
	p.t.Helper()
	var line string
	p.eventually("finding in the container's log", func() bool {
		line = findingLine(w.read("app.log"))
		return line != ""
	})
	return line
}

// Findings travel with the logs in every network mode, with and without the
// metadata of ECS. In host mode there is the socket only.
func TestFluentBitNetworkModes(t *testing.T) {
	for _, a := range []agent{{mode: "bridge"}, {mode: "host"}, {mode: "awsvpc"}, {mode: "awsvpc", noMetadata: true}} {
		t.Run(fmt.Sprintf("%s, metadata %v", a.mode, !a.noMetadata), func(t *testing.T) {
			forEach(t, func(t *testing.T, fb fluentBit) {
				w := newWorkspace(t)
				a := a
				a.external, a.options = ours(t, w, ""), file()
				p := fb.start(t, "-c", w.write("fluent-bit.conf", a.configuration(ports{freePort(t), freePort(t)})))
				d := connect(t, p, w.path("fluent.sock"))
				d.log(denial)
				d.log(denial)
				line := told(p, w)
				for _, want := range []string{`"container":"app"`, `"task":"` + task + `"`} {
					if !strings.Contains(line, want) {
						t.Errorf("the finding lacks %s: %s", want, line)
					}
				}
				if got := strings.Contains(line, `"family":"orders"`); got == a.noMetadata {
					t.Errorf("the finding knows the family: %v", got)
				}
				p.stop()
			})
		})
	}
}

// An include-pattern of the container drops findings on their way to its output,
// and an exclude-pattern may hide failures from us: both filter before anybody.
func TestFluentBitPatterns(t *testing.T) {
	forEach(t, func(t *testing.T, fb fluentBit) {
		run := func(more ...string) (*process, workspace) {
			w := newWorkspace(t)
			external := ours(t, w, "")
			w.write("external.conf", strings.ReplaceAll(w.read("external.conf"), "sinks       forward", "sinks       forward,stdout"))
			a := agent{mode: "awsvpc", external: external, options: file(more...)}
			p := fb.start(t, "-c", w.write("fluent-bit.conf", a.configuration(ports{freePort(t), freePort(t)})))
			d := connect(t, p, w.path("fluent.sock"))
			d.log(denial)
			d.log(denial)
			d.log("GetObject operation: the last")
			return p, w
		}
		last := func(p *process, w workspace) {
			p.eventually("the last line in the container's log", func() bool {
				return strings.Contains(w.read("app.log"), "the last")
			})
		}
		t.Run("include", func(t *testing.T) {
			p, w := run("include-pattern", "GetObject operation")
			p.eventually("finding on stdout", func() bool { return len(p.findings()) > 0 })
			last(p, w)
			p.stop()
			if findingLine(w.read("app.log")) != "" {
				t.Error("the finding passed an include-pattern that it does not match")
			}
		})
		t.Run("exclude", func(t *testing.T) {
			p, w := run("exclude-pattern", "AccessDenied")
			last(p, w)
			p.stop()
			if len(p.findings()) > 0 {
				t.Error("there is a finding about what was excluded")
			}
		})
	})
}

// The init image (aws_fluent_bit_init_s3_N) puts what it downloads behind the
// agent's configuration: there our output comes after the container's own.
func TestFluentBitInitImage(t *testing.T) {
	forEach(t, func(t *testing.T, fb fluentBit) {
		w := newWorkspace(t)
		a := agent{mode: "awsvpc", options: file()}
		generated := w.write("fluent-bit.conf", a.configuration(ports{freePort(t), freePort(t)}))
		downloaded := ours(t, w, "")
		p := fb.start(t, "-c", w.write("init.conf", "@INCLUDE "+generated+"\n@INCLUDE "+downloaded+"\n"))
		d := connect(t, p, w.path("fluent.sock"))
		d.log(denial)
		d.log(denial)
		told(p, w)
		p.stop()
	})
}

// Whoever joins split messages by a multiline filter, for the logs' sake, gets
// the same findings: nothing is counted twice.
func TestFluentBitMultilineFilter(t *testing.T) {
	const filter = `
[FILTER]
    Name                   multiline
    Match                  *-firelens-*
    multiline.key_content  log
    mode                   partial_message

`
	forEach(t, func(t *testing.T, fb fluentBit) {
		w := newWorkspace(t)
		a := agent{mode: "awsvpc", external: ours(t, w, filter), options: file()}
		p := fb.start(t, "-c", w.write("fluent-bit.conf", a.configuration(ports{freePort(t), freePort(t)})))
		d := connect(t, p, w.path("fluent.sock"))
		d.log(denial)
		cut := strings.Index(denial, "authorized")
		d.log(denial[:cut], "partial_message", "true", "partial_id", strings.Repeat("9f", 32), "partial_ordinal", "1", "partial_last", "false")
		d.log(denial[cut:], "partial_message", "true", "partial_id", strings.Repeat("9f", 32), "partial_ordinal", "2", "partial_last", "true")
		line := told(p, w)
		if !strings.Contains(line, `"events":2`) {
			t.Errorf("expected a finding of 2 events; got %s", line)
		}
		if !strings.Contains(w.read("app.log"), `"log":"`+denial+`"`) {
			t.Error("the filter did not join the message in the container's log")
		}
		p.stop()
	})
}
