package main

import (
	"io"
	"os"
	"sync"
	"syscall"
)

// The process's stdout and stderr, for findings and log lines. They are copies: if
// nobody reads the other end of file descriptors 1 and 2 any more, Go ends the
// process, and so the log router, when it writes there (os/signal, SIGPIPE). On a
// copy, only the write fails.
var (
	stdout = sync.OnceValue(func() io.Writer { return &wholeLines{to: copyOf(os.Stdout)} })
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

// wholeLines writes lines to a file that may take only a part of one: a pipe, or a file on
// a full disk. What is written next, most often the same line again, begins on a new one, so
// that a reader of lines loses only the torn one.
type wholeLines struct {
	mu   sync.Mutex
	to   io.Writer
	torn bool
}

// Write writes one or more whole lines.
func (w *wholeLines) Write(lines []byte) (n int, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	prefix := 0
	out := lines
	if w.torn {
		prefix = 1
		out = append([]byte{'\n'}, lines...)
	}
	n, err = w.to.Write(out)
	if n > 0 {
		w.torn = out[n-1] != '\n'
	}
	return max(0, n-prefix), err
}
