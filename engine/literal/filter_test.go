package literal

import (
	"testing"
	"unsafe"
)

// TestFilterLayout holds filter to the offsets that the assembly has.
func TestFilterLayout(t *testing.T) {
	f := func(name string, got, want uintptr) {
		t.Helper()
		if got != want {
			t.Errorf("%s: at offset %d of filter, the assembly has %d", name, got, want)
		}
	}
	var x filter
	f("low", unsafe.Offsetof(x.low), 0)
	f("high", unsafe.Offsetof(x.high), 64)
	f("exact", unsafe.Offsetof(x.exact), 128)
	f("shifts", unsafe.Offsetof(x.shifts), 1152)
	f("members", unsafe.Offsetof(x.members), 5248)
}
