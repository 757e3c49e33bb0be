package engine

import (
	"testing"

	"github.com/authlens/authlens/engine/enginetest"
)

// What comes after a failure is one more line of its error only within bounds: not behind more
// records than a stack has, nor before it, nor behind a record of another form.
func TestBoundsOfOneError(t *testing.T) {
	const at = 1_700_000_000
	const caused = "Caused by: AccessDeniedException: the upload was refused"
	f := func(name string, want int64, build func(b *enginetest.ChunkBuilder)) {
		t.Helper()
		var b enginetest.ChunkBuilder
		build(&b)
		for _, opt := range []ScannerOptions{{}, {WalkFirst: true}} {
			got := scanAll(t, opt, enginetest.FireLensTag(taskA, "api"), b.Bytes())
			if got.Stats.Matches != want {
				t.Errorf("%s: %d failures, want %d", name, got.Stats.Matches, want)
			}
		}
	}
	add := func(b *enginetest.ChunkBuilder, sec int64, text string, more ...any) {
		b.Append(sec, 0, append(enginetest.FireLens(taskA, "api", text, "stderr"), more...)...)
	}
	behind := func(frames int) func(*enginetest.ChunkBuilder) {
		return func(b *enginetest.ChunkBuilder) {
			add(b, at, denied("orders", "k"))
			for range frames {
				add(b, at, "\tat com.example.Upload.run(Upload.java:1)")
			}
			add(b, at, caused)
		}
	}
	f("behind a deep stack", 1, behind(sameErrorRecords))
	f("behind a deeper one", 2, behind(sameErrorRecords+1))
	f("earlier", 2, func(b *enginetest.ChunkBuilder) {
		add(b, at+1, denied("orders", "k"))
		add(b, at, caused)
	})
	f("a call of a request that is served", 1, func(b *enginetest.ChunkBuilder) {
		add(b, at, `{"level":"error","request_id":"4f0c2a77b1d84e01","error":"`+denied("orders", "k")+`"}`)
		add(b, at, caused+" (Service: S3, Status Code: 403, Request ID: "+requestID+")")
	})
	f("behind a record of two values", 2, func(b *enginetest.ChunkBuilder) {
		add(b, at, denied("orders", "k"))
		add(b, at, "\tat com.example.Upload.run(Upload.java:1)", "stack", "\tat java.lang.Thread.run(Thread.java:2)")
		add(b, at, caused)
	})
}
