package docs

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/authlens/authlens/conf/conftest"
)

// A block is what stands between fences in a document.
type block struct {
	file, language, text string
	before               string // the section up to it
}

// blocks returns the fenced blocks of the documents that people read first.
func blocks(t *testing.T) []block {
	t.Helper()
	names := append(files(t, "*.md"), files(t, "../*.md")...)
	names = append(names, files(t, "../examples/*/README.md")...)
	fence := regexp.MustCompile("(?ms)^( *)```(\\w*)\n(.*?)^ *```$")
	var all []block
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range fence.FindAllSubmatchIndex(text, -1) {
			before := string(text[:at[0]])
			if heading := strings.LastIndex(before, "\n## "); heading >= 0 {
				before = before[heading:]
			}
			indent := string(text[at[2]:at[3]])
			body := strings.ReplaceAll("\n"+string(text[at[6]:at[7]]), "\n"+indent, "\n")[1:]
			all = append(all, block{name, string(text[at[4]:at[5]]), body, before})
		}
	}
	if len(all) < 20 {
		t.Fatalf("found %d blocks", len(all))
	}
	return all
}

// A command in a document runs, or the document says before it what it needs
// ("Needs Docker …") or the machine lacks that. Commands of ours are run here, by
// the project's root; `make` and `go run` are looked up.
func TestCommands(t *testing.T) {
	ran := 0
	for _, b := range blocks(t) {
		if b.language != "sh" {
			continue
		}
		dir := filepath.Dir(b.file)
		for _, command := range commands(b.text) {
			words := strings.Fields(command)
			switch first := words[0]; {
			case strings.Contains(command, "bin/authlens "):
				ran++
				run(t, b.file, command)
			case command == "make":
			case first == "make":
				makefile, err := os.ReadFile("../Makefile")
				if err != nil {
					t.Fatal(err)
				}
				if !regexp.MustCompile(`(?m)^` + words[1] + `:`).Match(makefile) {
					t.Errorf("%s: there is no target for %q", b.file, command)
				}
			case first == "go" && words[1] == "run":
				if _, err := os.Stat(filepath.Join("..", words[2], "main.go")); err != nil {
					t.Errorf("%s: %q: %v", b.file, command, err)
				}
			case first == "go" && words[1] == "test":
			default:
				// Something that is not part of Go: the section says so.
				if !strings.Contains(b.before, "Needs ") && !strings.Contains(b.before, "needs ") {
					t.Errorf("%s: nothing says before %q what it needs", b.file, command)
				}
			}
			switch {
			case strings.HasPrefix(command, "docker build "):
				checkBuild(t, b, words)
			case strings.HasPrefix(command, "aws s3 cp "):
				if _, err := os.Stat(filepath.Join(dir, words[3])); err != nil {
					t.Errorf("%s: %q: %v", b.file, command, err)
				}
			}
			for _, file := range regexp.MustCompile(`file://(\S+)|-f (\S+\.yaml)|-c (\S+\.conf)`).FindAllStringSubmatch(command, -1) {
				name := file[1] + file[2] + file[3]
				if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
					continue
				}
				if _, err := os.Stat(filepath.Join("..", name)); err != nil {
					t.Errorf("%s: %q: there is no %s", b.file, command, name)
				}
			}
		}
	}
	if ran < 5 {
		t.Errorf("only %d commands were run", ran)
	}
}

// The page about the command has every flag but those that all programs have.
func TestFlags(t *testing.T) {
	page, err := os.ReadFile("cli.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"scan", "doctor", "explain", "replay", "show", "rules list", "rules check"} {
		help := authlens(t, "", append(strings.Fields(command), "--help")...)
		flags := regexp.MustCompile(`(?m)^  .{4}(--[a-z-]+)`).FindAllStringSubmatch(help, -1)
		if len(flags) == 0 {
			t.Errorf("%s: no flag in its help:\n%s", command, help)
		}
		for _, flag := range flags {
			if flag[1] != "--help" && flag[1] != "--version" && !regexp.MustCompile("`"+flag[1]+"[` ]").Match(page) {
				t.Errorf("cli.md does not have the flag %s of %s", flag[1], command)
			}
		}
	}
}

// What bare make prints has a column for the targets, and fits a screen.
func TestMakeHelp(t *testing.T) {
	cmd := exec.Command("make", "-s", "--no-print-directory", "help")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		line = strings.TrimSuffix(line, "\n")
		if !regexp.MustCompile(`^  make [a-z-]+ +`).MatchString(line) || len(line) > 100 || line[23] != ' ' || line[24] == ' ' {
			t.Errorf("%d characters, out of column or of width: %q", len(line), line)
		}
	}
}

// The demonstration names the Fluent Bit that it was told of and that is not there.
func TestDemoWithoutItsFluentBit(t *testing.T) {
	cmd := exec.Command("../examples/local/demo.sh")
	cmd.Env = append(os.Environ(), "FLUENT_BIT=/no/such/fluent-bit")
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "expected a Fluent Bit, but there is no program /no/such/fluent-bit: set FLUENT_BIT") {
		t.Errorf("%v\n%s", err, out)
	}
}

// An image is built from the folder in which the block's other files are, or from the
// project's root where the document says so, and for the machines it is to run on; on
// this one, Docker knows.
func checkBuild(t *testing.T, b block, words []string) {
	t.Helper()
	dir := filepath.Dir(b.file)
	from := dir
	if strings.Contains(b.before, "the commands in the project's root") {
		from = ".."
	}
	if _, err := os.Stat(filepath.Join(from, words[len(words)-1], "Dockerfile")); err != nil {
		t.Errorf("%s: %q: %v", b.file, strings.Join(words, " "), err)
	}
	if filepath.Base(dir) != "local" && !slices.Contains(words, "--platform") {
		t.Errorf("%s: %q is built for the machine at hand: expected --platform", b.file, strings.Join(words, " "))
	}
}

var comment = regexp.MustCompile(`\s+# .*$`)

// commands splits a block into commands: lines, those that go on joined.
func commands(text string) []string {
	text = regexp.MustCompile(`(\\|\|)\n\s*`).ReplaceAllStringFunc(text, func(s string) string {
		return strings.TrimRight(strings.TrimSuffix(strings.TrimSpace(s), `\`), "\n") + " "
	})
	var all []string
	for line := range strings.Lines(text) {
		line = comment.ReplaceAllString(strings.TrimSpace(line), "")
		if line != "" && !strings.HasPrefix(line, "#") {
			all = append(all, line)
		}
	}
	return all
}

// run runs a command of ours in the project's root.
func run(t *testing.T, file, command string) {
	t.Helper()
	if strings.HasPrefix(command, "fluent-bit ") {
		return // make integration
	}
	for _, tool := range []string{"jq"} {
		if _, err := exec.LookPath(tool); err != nil && strings.Contains(command, tool+" ") {
			t.Logf("%s: not run for want of %s: %s", file, tool, command)
			return
		}
	}
	path, err := authlensPath()
	if err != nil {
		t.Fatal(err)
	}
	// A test asks no endpoint of this machine: doctor says only that it is there.
	command = strings.ReplaceAll(command, "authlens doctor", "authlens doctor --help")
	command = strings.NewReplacer(
		"bin/authlens", path,
		" app.log", " examples/logs/report-worker/*.jsonl", // the reader's own
	).Replace(command)
	cmd := exec.Command("bash", "-euo", "pipefail", "-c", command)
	cmd.Dir = ".."
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%s: %s: %v\n%s", file, command, err, out)
	}
}

// What a document shows as configuration is understood.
func TestShownConfigurations(t *testing.T) {
	for _, b := range blocks(t) {
		switch b.language {
		case "json":
			text := strings.TrimSpace(b.text)
			if strings.Contains(text, "…") {
				continue // abridged
			}
			if !strings.HasPrefix(text, "{") {
				text = "{" + text + "}" // a piece of an object
			}
			for d := json.NewDecoder(strings.NewReader(text)); d.More(); {
				var v any
				if err := d.Decode(&v); err != nil {
					t.Errorf("%s: %v in\n%s", b.file, err, b.text)
					break
				}
			}
		case "yaml":
			var v any
			if err := yaml.Unmarshal([]byte(b.text), &v); err != nil {
				t.Errorf("%s: %v", b.file, err)
			}
			if strings.Contains(b.text, "\nrules:\n  -") || strings.HasPrefix(b.text, "rules:\n  -") {
				file := filepath.Join(t.TempDir(), "rules.yaml")
				if err := os.WriteFile(file, []byte(b.text), 0o600); err != nil {
					t.Fatal(err)
				}
				authlens(t, "", "rules", "check", file)
			}
		case "conf":
			for _, s := range conftest.Sections(t, b.file, b.text) {
				if s.IsAuthLens() {
					delete(s.Options, "rules_file") // the reader's own
					s.Config(t, b.file)
				}
			}
		case "sh", "text", "go", "":
		default:
			t.Errorf("%s: a block of %s, which no test checks", b.file, b.language)
		}
	}
}

// Every link to a file of ours leads somewhere, and so does one to a heading in it.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#\s]*)(#[^)\s]*)?\)`)
	names := append(files(t, "*.md"), files(t, "../*.md")...)
	for _, name := range append(names, files(t, "../examples/*/README.md")...) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, to := range link.FindAllStringSubmatch(string(text), -1) {
			if strings.Contains(to[1], "://") {
				continue
			}
			file := name
			if to[1] != "" {
				file = filepath.Join(filepath.Dir(name), to[1])
			}
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s links to %s, which is not there", name, to[1])
				continue
			}
			if to[2] != "" && !slices.Contains(anchors(t, file), to[2]) {
				t.Errorf("%s links to %s, which has no heading %s", name, file, to[2])
			}
		}
	}
}

// anchors returns what links to the headings of a document end in, as GitHub makes it of
// their text.
func anchors(t *testing.T, name string) []string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	noLetter := regexp.MustCompile(`[^\p{L}\p{N} _-]`)
	for _, heading := range regexp.MustCompile(`(?m)^#+ (.+)$`).FindAllStringSubmatch(string(text), -1) {
		plain := noLetter.ReplaceAllString(strings.ToLower(heading[1]), "")
		all = append(all, "#"+strings.ReplaceAll(plain, " ", "-"))
	}
	return all
}
