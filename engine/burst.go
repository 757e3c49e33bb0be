package engine

import (
	"slices"

	"github.com/authlens/authlens/engine/distinct"
	"github.com/authlens/authlens/engine/window"
	"github.com/authlens/authlens/rules"
)

// A burst counts the distinct tasks of a scope that one rule matched, window by
// window: many tasks failing together point at what they share.
type burst struct {
	key    scopeKey
	groups int // that belong to it
	slots  []burstSlot
}

type burstSlot struct {
	window window.Index
	tasks  distinct.Counter
}

// burstOf finds or makes the burst of a rule in a scope.
func (a *Aggregator) burstOf(scope uint64, r *rules.Rule) *burst {
	key := scopeKey{scope, r.Name}
	b := a.bursts[key]
	if b == nil {
		b = &burst{key: key}
		a.bursts[key] = b
	}
	return b
}

// add counts a task in window w.
func (b *burst) add(w window.Index, task uint64) {
	if tasks := b.in(w); tasks != nil {
		tasks.Add(task)
	}
}

// in returns the tasks of window w. Past window.Kept windows the oldest is given up; if
// that is w itself, in returns nil.
func (b *burst) in(w window.Index) *distinct.Counter {
	oldest := 0
	for i := range b.slots {
		if b.slots[i].window == w {
			return &b.slots[i].tasks
		}
		if b.slots[i].window < b.slots[oldest].window {
			oldest = i
		}
	}
	if len(b.slots) < window.Kept {
		oldest = len(b.slots)
		b.slots = append(b.slots, burstSlot{})
	} else if b.slots[oldest].window > w {
		return nil
	}
	b.slots[oldest].window = w
	b.slots[oldest].tasks.Reset()
	return &b.slots[oldest].tasks
}

// forget forgets the windows after w.
func (b *burst) forget(w window.Index) {
	b.slots = slices.DeleteFunc(b.slots, func(s burstSlot) bool { return s.window > w })
}

// within returns how many distinct tasks failed in windows [from, to].
func (b *burst) within(from, to window.Index) int {
	var all distinct.Counter
	for i := range b.slots {
		if w := b.slots[i].window; w >= from && w <= to {
			all.Merge(&b.slots[i].tasks)
		}
	}
	n, _ := all.Count()
	return n
}
