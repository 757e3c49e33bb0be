package extract

import "testing"

// Forms are compiled when they are first needed: one that cannot be would be
// noticed in somebody's container only.
func TestEveryFormHoldsAFact(t *testing.T) {
	if len(allForms) == 0 {
		t.Fatal("there are no forms")
	}
	for _, f := range allForms {
		if f.re().NumSubexp() == 0 {
			t.Errorf("%v has no group for the fact", f.re())
		}
		for _, phrase := range f.needs {
			if phrase == "" {
				t.Errorf("%v needs an empty phrase", f.re())
			}
		}
	}
}
