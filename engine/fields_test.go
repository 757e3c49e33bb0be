package engine

import (
	"strings"
	"testing"

	"github.com/authlens/authlens/engine/enginetest"
)

// A failure is found in a record of several values whatever stands beside it,
// and however much.
func TestScanLongValuesBesideOthers(t *testing.T) {
	filler := func(n int) string { return strings.Repeat("all is well here, thank you. ", n/29+1)[:n] }
	f := func(name string, fields ...any) {
		t.Helper()
		var b enginetest.ChunkBuilder
		b.Append(1_700_000_000, 0, fields...)
		got := scanAll(t, ScannerOptions{}, "t", b.Bytes())
		if got.Stats.Matches != 1 {
			t.Errorf("%s: %d failures; want 1", name, got.Stats.Matches)
		}
	}
	f("behind a long value", "trace", filler(50<<10), "message", filler(6<<10)+denied("b", "k"))
	f("behind two long values", "trace", filler(20<<10), "more", filler(14<<10), "message", filler(6<<10)+denied("b", "k"))
	f("deep in a long value, behind what only looks like it", "level", "error",
		"body", "GET /docs/AccessDeniedHandler.html 200 "+filler(80<<10)+denied("b", "k"))
	f("the same, and another value behind", "level", "error",
		"body", "GET /docs/AccessDeniedHandler.html 200 "+filler(80<<10)+denied("b", "k"), "logger", "main")
}
