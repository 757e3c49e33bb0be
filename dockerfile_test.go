package authlens

import (
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A stage of the Dockerfile: what stands between one FROM and the next.
type stage struct {
	from, name string
	steps      []step
}

type step struct{ verb, rest string }

// dockerfile reads ./Dockerfile as far as the tests need it: its stages, and the
// arguments before the first of them.
func dockerfile(t *testing.T) (arguments map[string]string, stages []stage) {
	t.Helper()
	text, err := os.ReadFile("Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	lines := regexp.MustCompile(`(?m)^\s*#.*\n`).ReplaceAllString(string(text), "")
	lines = strings.ReplaceAll(lines, "\\\n", " ")
	arguments = map[string]string{}
	for line := range strings.Lines(lines) {
		verb, rest, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			continue
		}
		switch {
		case verb == "FROM":
			words := slices.DeleteFunc(strings.Fields(rest), func(w string) bool { return strings.HasPrefix(w, "--") })
			if len(words) != 3 || words[1] != "AS" {
				t.Fatalf("Dockerfile: expected FROM … AS name; got %s", line)
			}
			stages = append(stages, stage{from: words[0], name: words[2]})
		case len(stages) == 0:
			name, value, _ := strings.Cut(rest, "=")
			arguments[name] = value
		default:
			last := &stages[len(stages)-1]
			last.steps = append(last.steps, step{verb, rest})
		}
	}
	return arguments, stages
}

// Every base image is an argument, with a digest beside it.
func TestDockerfileBases(t *testing.T) {
	arguments, stages := dockerfile(t)
	base := regexp.MustCompile(`^\$\{([A-Z_]+)_IMAGE\}\$\{([A-Z_]+)_DIGEST\}$`)
	for _, s := range stages {
		if s.from == "scratch" {
			continue
		}
		names := base.FindStringSubmatch(s.from)
		if names == nil || names[1] != names[2] {
			t.Errorf("stage %s: expected FROM ${X_IMAGE}${X_DIGEST}; got %s", s.name, s.from)
			continue
		}
		image, digest := arguments[names[1]+"_IMAGE"], arguments[names[1]+"_DIGEST"]
		if !regexp.MustCompile(`^[a-z0-9.]+/[a-z0-9/-]+:[\w.-]+$`).MatchString(image) || strings.HasSuffix(image, ":latest") {
			t.Errorf("%s_IMAGE: expected registry/name:tag; got %q", names[1], image)
		}
		if digest != "" && !regexp.MustCompile(`^@sha256:[0-9a-f]{64}$`).MatchString(digest) {
			t.Errorf("%s_DIGEST: expected nothing or @sha256:…; got %q", names[1], digest)
		}
	}
}

// What is shipped is only copied together, so that a base image without a shell
// will do, and says what it is.
func TestDockerfileTargets(t *testing.T) {
	_, stages := dockerfile(t)
	f := func(target string, wantUser bool) {
		t.Helper()
		at := slices.IndexFunc(stages, func(s stage) bool { return s.name == target })
		if at < 0 {
			t.Fatalf("the Dockerfile has no target %s", target)
		}
		verbs := map[string]string{}
		for _, s := range stages[at].steps {
			verbs[s.verb] += s.rest
		}
		if verbs["RUN"] != "" || verbs["SHELL"] != "" {
			t.Errorf("target %s runs something: its base has no shell", target)
		}
		if verbs["COPY"] != "--from=build /authlens /authlens" {
			t.Errorf("target %s copies %q", target, verbs["COPY"])
		}
		for _, label := range []string{"title", "description", "source", "licenses", "version"} {
			if !strings.Contains(verbs["LABEL"], "org.opencontainers.image."+label+"=") {
				t.Errorf("target %s has no label %s", target, label)
			}
		}
		if user := verbs["USER"]; wantUser && !regexp.MustCompile(`^[1-9]\d*:[1-9]\d*$`).MatchString(user) {
			t.Errorf("target %s: expected a user by number, not root; got %q", target, user)
		}
		// FireLens: the entrypoint, the command and the user are the base image's.
		if !wantUser && verbs["USER"]+verbs["ENTRYPOINT"]+verbs["CMD"] != "" {
			t.Errorf("target %s changes how the base image is started", target)
		}
	}
	f("fluent-bit", true)
	f("firelens", false)

	// All of that is in every image: doctor runs where credentials are missing.
	var built string
	for _, s := range stages[slices.IndexFunc(stages, func(s stage) bool { return s.name == "build" })].steps {
		if s.verb == "RUN" {
			built += s.rest
		}
	}
	for _, file := range []string{
		`"dist/out_authlens_linux_$TARGETARCH.so" /authlens/out_authlens.so`,
		`"dist/out_authlens_linux_$TARGETARCH.so.cdx.json" /authlens/sbom.cdx.json`,
		`"dist/authlens_linux_$TARGETARCH" /authlens/authlens `,
		`"dist/authlens_linux_$TARGETARCH.cdx.json" /authlens/authlens.cdx.json`,
		"conf/plugins.conf conf/firelens.conf LICENSE /authlens/",
	} {
		if !strings.Contains(built, file) {
			t.Errorf("the images lack %s", file)
		}
	}
}

// .dockerignore lets through everything that the build needs, and nothing else.
func TestDockerIgnore(t *testing.T) {
	text, err := os.ReadFile(".dockerignore")
	if err != nil {
		t.Fatal(err)
	}
	var passed []string
	for line := range strings.Lines(string(text)) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "!"); ok {
			if _, err := os.Stat(name); err != nil {
				t.Errorf(".dockerignore lets through what is not there: %v", err)
			}
			passed = append(passed, name)
		}
	}
	within := func(name string) bool {
		return slices.ContainsFunc(passed, func(p string) bool {
			return name == p || strings.HasPrefix(name, p+"/")
		})
	}
	// The packages of the library and the command, and what the recipe names.
	needed := []string{"go.mod", "go.sum", "Makefile", "LICENSE", ".ci/dist", ".ci/tools/sbom/main.go", "conf/plugins.conf", "conf/firelens.conf"}
	for _, p := range list(t, "./plugin", "./cmd/authlens", "./plugin/abitest/cmd/glibc") {
		if p.inModule() {
			needed = append(needed, p.name()+"/x.go")
		}
	}
	for _, name := range needed {
		if !within(path.Clean(name)) {
			t.Errorf(".dockerignore keeps %s from the build", name)
		}
	}
	for _, secret := range []string{".git", ".env", "bin", "dist", "examples", "README.md"} {
		if within(secret) {
			t.Errorf(".dockerignore lets %s through", secret)
		}
	}
}
