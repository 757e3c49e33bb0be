//go:build !purego

package record

import "golang.org/x/sys/cpu"

// useVector says whether frames are compared with AVX2.
var useVector = cpu.X86.HasAVX2

// prefetchAhead is how far ahead followAVX2 prefetches, in bytes; if it is 0, the search of the values
// does so (literal.Search.GoOn). With AVX-512 that search is over before the memory has answered.
var prefetchAhead = func() int {
	if cpu.X86.HasAVX512VBMI2 {
		return 8 << 10
	}
	return 0
}()

// follow is followEach, as fast as this processor can. Where followAVX2 finds no record there may
// still be one, which followEach looks for.
func follow(f *frames, b []byte, start, to int, outlines []Outline, v *Values) (n int) {
	if useVector && start >= partSize {
		if n = followAVX2(f, b, start, to, outlines, v, prefetchAhead); n > 0 {
			return n
		}
	}
	return followEach(f, b, start, to, outlines[:1], v)
}

// followAVX2 is followEach with AVX2. It may end earlier: where the first frame that it tries does
// not fit, or so near the end of b that the last part of a frame would reach beyond it. It reads up
// to partSize bytes before b[start], which must be there. For each record it prefetches half a
// kilobyte, ahead bytes on; nothing if ahead is 0.
//
//go:noescape
func followAVX2(f *frames, b []byte, start, to int, outlines []Outline, v *Values, ahead int) (n int)
