package match

import (
	"bytes"
	"testing"

	"github.com/authlens/authlens/rules"
)

func TestLevelOf(t *testing.T) {
	f := func(line string, want rules.Level) {
		t.Helper()
		text := []byte(line)
		start := bytes.Index(text, []byte("EVIDENCE"))
		if got := levelOf(text, span{start, start + len("EVIDENCE")}); got != want {
			t.Errorf("level of %q is %q; want %q", line, got, want)
		}
	}
	f("EVIDENCE", "")
	f("2031-02-03 04:05:06,789 DEBUG s3a.ProviderList: EVIDENCE", rules.LevelDebug)
	f("2031-02-03 04:05:06 - MainThread - botocore.utils - DEBUG - EVIDENCE", rules.LevelDebug)
	f("DEBUG:botocore.credentials:EVIDENCE", rules.LevelDebug)
	f("dbug: Amazon.Runtime[0] EVIDENCE", rules.LevelDebug)
	f("DEBU[0004] EVIDENCE", rules.LevelDebug)
	f("[04:05:06 DBG] EVIDENCE", rules.LevelDebug)
	f("[debug] EVIDENCE", rules.LevelDebug)
	f("2031-02-03T04:05:06Z\tdebug\tEVIDENCE", rules.LevelDebug)
	f("04:05:06|Debug|EVIDENCE", rules.LevelDebug)
	f("  TRACE aws_config: EVIDENCE", rules.LevelTrace)
	f(`level=debug msg="EVIDENCE"`, rules.LevelDebug)
	f(`{"level":"debug","msg":"EVIDENCE"}`, rules.LevelDebug)
	f(`{"msg":"EVIDENCE","level": "debug"}`, rules.LevelDebug)
	f(`{"@m":"EVIDENCE","@l":"Debug"}`, rules.LevelDebug)
	f("INFO EVIDENCE", rules.LevelInfo)
	f("ERROR EVIDENCE", rules.LevelWarning)

	f("E0203 04:05:06.789012       1 server.go:77] EVIDENCE", rules.LevelWarning)
	f("D, [2031-02-03T04:05:06.789 #7] -- : EVIDENCE", rules.LevelDebug)
	f("plan D, EVIDENCE", "")

	// The line's own goes before that of what carries it, and other lines have theirs.
	f(`{"level":"error","msg":"04:05:06 DEBUG EVIDENCE"}`, rules.LevelDebug)
	f(`{"level":"debug","msg":"04:05:06 ERROR EVIDENCE"}`, rules.LevelWarning)
	f("ERROR EVIDENCE\nDEBUG next", rules.LevelWarning)
	f("DEBUG before\nEVIDENCE", "")

	// A word of a sentence is no level.
	f("EVIDENCE, see the debug logs", "")
	f("see the CRT debug logs: EVIDENCE", "")
	f("debugging EVIDENCE", "")
	f("my_DEBUG_flag EVIDENCE", "")
}

func TestUnlessLevel(t *testing.T) {
	m := load(t, Options{}, "name: quiet\nunless_level: debug\nsignatures: [{literal: no credentials}, {literal: bad credentials, unless_level: info}]")
	f := func(text string, want bool) {
		t.Helper()
		if _, got := m.Match([]byte(text)); got != want {
			t.Errorf("%q matches: %v; want %v", text, got, want)
		}
	}
	f("ERROR no credentials", true)
	f("INFO no credentials", true)
	f("DEBUG no credentials", false)
	f("TRACE no credentials", false)
	f("no credentials", true)
	f("ERROR bad credentials", true)
	f("INFO bad credentials", false)
	f("ERROR no credentials\nDEBUG asking the next", true)
}
