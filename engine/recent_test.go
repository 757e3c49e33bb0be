package engine

import (
	"fmt"
	"testing"

	"github.com/authlens/authlens/engine/enginetest"
)

// An error whose lines come in two chunks is one failure, as in one chunk: unless a message began
// in between, in either of them.
func TestErrorsOverChunks(t *testing.T) {
	const at = 1_700_000_000
	tag := enginetest.FireLensTag(taskA, "api")
	f := func(name string, matches, duplicates int64, chunks ...[]byte) {
		t.Helper()
		for _, opt := range []ScannerOptions{{}, {WalkFirst: true}} {
			got := scanAll(t, opt, tag, chunks...)
			if got.Stats.Matches != matches || got.Stats.Duplicates != duplicates {
				t.Errorf("%s: %d failures and %d duplicates; want %d and %d", name, got.Stats.Matches, got.Stats.Duplicates, matches, duplicates)
			}
		}
	}
	head, served := denied("orders", "k"), "INFO served GET /orders"
	caused := "Caused by: AccessDeniedException: the upload was refused"
	f("in one", 1, 1, lines(at, head, caused))
	f("in two", 1, 1, lines(at, head), lines(at, caused))
	f("in three", 1, 2, lines(at, head), lines(at, caused), lines(at, caused+" again"))
	f("with frames", 1, 1, lines(at, head, "\tat com.example.Upload.run(Upload.java:1)"), lines(at, "\tat java.lang.Thread.run(Thread.java:2)", caused))
	f("two heads", 2, 0, lines(at, head), lines(at, head))
	f("a message at the end", 2, 0, lines(at, head, served), lines(at, caused))
	f("a message at the beginning", 2, 0, lines(at, head), lines(at, served, caused))
	f("a chunk between", 2, 0, lines(at, head), lines(at, served), lines(at, caused))
	f("too late", 2, 0, lines(at, head), lines(at+2, caused))
	f("far from the end", 2, 0, lines(at, head, "\tat "+filler(recentRest)), lines(at, caused))

	traceback := "Traceback (most recent call last):"
	exception := "PermissionError: " + head
	f("a traceback at the end", 1, 1, lines(at, "ERROR upload failed: AccessDenied for "+head, traceback), lines(at, "  File \"/app/main.py\", line 3", exception))
	f("a traceback at the beginning", 1, 1, lines(at, "ERROR upload failed: AccessDenied for "+head), lines(at, traceback, exception))
	f("an exception behind the traceback's", 2, 1, lines(at, "ERROR upload failed: AccessDenied for "+head, traceback), lines(at, "  File \"/app/main.py\", line 3", exception, exception))
	f("the same in one", 2, 1, lines(at, "ERROR upload failed: AccessDenied for "+head, traceback, "  File \"/app/main.py\", line 3", exception, exception))
	f("no traceback", 2, 0, lines(at, "ERROR upload failed: AccessDenied for "+head), lines(at, exception))
}

// Where the line in the second chunk says more than the one that is counted already, nothing can
// be taken back: both count, each where it belongs.
func TestALaterChunkSaysMore(t *testing.T) {
	tag := enginetest.FireLensTag(taskA, "api")
	got := scanAll(t, ScannerOptions{}, tag, lines(1_700_000_000, "ERROR upload failed: AccessDenied"),
		lines(1_700_000_000, "botocore.exceptions.ClientError: "+denied("reports", "k")))
	if got.Stats.Matches != 2 || got.Stats.Duplicates != 0 || len(got.Groups) != 2 {
		t.Errorf("%+v; want two failures of two groups", got)
	}
}

// More streams than are remembered: the oldest are given up, and nothing is counted less.
func TestRecentErrorsAreBounded(t *testing.T) {
	const at, tags = 1_700_000_000, recentMax + 8
	var chunks []enginetest.Chunk
	add := func(i int, text string) {
		chunks = append(chunks, enginetest.Chunk{Tag: fmt.Sprint("tag", i), Bytes: lines(at+int64(i), text)})
	}
	f := func(name string, matches, duplicates int64) {
		t.Helper()
		got := scanTagged(t, ScannerOptions{}, NewCounts(), chunks...)
		if got.Stats.Matches != matches || got.Stats.Duplicates != duplicates {
			t.Errorf("%s: %d failures and %d duplicates; want %d and %d", name, got.Stats.Matches, got.Stats.Duplicates, matches, duplicates)
		}
	}
	for i := range tags {
		add(i, denied("orders", "k"))
	}
	for i := tags - 1; i >= tags-recentMax; i-- {
		add(i, "Caused by: AccessDeniedException: the upload was refused")
	}
	f("the newest", tags, recentMax)
	for i := range tags - recentMax {
		add(i, "Caused by: AccessDeniedException: the upload was refused")
	}
	f("all", 2*tags-recentMax, recentMax)
}

// The errors of as many containers as one scan follows go on in the next chunk of their tag.
func TestRecentErrorsOfOneTag(t *testing.T) {
	const at = 1_700_000_000
	chunk := func(text string) []byte {
		var b enginetest.ChunkBuilder
		for i := range scanStreams {
			b.Append(at, 0, enginetest.FireLens(taskA, fmt.Sprint("worker", i), text, "stderr")...)
		}
		return b.Bytes()
	}
	got := scanAll(t, ScannerOptions{}, "all", chunk(denied("orders", "k")), chunk("Caused by: AccessDeniedException: the upload was refused"))
	if got.Stats.Matches != scanStreams || got.Stats.Duplicates != scanStreams {
		t.Errorf("%d failures and %d duplicates; want %d of each", got.Stats.Matches, got.Stats.Duplicates, scanStreams)
	}
}

// A stream that gave up its place in the middle of a chunk still goes on with the error of the
// chunk before, and only with that.
func TestRecentErrorOfAStreamThatComesBack(t *testing.T) {
	const at = 1_700_000_000
	const caused = "Caused by: AccessDeniedException: the upload was refused"
	f := func(name string, matches, duplicates int64, between ...string) {
		t.Helper()
		var b enginetest.ChunkBuilder
		add := func(container, text string) {
			b.Append(at, 0, enginetest.FireLens(taskA, container, text, "stderr")...)
		}
		add("api", caused)
		for _, text := range between {
			add("api", text)
		}
		for i := range 2 * scanStreams {
			add(fmt.Sprint("worker", i), denied("orders", "k"))
		}
		add("api", caused+" again")
		got := scanAll(t, ScannerOptions{}, "all", lines(at, denied("orders", "k")), b.Bytes())
		if got.Stats.Matches != matches || got.Stats.Duplicates != duplicates {
			t.Errorf("%s: %d failures and %d duplicates; want %d and %d", name, got.Stats.Matches, got.Stats.Duplicates, matches, duplicates)
		}
	}
	f("it goes on", 1+2*scanStreams, 2)
	f("another error in between", 3+2*scanStreams, 1, denied("orders", "k"))
}
