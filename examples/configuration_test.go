package examples

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/conf/conftest"
)

// configurations are the Fluent Bit configurations of the examples: files, and
// the one inside the Kubernetes manifest.
func configurations(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{"eks/authlens.yaml": manifest(t).configMap["fluent-bit.conf"]}
	for _, name := range all(t, ".conf") {
		found[name] = read(t, name)
	}
	return found
}

// AuthLens understands every option that is given to it, and its findings get
// somewhere.
func TestConfigurations(t *testing.T) {
	for name, text := range configurations(t) {
		all := conftest.Sections(t, name, text)
		for _, s := range all {
			if !s.IsAuthLens() {
				continue
			}
			cfg := s.Config(t, name)
			if !slices.Contains(cfg.Sinks, conf.SinkForward) {
				continue
			}
			if !slices.ContainsFunc(all, func(in conftest.Section) bool { return listens(in, cfg.ForwardTo.Address) }) {
				t.Errorf("%s: findings go to %s, where nobody listens", name, cfg.ForwardTo)
			}
			// A log of the match is failing; somebody must ship what is told of it.
			tag := cfg.FindingsTag.Expand(strings.ReplaceAll(s.Options["match"], "*", "x"), "x")
			if !slices.ContainsFunc(all, func(out conftest.Section) bool {
				return out.Kind == "output" && !out.IsAuthLens() && conf.MatchTag(out.Options["match"], tag)
			}) {
				t.Errorf("%s: no output ships findings, tagged %s", name, tag)
			}
		}
	}
}

// listens reports whether a section is a forward input at the address.
func listens(s conftest.Section, address string) bool {
	if s.Kind != "input" || s.Options["name"] != "forward" {
		return false
	}
	_, port, _ := strings.Cut(address, ":")
	return s.Options["unix_path"] == address || port != "" && s.Options["port"] == port
}

// A Fluent Bit that is there takes the configurations, as far as it has the
// plugins they name.
func TestDryRun(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: builds the plugin and runs Fluent Bit, and -short was given")
	}
	binaries := strings.FieldsFunc(os.Getenv("FLUENT_BIT"), func(r rune) bool { return r == ':' })
	if len(binaries) == 0 {
		onPath, err := exec.LookPath("fluent-bit")
		if err != nil {
			t.Skip("skipped: no Fluent Bit: FLUENT_BIT names none, and there is no fluent-bit on PATH")
		}
		binaries = []string{onPath}
	}
	library := filepath.Join(t.TempDir(), "out_authlens.so")
	build := exec.Command("go", "build", "-buildmode=c-shared", "-o", library, "../plugin")
	build.Env = append(os.Environ(), "CGO_ENABLED=1")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, binary := range binaries {
		help, err := exec.Command(binary, "--help").Output()
		if err != nil {
			t.Fatal(err)
		}
		tail, _ := exec.Command(binary, "-i", "tail", "-h").CombinedOutput() // ends with 1 where it knows more
		for name, text := range configurations(t) {
			if strings.HasSuffix(name, "parsers.conf") || strings.HasSuffix(name, "upstream.conf") {
				continue // named by others
			}
			kept, left := available(text, string(help))
			if len(left) > 0 {
				t.Logf("%s: %s has no %s", name, filepath.Base(binary), strings.Join(left, ", "))
			}
			if !regexp.MustCompile(`(?mi)^db\b`).Match(tail) { // built without SQLite
				kept = regexp.MustCompile(`(?m)^\s+DB .*\n`).ReplaceAllString(kept, "")
			}
			dir := t.TempDir()
			kept = strings.NewReplacer(
				"/authlens/out_authlens.so", library,
				"/authlens/upstream.conf", absolute(t, "aggregator/upstream.conf"),
				"parsers.conf", absolute(t, "local/parsers.conf"),
				"/authlens/plugins.conf", write(t, dir, "plugins.conf", "[PLUGINS]\n    Path "+library+"\n"),
				"/fluent-bit/etc/origin.lua", write(t, dir, "origin.lua", manifest(t).configMap["origin.lua"]),
				"/var/", dir+"/",
			).Replace(kept)
			file := write(t, dir, "fluent-bit.conf", kept)
			if out, err := exec.Command(binary, "-e", library, "--dry-run", "-c", file).CombinedOutput(); err != nil {
				t.Errorf("%s: %s: %v\n%s", name, binary, err, out)
			}
		}
	}
}

// available returns a configuration without the sections of plugins that a
// Fluent Bit lacks, and the names of those.
func available(text, help string) (kept string, left []string) {
	plugin := regexp.MustCompile(`(?mi)^\s*Name\s+(\S+)\s*$`)
	for _, s := range regexp.MustCompile(`(?m)^\[`).Split("\n"+text, -1) {
		name := plugin.FindStringSubmatch(s)
		if name != nil && !strings.HasPrefix(s, "UPSTREAM") && !strings.HasPrefix(s, "PARSER") && name[1] != "authlens" &&
			!regexp.MustCompile(`(?m)^\s+`+regexp.QuoteMeta(name[1])+`\s`).MatchString(help) {
			left = append(left, name[1])
			continue
		}
		if strings.TrimSpace(s) != "" && !strings.HasPrefix(strings.TrimSpace(s), "#") {
			s = "[" + s
		}
		kept += s
	}
	return kept, left
}

func absolute(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(name)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
