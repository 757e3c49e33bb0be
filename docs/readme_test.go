package docs

import (
	"strings"
	"testing"
)

// README.md opens with a finding that the sample logs really give.
func TestReadmeFinding(t *testing.T) {
	out := authlens(t, "", append([]string{"replay"}, files(t, "../examples/logs/report-worker/*.jsonl")...)...)
	shown, _, ok := strings.Cut(out, "\n  see ")
	if !ok {
		t.Fatalf("expected a finding that says what to see; got\n%s", out)
	}
	part{"../README.md", "finding"}.holds(t, "```\n"+shown+"\n```\n")
}
