package report

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/authlens/authlens/cmd/authlens/internal/scan"
	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/engine/explain/explaintest"
)

// hostile is what a log may hold to break out of a page.
const hostile = `</script><script>alert(1)</script><img src=x onerror=alert(1)>"'` + "`" + `{{.}}<!-- ]]> javascript:alert(1) ` + "\u2028\x00\u202e"

// scanned scans a log with failures of several services and causes, whose every
// name is hostile.
func scanned(t testing.TB) *scan.Result {
	t.Helper()
	cfg, err := conf.Load(func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	line := func(at int, service, text string) {
		fmt.Fprintf(&log, `{"date":%d,"ecs_task_definition":%q,"container_name":"/ecs-x","log":%q}`+"\n", 1773133200+at, service+":7", text)
	}
	for n := range 40 {
		line(n*60, "reports", `AccessDenied: User: arn:aws:sts::123456789012:assumed-role/reports-role/0123456789abcdef0123456789abcdef is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::monthly/a.csv `)
		line(n*90, "orders-"+`</title><b>`, `ExpiredTokenException: the token expired `+hostile)
		line(n*7, "ledger", `FATAL: password authentication failed for user "`+`<svg onload=alert(1)>`+`"`)
	}
	dir := t.TempDir()
	name := filepath.Join(dir, `a <b> "quoted".log`)
	if err := os.WriteFile(name, []byte(log.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := scan.Run(context.Background(), scan.Options{Paths: []string{name, filepath.Join(dir, "<i>nowhere")}, Config: cfg, Explainer: explaintest.Default(t)})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Findings) < 3 {
		t.Fatalf("%d findings", len(r.Findings))
	}
	return r
}

func written(t testing.TB, r *scan.Result) string {
	t.Helper()
	var page bytes.Buffer
	if err := Write(&page, r, "v1 <test>"); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

func TestPageIsWellFormed(t *testing.T) {
	f := func(page string) {
		t.Helper()
		d := xml.NewDecoder(strings.NewReader(strings.ReplaceAll(page, script, "")))
		d.Strict = false
		d.AutoClose = xml.HTMLAutoClose
		d.Entity = xml.HTMLEntity
		ids := map[string]bool{}
		labels := 0
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("the page is not well-formed: %v", err)
			}
			start, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			for _, a := range start.Attr {
				switch name := strings.ToLower(a.Name.Local); {
				case name == "id" && ids[a.Value]:
					t.Errorf("two elements with the id %q", a.Value)
				case name == "id":
					ids[a.Value] = true
				case name == "src" || name == "srcset" || name == "style" || strings.HasPrefix(name, "on"):
					t.Errorf("<%s %s=%q>: the page needs something else, or its policy forbids it", start.Name.Local, name, a.Value)
				case name == "href" && !strings.HasPrefix(a.Value, "#") && !strings.HasPrefix(a.Value, "https://"):
					t.Errorf("a link to %q", a.Value)
				case name == "aria-labelledby":
					labels++
				}
			}
			if name := start.Name.Local; name == "script" && len(start.Attr) > 0 || name == "link" || name == "img" {
				t.Errorf("<%s>: the page is not self-contained", name)
			}
		}
		if labels == 0 {
			t.Error("no section has a name for screen readers")
		}
		for _, ref := range regexp.MustCompile(`aria-labelledby="([^"]*)"`).FindAllStringSubmatch(page, -1) {
			for id := range strings.FieldsSeq(ref[1]) {
				if !ids[id] {
					t.Errorf("aria-labelledby names %q, which is not there", id)
				}
			}
		}
	}
	f(written(t, scanned(t)))
	empty, err := scan.Run(context.Background(), emptyScan(t))
	if err != nil {
		t.Fatal(err)
	}
	page := written(t, empty)
	f(page)
	if !strings.Contains(page, "<h1>No findings</h1>") {
		t.Error("a page without findings does not say so")
	}
}

func emptyScan(t *testing.T) scan.Options {
	cfg, _ := conf.Load(func(string) string { return "" })
	return scan.Options{Paths: []string{"-"}, Stdin: strings.NewReader("all is well\n"), Config: cfg, Explainer: explaintest.Default(t)}
}

func TestPageNeedsNothingElse(t *testing.T) {
	page := written(t, scanned(t))
	if got := strings.Count(page, "<script>"); got != 1 {
		t.Errorf("%d scripts, want the page's own", got)
	}
	if got := strings.Count(page, "</script>"); got != 1 {
		t.Errorf("%d ends of scripts", got)
	}
	for _, never := range []string{"<img", "<svg onload", "<b>7", "<i>nowhere", "</title><b>", "ZgotmplZ", "javascript:alert(1) \u2028\x00"} {
		if strings.Contains(page, never) {
			t.Errorf("the page holds %q", never)
		}
	}
	for _, s := range []string{style, script} {
		for _, never := range []string{"url(", "@import", "http:", "https:", "fetch(", "XMLHttpRequest", "innerHTML", "eval("} {
			if strings.Contains(s, never) {
				t.Errorf("style or script holds %q", never)
			}
		}
	}
	if !strings.Contains(page, "&lt;script&gt;alert(1)&lt;/script&gt;") {
		t.Error("the evidence is not shown as it is")
	}
	if !strings.Contains(page, `<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;;`) {
		t.Error("no policy")
	}
}

// driver loads the page as a reader would, uses it, and says what happened.
const driver = `<!doctype html><pre id="out"></pre><script>
const out = document.getElementById("out"), say = (s) => { out.textContent += s + "\n"; };
window.addEventListener("message", () => say("a message"));
const frame = (width) => new Promise((done) => {
  const f = document.createElement("iframe");
  f.width = width; f.height = 800; f.src = "/page#NAMED";
  f.onload = () => done(f); document.body.append(f);
});
say("");
(async () => {
  for (const width of [320, 390, 1200]) {
    const f = await frame(width), d = f.contentDocument, all = (s) => [...d.querySelectorAll(s)];
    say(width + ": overflow " + Math.max(0, d.documentElement.scrollWidth - d.documentElement.clientWidth));
    const visible = () => all(".finding").filter((e) => e.getBoundingClientRect().height > 0);
    say(width + ": findings " + visible().length);
    say(width + ": named is open " + d.querySelector("#NAMED details").open);
    const cause = d.getElementById("cause");
    cause.value = cause.options[1].value; cause.dispatchEvent(new Event("change"));
    say(width + ": filtered " + visible().length + ", same cause " + visible().every((e) => e.dataset.cause === cause.value) + ", dimmed " + (all("rect.off").length > 0) + ", said " + d.getElementById("shown").textContent);
    all('.chip[aria-pressed="true"]')[0].click();
    say(width + ": chip lets go " + (visible().length === all(".finding").length));
    d.getElementById("unfold").click();
    say(width + ": unfolded " + all(".finding details").every((e) => e.open));
    say(width + ": overflow unfolded " + Math.max(0, d.documentElement.scrollWidth - d.documentElement.clientWidth));
    say(width + ": copy shown " + all(".copy").every((b) => b.getBoundingClientRect().height > 0));
    const unnamed = all("button, select, summary, a").filter((e) => !(e.textContent.trim() || e.getAttribute("aria-label")));
    say(width + ": unnamed controls " + unnamed.length);
  }
  say("done");
})();
</script>`

// In a browser the page can be filtered, unfolded and linked to, on a phone and
// on a desktop, and nothing in a log runs.
func TestPageInChromium(t *testing.T) {
	browser := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" {
		t.Skip("no chromium on PATH")
	}
	r := scanned(t)
	page := written(t, r)
	others := make(chan string, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch q.URL.Path {
		case "/page":
			io.WriteString(w, page)
		case "/driver":
			io.WriteString(w, strings.ReplaceAll(driver, "NAMED", "f-"+r.Findings[1].Fingerprint))
		case "/favicon.ico":
		default:
			others <- q.URL.Path
		}
	}))
	defer server.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	command := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
		"--user-data-dir="+t.TempDir(), "--enable-logging=stderr", "--virtual-time-budget=10000", "--dump-dom", server.URL+"/driver")
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil {
		t.Skipf("chromium does not run here: %v\n%.2000s", err, stderr.String())
	}
	dom := stdout.String()
	if !strings.Contains(dom, "\ndone\n") {
		t.Fatalf("the driver did not end:\n%s\n%.3000s", dom, stderr.String())
	}
	n := len(r.Findings)
	for _, width := range []string{"320", "390", "1200"} {
		for _, want := range []string{
			"overflow 0\n", fmt.Sprintf("findings %d\n", n), "named is open true\n", "same cause true, dimmed true, said ",
			"chip lets go true\n", "unfolded true\n", "overflow unfolded 0\n", "copy shown true\n", "unnamed controls 0\n",
		} {
			if !regexp.MustCompile("(?m)^" + width + ": .*" + regexp.QuoteMeta(strings.TrimSuffix(want, "\n"))).MatchString(dom) {
				t.Errorf("at %s pixels, want %q:\n%s", width, want, dom)
			}
		}
	}
	if log := stderr.String(); strings.Contains(log, "Content Security Policy") || strings.Contains(log, "Uncaught") {
		t.Errorf("the browser complains:\n%s", log)
	}
	select {
	case path := <-others:
		t.Errorf("the page asked for %s", path)
	default:
	}
}
