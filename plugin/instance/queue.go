package instance

import (
	"container/list"

	"github.com/authlens/authlens/engine/finding"
)

// A queue holds the newest snapshot of each finding that waits to be delivered,
// in the order in which the findings began to wait. It is bounded.
type queue struct {
	max   int
	order list.List // of finding.Finding
	byKey map[string]*list.Element
}

func newQueue(most int) *queue {
	return &queue{max: most, byKey: make(map[string]*list.Element)}
}

func (q *queue) len() int { return q.order.Len() }

// put adds a snapshot, or replaces an older one of the same finding where that stands.
// If the queue is full, another finding is dropped for it.
func (q *queue) put(f finding.Finding) (replaced, dropped bool) {
	if at, ok := q.byKey[f.Fingerprint]; ok {
		at.Value = f.InPlaceOf(at.Value.(finding.Finding))
		return true, false
	}
	if q.len() >= q.max {
		q.remove(q.leastWanted())
		dropped = true
	}
	q.byKey[f.Fingerprint] = q.order.PushBack(f)
	return false, dropped
}

// leastWanted is the oldest finding that is resolved, or else the oldest.
func (q *queue) leastWanted() *list.Element {
	for at := q.order.Front(); at != nil; at = at.Next() {
		if at.Value.(finding.Finding).State == finding.Resolved {
			return at
		}
	}
	return q.order.Front()
}

// take removes and returns the first n findings, or as many as there are.
func (q *queue) take(n int) []finding.Finding {
	batch := make([]finding.Finding, 0, min(n, q.len()))
	for len(batch) < n && q.len() > 0 {
		batch = append(batch, q.remove(q.order.Front()))
	}
	return batch
}

// putBack returns a batch to the front, except for what a newer snapshot has replaced
// since. If there is no room any more, the least wanted of all is dropped.
func (q *queue) putBack(batch []finding.Finding) (replaced, dropped int) {
	for i := len(batch) - 1; i >= 0; i-- {
		f := batch[i]
		if at, ok := q.byKey[f.Fingerprint]; ok {
			at.Value = at.Value.(finding.Finding).InPlaceOf(f)
			replaced++
			continue
		}
		q.byKey[f.Fingerprint] = q.order.PushFront(f)
		if q.len() > q.max {
			q.remove(q.leastWanted())
			dropped++
		}
	}
	return replaced, dropped
}

func (q *queue) remove(at *list.Element) finding.Finding {
	f := q.order.Remove(at).(finding.Finding)
	delete(q.byKey, f.Fingerprint)
	return f
}
