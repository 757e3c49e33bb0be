// Command abihost plays log files through the plugin library where there is no
// Fluent Bit: a small host in C loads the library and flushes the logs into it,
// as Fluent Bit would. Findings appear on stdout, the plugin's own log lines on
// stderr.
//
//	go run ./plugin/abitest/cmd/abihost [-lib out_authlens.so] [-opt name=value]… FILE…
//
// A file is one container's log and its name, without the extension, is the tag.
// Its lines are JSON objects with the time under "date" (RFC 3339), as Fluent
// Bit's own json_lines output prints them, or plain text, which is put under
// "log" and dated now. The files are played side by side, by their dates.
//
// It needs gcc ($CC) and, without -lib, builds the library first.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/authlens/authlens/plugin/abitest"
)

func main() {
	var options []string
	library := flag.String("lib", "", "the library; not given: built from this module")
	flag.Func("opt", "an option of the plugin, as name=value; may be repeated", func(o string) error {
		if !strings.Contains(o, "=") {
			return fmt.Errorf("expected name=value, got %q", o)
		}
		options = append(options, o)
		return nil
	})
	flag.Parse()
	if err := play(*library, options, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "abihost:", err)
		os.Exit(1)
	}
}

// play flushes the log files through one instance and stops it.
func play(library string, options, files []string) (err error) {
	if len(files) == 0 {
		return fmt.Errorf("expected log files, got none")
	}
	logs, err := readLogs(files)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "abihost")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if library == "" {
		if library, err = abitest.BuildLibrary(dir); err != nil {
			return err
		}
	}
	// dlopen would look for a name without a directory in the system's folders.
	if library, err = filepath.Abs(library); err != nil {
		return err
	}
	path, err := abitest.BuildHost(dir)
	if err != nil {
		return err
	}
	host, err := abitest.Start(path, os.Stdout, os.Stderr)
	if err != nil {
		return err
	}
	defer func() {
		if stopErr := host.Stop(); err == nil {
			err = stopErr
		}
	}()
	if _, err := host.Load(library); err != nil {
		return err
	}
	if err := host.Init("demo", options...); err != nil {
		return err
	}
	file := filepath.Join(dir, "chunk")
	for _, c := range chunks(logs) {
		if err := os.WriteFile(file, c.bytes, 0o600); err != nil {
			return err
		}
		if _, err := host.Flush(abitest.StackSmall, "demo", c.tag, file); err != nil {
			return err
		}
	}
	return host.Exit("demo")
}
