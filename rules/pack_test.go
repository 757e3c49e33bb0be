package rules

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"runtime"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var update = flag.Bool("update", false, "write pack.jsonl anew")

func TestPackIsThatOfTheFiles(t *testing.T) {
	files, err := loadFS(os.DirFS("."), "")
	if err != nil {
		t.Fatal(err)
	}
	if problems := files.unknownCauses(); len(problems) > 0 {
		t.Fatal(problems)
	}
	if *update {
		if err := os.WriteFile("pack.jsonl", pack(t, files), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	src, err := os.ReadFile("pack.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	got, err := unpack(string(src))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(src, pack(t, files)) {
		t.Error("pack.jsonl is not what -update would write")
	}
	if diff := cmp.Diff(files, got, cmpopts.IgnoreUnexported(Cause{})); diff != "" {
		t.Errorf("pack.jsonl is not what the .yaml files say; go test ./rules -update writes it anew (-files +pack.jsonl):\n%.2000s", diff)
	}
}

// fold leaves one of the signatures of a rule that differ in nothing but their text.
func fold(all []Signature) (folded []Signature, more [][]string) {
	for i := range all {
		last, s := len(folded)-1, all[i]
		if last >= 0 {
			s.setText(textOf(folded[last]))
		}
		if last < 0 || !reflect.DeepEqual(s, folded[last]) {
			folded, more = append(folded, all[i]), append(more, nil)
			continue
		}
		more[last] = append(more[last], textOf(all[i]))
	}
	return folded, more
}

func textOf(s Signature) string { return s.Literal + s.Word + s.Regex }

// pack returns set in the form of pack.jsonl.
func pack(t *testing.T, set *Set) []byte {
	t.Helper()
	var packed bytes.Buffer
	lines := json.NewEncoder(&packed)
	lines.SetEscapeHTML(false)
	line := func(l packedLine) {
		if err := lines.Encode(l); err != nil {
			t.Fatal(err)
		}
	}
	for i := range set.Rules {
		r := set.Rules[i]
		l := packedLine{File: r.File, Line: r.Line, Rule: &r}
		r.Signatures, l.More = fold(r.Signatures)
		line(l)
	}
	for i := range set.Causes {
		c := &set.Causes[i]
		line(packedLine{File: c.File, Line: c.Line, Cause: c})
	}
	return packed.Bytes()
}

func TestUnpackRefuses(t *testing.T) {
	for _, packed := range []string{`{"rule":{"name":"a"}`, `{"rule":{"name":1}}`, `{}`} {
		if set, err := unpack(packed); err == nil {
			t.Errorf("%s: got %d rules and no error", packed, len(set.Rules))
		}
	}
}

func TestDefaultIsSharedWhileInUse(t *testing.T) {
	first, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	second, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	if first != second {
		t.Error("two calls returned two sets, with the first still in use")
	}
	runtime.KeepAlive(first)
}

func TestCausesAreRecalled(t *testing.T) {
	embedded, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	files, err := loadFS(os.DirFS("."), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, causes := range [][]Cause{embedded.Causes, files.Causes} {
		for i := range causes {
			if diff := cmp.Diff(&causes[i], causes[i].Recall()(), cmp.AllowUnexported(Cause{})); diff != "" {
				t.Errorf("%s is recalled as another (-was +recalled):\n%s", causes[i].Name, diff)
			}
		}
	}
	recall, gone := embedded.Causes[0].Recall(), make(chan struct{})
	runtime.AddCleanup(&embedded.Causes[0], func(gone chan struct{}) { close(gone) }, gone)
	embedded = nil
	runtime.GC()
	select {
	case <-gone:
	case <-time.After(10 * time.Second):
		t.Error("what recalls a cause of the pack holds it")
	}
	runtime.KeepAlive(recall)
}
