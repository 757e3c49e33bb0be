// Command bench measures the data plane beside its peers, on one core and in
// one run, and prints one table:
//
//	make bench BENCH="[-text FILE] [-rounds N] [-rules N]"
//
// It is a module of its own, so that the peers are no dependencies of AuthLens.
// Hyperscan is among them when it is built with -tags hyperscan.
//
// Every row runs once a round, and its median is printed: what disturbs the
// machine disturbs all rows. The rows of an engine that is not the best of this
// machine run in a process in which the better ones are switched off.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"
)

// textSize is how much the searches go over, in bytes: more than any cache.
const textSize = 64 << 20

// leastTime is how long a row runs in a round, at least.
const leastTime = 100 * time.Millisecond

// A variant is an engine to measure besides the best one of the machine.
type variant struct{ name, godebug string }

func variants() []variant {
	if runtime.GOARCH == "amd64" {
		return []variant{{"AVX2", "cpu.avx512f=off"}, {"portable", "cpu.avx2=off"}}
	}
	return nil // the choice cannot be overruled by GODEBUG
}

func main() {
	text := flag.String("text", "", "search this file of log lines instead of generated ones")
	rounds := flag.Int("rounds", 5, "how often each row runs")
	userRules := flag.Int("rules", 1000, "how many user rules are loaded beside the default ones")
	child := flag.Bool("child", false, "measure our own rows once and print them as JSON")
	flag.Parse()
	runtime.GOMAXPROCS(1)
	if err := run(*text, *rounds, *userRules, *child); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(file string, rounds, userRules int, child bool) error {
	m, err := newMaterial(file, userRules)
	if err != nil {
		return err
	}
	if child {
		return json.NewEncoder(os.Stdout).Encode(measure(m.ours()))
	}
	rows, err := m.rows()
	if err != nil {
		return err
	}
	all := map[string][]float64{}
	for range rounds {
		for name, seconds := range measure(rows) {
			all[name] = append(all[name], seconds)
		}
		for _, v := range variants() {
			seconds, err := measureVariant(v)
			if err != nil {
				return err
			}
			for name, s := range seconds {
				all[name+", "+v.name] = append(all[name+", "+v.name], s)
			}
		}
	}
	fmt.Printf("%s/%s, %d rounds, %d literals, %d with %d user rules; searches go over %d MiB of %s\n\n",
		runtime.GOOS, runtime.GOARCH, rounds, len(m.matcher.Literals()), len(m.extended.Literals()), userRules,
		len(m.text)>>20, m.source)
	print(rows, all)
	return nil
}

// measure runs each row once and returns the seconds of CPU that a run takes:
// by the clock, a neighbour's work would count too.
func measure(rows []row) map[string]float64 {
	seconds := map[string]float64{}
	for _, r := range rows {
		r.run() // brings tables and text into the caches
		runtime.GC()
		n, start := 0, cpuTime()
		for cpuTime()-start < leastTime {
			r.run()
			n++
		}
		seconds[r.name] = (cpuTime() - start).Seconds() / float64(n)
	}
	return seconds
}

// cpuTime is what this process has used of processors so far.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // it fails on wrong arguments only
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// measureVariant is measure of our own rows, by a process of its own.
func measureVariant(v variant) (map[string]float64, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self, append(slices.Clone(os.Args[1:]), "-child")...)
	cmd.Env = append(os.Environ(), "GODEBUG="+v.godebug)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", v.name, err)
	}
	var seconds map[string]float64
	if err := json.Unmarshal(out, &seconds); err != nil {
		return nil, fmt.Errorf("%s: expected seconds by row as JSON: %w", v.name, err)
	}
	return seconds, nil
}

// print prints the medians, and how they compare with two peers.
func print(rows []row, all map[string][]float64) {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	defer w.Flush()
	fmt.Fprintln(w, "| row\t| MB/s\t| of IndexByte\t| of Hyperscan\t| records/s\t|")
	fmt.Fprintln(w, "|---\t|---:\t|---:\t|---:\t|---:\t|")
	median := func(name string) float64 {
		list := slices.Sorted(slices.Values(all[name]))
		if len(list) == 0 {
			return 0
		}
		return list[len(list)/2]
	}
	// Both go over the same text.
	indexByte, hyperscan := median(indexByteRow), median(hyperscanRow)
	for _, r := range rows {
		names := []string{r.name}
		for _, v := range variants() {
			names = append(names, r.name+", "+v.name)
		}
		for _, name := range names {
			seconds := median(name)
			if seconds == 0 {
				continue
			}
			rate := float64(r.bytes) / seconds
			line := []string{name, number(rate / 1e6), number(rate * indexByte / textSize), "", ""}
			if hyperscan > 0 {
				line[3] = number(rate * hyperscan / textSize)
			}
			if r.records > 0 {
				line[4] = number(float64(r.records) / seconds)
			}
			fmt.Fprintln(w, "| "+strings.Join(line, "\t| ")+"\t|")
		}
	}
}

// number writes v with three digits that matter, and no exponent.
func number(v float64) string {
	if v >= 100 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	digits := 2 - int(math.Floor(math.Log10(v)))
	return strconv.FormatFloat(v, 'f', min(digits, 6), 64)
}
