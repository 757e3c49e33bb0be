package literal

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/authlens/authlens/engine/enginetest"
)

// benchText returns what the benchmarks search: FireLens chunks of quiet lines,
// 64 MiB in all so that it does not fit a cache, or the file that
// AUTHLENS_BENCH_TEXT names.
func benchText(b *testing.B) []byte {
	const size = 64 << 20
	if file := os.Getenv("AUTHLENS_BENCH_TEXT"); file != "" {
		text, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		return bytes.Repeat(text, size/len(text)+1)[:size]
	}
	return repeated(enginetest.Quiet, size)
}

func repeated(corpus func(n int) []enginetest.Line, size int) []byte {
	chunks := bytes.Join(enginetest.Chunks(corpus(4<<20), enginetest.V2, 2<<20), nil)
	return bytes.Repeat(chunks, size/len(chunks)+1)[:size]
}

func BenchmarkFind(b *testing.B) {
	text := benchText(b)
	f := newFinder(b, signatures...)
	run := func(name string, part int, search func(text []byte) int) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text) / part))
			found := 0
			for b.Loop() {
				found = search(text[:len(text)/part])
			}
			b.ReportMetric(float64(found)/float64(len(text)/part)*1024, "found/KiB")
		})
	}
	run("finder", 1, func(text []byte) int { return count(text, f) })
	run("portable", 1, func(text []byte) int {
		defer setVector(false)()
		return count(text, f)
	})
	run("naive", 256, func(text []byte) (n int) {
		for at := f.firstNaive(text, 0); at >= 0; at = f.firstNaive(text, at+1) {
			n++
		}
		return n
	})
	run("regexp", 256, func(text []byte) int { return len(alternation.FindAllIndex(text, -1)) })
	run("index", 16, func(text []byte) (n int) {
		for _, s := range signatures {
			n += bytes.Count(text, []byte(s))
		}
		return n
	})
	run("indexbyte", 1, func(text []byte) int { return bytes.Count(text, []byte{'\xc1'}) }) // nearly absent: in times only
}

var alternation = func() *regexp.Regexp {
	quoted := make([]string, len(signatures))
	for i, s := range signatures {
		quoted[i] = regexp.QuoteMeta(s)
	}
	return regexp.MustCompile("(?i)" + strings.Join(quoted, "|"))
}()

// count counts the places in text where f finds a literal.
func count(text []byte, f *Finder) (n int) {
	var s Search
	s.Reset(f, text)
	for at := s.Find(0); at >= 0; at = s.Find(at + 1) {
		n++
	}
	return n
}
