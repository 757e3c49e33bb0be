package rules

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestListOfTextsIsASignatureForEach(t *testing.T) {
	signatures := func(form string) []Signature {
		t.Helper()
		set, err := Parse("my.yaml", []byte(strings.Replace(valid, "{literal: login refused}", form, 1)))
		if err != nil {
			t.Fatal(err)
		}
		return set.Rules[0].Signatures
	}
	any := []string{"error"}
	f := func(form string, want ...Signature) {
		t.Helper()
		got := signatures(form)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", form, diff)
		}
		folded, more := fold(got)
		if diff := cmp.Diff(got, unfold(folded, more)); diff != "" {
			t.Errorf("%s: another when folded and unfolded (-was +is)\n%s", form, diff)
		}
	}
	f("{literal: [login refused, login denied], any: [error]}, {word: refusal}",
		Signature{Literal: "login refused", Any: any}, Signature{Literal: "login denied", Any: any}, Signature{Word: "refusal"})
	f("{word: [refusal]}", Signature{Word: "refusal"})
	f("{any: [error], regex: ['login \\w+', 'logon \\w+']}", Signature{Regex: `login \w+`, Any: any}, Signature{Regex: `logon \w+`, Any: any})
	f("{literal: login}, {word: login}, {word: logon}, {word: logon, any: [error]}",
		Signature{Literal: "login"}, Signature{Word: "login"}, Signature{Word: "logon"}, Signature{Word: "logon", Any: any})

	if all, more := fold(signatures("{literal: [login refused, login denied]}")); len(all) != 1 || !slices.Equal(more[0], []string{"login denied"}) {
		t.Errorf("folded to %d signatures and %q, want one and the other's text", len(all), more)
	}
}
