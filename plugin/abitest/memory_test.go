package abitest

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// After the start the process keeps no pages of the library that only the start
// needed. The file's first segment shows it, whatever this kernel maps with one
// access: it holds relocations, which are read once.
func TestStartLeavesNoPages(t *testing.T) {
	s := newSession(t)
	size, loaded := relocations(t, s)
	if loaded < size/2 {
		t.Fatalf("%d of %d KiB of relocations are resident when the library is loaded; want most", loaded, size)
	}
	s.init("a")
	if _, started := relocations(t, s); started > size/4 {
		t.Errorf("%d of %d KiB of relocations are resident after the start; want few", started, size)
	}
}

// The library of these tests takes its memory as the one that make builds.
func TestLibraryFlags(t *testing.T) {
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	if want := "\nLIBRARY_LDFLAGS := " + libraryFlags + "\n"; !strings.Contains(string(makefile), want) {
		t.Errorf("the Makefile has no line %q", want)
	}
}

// relocations returns the size of the library's first segment and how much of it
// is resident, both in KiB.
func relocations(t *testing.T, s *session) (size, resident int) {
	t.Helper()
	smaps, err := os.Open(fmt.Sprintf("/proc/%d/smaps", s.process.Process.Pid))
	if err != nil {
		t.Skip("no /proc/PID/smaps here:", err)
	}
	defer smaps.Close()
	inside := false
	for lines := bufio.NewScanner(smaps); lines.Scan(); {
		// "7f34ee200000-7f34ee382000 r--p 00000000 fe:00 9994275   /path", then "Rss:   64 kB"
		fields := strings.Fields(lines.Text())
		if len(fields) > 5 && strings.Contains(fields[0], "-") {
			inside = fields[2] == "00000000" && filepath.Base(fields[5]) == filepath.Base(libraryPath)
		}
		if inside {
			fmt.Sscanf(lines.Text(), "Size: %d", &size)
			if n, _ := fmt.Sscanf(lines.Text(), "Rss: %d", &resident); n == 1 {
				return size, resident
			}
		}
	}
	t.Fatal("the library is not in /proc/PID/smaps")
	return 0, 0
}
