package engine

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/authlens/authlens/engine/finding"
)

// A thousand groups are held at once: each holds its text once, facts included, and those of
// one scope share its names.
func TestGroupsShareMemory(t *testing.T) {
	m := newMetered(t)
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	if told := m.add(now, now, lacksSend, strings.ReplaceAll(lacksSend, "sqs:SendMessage", "sqs:DeleteMessage")); len(told) != 2 {
		t.Fatalf("told %d findings, want 2", len(told))
	}
	groups := slices.Collect(maps.Values(m.groups))
	for _, g := range groups {
		for _, fact := range []string{g.facts.PrincipalARN, g.facts.RoleName, g.facts.Action, g.facts.Resource} {
			i := strings.Index(g.redacted, fact)
			if fact == "" || i < 0 || unsafe.StringData(fact) != unsafe.StringData(g.redacted[i:]) {
				t.Errorf("fact %q is not a part of %q in memory", fact, g.redacted)
			}
		}
	}
	names := func(w finding.Scope) []string {
		return []string{w.Cluster, w.Family, w.TaskDefinition, w.Container, w.Task, w.Tag}
	}
	other := names(groups[1].where)
	for i, name := range names(groups[0].where) {
		if name == "" || unsafe.StringData(name) != unsafe.StringData(other[i]) {
			t.Errorf("%q and %q of two groups are not one in memory", name, other[i])
		}
	}
}
