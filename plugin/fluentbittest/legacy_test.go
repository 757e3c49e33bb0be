package fluentbittest

import (
	"strings"
	"syscall"
	"testing"

	"github.com/authlens/authlens/engine/finding"
)

// One failure before a hot reload and one after it are a finding: the new
// configuration goes on counting where the old one was stopped. Another reload
// does not tell it again.
func TestFluentBitHotReloadKeepsCounting(t *testing.T) {
	forEach(t, func(t *testing.T, fb fluentBit) {
		fb.since(t, 2, 1, "hot reload")
		w := newWorkspace(t)
		config := w.write("main.conf", quick+"    Hot_Reload On\n"+`
[INPUT]
    Name forward
    unix_path {dir}/fluent.sock
`+instance("shop")+instance("witness", "threshold 1"))
		p := fb.start(t, "-e", "{lib}", "-c", config)
		reloads := func() int { return strings.Count(p.stderr.String(), "goes on with the windows") }
		told := func() (told []finding.Finding) {
			for _, f := range p.findings() {
				if f.Scope.Cluster == "shop" {
					told = append(told, f)
				}
			}
			return told
		}
		reload := func(n int) {
			p.signal(syscall.SIGHUP)
			p.eventually("a reload", func() bool { return reloads() == 2*n })
		}

		connect(t, p, w.path("fluent.sock")).log(denial)
		p.eventually("the witness of the first failure", func() bool { return p.found("witness") })
		reload(1)
		if n := len(told()); n != 0 {
			t.Fatalf("one failure gave %d findings", n)
		}
		connect(t, p, w.path("fluent.sock")).log(denial)
		p.eventually("a finding", func() bool { return len(told()) == 1 })
		reload(2)
		p.stop()

		if f := told(); len(f) != 1 || f[0].Counts.Events != 2 {
			t.Errorf("two failures around a reload, and another reload, were told as %+v; want one finding of 2 events", f)
		}
	})
}
