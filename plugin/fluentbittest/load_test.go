package fluentbittest

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
)

const quick = `
[SERVICE]
    Flush     0.2
    Grace     2
    Log_Level info
`

func TestFluentBitLoads(t *testing.T) {
	// Each way writes its configuration into w and returns the arguments.
	ways := map[string]func(t *testing.T, fb fluentBit, w workspace) []string{
		"-e": func(_ *testing.T, _ fluentBit, w workspace) []string {
			return []string{"-e", "{lib}", "-c", w.write("main.conf", quick+failures+instance("one"))}
		},
		"Plugins_File": func(_ *testing.T, _ fluentBit, w workspace) []string {
			w.write("plugins.conf", "[PLUGINS]\n    Path {lib}\n")
			return []string{"-c", w.write("main.conf", quick+"    Plugins_File {dir}/plugins.conf\n"+failures+instance("one"))}
		},
		"Plugins_File in an included file": func(_ *testing.T, _ fluentBit, w workspace) []string {
			w.write("plugins.conf", "[PLUGINS]\n    Path {lib}\n")
			w.write("external.conf", quick+"    Plugins_File {dir}/plugins.conf\n"+instance("one"))
			return []string{"-c", w.write("main.conf", failures+"@INCLUDE {dir}/external.conf\n")}
		},
		"YAML": func(t *testing.T, fb fluentBit, w workspace) []string {
			fb.since(t, 2, 1, "plugins: in YAML")
			return []string{"-c", w.write("main.yaml", `
service:
  flush: 0.2
  grace: 2
plugins:
  - {lib}
pipeline:
  inputs:
    - name: dummy
      rate: 20
      dummy: '{"log":"`+denial+`"}'
  outputs:
    - name: authlens
      match: "*"
      sinks: stdout
      role_probe: off
      cluster: one
`)}
		},
	}
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			forEach(t, func(t *testing.T, fb fluentBit) {
				w := newWorkspace(t)
				p := fb.start(t, way(t, fb, w)...)
				p.eventually("finding", func() bool { return p.found("one") })
				p.stop()
			})
		})
	}
}

// instance is an [OUTPUT] that calls itself cluster and prints its findings.
func instance(cluster string, options ...string) string {
	return instanceTo("stdout", cluster, options...)
}

// instanceTo is an [OUTPUT] that calls itself cluster.
func instanceTo(sinks, cluster string, options ...string) string {
	return `
[OUTPUT]
    Name       authlens
    Match      *
    role_probe off
    sinks      ` + sinks + `
    cluster    ` + cluster + "\n    " + strings.Join(options, "\n    ") + "\n"
}

// Instances side by side, some of them with workers, count for themselves.
//
// Fluent Bit 1.9.10 reads freed memory when it exits the second of them: see
// process.exitsTwice, and what the plugin does about it at FLBPluginUnregister
// and registry.close.
func TestFluentBitSeveralInstances(t *testing.T) {
	clusters := []string{"one", "two", "three", "four", "five"}
	forEach(t, func(t *testing.T, fb fluentBit) {
		w := newWorkspace(t)
		config := quick + failures + failures
		for i, cluster := range clusters {
			config += instance(cluster, fmt.Sprintf("Workers %d", i%3), fmt.Sprintf("threshold %d", 10*i+1))
		}
		p := fb.start(t, "-e", "{lib}", "-c", w.write("main.conf", config))
		for _, cluster := range clusters {
			p.eventually("finding of instance "+cluster, func() bool { return p.found(cluster) })
		}
		p.stop()
		for i, cluster := range clusters {
			for _, f := range p.findings() {
				if f.Scope.Cluster == cluster && f.Counts.Events < int64(10*i+1) {
					t.Errorf("instance %s, of threshold %d, told %d failures: it has another's options",
						cluster, 10*i+1, f.Counts.Events)
				}
			}
		}
	})
}

// No workers here: Fluent Bit up to 5.1.1 starts the workers of a Go output
// twice (flb_proxy_output_cb_init and flb_output_init_all), stops one set, and
// crashes over the other after some reloads, whatever the plugin does.
func TestFluentBitHotReload(t *testing.T) {
	forEach(t, func(t *testing.T, fb fluentBit) {
		fb.since(t, 2, 1, "hot reload")
		w := newWorkspace(t)
		config := func(cluster string) string {
			return w.write("main.conf", quick+"    Hot_Reload On\n"+failures+
				instance(cluster)+instance(cluster+"-second"))
		}
		clusters := []string{"zero", "one", "two", "three", "four"}
		p := fb.start(t, "-e", "{lib}", "-c", config(clusters[0]))
		for i, cluster := range clusters {
			if i > 0 {
				config(cluster)
				p.signal(syscall.SIGHUP)
			}
			p.eventually("finding of "+cluster, func() bool {
				return p.found(cluster) && p.found(cluster+"-second")
			})
		}
		p.stop()
	})
}
