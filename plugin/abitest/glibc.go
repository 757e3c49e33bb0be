package abitest

import (
	"debug/elf"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// GlibcMost is the newest glibc that the library may need: that of Amazon Linux
// 2023, on which aws-for-fluent-bit 3.x stands. The loader refuses a library
// that needs a newer one, and Fluent Bit then does not start.
const GlibcMost = "2.34"

// GlibcNeeds returns the version of glibc that a library needs, such as "2.34",
// and the symbols that need it. It is "" for a library that needs none.
func GlibcNeeds(library string) (version string, symbols []string, err error) {
	file, err := elf.Open(library)
	if err != nil {
		return "", nil, fmt.Errorf("%s: %w", library, err)
	}
	defer file.Close()
	imported, err := file.ImportedSymbols()
	if err != nil {
		return "", nil, fmt.Errorf("%s: %w", library, err)
	}
	for _, s := range imported {
		needs, ok := strings.CutPrefix(s.Version, "GLIBC_")
		if !ok {
			continue
		}
		switch CompareVersions(needs, version) {
		case 1:
			version, symbols = needs, []string{s.Name}
		case 0:
			symbols = append(symbols, s.Name)
		}
	}
	slices.Sort(symbols)
	return version, symbols, nil
}

// CompareVersions compares versions such as 2.34 and 2.3.2 number by number: -1,
// 0 or 1. What is no number, such as GLIBC_PRIVATE's, comes last.
func CompareVersions(a, b string) int {
	return slices.Compare(versionNumbers(a), versionNumbers(b))
}

func versionNumbers(version string) []int {
	var all []int
	for part := range strings.SplitSeq(version, ".") {
		n, err := strconv.Atoi(part)
		if err != nil && version != "" {
			n = math.MaxInt
		}
		all = append(all, n)
	}
	return all
}
