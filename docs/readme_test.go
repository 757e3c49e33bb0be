package docs

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// README.md opens with a finding that the sample logs really give.
func TestReadmeFinding(t *testing.T) {
	logs := files(t, "../examples/logs/report-worker/*.jsonl")
	out := authlens(t, "", append([]string{"replay"}, logs...)...)
	shown, _, ok := strings.Cut(out, "\n  see ")
	if !ok {
		t.Fatalf("expected a finding that says what to see; got\n%s", out)
	}
	part{"../README.md", "finding"}.holds(t, "```\n"+shown+"\n  …\n```\n")

	// The record that is shown below is of that finding, and show makes it of the
	// record's line.
	told := authlens(t, "", append([]string{"replay", "--format", "jsonl"}, logs...)...)
	if again := authlens(t, told, "show"); !strings.HasPrefix(again, shown) {
		t.Errorf("authlens show makes of it\n%s", again)
	}
	lines := strings.Split(strings.TrimSpace(told), "\n")
	var f struct {
		Fingerprint string `json:"fingerprint"`
		State       string `json:"state"`
		Severity    string `json:"severity"`
		Scope       struct {
			Cluster   string `json:"cluster"`
			Family    string `json:"family"`
			Container string `json:"container"`
		} `json:"scope"`
		Facts struct {
			Role     string `json:"role_name"`
			Action   string `json:"action"`
			Resource string `json:"resource"`
		} `json:"facts"`
		Diagnosis struct {
			Cause    string `json:"cause"`
			Headline string `json:"headline"`
		} `json:"diagnosis"`
	}
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &f); err != nil {
		t.Fatal(err)
	}
	some, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	part{"../README.md", "record"}.holds(t, "```json\n"+string(some)+"\n```\n")
}

// README.md names the Go that go.mod asks for.
func TestReadmeGo(t *testing.T) {
	module, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, version, _ := strings.Cut(string(module), "\ngo ")
	version, _, _ = strings.Cut(version, "\n")
	version = strings.TrimSuffix(version, ".0")
	if !strings.Contains(string(readme), "Needs Go "+version+",") {
		t.Errorf("README.md does not say that it needs Go %s", version)
	}
}

// Fluent Bit, where there is one, takes the configuration that is shown beside
// AuthLens' own: its plugins and their options exist.
func TestShownFluentBit(t *testing.T) {
	fluentBit, err := exec.LookPath("fluent-bit")
	if err != nil {
		t.Skip("no fluent-bit on PATH")
	}
	tried := 0
	for _, b := range blocks(t) {
		if b.language != "conf" || !strings.Contains(b.text, "[FILTER]") {
			continue
		}
		tried++
		var text strings.Builder
		for line := range strings.Lines(b.text) {
			if include, ok := strings.CutPrefix(line, "@INCLUDE /authlens/"); ok {
				// It is in the image only, and so is the library that it loads.
				if _, err := os.Stat(filepath.Join("../conf", strings.TrimSpace(include))); err != nil {
					t.Errorf("%s: %v", b.file, err)
				}
				continue
			}
			text.WriteString(line)
		}
		file := filepath.Join(t.TempDir(), "fluent-bit.conf")
		if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(fluentBit, "--dry-run", "-c", file)
		cmd.Env = append(os.Environ(), "SLACK_WEBHOOK=https://hooks.example.com/services/x")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v in\n%s\n%s", b.file, err, b.text, out)
		}
	}
	if tried == 0 {
		t.Error("no configuration was tried")
	}
}
