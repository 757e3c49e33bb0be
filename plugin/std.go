package main

import (
	"os"
	"sync"
	"syscall"
)

// The process's stdout and stderr, for findings and log lines. They are copies:
// on file descriptors 1 and 2 themselves Go ends the process when nobody reads
// the other end any more (os/signal, SIGPIPE), and that would be the end of the
// log router. On a copy the write fails, and no more.
var (
	stdout = sync.OnceValue(func() *os.File { return copyOf(os.Stdout) })
	stderr = sync.OnceValue(func() *os.File { return copyOf(os.Stderr) })
)

func copyOf(f *os.File) *os.File {
	fd, err := syscall.Dup(int(f.Fd()))
	if err != nil {
		return f // closed: there is nobody to write to
	}
	syscall.CloseOnExec(fd)
	return os.NewFile(uintptr(fd), f.Name())
}
