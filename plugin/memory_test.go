package main

import "testing"

var kept []byte

func TestBursts(t *testing.T) {
	burst := bursts()
	if burst() {
		t.Error("nothing was allocated, and that is a burst")
	}
	kept = make([]byte, burstLeast)
	if !burst() {
		t.Errorf("%d bytes were allocated, and that is no burst", len(kept))
	}
	if burst() {
		t.Error("the same burst is told twice")
	}
}
