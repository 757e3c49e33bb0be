package sink_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/plugin/sink"
)

// What is too long goes in a known order, and the core always stays.
func TestJSONIsBounded(t *testing.T) {
	f := func(change func(*finding.Finding), evidence, explain, policy bool) {
		t.Helper()
		in := finding.Finding{
			Fingerprint: "0123456789abcdef", Severity: "high", Title: "T", Summary: "S", Rule: "r",
			Counts:    finding.Counts{Events: 7},
			Evidence:  "evidence",
			Diagnosis: diagnose.Diagnosis{Cause: "c", Headline: "h", Explain: "e"},
		}
		in.Facts.PolicyARN = "arn"
		change(&in)
		extra := `"x":"` + strings.Repeat("x", sink.ExtraMax-6) + `"`
		text, err := sink.JSON(in, []byte(extra))
		if err != nil {
			t.Error(err)
			return
		}
		if len(text) >= sink.LineMax {
			t.Errorf("%d bytes", len(text))
		}
		var out finding.Finding
		if err := json.Unmarshal(text, &out); err != nil {
			t.Error(err)
			return
		}
		if !bytes.HasSuffix(text, []byte(","+extra+"}")) {
			t.Error("the extra members are not there")
		}
		if out.Fingerprint != in.Fingerprint || out.Counts.Events != 7 || out.Severity != "high" || out.Rule == "" {
			t.Errorf("the core is gone: %s", text)
		}
		if got := [3]bool{out.Evidence != "", out.Diagnosis.Explain != "", out.Facts.PolicyARN != ""}; got != [3]bool{evidence, explain, policy} {
			t.Errorf("kept evidence, explanation, policy: %v, want %v", got, [3]bool{evidence, explain, policy})
		}
	}
	long := strings.Repeat("x", 2*sink.LineMax)
	f(func(*finding.Finding) {}, true, true, true)
	f(func(f *finding.Finding) { f.Evidence = long }, true, true, true)
	f(func(f *finding.Finding) { f.Diagnosis.Explain = long }, false, false, true)
	f(func(f *finding.Finding) { f.Diagnosis.Fix = []string{long} }, false, false, true)
	f(func(f *finding.Finding) { f.Facts.PolicyARN = long }, false, false, false)
	f(func(f *finding.Finding) { f.Summary = long }, false, false, false)
	// Bytes that take the most room in JSON, in every text there is.
	f(func(f *finding.Finding) {
		fp, severity := f.Fingerprint, f.Severity
		fill(reflect.ValueOf(f).Elem(), strings.Repeat("\x00", sink.LineMax))
		f.Fingerprint, f.Severity, f.State, f.Reason = fp, severity, finding.Open, finding.First
	}, false, false, false)
}

func TestJSONWithoutExtra(t *testing.T) {
	text, err := sink.JSON(finding.Finding{Summary: "<a> & b", Severity: "high"}, nil)
	if err != nil || !json.Valid(text) || !bytes.Contains(text, []byte(`"<a> & b"`)) {
		t.Errorf("%v: %s", err, text)
	}
}

func TestClip(t *testing.T) {
	f := func(s string, most int, want string) {
		t.Helper()
		if got := sink.Clip(s, most); got != want {
			t.Errorf("%d bytes of %q are %q; want %q", most, s, got, want)
		}
	}
	f("", 0, "")
	f("abc", 3, "abc")
	f("abcd", 3, "abc…")
	f("aéb", 2, "a…")
	f("aéb", 3, "aé…")
}

// fill sets every text in v.
func fill(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Struct:
		if v.Type().PkgPath() == "time" {
			return
		}
		for _, field := range v.Fields() {
			fill(field, text)
		}
	}
}

// Whatever a finding's length, its line is no longer than the runtime leaves whole.
func TestJSONAtTheBound(t *testing.T) {
	for _, extra := range []string{"", `"x":1`} {
		longest := 0
		for n := sink.LineMax - 600; n < sink.LineMax; n++ {
			text, err := sink.JSON(finding.Finding{Fingerprint: "0123456789abcdef", Evidence: strings.Repeat("x", n)}, []byte(extra))
			if err != nil {
				t.Fatal(err)
			}
			longest = max(longest, len(text)+len("\n"))
		}
		if longest > sink.LineMax || longest < sink.LineMax-1 {
			t.Errorf("with the members %q: the longest line has %d bytes; want %d or one less", extra, longest, sink.LineMax)
		}
	}
}
