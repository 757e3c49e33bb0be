package main

import (
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

// panics counts what guard caught.
var panics atomic.Uint64

var logPanic, logStray sync.Once

// guard is deferred by every function that C calls. A panic is our bug, and must
// not end the log router: it is counted, and the first one is logged with its
// stack, by a goroutine, since a flush must not wait for whoever reads stderr.
func guard(function string) {
	cause := recover()
	if cause == nil {
		return
	}
	panics.Add(1)
	logPanic.Do(func() {
		stack := debug.Stack()
		go logf("error", "bug: panic in %s: %v; later ones are only counted\n%s", function, cause, stack)
	})
}

// tellPanics logs at an exit how many panics there were.
func tellPanics() {
	if n := panics.Load(); n > 0 {
		logf("error", "bug: %d panics were caught since this library was loaded", n)
	}
}

// strayFlush logs, once, that a chunk came for no running instance.
func strayFlush(h handle) {
	logStray.Do(func() {
		go logf("warn", "a chunk came for context %#x, which is no running instance: not read; later ones are not told", uintptr(h))
	})
}

// logf writes one line in the form of Fluent Bit's own log to stderr. Its log
// callback would be a call into C, and 1.9.10 does not offer it.
func logf(level, format string, args ...any) {
	fmt.Fprintf(stderr(), "[%s] [%5s] [output:%s] %s\n",
		time.Now().Format("2006/01/02 15:04:05"), level, pluginName, fmt.Sprintf(format, args...))
}
