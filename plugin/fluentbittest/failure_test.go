package fluentbittest

import (
	"strings"
	"testing"
)

// Wrong options end Fluent Bit before it starts, and it says why.
func TestFluentBitInitFailure(t *testing.T) {
	const wrong = `
[OUTPUT]
    Name   authlens
    Match  *
    window a fortnight
    sinks  pigeon
`
	f := func(t *testing.T, fb fluentBit, outputs string) *process {
		t.Helper()
		w := newWorkspace(t)
		p := fb.start(t, "-e", "{lib}", "-c", w.write("main.conf", quick+failures+outputs))
		p.wait()
		for _, want := range []string{"window", "a fortnight", "sinks", "pigeon"} {
			if !strings.Contains(p.stderr.String(), want) {
				t.Errorf("stderr does not name %q", want)
			}
		}
		if p.cmd.ProcessState.Success() {
			t.Error("Fluent Bit ended as if all was well")
		}
		return p
	}
	forEach(t, func(t *testing.T, fb fluentBit) {
		t.Run("alone", func(t *testing.T) {
			if p := f(t, fb, wrong); p.crashed() {
				t.Errorf("Fluent Bit ended by a crash: %v", p.cmd.ProcessState)
			}
		})
		t.Run("after another", func(t *testing.T) {
			p := f(t, fb, instance("one")+wrong)
			// 1.9.10 calls exit out of memory it has freed: what comes of that
			// is not in our hands.
			if p.crashed() && fb.major > 1 {
				t.Errorf("Fluent Bit ended by a crash: %v", p.cmd.ProcessState)
			}
			t.Logf("ended with %v", p.cmd.ProcessState)
		})
	})
}
