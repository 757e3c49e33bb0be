package main

import (
	"strings"
	"testing"
	"time"
)

// A small fleet for a second: the burst is seen.
func TestSimulate(t *testing.T) {
	var out strings.Builder
	p := plan{tasks: 100, records: 2, every: 100 * time.Millisecond, duration: 1200 * time.Millisecond, failing: 10}
	if err := run(&out, p); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"100 tasks", "of a core in flushes", "of the heap", "critical"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("expected %q in\n%s", want, out.String())
		}
	}
}
