//go:build linux

package literal

import (
	"bytes"
	"strings"
	"syscall"
	"testing"
)

// TestReadsNothingOutside searches text that ends where memory ends: a read
// behind it kills the test.
func TestReadsNothingOutside(t *testing.T) {
	page := syscall.Getpagesize()
	memory, err := syscall.Mmap(-1, 0, 3*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Skip("no memory map: ", err)
	}
	defer syscall.Munmap(memory)
	for _, guard := range [][]byte{memory[:page], memory[2*page:]} {
		if err := syscall.Mprotect(guard, syscall.PROT_NONE); err != nil {
			t.Skip("no protection of memory: ", err)
		}
	}
	f := newFinder(t, signatures...)
	inside := memory[page : 2*page]
	// No place of a block has a bucket; one has, but holds no gram; one holds a
	// gram; many do.
	a := f.anchors[0]
	bucketOnly := string(f.literals[0][a.at : a.at+gramSize])
	fills := []string{".", bucketOnly + strings.Repeat(".", 50), signatures[0] + strings.Repeat(".", 50), "authenticate"}
	var sizes []int
	for n := range 300 {
		sizes = append(sizes, n)
	}
	for n := 1000; n < 1800; n += 13 {
		sizes = append(sizes, n)
	}
	for _, n := range sizes {
		for _, b := range [][]byte{inside[:n], inside[page-n:]} {
			for _, fill := range fills {
				copy(b, bytes.Repeat([]byte(fill), n/len(fill)+1))
				check(t, "guarded", f, b)
			}
		}
	}
}
