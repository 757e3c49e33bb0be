package rules

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

const schemaFile = "rule.schema.json"

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// asJSON decodes YAML into what the schema validator takes.
func asJSON(t *testing.T, src []byte) any {
	t.Helper()
	encoded, err := yaml.YAMLToJSON(src)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(string(encoded)))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestPackFollowsSchema(t *testing.T) {
	schema := compileSchema(t)
	files, err := filepath.Glob("*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("found %d files, %v", len(files), err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(asJSON(t, src)); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func TestSchemaRefuses(t *testing.T) {
	schema := compileSchema(t)
	f := func(src string, want bool) {
		t.Helper()
		if err := schema.Validate(asJSON(t, []byte(src))); (err == nil) != want {
			t.Errorf("got %v, want valid = %t for\n%s", err, want, src)
		}
	}
	f(valid, true)
	f("rules:"+valid, true)
	f("rule:"+valid, false)
	f(strings.Replace(valid, "literal", "literally", 1), false)
	f(strings.Replace(valid, "{literal:", "{word: login, literal:", 1), false)
	f(strings.Replace(valid, "cause: other", "severity: severe", 1), false)
	f(strings.Replace(valid, ", ignore: [login]", "", 1), false)
	f(valid+"  threshold: {events: 3}", true)
	f(valid+"  threshold: {events: 0}", false)
	f(valid+"  threshold: {windows: 0}", false)
}

// The schema and the types have the same keys.
func TestSchemaMatchesTypes(t *testing.T) {
	src, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Defs map[string]struct {
			Properties map[string]any
		} `json:"$defs"`
	}
	if err := json.Unmarshal(src, &schema); err != nil {
		t.Fatal(err)
	}
	for _, value := range []any{Rule{}, Signature{}, Threshold{}, Escalation{}, When{}, Examples{}, Cause{}, Refinement{}, Step{}, Adjustment{}} {
		typ := reflect.TypeOf(value)
		var want, got []string
		for _, field := range reflect.VisibleFields(typ) {
			if name, _, _ := strings.Cut(field.Tag.Get("yaml"), ","); name != "-" && !field.Anonymous && field.IsExported() {
				want = append(want, name)
			}
		}
		for name := range schema.Defs[typ.Name()].Properties {
			got = append(got, name)
		}
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-type +schema)\n%s", typ.Name(), diff)
		}
	}
}
