package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/lazy"
	"github.com/authlens/authlens/rules"
)

const rows = `{"id":"p1","label":"positive","category":"access_denied","emitter":"boto3","text":"An error occurred (AccessDenied) when calling the PutObject operation: Access Denied","expect":{"error_code":"AccessDenied","operation":"GetObject"}}
{"id":"p2","label":"positive","category":"access_denied","emitter":"app","text":"all is well","expect":{}}
{"id":"n1","label":"negative","category":"ordinary","emitter":"app","text":"order shipped","expect":{}}
{"id":"n2","label":"negative","category":"ordinary","emitter":"app","text":"login failed: wrong password","expect":{}}
{"id":"a1","label":"ambiguous","category":"access_log","emitter":"nginx","text":"\"GET / HTTP/1.1\" 401 12","expect":{}}
`

func TestRun(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rows.jsonl")
	if err := os.WriteFile(path, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := run(&out, path, "", false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"## positives missed: 1\np2  access_denied  app",
		"## negatives flagged: 1\nother.authentication_failed  n2",
		`operation: want "GetObject", got "PutObject"`,
		"silent  a1",
		"access_denied  1  of 2   50.0 %",
		"ordinary  1  of 2   50.0 %",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("want %q in\n%s", want, &out)
		}
	}
}

func TestRunRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rows.jsonl")
	if err := os.WriteFile(path, []byte("{}\nnot JSON\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := run(&bytes.Buffer{}, path, "", false)
	if err == nil || !strings.Contains(err.Error(), "rows.jsonl:2:") {
		t.Errorf("got %v, want an error that names line 2", err)
	}
}

// What a rule may name as a fact is one.
func TestFactNames(t *testing.T) {
	for _, name := range rules.FactNames {
		var f extract.Facts
		f.Apply([]lazy.Regexp{lazy.Compile("(?P<" + name + ">.+)")}, []byte("403"))
		if f == (extract.Facts{}) {
			t.Errorf("rules know a fact %q that extract does not", name)
		}
	}
}
