// Package room keeps small things that live as long as the process side by side. Allocated
// one by one, thousands of them would lie among what a start uses and drops, and keep its
// pages from being returned.
package room

import "unsafe"

// blockSize is the size of a block in bytes: too large to share its pages with others.
const blockSize = 64 << 10

// An Of has room for slices of T. The zero value is ready to use.
type Of[T any] struct {
	free []T
}

// Make returns a slice of length and capacity n, nil for 0, next to the one before in memory.
// It is not freed before all others of its block.
func (r *Of[T]) Make(n int) []T {
	if n == 0 {
		return nil
	}
	if n > len(r.free) {
		var one T
		r.free = make([]T, max(n, blockSize/int(unsafe.Sizeof(one))))
	}
	made := r.free[:n:n]
	r.free = r.free[n:]
	return made
}

// Copy returns a copy of list, as Make would make it.
func (r *Of[T]) Copy(list []T) []T {
	made := r.Make(len(list))
	copy(made, list)
	return made
}
