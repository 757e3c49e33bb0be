package scan

import (
	"cmp"
	"slices"
	"time"

	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/rules"
)

const (
	// findingsMax bounds the findings of one scan.
	findingsMax = 2000
	// episodesMax bounds the episodes that are kept of one finding.
	episodesMax = 200
)

// A Finding is the last snapshot of a finding. One that was resolved and came
// back is still one finding: the snapshot is that of its worst episode, and
// Episodes lists them all. Its JSON form is published: finding.Finding's, and
// episodes.
type Finding struct {
	finding.Finding
	// Episodes are the times it went on, the oldest first, when there are
	// several.
	Episodes []Episode `json:"episodes,omitempty"`
	// EpisodesOmitted is how many there are beyond episodesMax.
	EpisodesOmitted int `json:"episodes_omitted,omitempty"`
}

// An Episode is a time that a finding went on without being resolved.
type Episode struct {
	FirstSeen time.Time `json:"first_seen"`
	LastSeen  time.Time `json:"last_seen"`
	Events    int64     `json:"events"`
}

// Began returns when the first failure was.
func (f *Finding) Began() time.Time {
	if len(f.Episodes) > 0 {
		return f.Episodes[0].FirstSeen
	}
	return f.FirstSeen
}

// Events returns how many failures there were in all episodes that are kept.
func (f *Finding) Events() int64 {
	if len(f.Episodes) == 0 {
		return f.Counts.Events
	}
	n := int64(0)
	for _, e := range f.Episodes {
		n += e.Events
	}
	return n
}

// findings collects snapshots.
type findings struct {
	byFingerprint map[string]*told
	omitted       map[string]bool
}

type told struct {
	worst, current finding.Finding
	past           []Episode // without the current one
	omitted        int
}

func newFindings() *findings {
	return &findings{byFingerprint: map[string]*told{}, omitted: map[string]bool{}}
}

func (fs *findings) take(batch []finding.Finding) {
	for _, f := range batch {
		t := fs.byFingerprint[f.Fingerprint]
		switch {
		case t == nil && len(fs.byFingerprint) >= findingsMax:
			if len(fs.omitted) < internMax {
				fs.omitted[f.Fingerprint] = true
			}
		case t == nil:
			fs.byFingerprint[f.Fingerprint] = &told{current: f}
		default:
			t.take(f)
		}
	}
}

// take takes a later snapshot.
func (t *told) take(f finding.Finding) {
	if f.Opens {
		t.close()
	}
	t.current = f
}

// close ends the current episode.
func (t *told) close() {
	if worse(&t.current, &t.worst) {
		t.worst = t.current
	}
	if len(t.past) >= episodesMax {
		t.omitted++
		return
	}
	t.past = append(t.past, Episode{t.current.FirstSeen, t.current.LastSeen, t.current.Counts.Events})
}

// worse reports whether a says more than b, the zero Finding or one before it.
func worse(a, b *finding.Finding) bool {
	ra, rb := rules.Severity(a.Severity).Rank(), rules.Severity(b.Severity).Rank()
	return ra > rb || ra == rb && a.Counts.Events >= b.Counts.Events
}

// without returns the findings that others does not have, the worst first.
func (fs *findings) without(others *findings) []Finding {
	list, _ := fs.list()
	return slices.DeleteFunc(list, func(f Finding) bool { return others.byFingerprint[f.Fingerprint] != nil })
}

// list returns the findings, the worst first, and how many there was no room
// for.
func (fs *findings) list() (list []Finding, omitted int) {
	for _, t := range fs.byFingerprint {
		f := Finding{Finding: t.current}
		if len(t.past) > 0 {
			t.close()
			f = Finding{Finding: t.worst, Episodes: t.past, EpisodesOmitted: t.omitted}
		}
		list = append(list, f)
	}
	slices.SortFunc(list, WorstFirst)
	return list, len(fs.omitted)
}

// WorstFirst orders findings for people.
func WorstFirst(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(rules.Severity(b.Severity).Rank(), rules.Severity(a.Severity).Rank()),
		a.Began().Compare(b.Began()),
		cmp.Compare(a.Fingerprint, b.Fingerprint),
	)
}
