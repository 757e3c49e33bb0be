package abitest

import "testing"

// The library that is built here loads where glibc is GlibcMost.
func TestGlibc(t *testing.T) {
	library, err := BuildLibrary(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	version, symbols, err := GlibcNeeds(library)
	if err != nil {
		t.Fatal(err)
	}
	if version == "" {
		t.Fatal("the library needs no glibc at all: it was linked to another libc")
	}
	if CompareVersions(version, GlibcMost) > 0 {
		t.Errorf("the library needs glibc %s for %v; Amazon Linux 2023 has %s", version, symbols, GlibcMost)
	}
}

func TestCompareVersions(t *testing.T) {
	f := func(a, b string, want int) {
		t.Helper()
		if got := CompareVersions(a, b); got != want {
			t.Errorf("%q and %q: got %d, want %d", a, b, got, want)
		}
	}
	f("2.34", "2.34", 0)
	f("2.4", "2.34", -1)
	f("2.38", "2.34", 1)
	f("2.3.2", "2.3", 1)
	f("2.17", "", 1)
	f("PRIVATE", "2.99", 1)
}
