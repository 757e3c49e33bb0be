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
	f("whole", unsafe.Offsetof(x.whole), 0)
	f("classed", unsafe.Offsetof(x.classed), 256)
	f("exact", unsafe.Offsetof(x.exact), 512)
	f("fix", unsafe.Offsetof(x.fix), 1536)
}
