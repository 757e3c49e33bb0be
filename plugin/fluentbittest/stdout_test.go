package fluentbittest

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// Where stdout takes nothing, Fluent Bit runs on and ends in its time, and what is lost
// is counted.
func TestFluentBitFaultStdout(t *testing.T) {
	const endsWithin = 6 * time.Second // the longest shutdown_grace, and what printing may take
	f := func(t *testing.T, fb fluentBit, redirection string) {
		t.Helper()
		w := newWorkspace(t)
		full := w.path("full")
		fillPipe(t, full)
		shell := fluentBit{"/bin/sh", fb.major, fb.minor}
		p := shell.start(t, "-c", `exec "$0" "$@" `+strings.ReplaceAll(redirection, "{full}", full),
			fb.path, "-e", "{lib}", "-c", w.write("main.conf", quick+failures+instance("shop")))
		p.eventually("start", func() bool { return strings.Contains(p.stderr.String(), "] started: ") })
		time.Sleep(2 * time.Second)
		began := time.Now()
		p.stop()
		if took := time.Since(began); took > endsWithin {
			t.Errorf("it took %v to end; want at most %v", took, endsWithin)
		}
		for _, want := range []string{"findings that could not be delivered in time: 1;", "findings that may be lost: 1: "} {
			if !strings.Contains(p.stderr.String(), want) {
				t.Errorf("stderr does not say %q", want)
			}
		}
	}
	forEach(t, func(t *testing.T, fb fluentBit) {
		t.Run("full disk", func(t *testing.T) { f(t, fb, ">/dev/full") })
		t.Run("closed", func(t *testing.T) { f(t, fb, ">&-") })
		t.Run("not read", func(t *testing.T) { f(t, fb, ">{full}") })
	})
}

// fillPipe makes a named pipe that has no room and a reader who does not read.
func fillPipe(t *testing.T, name string) {
	t.Helper()
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Fatal(err)
	}
	fd, err := syscall.Open(name, syscall.O_RDWR|syscall.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Close(fd) })
	for some := make([]byte, 4096); err == nil; {
		_, err = syscall.Write(fd, some)
	}
	if err != syscall.EAGAIN {
		t.Fatal(err)
	}
}
