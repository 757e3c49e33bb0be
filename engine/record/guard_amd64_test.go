//go:build linux && !purego

package record

import (
	"testing"

	"github.com/authlens/authlens/engine/enginetest"
)

// TestFollowReadsNothingOutside follows records to where memory ends: a read behind it kills the
// test.
func TestFollowReadsNothingOutside(t *testing.T) {
	needsAVX2(t)
	inside, release, err := enginetest.Guarded()
	if err != nil {
		t.Skip("no guarded memory: ", err)
	}
	defer release()
	for _, chunk := range framedChunks() {
		chunk = chunk[:min(len(chunk), len(inside))]
		f, starts := learntFrom(chunk)
		for cut := range 2 * partSize {
			b := inside[len(inside)-len(chunk)+cut:]
			copy(b, chunk)
			for _, start := range starts[max(0, len(starts)-3):] {
				if partSize <= start && start <= len(b) {
					checkFollow(t, f, b, start, len(b))
				}
			}
		}
		copy(inside, chunk)
		for _, start := range starts {
			if start >= partSize {
				checkFollow(t, f, inside[:len(chunk)], start, len(chunk))
			}
		}
	}
}
