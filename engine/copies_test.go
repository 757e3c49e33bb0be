package engine

import (
	"testing"

	"github.com/authlens/authlens/engine/enginetest"
)

// A record that a filter has copied to another tag is one failure with all its lines. So are no
// two of one tag that say the same, nor what two containers say at once.
func TestCopiesCountOnce(t *testing.T) {
	const at = 1_700_000_000
	record := func(container, source string, texts ...string) []byte {
		var b enginetest.ChunkBuilder
		for _, text := range texts {
			fields := enginetest.FireLens(taskA, container, text, source)
			// The copy goes through all filters again.
			b.Append(at, 123_456_789, append(fields, "ecs_cluster", "production")...)
		}
		return b.Bytes()
	}
	anonymous := func(text string) []byte {
		var b enginetest.ChunkBuilder
		b.Append(at, 123_456_789, "log", text, "ecs_task_definition", "shop-api:7", "container_name", "api")
		return b.Bytes()
	}
	tagged := func(tag string, bytes []byte) enginetest.Chunk { return enginetest.Chunk{Tag: tag, Bytes: bytes} }
	original := enginetest.FireLensTag(taskA, "api")
	f := func(name string, matches, duplicates int64, chunks ...enginetest.Chunk) {
		t.Helper()
		for _, opt := range []ScannerOptions{{}, {WalkFirst: true}} {
			got := scanTagged(t, opt, NewCounts(), chunks...)
			if got.Stats.Matches != matches || got.Stats.Duplicates != duplicates {
				t.Errorf("%s: %d failures and %d duplicates; want %d and %d", name, got.Stats.Matches, got.Stats.Duplicates, matches, duplicates)
			}
		}
	}
	line := denied("orders", "k")
	f("a copy", 1, 1, tagged(original, lines(at, line)), tagged("errors", lines(at, line)))
	f("the copy first", 1, 1, tagged("errors", record("api", "stderr", line)), tagged(original, record("api", "stderr", line)))
	f("two copies of two", 2, 4, tagged(original, record("api", "stderr", line, line)),
		tagged("errors", record("api", "stderr", line, line)), tagged("audit", record("api", "stderr", line, line)))
	f("with its lines", 1, 3, tagged(original, record("api", "stderr", line, "Caused by: AccessDeniedException: the upload was refused")),
		tagged("errors", record("api", "stderr", line, "Caused by: AccessDeniedException: the upload was refused")))
	open := "AccessDenied: User: arn:aws:sts::123456789012:assumed-role/api-task/1 is not authorized to perform: s3:GetObject on resource:"
	rest := "arn:aws:s3:::b/k because no identity-based policy allows the s3:GetObject action"
	f("over two records", 1, 2, tagged(original, record("api", "stderr", open, rest)), tagged("errors", record("api", "stderr", open, rest)))
	f("the same tag", 2, 0, tagged(original, record("api", "stderr", line)), tagged(original, record("api", "stderr", line)))
	f("another container", 2, 0, tagged(original, record("api", "stderr", line)), tagged("errors", record("worker", "stderr", line)))
	f("another time", 2, 0, tagged(original, record("api", "stderr", line)), tagged("errors", lines(at, line)))
	f("another text", 2, 0, tagged(original, record("api", "stderr", line)), tagged("errors", record("api", "stderr", denied("orders", "other"))))
	f("no container", 2, 0, tagged(original, anonymous(line)), tagged(original+"-errors", anonymous(line)))
}
