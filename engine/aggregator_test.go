package engine

import (
	"testing"
	"time"

	"github.com/authlens/authlens/rules"
)

// A threshold may span as many windows as its option allows.
func TestThresholdOverManyWindows(t *testing.T) {
	f := func(threshold rules.Threshold, every time.Duration, wantAt int) {
		t.Helper()
		m := newMetered(t)
		m.opt.Metrics = false
		m.opt.Threshold = threshold
		start := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
		for i := 1; i <= threshold.Events; i++ {
			at := start.Add(time.Duration(i) * every)
			m.Advance(at.Add(-every / 2))
			if told := m.add(at, at, lacksSend); len(told) > 0 {
				if i != wantAt || told[0].Counts.Events != int64(i) {
					t.Errorf("%+v, one failure every %v: told at the %d., of %d events; want at the %d.", threshold, every, i, told[0].Counts.Events, wantAt)
				}
				return
			}
		}
		if wantAt != 0 {
			t.Errorf("%+v, one failure every %v: nothing told; want at the %d.", threshold, every, wantAt)
		}
	}
	f(rules.Threshold{Events: 2, Windows: 60}, 50*time.Minute, 2)
	f(rules.Threshold{Events: 2, Windows: 60}, 61*time.Minute, 0)
	f(rules.Threshold{Events: 40, Windows: 60}, time.Minute, 40)
	f(rules.Threshold{Events: 61, Windows: 60}, time.Minute, 0)
}
