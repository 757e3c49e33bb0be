package instance

import (
	"strings"
	"testing"

	"github.com/authlens/authlens/engine/finding"
)

// snapshot makes a finding from text like "a1" (finding a, its first snapshot)
// or "a2!" (resolved).
func snapshot(text string) finding.Finding {
	f := finding.Finding{Fingerprint: text[:1], Rule: text, State: finding.Open}
	if strings.HasSuffix(text, "!") {
		f.State = finding.Resolved
	}
	return f
}

func snapshots(texts string) []finding.Finding {
	var all []finding.Finding
	for text := range strings.FieldsSeq(texts) {
		all = append(all, snapshot(text))
	}
	return all
}

func names(all []finding.Finding) string {
	var texts []string
	for _, f := range all {
		texts = append(texts, f.Rule)
	}
	return strings.Join(texts, " ")
}

func TestQueue(t *testing.T) {
	f := func(put, want string, wantReplaced, wantDropped int64) {
		t.Helper()
		q := newQueue(3)
		var gotReplaced, gotDropped int64
		for _, s := range snapshots(put) {
			replaced, dropped := q.put(s)
			gotReplaced += countOf(replaced)
			gotDropped += countOf(dropped)
		}
		if got := names(q.take(q.len())); got != want || gotReplaced != wantReplaced || gotDropped != wantDropped {
			t.Errorf("%s: holds %q, %d replaced, %d dropped; want %q, %d, %d", put, got, gotReplaced, gotDropped, want, wantReplaced, wantDropped)
		}
		if q.len() != 0 || len(q.byKey) != 0 {
			t.Errorf("%s: %d and %d left after all was taken", put, q.len(), len(q.byKey))
		}
	}
	f("a1 b1 c1", "a1 b1 c1", 0, 0)
	f("a1 b1 a2", "a2 b1", 1, 0)
	f("a1 b1 a2 a3!", "a3! b1", 2, 0)
	f("a1 b1 c1 d1", "b1 c1 d1", 0, 1)
	f("a1 b1! c1 d1", "a1 c1 d1", 0, 1)
	f("a1! b1 c1! d1 e1", "b1 d1 e1", 0, 2)
	f("a1 b1 c1 b2 d1", "b2 c1 d1", 1, 1)
}

func TestQueuePutBack(t *testing.T) {
	f := func(put string, take int, meanwhile, want string, wantReplaced, wantDropped int) {
		t.Helper()
		q := newQueue(3)
		for _, s := range snapshots(put) {
			q.put(s)
		}
		batch := q.take(take)
		for _, s := range snapshots(meanwhile) {
			q.put(s)
		}
		replaced, dropped := q.putBack(batch)
		if got := names(q.take(3)); got != want || replaced != wantReplaced || dropped != wantDropped {
			t.Errorf("holds %q, %d replaced, %d dropped; want %q, %d, %d", got, replaced, dropped, want, wantReplaced, wantDropped)
		}
	}
	f("a1 b1 c1", 2, "", "a1 b1 c1", 0, 0)
	f("a1 b1 c1", 2, "a2", "b1 c1 a2", 1, 0)
	f("a1 b1 c1", 3, "d1 e1", "c1 d1 e1", 0, 2)
	f("a1 b1", 1, "c1! d1", "a1 b1 d1", 0, 1)
	f("a1! b1", 1, "c1! d1", "b1 c1! d1", 0, 1)
}

// That a finding began is not forgotten when its first snapshot is replaced
// before anybody saw it: whoever waits for what is new would never hear of it.
func TestQueueTellsThatAFindingBegan(t *testing.T) {
	first, second := snapshot("a1"), snapshot("a2")
	first.Reason, first.Opens = finding.First, true
	second.State, second.Reason = finding.Update, finding.Changed
	begins := func(how string, q *queue) {
		t.Helper()
		if got := q.take(1)[0]; !got.Opens || got.Reason != finding.First || got.State != finding.Open || got.Rule != "a2" {
			t.Errorf("%s: %s, opens %v, %s, %s; want a2, which opens, as the first", how, got.Rule, got.Opens, got.State, got.Reason)
		}
	}
	q := newQueue(3)
	q.put(first)
	q.put(second)
	begins("replaced", q)

	q.put(first)
	batch := q.take(1)
	q.put(second)
	q.putBack(batch)
	begins("put back", q)
}
