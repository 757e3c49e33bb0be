package main

import "testing"

func TestMeant(t *testing.T) {
	names := []string{"window", "threshold", "threshold_windows", "sinks", "emf"}
	f := func(misspelt, want string) {
		t.Helper()
		if got := meant(misspelt, names); got != want {
			t.Errorf("%q: got %q, want %q", misspelt, got, want)
		}
	}
	f("treshold", "threshold")
	f("thresholds", "threshold")
	f("thershold", "threshold")
	f("windows", "window")
	f("stdouts", "")
	f("", "")
	if got := meant("sinka", []string{"sinks", "sinkb"}); got != "" {
		t.Errorf("got %q of two that are as near", got)
	}
}
