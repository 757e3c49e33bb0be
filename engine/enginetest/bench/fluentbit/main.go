// Command fluentbit measures what AuthLens costs inside a real Fluent Bit: the
// CPU time that a pipeline from tail to a plugin takes, over the same pipeline
// to Fluent Bit's own null output. Beside it stand Fluent Bit's grep filter and
// a plugin of fluent-bit-go's decoder and Go's regexp, both with twelve of the
// same signatures as one case-insensitive expression, and a plugin that only reads:
// no plugin that looks at records takes less. What a pipeline takes with an empty
// log, to start and to end, is told apart.
//
//	go run ./fluentbit -fluent-bit PATH -authlens out_authlens.so -read out_read.so -regex out_regex.so
package main

import (
	"bufio"
	"cmp"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/authlens/authlens/engine/enginetest"
)

// signatures are twelve of the default rules', those that most programs print.
var signatures = []string{
	"is not authorized to perform", "AccessDenied", "ExpiredToken", "InvalidClientTokenId", "UnrecognizedClientException",
	"SignatureDoesNotMatch", "password authentication failed", "Access denied for user", "invalid_grant",
	"Request failed with status code 401", "NoCredentialProviders", "Unable to locate credentials",
}

// A pipeline is a way for the lines to go.
type pipeline struct {
	name    string
	library string // to load, if any
	config  string // what follows the input
	runs    int    // in a round: the difference of what takes about as long is hard to see
}

func main() {
	fluentBit := flag.String("fluent-bit", "fluent-bit", "Fluent Bit's binary")
	authlens := flag.String("authlens", "out_authlens.so", "our library")
	read := flag.String("read", "out_read.so", "the library of ./readplugin")
	regex := flag.String("regex", "out_regex.so", "the library of ./regexplugin")
	text := flag.String("text", "", "read this log file instead of generated lines")
	size := flag.Int("size", 64, "MiB of lines that go through Fluent Bit")
	rounds := flag.Int("rounds", 5, "how many rounds; in each, what is compared closely runs several times")
	flag.Parse()
	if err := run(*fluentBit, pipelinesOf(*authlens, *read, *regex), *text, *size<<20, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, "fluentbit:", err)
		os.Exit(1)
	}
}

func run(fluentBit string, pipelines []pipeline, file string, size, rounds int) error {
	dir, err := os.MkdirTemp("", "authlens-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	log := filepath.Join(dir, "app.log")
	lines, err := writeLines(log, file, size)
	if err != nil {
		return err
	}
	empty := filepath.Join(dir, "empty.log")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		return err
	}
	most := slices.MaxFunc(pipelines, func(a, b pipeline) int { return cmp.Compare(a.runs, b.runs) }).runs
	start, added := map[string][]time.Duration{}, map[string][]time.Duration{}
	for range rounds {
		for turn := range most {
			for _, p := range pipelines {
				if turn >= p.runs {
					continue
				}
				idle, err := p.run(fluentBit, dir, empty)
				if err != nil {
					return fmt.Errorf("%s: %w", p.name, err)
				}
				busy, err := p.run(fluentBit, dir, log)
				if err != nil {
					return fmt.Errorf("%s: %w", p.name, err)
				}
				start[p.name] = append(start[p.name], idle)
				added[p.name] = append(added[p.name], busy-idle)
			}
		}
	}
	version, _ := exec.Command(fluentBit, "--version").Output()
	fmt.Printf("%s: %d MiB in %d lines, median of %d rounds\n\n", strings.SplitN(string(version), "\n", 2)[0], size>>20, lines, rounds)
	print(pipelines, start, added)
	return nil
}

// pipelinesOf returns what is compared: the first is what all have in common, the second ours.
func pipelinesOf(authlens, read, regex string) []pipeline {
	quoted := make([]string, len(signatures))
	for i, s := range signatures {
		quoted[i] = regexp.QuoteMeta(s)
	}
	expression := strings.Join(quoted, "|")
	null := "[OUTPUT]\n    Name null\n    Match *\n"
	return []pipeline{
		{"null", "", null, 4},
		{"authlens", authlens, "[OUTPUT]\n    Name authlens\n    Match *\n    sinks stdout\n    role_probe off\n", 4},
		{"reading, nothing searched", read, "[OUTPUT]\n    Name read\n    Match *\n", 4},
		{"grep filter, 12 signatures", "", "[FILTER]\n    Name grep\n    Match *\n    Exclude log (?i)" + expression + "\n" + null, 1},
		{"decoder + regexp, 12 signatures", regex, "[OUTPUT]\n    Name regex\n    Match *\n    regex " + expression + "\n", 1},
	}
}

// print writes what a start of each pipeline takes, and what the log adds to it.
func print(pipelines []pipeline, start, added map[string][]time.Duration) {
	fmt.Println("| pipeline | start, CPU s | log, CPU s | over null | times ours |\n|---|---:|---:|---:|---:|")
	base := median(added[pipelines[0].name])
	ours := (median(added[pipelines[1].name]) - base).Seconds()
	for _, p := range pipelines {
		t := median(added[p.name])
		over := (t - base).Seconds()
		fmt.Printf("| %s | %.3f | %.3f | %+.3f | %.1f |\n", p.name, median(start[p.name]).Seconds(), t.Seconds(), over, over/ours)
	}
	list := added[pipelines[0].name]
	fmt.Printf("\nThe log through null took between %.3f and %.3f s.\n", slices.Min(list).Seconds(), slices.Max(list).Seconds())
}

func median(list []time.Duration) time.Duration {
	list = slices.Sorted(slices.Values(list))
	return list[len(list)/2]
}

// run sends the log through Fluent Bit once, which ends with it, and returns
// the CPU time that took.
func (p pipeline) run(fluentBit, dir, log string) (time.Duration, error) {
	config := filepath.Join(dir, "bench.conf")
	source := fmt.Sprintf(`[SERVICE]
    Flush     0.2
    Grace     5
    Log_Level error
[INPUT]
    Name             tail
    Tag              app
    Path             %s
    Read_from_Head   On
    Exit_On_Eof      On
    Buffer_Chunk_Size 512k
    Buffer_Max_Size  1M
`, log)
	if err := os.WriteFile(config, []byte(source+p.config), 0o600); err != nil {
		return 0, err
	}
	args := []string{"-q", "-c", config}
	if p.library != "" {
		library, err := filepath.Abs(p.library)
		if err != nil {
			return 0, err
		}
		args = append(args, "-e", library)
	}
	cmd := exec.Command(fluentBit, args...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("%w: %s", err, out)
	}
	u := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), nil
}

// writeLines writes a log of size bytes to path and returns its lines.
func writeLines(path, source string, size int) (lines int, err error) {
	text := enginetest.Text(enginetest.Quiet(min(size, 8<<20)))
	if source != "" {
		if text, err = os.ReadFile(source); err != nil {
			return 0, err
		}
	}
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	w := bufio.NewWriter(f)
	for written := 0; written < size; written += len(text) {
		w.Write(text) // Flush tells what became of it
		lines += strings.Count(string(text), "\n")
	}
	if err := w.Flush(); err != nil {
		return 0, err
	}
	return lines, f.Close()
}
