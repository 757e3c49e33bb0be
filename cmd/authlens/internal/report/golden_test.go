package report

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/cmd/authlens/internal/scan"
	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/explain/explaintest"
	"github.com/authlens/authlens/rules"
)

var update = flag.Bool("update", false, "write testdata/page.html anew")

// shopRules are a shop's own, so that the page does not change with ours.
const shopRules = `
rules:
  - name: till.refused
    cause: till_key
    severity: high
    signatures: [{word: TILL-AUTH}]
    facts: ['(?P<error_code>TILL-AUTH-\d+)']
    examples: {match: [TILL-AUTH-01], ignore: [till]}
  - name: door.locked
    cause: door
    signatures: [{literal: door stays locked}]
    examples: {match: [door stays locked], ignore: [door]}
causes:
  - name: till_key
    kind: external
    title: Till Key Refused
    headline: ["The till refuses our key ({error_code}).", "The till refuses our key."]
    explain: The key was revoked.
    fix: [{say: "Put a new key into ` + "`TILL_KEY`" + ` and start again."}]
    verify: till whoami
    see: ["https://till.example.com/keys"]
  - name: door
    kind: external
    title: Door Locked
    headline: ["The door stays locked."]
    explain: It knows the card, and not at this hour.
    fix: [{say: Come back at nine.}]
`

// TestPageReads holds a whole page, but for style and script, to testdata/page.html. It is
// there to be read: `go test ./cmd/authlens/internal/report -update` writes it anew.
func TestPageReads(t *testing.T) {
	const golden = "testdata/page.html"
	want, err := os.ReadFile(golden)
	if err != nil && !*update {
		t.Fatal(err)
	}
	_, page, _ := strings.Cut(written(t, shop(t)), "<body>\n")
	page, _, _ = strings.Cut(page, "<script>")
	if *update {
		if err := os.WriteFile(golden, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if diff := cmp.Diff(string(want), page); diff != "" {
		t.Errorf("the page differs (-want +got):\n%s", diff)
	}
}

// shop scans a log of five minutes of two services, and a file that is not there.
func shop(t *testing.T) *scan.Result {
	t.Helper()
	set, err := rules.Parse("shop.yaml", []byte(shopRules))
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := conf.Load(func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	line := func(at, service, text string) {
		fmt.Fprintf(&log, `{"date":"2026-03-10T09:%sZ","ecs_task_definition":"%s:7","container_name":"/ecs-x","log":%q}`+"\n", at, service, text)
	}
	line("00:00", "cashier", "open")
	for _, at := range []string{"01:00", "01:10", "01:20", "03:00"} {
		line(at, "cashier", "charge failed: TILL-AUTH-07")
	}
	line("01:30", "porter", "the door stays locked")
	line("04:30", "porter", "the door stays locked")
	line("05:00", "porter", "good night")

	name := filepath.Join(t.TempDir(), "shop.log")
	if err := os.WriteFile(name, []byte(log.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := scan.Run(context.Background(), scan.Options{
		Paths: []string{name, "nowhere.log"}, Config: cfg, Explainer: explaintest.Of(t, set)})
	if err != nil {
		t.Fatal(err)
	}
	r.Files[0].Name = "shop.log"
	r.Findings[0].Diagnosis.Statement = &diagnose.Statement{Effect: "Allow", Action: []string{"till:Charge"}, Resource: []string{"*"}}
	return r
}
