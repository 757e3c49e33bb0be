package enginetest

import "syscall"

// Guarded returns a page of memory between two that must not be touched: a read outside
// of it kills the process. release gives it back.
func Guarded() (page []byte, release func(), err error) {
	size := syscall.Getpagesize()
	memory, err := syscall.Mmap(-1, 0, 3*size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return nil, nil, err
	}
	for _, guard := range [][]byte{memory[:size], memory[2*size:]} {
		if err := syscall.Mprotect(guard, syscall.PROT_NONE); err != nil {
			syscall.Munmap(memory)
			return nil, nil, err
		}
	}
	return memory[size : 2*size : 2*size], func() { syscall.Munmap(memory) }, nil
}
