package conf_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/conf/conftest"
)

// Every shipped configuration loads the plugin, uses it once, and gives it only
// options and values that the table accepts.
func TestShippedFiles(t *testing.T) {
	f := func(file string, sections []conftest.Section, want conf.Config) {
		t.Helper()
		outputs := 0
		for _, s := range sections {
			if !s.IsAuthLens() {
				continue
			}
			outputs++
			if s.Options["match"] == "" {
				t.Errorf("%s: the output matches nothing", file)
			}
			got := s.Config(t, file)
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
	plugins := readClassic(t, filepath.Base(service.Options["plugins_file"]))
	if len(plugins) != 1 || plugins[0].Kind != "plugins" {
		t.Fatalf("plugins.conf holds %v", plugins)
	}
	library := plugins[0].Options["path"]
	if filepath.Dir(library) != filepath.Dir(service.Options["plugins_file"]) {
		t.Errorf("the library %s and %s are in different directories", library, service.Options["plugins_file"])
	}
	// Fluent Bit takes a library named flb-… for one written in C.
	if base := filepath.Base(library); !strings.HasSuffix(base, ".so") || strings.HasPrefix(base, "flb-") {
		t.Errorf("%s is not the name of a Go plugin's library", base)
	}
}

func readClassic(t *testing.T, file string) []conftest.Section {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return conftest.Sections(t, file, string(text))
}

func readYAML(t *testing.T, file string) []conftest.Section {
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
	var sections []conftest.Section
	for _, output := range doc.Pipeline.Outputs {
		s := conftest.Section{Kind: "output", Options: map[string]string{}}
		for name, value := range output {
			s.Options[strings.ToLower(name)] = fmt.Sprint(value)
		}
		sections = append(sections, s)
	}
	return sections
}
