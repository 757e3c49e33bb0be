package diagnose

import (
	"strings"
	"testing"
)

// What is said of a grant of objects is true of what it names.
func TestWidenedObjectsAreTold(t *testing.T) {
	f := func(resource, want string) {
		t.Helper()
		a, _ := parseARN("arn:aws:s3:::" + resource)
		if _, note := widen("GetObject", a); !strings.HasPrefix(note, want) {
			t.Errorf("%s: got %q, want %q", resource, note, want)
		}
	}
	f("reports", "Covers every object of the bucket;")
	f("reports/*", "Covers every object of the bucket;")
	f("reports/a.csv", "Widened from one object (a.csv) to every object of the bucket;")
	f("reports/2026-03-10/a.csv", "Widened from one object (2026-03-10/a.csv) to every object of the bucket;")
	f("reports/daily/a.csv", "Widened from one object (daily/a.csv) to every object under daily/;")
}
