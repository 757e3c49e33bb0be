package rules

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestLoad(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f := func(path, want string) {
		t.Helper()
		set, err := Load(path)
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			for _, r := range set.Rules {
				got += r.Name + " "
			}
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q in it", filepath.Base(path), got, want)
		}
	}
	f(filepath.Join(folder, "missing.yaml"), "no such file")
	f(folder, "expected at least one .yaml file")
	write("b.yaml", valid)
	write("a.yml", strings.Replace(valid, "name: one", "name: two", 1))
	write("notes.txt", "not rules")
	f(filepath.Join(folder, "b.yaml"), "one ")
	f(folder, "two one ")
	write("c.yaml", valid)
	f(folder, `a rule named "one" stands in `)
	write("c.yaml", "nonsense: 1")
	f(folder, "c.yaml:1:1: expected `rules`, `causes` or `adjust`")
}

// What is no file is not opened: to open a pipe is to wait for somebody to write.
func TestLoadRefusesPipes(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe.yaml")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{pipe, filepath.Dir(pipe)} {
		if _, err := Load(path); err == nil || err.Error() != pipe+": expected a file; found a pipe, a socket or a device" {
			t.Errorf("%s: got %v", path, err)
		}
	}
}

// A folder is no file, whatever it is called, and so is a link to it.
func TestLoadPassesOverFolders(t *testing.T) {
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "a.yaml"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("a.yaml", filepath.Join(folder, "b.yaml")); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(folder); err == nil || !strings.Contains(err.Error(), "expected at least one .yaml file") {
		t.Errorf("got %v", err)
	}
}

// A file that is too large is not read.
func TestLoadRefusesLargeFiles(t *testing.T) {
	large := filepath.Join(t.TempDir(), "large.yaml")
	if err := os.WriteFile(large, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, 8<<30); err != nil { // all of it a hole
		t.Fatal(err)
	}
	for _, path := range []string{large, filepath.Dir(large)} {
		if _, err := Load(path); err == nil || !strings.Contains(err.Error(), "may have 2097152 bytes, all files of a folder together; with this one they have more") {
			t.Errorf("%s: got %.200v", path, err)
		}
	}
}

// The bound holds for the files of a folder together.
func TestLoadRefusesManyFiles(t *testing.T) {
	folder := t.TempDir()
	comments := strings.Repeat("# no rule\n", maxFileBytes/30)
	for _, name := range []string{"a.yaml", "b.yaml", "c.yaml", "d.yaml"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(comments), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Load(folder); err == nil || !strings.Contains(err.Error(), "d.yaml: rules may have") {
		t.Errorf("got %.200v", err)
	}
}
