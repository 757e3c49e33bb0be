//go:build linux

package literal

import (
	"bytes"
	"strings"
	"testing"

	"github.com/authlens/authlens/engine/enginetest"
)

// TestReadsNothingOutside searches text that ends where memory ends: a read
// behind it kills the test.
func TestReadsNothingOutside(t *testing.T) {
	inside, release, err := enginetest.Guarded()
	if err != nil {
		t.Skip("no guarded memory: ", err)
	}
	defer release()
	f := newFinder(t, signatures...)
	// No place of a block has a bucket; one has, but holds no gram; one holds a
	// gram; many do.
	a := f.anchors[0]
	bucketOnly := f.Literal(0)[a.at : a.at+gramSize]
	fills := []string{".", bucketOnly + strings.Repeat(".", 50), signatures[0] + strings.Repeat(".", 50), "authenticate"}
	var sizes []int
	for n := range 300 {
		sizes = append(sizes, n)
	}
	for n := 1000; n < 1800; n += 13 {
		sizes = append(sizes, n)
	}
	for _, n := range sizes {
		for _, b := range [][]byte{inside[:n], inside[len(inside)-n:]} {
			for _, fill := range fills {
				copy(b, bytes.Repeat([]byte(fill), n/len(fill)+1))
				check(t, "guarded", f, b)
			}
		}
	}
}
