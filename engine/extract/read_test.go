package extract

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/authlens/authlens/engine/text"
)

var update = flag.Bool("update", false, "rewrite the facts in testdata with what Read says")

// TestRead holds every fact of every text in testdata. A text is a file NAME of
// the archive, its facts are the file NAME.facts, one `name: value` a line.
func TestRead(t *testing.T) {
	forEachText(t, func(t *testing.T, in []byte, want string) string {
		got := factLines(Read(in))
		if diff := cmp.Diff(want, got); diff != "" && !*update {
			t.Errorf("Read of\n%s\n(-want +got)\n%s", in, diff)
		}
		return got
	})
}

// TestIdentifyAgreesWithRead keeps the group of a failure and the facts told of
// it from contradicting each other.
func TestIdentifyAgreesWithRead(t *testing.T) {
	forEachText(t, func(t *testing.T, in []byte, want string) string {
		f := Read(in)
		if !bytes.Equal(unwrap(in), in) {
			return want // Identify does not mend words that a terminal broke
		}
		var id Identity
		Identify(in, &id)
		same := func(name string, id []byte, facts ...string) {
			t.Helper()
			for _, fact := range facts {
				if fact != "" {
					if string(id) != fact {
						t.Errorf("Identify says %s %q, Read %q, of\n%s", name, id, fact, in)
					}
					return
				}
			}
			if len(id) > 0 {
				t.Errorf("Identify says %s %q, Read nothing, of\n%s", name, id, in)
			}
		}
		principal := f.RoleName
		if a, ok := parseARN([]byte(f.PrincipalARN)); ok {
			principal = string(a.name())
		} else if f.DatabaseUser != "" {
			principal = f.DatabaseUser
		}
		if f.PrincipalARN != "" || f.DatabaseUser != "" {
			same("principal", id.Principal, principal)
		}
		same("action", id.Action, f.Action, f.Operation)
		same("resource", id.Resource, f.Resource)
		if f.Resource != "" {
			same("holder", id.Holder, string(Holder(id.Action, []byte(f.Resource))))
		}
		return want
	})
}

// forEachText runs check on every text of every archive in testdata, normalised.
// With -update, what check returns becomes the text's facts.
func forEachText(t *testing.T, check func(t *testing.T, in []byte, want string) string) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no testdata/*.txtar: %v", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		facts := map[string]string{}
		for _, f := range archive.Files {
			if name, ok := strings.CutSuffix(f.Name, ".facts"); ok {
				facts[name] = string(f.Data)
			}
		}
		out := &txtar.Archive{Comment: archive.Comment}
		for _, f := range archive.Files {
			if strings.HasSuffix(f.Name, ".facts") {
				continue
			}
			t.Run(filepath.Base(file)+"/"+f.Name, func(t *testing.T) {
				in := text.Normalise(nil, bytes.TrimSuffix(f.Data, []byte("\n")))
				got := check(t, in, facts[f.Name])
				out.Files = append(out.Files, f, txtar.File{Name: f.Name + ".facts", Data: []byte(got)})
			})
		}
		if *update {
			if err := os.WriteFile(file, txtar.Format(out), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// factLines prints facts as `name: value` lines, sorted.
func factLines(f Facts) string {
	raw, err := json.Marshal(f)
	if err != nil {
		return err.Error()
	}
	var m map[string]any
	if err := json.Unmarshal(raw, &m); err != nil {
		return err.Error()
	}
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(m)) {
		fmt.Fprintf(&b, "%s: %v\n", name, m[name])
	}
	return b.String()
}

// TestReadIgnoresLoggers wraps every text in the JSON line of a logger, once and
// as JSON in JSON in JSON: the facts stay the same.
func TestReadIgnoresLoggers(t *testing.T) {
	forEachText(t, func(t *testing.T, in []byte, want string) string {
		line := string(in)
		for layer := 1; layer <= 3; layer++ {
			var b strings.Builder
			enc := json.NewEncoder(&b)
			enc.SetEscapeHTML(layer%2 == 1)
			if err := enc.Encode(map[string]any{"level": "error", "msg": line, "pid": 17, "time": 1772359402113}); err != nil {
				t.Fatal(err)
			}
			line = strings.TrimSpace(b.String())
			got := factLines(Read(text.Normalise(nil, []byte(line))))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%d layers: %s\n(-want +got)\n%s", layer, line, diff)
			}
		}
		return want
	})
}
