// Package finding defines what AuthLens tells people: one group of failures,
// its counts, its diagnosis, its state, as an immutable snapshot.
package finding

import (
	"time"

	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/extract"
)

// State is where a finding stands in its life.
type State string

// The states of a finding.
const (
	Open     State = "open"     // told for the first time
	Update   State = "update"   // told again: it grew, escalated, or goes on
	Resolved State = "resolved" // silent for resolve_after, or followed no longer
)

// Schema is the version of a Finding's published form.
const Schema = 1

// A Finding is a snapshot: a later one with the same fingerprint replaces it.
// Its JSON form is published; docs/findings.md describes every field.
type Finding struct {
	Schema      int    `json:"schema"`      // version of this form
	Fingerprint string `json:"fingerprint"` // 16 hex digits; the same group has the same one everywhere
	State       State  `json:"state"`
	Reason      Reason `json:"reason"`
	// Opens is true of the snapshot that opened the finding, and of one that
	// took its place before anybody saw it.
	Opens bool `json:"-"`
	// Via is the container by whose tag a finding is sent that is about AuthLens itself,
	// and so about no container.
	Via string `json:"-"`

	Severity string `json:"severity"` // low, elevated, high, critical
	Title    string `json:"title"`
	Summary  string `json:"summary"` // what a person reads first
	Rule     string `json:"rule"`

	Scope  Scope  `json:"scope"`
	Counts Counts `json:"counts"`

	FirstSeen time.Time `json:"first_seen"` // event time
	LastSeen  time.Time `json:"last_seen"`  // event time

	Facts     extract.Facts      `json:"facts"`
	Diagnosis diagnose.Diagnosis `json:"diagnosis"`
	Evidence  string             `json:"evidence"` // redacted, bounded sample of the text
}

// InPlaceOf returns f as it is told in place of older, a snapshot of the same finding that
// nobody has seen: that the finding began or got worse is still news.
func (f Finding) InPlaceOf(older Finding) Finding {
	f.Opens = f.Opens || older.Opens
	if f.State == Update && (older.Reason == First || older.Reason == Escalated) {
		f.State, f.Reason = older.State, older.Reason
	}
	return f
}

// A Scope is where failures happen.
type Scope struct {
	Cluster        string `json:"cluster,omitempty"`
	Family         string `json:"family,omitempty"`          // task definition family
	TaskDefinition string `json:"task_definition,omitempty"` // family:revision of the newest event
	Container      string `json:"container,omitempty"`
	Task           string `json:"task,omitempty"` // task ID of the newest event
	Tag            string `json:"tag,omitempty"`  // Fluent Bit's tag of the newest event
}

// Counts of a finding since it opened.
type Counts struct {
	Events        int64 `json:"events"`
	Windows       int   `json:"windows"`         // windows with at least one event
	Late          int64 `json:"late,omitempty"`  // events older than the watermark
	Tasks         int   `json:"tasks,omitempty"` // distinct tasks
	TasksApprox   bool  `json:"tasks_approximate,omitempty"`
	Resources     int   `json:"resources,omitempty"` // distinct resources
	WindowSeconds int   `json:"window_seconds"`
}

// Reason says why a snapshot was told.
type Reason string

// The reasons. None is never published.
const (
	First     Reason = "first"
	Escalated Reason = "escalated"
	Changed   Reason = "changed"
	Repeat    Reason = "repeat"
	Silent    Reason = "resolved"
	Withdrawn Reason = "withdrawn" // its rule is no longer in force
	None      Reason = "none"
)
