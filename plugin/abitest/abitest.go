// Package abitest runs the plugin library in a small Fluent Bit of our own,
// written in C (host/), that loads it by dlopen, registers and starts it, and
// flushes chunks into it. What the plugin only borrows is taken away the moment
// a call returns, so a use after that ends the process instead of going
// unnoticed; see host/abihost.c.
//
// The package is the Go side of that host: building it, giving it commands,
// reading its answers. Its tests are the ABI tests; cmd/abihost plays log files
// through the library where there is no Fluent Bit.
//
// A host is one process with one library: if that breaks the rules, the process is
// gone, and the error of the next command says how it ended.
package abitest

import (
	"bufio"
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Stack sizes a flush is run on, in bytes.
const (
	StackOfThread = 0         // the calling thread's own
	StackSmall    = 24 * 1024 // Fluent Bit's coroutines before 5.1 on x86-64
	StackCurrent  = 64 * 1024 // the least since
)

//go:embed host
var hostSource embed.FS

// BuildHost compiles the C host into dir, with $CC or gcc, and returns its path.
func BuildHost(dir string) (string, error) {
	if err := os.CopyFS(dir, hostSource); err != nil {
		return "", err
	}
	sources, err := filepath.Glob(filepath.Join(dir, "host", "*.c"))
	if err != nil {
		return "", err
	}
	host := filepath.Join(dir, "abihost")
	args := append([]string{"-O1", "-g", "-Wall", "-Wextra", "-Werror", "-o", host}, sources...)
	compile := exec.Command(cmp.Or(os.Getenv("CC"), "gcc"), append(args, "-pthread", "-ldl")...)
	return host, runQuietly(compile)
}

// libraryFlags are those of the Makefile's LIBRARY_LDFLAGS.
const libraryFlags = "-X runtime.godebugDefault=asyncpreemptoff=1,gcshrinkstackoff=1"

// BuildLibrary builds the plugin into dir, from within this module, so that it runs like
// the one that make builds, and returns the library's path.
func BuildLibrary(dir string) (string, error) {
	library := filepath.Join(dir, "out_authlens.so")
	build := exec.Command("go", "build", "-buildmode=c-shared",
		"-ldflags="+libraryFlags, "-o", library, "github.com/authlens/authlens/plugin")
	build.Env = append(os.Environ(), "CGO_ENABLED=1")
	return library, runQuietly(build)
}

// runQuietly runs a build step whose output matters only when it fails.
func runQuietly(c *exec.Cmd) error {
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(c.Args, " "), err, out)
	}
	return nil
}

// A Host is a running C host. It obeys one command at a time.
type Host struct {
	process *exec.Cmd
	orders  io.WriteCloser
	pipe    io.Closer // under answers
	answers *bufio.Reader
	ended   error // how the process ended, once it has
}

// Start starts the host at path. What the plugin prints goes to stdout and
// stderr.
func Start(path string, stdout, stderr io.Writer) (*Host, error) {
	pipe, theirs, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer theirs.Close() // the process has a copy
	h := &Host{process: exec.Command(path), pipe: pipe, answers: bufio.NewReader(pipe)}
	h.process.Stdout, h.process.Stderr = stdout, stderr
	h.process.ExtraFiles = []*os.File{theirs} // file descriptor 3
	if h.orders, err = h.process.StdinPipe(); err == nil {
		err = h.process.Start()
	}
	if err != nil {
		return nil, errors.Join(err, pipe.Close())
	}
	return h, nil
}

// errFailed is the answer "failed": the plugin declined, and all is well with
// the process.
var errFailed = errors.New("failed")

// command gives one command and returns the words of its answer after "ok".
func (h *Host) command(fields ...string) ([]string, error) {
	if h.ended != nil {
		return nil, h.ended
	}
	for _, f := range fields {
		if strings.ContainsAny(f, "\t\n") {
			return nil, fmt.Errorf("command %s: %q has a tab or a line end in it", fields[0], f)
		}
	}
	_, err := io.WriteString(h.orders, strings.Join(fields, "\t")+"\n")
	if err != nil {
		return nil, h.end(fields[0])
	}
	answer, err := h.answers.ReadString('\n')
	if err != nil {
		return nil, h.end(fields[0])
	}
	state, rest, _ := strings.Cut(strings.TrimSpace(answer), " ")
	if state != "ok" {
		return nil, fmt.Errorf("command %s: %w: %s", fields[0], errFailed, rest)
	}
	return strings.Fields(rest), nil
}

// end waits for a process that no longer answers.
func (h *Host) end(during string) error {
	h.ended = fmt.Errorf("the host ended during %s: %v", during, h.process.Wait())
	h.pipe.Close()
	return h.ended
}

// Stop ends the host without calling any exit, and reports how it ended.
func (h *Host) Stop() error {
	if h.ended != nil {
		return h.ended
	}
	h.ended = errors.New("the host was stopped")
	return errors.Join(h.orders.Close(), h.process.Wait(), h.pipe.Close())
}

// A Registration is what the plugin wrote into the registration struct.
type Registration struct {
	Name               string
	Type, Proxy, Flags int
}

// Load loads the library and registers the plugin. It fails when a byte after
// the registration struct was written.
func (h *Host) Load(library string) (Registration, error) {
	words, err := h.command("load", library)
	if err != nil {
		return Registration{}, err
	}
	r := Registration{Name: words[0]}
	r.Type, _ = strconv.Atoi(words[1])
	r.Proxy, _ = strconv.Atoi(words[2])
	r.Flags, _ = strconv.Atoi(words[3])
	return r, nil
}

// Init starts the instance id with options of the form "name=value".
func (h *Host) Init(id string, options ...string) error {
	_, err := h.command(append([]string{"init", id}, options...)...)
	return err
}

// A Flush is what came of one flush.
type Flush struct {
	Code  int // 1 is FLB_OK
	Took  time.Duration
	Stack int // bytes of the coroutine's stack that were used
}

// Flush gives the chunk in file to the instance id.
func (h *Host) Flush(stack int, id, tag, file string) (Flush, error) {
	words, err := h.command("flush", strconv.Itoa(stack), id, tag, file)
	if err != nil {
		return Flush{}, err
	}
	n, err := numbers(words, 3)
	if err != nil {
		return Flush{}, err
	}
	return Flush{Code: int(n[0]), Took: time.Duration(n[1]), Stack: int(n[2])}, nil
}

// A Storm says how long the flushes of a storm took and how deep they went.
type Storm struct {
	P50, P99, P999, Max time.Duration
	Stack               int // bytes, the deepest
}

// Nobody is the id of no instance, for Storm: the host reads the chunk itself, which takes
// about as long as a flush of quiet text.
const Nobody = "nobody"

// Storm flushes count times from each of the given number of threads at once, files
// and instances in turn. It fails when one flush did not return FLB_OK.
func (h *Host) Storm(stack, threads, count int, tag string, files []string, ids ...string) (Storm, error) {
	words, err := h.command(append([]string{"storm", strconv.Itoa(stack), strconv.Itoa(threads),
		strconv.Itoa(count), tag, strings.Join(files, ":")}, ids...)...)
	if err != nil {
		return Storm{}, err
	}
	n, err := numbers(words, 5)
	if err != nil {
		return Storm{}, err
	}
	return Storm{P50: time.Duration(n[0]), P99: time.Duration(n[1]), P999: time.Duration(n[2]),
		Max: time.Duration(n[3]), Stack: int(n[4])}, nil
}

// Exit calls exit with the context of the instance id.
func (h *Host) Exit(id string) error {
	_, err := h.command("exit", id)
	return err
}

// ExitContext calls exit with any context.
func (h *Host) ExitContext(context uint64) error {
	_, err := h.command("exit-context", strconv.FormatUint(context, 16))
	return err
}

// ExitPlain calls the exit of Fluent Bit versions that know no contexts.
func (h *Host) ExitPlain() error {
	_, err := h.command("exit-plain")
	return err
}

func numbers(words []string, want int) ([]int64, error) {
	if len(words) != want {
		return nil, fmt.Errorf("expected an answer of %d numbers, got %q", want, words)
	}
	n := make([]int64, want)
	for i, w := range words {
		var err error
		if n[i], err = strconv.ParseInt(w, 10, 64); err != nil {
			return nil, err
		}
	}
	return n, nil
}
