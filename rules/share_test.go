package rules

import "testing"

func TestEqualListsAreShared(t *testing.T) {
	list := func(texts ...string) []string { return texts }
	a := Rule{Unless: list("x", "y"), Signatures: []Signature{{All: list("x"), UnlessNear: list("x", "y")}}}
	b := Rule{Unless: list("xy"), Signatures: []Signature{{Any: list("x", "y"), PrecededBy: list("x"), FollowedBy: list("xy"), Unless: list("y")}}}
	known := newSharedLists()
	known.share(&a)
	known.share(&b)

	f := func(want bool, one, other []string) {
		t.Helper()
		if got := &one[0] == &other[0]; got != want {
			t.Errorf("%q and %q are one: %v; want %v", one, other, got, want)
		}
	}
	f(true, a.Unless, a.Signatures[0].UnlessNear)
	f(true, a.Unless, b.Signatures[0].Any)
	f(true, a.Signatures[0].All, b.Signatures[0].PrecededBy)
	f(true, b.Unless, b.Signatures[0].FollowedBy)
	f(false, a.Unless, b.Unless)
	f(false, a.Signatures[0].All, b.Signatures[0].Unless)
	if b.Signatures[0].All != nil {
		t.Errorf("a list that was not there is now %q", b.Signatures[0].All)
	}
}
