package conf_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/authlens/authlens/conf"
)

// A section of a Fluent Bit configuration: its kind in lower case, and its
// options with names in lower case.
type section struct {
	kind    string
	options map[string]string
}

// Every shipped configuration loads the plugin, uses it once, and gives it only
// options and values that the table accepts.
func TestShippedFiles(t *testing.T) {
	f := func(file string, sections []section, want conf.Config) {
		t.Helper()
		outputs := 0
		for _, s := range sections {
			if s.kind != "output" || s.options["name"] != "authlens" {
				continue
			}
			outputs++
			for name := range s.options {
				if !conf.Known(name) && !conf.Reserved(name) {
					t.Errorf("%s: there is no option %s", file, name)
				}
			}
			if s.options["match"] == "" {
				t.Errorf("%s: the output matches nothing", file)
			}
			got, err := conf.Load(func(name string) string { return s.options[name] })
			if err != nil {
				t.Errorf("%s: %v", file, err)
			}
			if got.ForwardTo != want.ForwardTo || strings.Join(got.Sinks, ",") != strings.Join(want.Sinks, ",") {
				t.Errorf("%s: sinks %v to %v, want %v to %v", file, got.Sinks, got.ForwardTo, want.Sinks, want.ForwardTo)
			}
		}
		if outputs != 1 {
			t.Errorf("%s: %d outputs named authlens, want 1", file, outputs)
		}
	}
	fireLens := conf.Config{Sinks: []string{"forward"}, ForwardTo: conf.Address{Network: "unix", Address: "/var/run/fluent.sock"}}
	local := conf.Config{Sinks: []string{"forward"}, ForwardTo: conf.Address{Network: "tcp", Address: "127.0.0.1:24224"}}
	f("firelens.conf", readClassic(t, "firelens.conf"), fireLens)
	f("fluent-bit.conf", readClassic(t, "fluent-bit.conf"), local)
	f("fluent-bit.yaml", readYAML(t, "fluent-bit.yaml"), local)
}

// The path in plugins.conf is the one that firelens.conf's directory implies.
func TestPluginsFile(t *testing.T) {
	service := readClassic(t, "firelens.conf")[0]
	plugins := readClassic(t, filepath.Base(service.options["plugins_file"]))
	if len(plugins) != 1 || plugins[0].kind != "plugins" {
		t.Fatalf("plugins.conf holds %v", plugins)
	}
	library := plugins[0].options["path"]
	if filepath.Dir(library) != filepath.Dir(service.options["plugins_file"]) {
		t.Errorf("the library %s and %s are in different directories", library, service.options["plugins_file"])
	}
	// Fluent Bit takes a library named flb-… for one written in C.
	if base := filepath.Base(library); !strings.HasSuffix(base, ".so") || strings.HasPrefix(base, "flb-") {
		t.Errorf("%s is not the name of a Go plugin's library", base)
	}
}

// readClassic reads Fluent Bit's classic format.
func readClassic(t *testing.T, file string) []section {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var sections []section
	for i, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			sections = append(sections, section{strings.ToLower(strings.Trim(line, "[]")), map[string]string{}})
		default:
			name, value, ok := strings.Cut(line, " ")
			if !ok || len(sections) == 0 {
				t.Fatalf("%s:%d: expected a name and a value inside a section; got %q", file, i+1, line)
			}
			sections[len(sections)-1].options[strings.ToLower(name)] = strings.TrimSpace(value)
		}
	}
	return sections
}

func readYAML(t *testing.T, file string) []section {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Service  map[string]any
		Plugins  []string
		Pipeline struct{ Inputs, Outputs []map[string]any }
	}
	if err := yaml.UnmarshalWithOptions(text, &doc, yaml.Strict()); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	if len(doc.Plugins) != 1 {
		t.Errorf("%s: loads %d plugins, want 1", file, len(doc.Plugins))
	}
	var sections []section
	for _, output := range doc.Pipeline.Outputs {
		s := section{"output", map[string]string{}}
		for name, value := range output {
			s.options[strings.ToLower(name)] = fmt.Sprint(value)
		}
		sections = append(sections, s)
	}
	return sections
}
