package doctor

import (
	"flag"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/texts.txt anew")

// told are the texts of all checks that tests have examined.
var told = map[string]bool{}

// took is how long an endpoint took.
var took = regexp.MustCompile(`takes \d+ms`)

// tell notes what a report says, without what differs from one run to the next. What a
// cause says is tested with the causes.
func tell(r *Report, home string, addresses map[string]string) {
	pairs := []string{home, "HOME"}
	for name, address := range addresses {
		host, _ := url.Parse(address)
		pairs = append(pairs, host.Host, name)
	}
	steady := strings.NewReplacer(pairs...)
	for _, c := range r.Checks {
		var b strings.Builder
		fmt.Fprintf(&b, "%s, %s: %s\n", c.Step, c.Status, c.Found)
		for _, d := range c.Details {
			fmt.Fprintf(&b, "  %s: %s\n", d.Name, d.Value)
		}
		if c.Cause == "" {
			for _, fix := range c.Fix {
				fmt.Fprintf(&b, "  → %s\n", fix)
			}
		}
		told[took.ReplaceAllString(steady.Replace(b.String()), "takes …ms")] = true
	}
}

// TestMain holds what all tests were told to testdata/texts.txt, which is there to be read:
// `go test ./cmd/authlens/internal/doctor -update` writes it anew. A machine that is slow may
// be told more, of endpoints that did not answer in time.
func TestMain(m *testing.M) {
	code := m.Run()
	if code == 0 && isWhole() {
		code = compareTexts()
	}
	os.Exit(code)
}

// isWhole tells whether every test was run.
func isWhole() bool {
	for _, name := range []string{"run", "skip", "list", "fuzz"} {
		if flag.Lookup("test."+name).Value.String() != "" {
			return false
		}
	}
	return !testing.Short()
}

func compareTexts() (code int) {
	name := filepath.Join("testdata", "texts.txt")
	if *update {
		text := strings.Join(slices.Sorted(maps.Keys(told)), "\n")
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			fmt.Println(err)
			return 1
		}
	}
	file, err := os.ReadFile(name)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	for text := range strings.SplitSeq(string(file), "\n\n") {
		if !told[strings.TrimSuffix(text, "\n")+"\n"] {
			fmt.Printf("%s has a text that no check says:\n%s\n", name, text)
			code = 1
		}
	}
	return code
}
