package main

import (
	"slices"
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

// What a plan lacks is named by its flag, and all at once.
func TestCheck(t *testing.T) {
	f := func(change func(*plan), want ...string) {
		t.Helper()
		p := plan{tasks: 10, records: 1, every: time.Second, duration: 2 * time.Second, failing: 3}
		change(&p)
		var got []string
		if err := check(p); err != nil {
			got = strings.Split(err.Error(), "\n")
		}
		if !slices.EqualFunc(got, want, strings.HasPrefix) {
			t.Errorf("%+v: got %q, want %q", p, got, want)
		}
	}
	f(func(*plan) {})
	f(func(p *plan) { p.tasks = 2 }, "-tasks: expected 3 or more; got 2")
	f(func(p *plan) { p.failing = 11 }, "-failing: expected 3 to 10")
	f(func(p *plan) { p.records, p.every, p.duration = 0, 0, -1 }, "-records: ", "-every: expected 5ms or more; got 0s", "-for: ")
}
