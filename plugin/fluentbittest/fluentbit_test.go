package fluentbittest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/plugin/abitest"
)

// patience bounds every wait for something that must happen.
const patience = 30 * time.Second

// library builds the plugin once; TestMain removes it.
var library = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "authlens")
	if err != nil {
		return "", err
	}
	libraryDir = dir
	return abitest.BuildLibrary(dir)
})

var libraryDir string

func TestMain(m *testing.M) {
	code := m.Run()
	if libraryDir != "" {
		os.RemoveAll(libraryDir)
	}
	os.Exit(code)
}

// A fluentBit is one Fluent Bit binary.
type fluentBit struct {
	path         string
	major, minor int
}

// forEach runs test with every Fluent Bit there is, side by side.
func forEach(t *testing.T, test func(t *testing.T, fb fluentBit)) {
	t.Helper()
	if testing.Short() {
		t.Skip("skipped: runs Fluent Bit, and -short was given")
	}
	paths := os.Getenv("FLUENT_BIT")
	if paths == "" {
		onPath, err := exec.LookPath("fluent-bit")
		if err != nil {
			t.Skip("skipped: no Fluent Bit: FLUENT_BIT names none, and there is no fluent-bit on PATH")
		}
		paths = onPath
	}
	for path := range strings.SplitSeq(paths, ":") {
		fb := fluentBit{path: path}
		out, err := exec.Command(path, "--version").Output()
		if err != nil {
			t.Fatalf("%s --version: %v", path, err)
		}
		version := regexp.MustCompile(`v(\d+)\.(\d+)\.\d+`).FindSubmatch(out)
		if version == nil {
			t.Fatalf("%s --version: expected a version in %q", path, out)
		}
		fb.major, _ = strconv.Atoi(string(version[1]))
		fb.minor, _ = strconv.Atoi(string(version[2]))
		t.Run(string(version[0]), func(t *testing.T) {
			t.Parallel()
			test(t, fb)
		})
	}
}

// since skips the test for a Fluent Bit older than the version.
func (fb fluentBit) since(t *testing.T, major, minor int, feature string) {
	t.Helper()
	if cmp.Or(cmp.Compare(fb.major, major), cmp.Compare(fb.minor, minor)) < 0 {
		t.Skipf("skipped: %s came with Fluent Bit %d.%d, this is %d.%d", feature, major, minor, fb.major, fb.minor)
	}
}

// built skips the test for a Fluent Bit that was built without the plugin.
func (fb fluentBit) built(t *testing.T, plugin string) {
	t.Helper()
	help, err := exec.Command(fb.path, "--help").Output()
	if err != nil {
		t.Fatalf("%s --help: %v", fb.path, err)
	}
	if !bytes.Contains(help, []byte("\n  "+plugin+" ")) {
		t.Skipf("skipped: %s was built without the plugin %s", fb.path, plugin)
	}
}

// A workspace is the files of one test. Its path is short enough for the name
// of a unix socket.
type workspace struct {
	t   *testing.T
	dir string
}

func newWorkspace(t *testing.T) workspace {
	t.Helper()
	dir, err := os.MkdirTemp("", "fb")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return workspace{t, dir}
}

func (w workspace) path(name string) string { return filepath.Join(w.dir, name) }

// write puts text, in which {lib} and {dir} stand for the library and the
// workspace, into a file and returns its path.
func (w workspace) write(name, text string) string {
	w.t.Helper()
	lib, err := library()
	if err != nil {
		w.t.Fatal(err)
	}
	text = strings.NewReplacer("{lib}", lib, "{dir}", w.dir).Replace(text)
	if err := os.WriteFile(w.path(name), []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
	return w.path(name)
}

// read returns what is in a file by now; nothing when it is not there yet.
func (w workspace) read(name string) string {
	w.t.Helper()
	text, err := os.ReadFile(w.path(name))
	if err != nil && !os.IsNotExist(err) {
		w.t.Fatal(err)
	}
	return string(text)
}

// A process is a Fluent Bit that was started.
type process struct {
	t              *testing.T
	fb             fluentBit
	cmd            *exec.Cmd
	stdout, stderr output
	ended          chan struct{}
}

// An output is a bytes.Buffer that may be read while it is written.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// start starts Fluent Bit with arguments, in which {lib} is the library.
func (fb fluentBit) start(t *testing.T, args ...string) *process {
	t.Helper()
	return fb.startWith(t, nil, args...)
}

// startWith is start with further environment variables.
func (fb fluentBit) startWith(t *testing.T, environment map[string]string, args ...string) *process {
	t.Helper()
	lib, err := library()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{t: t, fb: fb, ended: make(chan struct{})}
	p.cmd = exec.Command(fb.path)
	for _, a := range args {
		p.cmd.Args = append(p.cmd.Args, strings.ReplaceAll(a, "{lib}", lib))
	}
	p.cmd.Env = os.Environ()
	for name, value := range environment {
		p.cmd.Env = append(p.cmd.Env, name+"="+value)
	}
	p.cmd.Stdout, p.cmd.Stderr = &p.stdout, &p.stderr
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(p.ended)
		_ = p.cmd.Wait() // ProcessState tells
	}()
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill() // no harm where it has ended
		<-p.ended
		if t.Failed() {
			t.Logf("%s\nstderr:\n%s\nstdout:\n%s", p.cmd, p.stderr.String(), p.stdout.String())
		}
	})
	return p
}

// eventually waits until is holds; what says what was waited for.
func (p *process) eventually(what string, is func() bool) {
	p.t.Helper()
	for deadline := time.Now().Add(patience); !is(); time.Sleep(2 * time.Millisecond) {
		select {
		case <-p.ended:
			if is() {
				return
			}
			p.t.Fatalf("Fluent Bit ended (%v) without %s", p.cmd.ProcessState, what)
		default:
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("no %s in %v", what, patience)
		}
	}
}

func (p *process) signal(s syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Fatalf("%v: %v", s, err)
	}
}

// stop sends SIGTERM, as ECS does, and wants an orderly end. It does nothing
// after the end.
func (p *process) stop() {
	p.t.Helper()
	select {
	case <-p.ended:
		return
	default:
	}
	p.signal(syscall.SIGTERM)
	p.wait()
	switch {
	case p.crashed() && p.exitsTwice():
		p.t.Logf("Fluent Bit crashed, as 1.9 may with several instances, after all of them had closed: %v", p.cmd.ProcessState)
	case p.crashed():
		p.t.Errorf("Fluent Bit ended by a crash: %v", p.cmd.ProcessState)
	}
	if strings.Contains(p.stderr.String(), "bug: ") {
		p.t.Error("the plugin caught a panic")
	}
}

// kill ends it at once.
func (p *process) kill() {
	p.t.Helper()
	p.signal(syscall.SIGKILL)
	p.wait()
}

// wait waits for the end.
func (p *process) wait() {
	p.t.Helper()
	select {
	case <-p.ended:
	case <-time.After(patience):
		p.t.Fatalf("Fluent Bit still runs after %v", patience)
	}
}

// crashed reports whether a signal ended it, or it caught one that should have.
func (p *process) crashed() bool {
	status, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() || strings.Contains(p.stderr.String(), "caught signal (SIGSEGV)")
}

// exitsTwice reports whether this is a Fluent Bit 1.9 with several instances, of
// which every one has said its last word. That version frees what they share
// with the first and exits the second out of freed memory
// (aws-for-fluent-bit#613); whether it survives depends on how it was built.
func (p *process) exitsTwice() bool {
	started := strings.Count(p.stderr.String(), "] started: ")
	return p.fb.major == 1 && started > 1 && started == strings.Count(p.stderr.String(), "] statistics: ")
}

// findings returns the findings printed to stdout so far.
func (p *process) findings() []finding.Finding {
	p.t.Helper()
	var all []finding.Finding
	for line := range strings.Lines(p.stdout.String()) {
		var f finding.Finding
		if json.Unmarshal([]byte(line), &f) == nil && f.Fingerprint != "" {
			all = append(all, f)
		}
	}
	return all
}

// found reports whether a finding of the cluster was printed.
func (p *process) found(cluster string) bool {
	for _, f := range p.findings() {
		if f.Scope.Cluster == cluster {
			return true
		}
	}
	return false
}

// portsTaken counts the ports that freePort has given or found taken.
var portsTaken atomic.Int32

// freePort returns a port of the loopback interface that nobody listens on now.
// It is never given twice, and lies below the ports that kernels choose from for
// what connects or listens on port 0 (32768 and up on Linux): a neighbouring test
// would else take it before the process does for which it was picked.
func freePort(t *testing.T) int {
	t.Helper()
	const first, count = 20000, 12000
	start := os.Getpid() // two runs at once begin apart
	for {
		taken := int(portsTaken.Add(1))
		if taken > count {
			t.Fatalf("none of the %d ports from %d on is free", count, first)
		}
		port := first + (start+taken)%count
		if l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			l.Close()
			return port
		}
	}
}

const (
	task   = "0f9b3c1d2e4a5b6c7d8e9f0a1b2c3d4e"
	denial = `An error occurred (AccessDenied) when calling the GetObject operation: User: ` +
		`arn:aws:sts::123456789012:assumed-role/orders-task/` + task + ` is not authorized to perform: ` +
		`s3:GetObject on resource: arn:aws:s3:::orders-archive/2026/07.csv because no identity-based ` +
		`policy allows the s3:GetObject action`
)

// failures is an input that fails several times a second by itself.
var failures = fmt.Sprintf(`
[INPUT]
    Name  dummy
    Tag   app-firelens-%s
    Dummy {"log":"%s"}
    Rate  20
`, task, denial)
