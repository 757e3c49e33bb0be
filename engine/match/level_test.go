package match

import (
	"bytes"
	"strings"
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
	f("04:05:06 **DEBUG** s3a: EVIDENCE", rules.LevelDebug)
	f("[debug] EVIDENCE", rules.LevelDebug)
	f("2031-02-03T04:05:06Z\tdebug\tEVIDENCE", rules.LevelDebug)
	f("04:05:06|Debug|EVIDENCE", rules.LevelDebug)
	f("  TRACE aws_config: EVIDENCE", rules.LevelTrace)
	f(`level=debug msg="EVIDENCE"`, rules.LevelDebug)
	f(`{"level":"debug","msg":"EVIDENCE"}`, rules.LevelDebug)
	f(`{"msg":"EVIDENCE","level": "debug"}`, rules.LevelDebug)
	f(`{"@m":"EVIDENCE","@l":"Debug"}`, rules.LevelDebug)
	f("INFO EVIDENCE", rules.LevelInfo)
	f("ERROR EVIDENCE", levelAbove)

	f("E0203 04:05:06.789012       1 server.go:77] EVIDENCE", levelAbove)
	f(`{"log":"I0203 04:05:06.789012       1 server.go:77] EVIDENCE"}`, rules.LevelInfo)
	f("orders-1  | I0203 04:05:06.789012       1 server.go:77] EVIDENCE", rules.LevelInfo)
	f("order 7I0203 04:05:06 EVIDENCE", "")
	f("D, [2031-02-03T04:05:06.789 #7] -- : EVIDENCE", rules.LevelDebug)
	f(`{"log":"D, [2031-02-03T04:05:06.789 #7] -- : EVIDENCE"}`, rules.LevelDebug)
	f("started\nD, [2031-02-03T04:05:06.789 #7] -- : EVIDENCE", rules.LevelDebug)
	f("plan D, [2 of 3] EVIDENCE", "")

	f("04:05:06 debug EVIDENCE", rules.LevelDebug)
	f("2031-02-03T04:05:06Z debug: EVIDENCE", rules.LevelDebug)
	f("2031-02-03 [main] debug c.e.X - EVIDENCE", rules.LevelDebug)
	f("2031-02-03 | debug    | EVIDENCE", rules.LevelDebug)
	f("[2031/02/03 04:05:06] [ info] EVIDENCE", rules.LevelInfo)
	f(`{"body":"EVIDENCE","severity_text":"DEBUG"}`, rules.LevelDebug)
	f("DEBUG botocore.parsers - body: "+strings.Repeat("x ", 1000)+"EVIDENCE", rules.LevelDebug)

	// The message's own goes before that of what carries it, the head of its line
	// before what follows.
	f(`{"level":"error","msg":"04:05:06 DEBUG EVIDENCE"}`, rules.LevelDebug)
	f(`{"level":"debug","msg":"04:05:06 ERROR EVIDENCE"}`, levelAbove)
	f("ERROR no DEBUG of it: EVIDENCE", levelAbove)
	f("DEBUG after an ERROR: EVIDENCE", rules.LevelDebug)
	f("ERROR EVIDENCE\nDEBUG next", levelAbove)

	// A line without a level continues the one above.
	f("starting\ndebug: provider failed\ncom.example.Exception: EVIDENCE", rules.LevelDebug)
	f("DEBUG provider failed\ncom.example.Exception: EVIDENCE", rules.LevelDebug)
	f(`{"level":"DEBUG","message":"chain
com.example.Exception: EVIDENCE"}`, rules.LevelDebug)
	f(`{"message":"chain
EVIDENCE","level":"DEBUG"}`, rules.LevelDebug)
	f("EVIDENCE\nlevel=debug", "")

	// A word of a sentence, of a path or of a setting is no level.
	f("EVIDENCE, see the debug logs", "")
	f("see the CRT debug logs: EVIDENCE", "")
	f("debugging EVIDENCE", "")
	f("my_DEBUG_flag EVIDENCE", "")
	f("DEBUG=1 EVIDENCE", "")
	f("[TRACE-ID: 4bf92f35] EVIDENCE", "")
	f("[trace 4bf92f35] EVIDENCE", "")
	f("X-TRACE: 4bf9 EVIDENCE", "")
	f("/var/log/DEBUG/app.log: EVIDENCE", "")
	f(`{"labels":{"mode":"DEBUG"},"msg":"EVIDENCE"}`, "")
	f("vitamin D, [see below] EVIDENCE", "")
	f("plan D, EVIDENCE", "")
}

func TestUnlessLevel(t *testing.T) {
	m := load(t, Options{}, "name: quiet\nunless_level: debug\nsignatures: [{literal: no credentials}, {literal: bad credentials, unless_level: info}, {literal: '[error] [aws]'}]")
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
	f("DEBUG no credentials\nERROR no credentials", true)
	f(`{"level":"debug","msg":"04:05:06 [error] [aws] none"}`, true) // the evidence itself says it
}
