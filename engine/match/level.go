package match

import (
	"bytes"

	"github.com/authlens/authlens/rules"
)

// levelReach is how far before, and after, the evidence its level is looked for,
// in bytes.
const levelReach = 1 << 10

// levelOf returns the level at which the line of the evidence was logged, "" when
// it does not say. The nearest before the evidence counts, as what carries a line
// may have a level of its own; else the nearest after it.
func levelOf(text []byte, where span) rules.Level {
	before := text[max(0, where.start-levelReach):where.start]
	before = before[bytes.LastIndexByte(before, '\n')+1:]
	for end := len(before); end > 0; {
		start := end
		for start > 0 && letter(before[start-1]) {
			start--
		}
		if l := levelAt(before, start, end); l != "" {
			return l
		}
		end = min(start, end-1)
	}
	after := text[where.end:min(len(text), where.end+levelReach)]
	if end := bytes.IndexByte(after, '\n'); end >= 0 {
		after = after[:end]
	}
	for start := 0; start < len(after); start++ {
		end := start
		for end < len(after) && letter(after[end]) {
			end++
		}
		if l := levelAt(after, start, end); l != "" && valueOfLevel(after, start) {
			return l
		}
		start = end
	}
	return ""
}

// levelAt returns the level that the word line[start:end] is: in capitals, or
// where loggers put one.
func levelAt(line []byte, start, end int) rules.Level {
	if end-start == 1 {
		return initialLevel(line, start)
	}
	l := levelNamed(line[start:end])
	switch {
	case l == "", start > 0 && wordByte(line[start-1]), end < len(line) && wordByte(line[end]):
		return ""
	case capitals(line[start:end]), valueOfLevel(line, start), marksLevel(line, start, end):
		return l
	}
	return ""
}

// initialLevel returns the level whose initial line[i] is, as glog and Ruby write
// it: E0203 04:05:06.789 …   E, [2031-02-03T04:05:06.789 #7] ERROR …
func initialLevel(line []byte, i int) rules.Level {
	rest := line[i+1:]
	glog := len(rest) > 4 && digits(rest[:4]) && rest[4] == ' '
	if i > 0 && wordByte(line[i-1]) || !glog && !bytes.HasPrefix(rest, []byte(", [")) {
		return ""
	}
	switch line[i] {
	case 'D':
		return rules.LevelDebug
	case 'I':
		return rules.LevelInfo
	case 'W', 'E', 'F':
		return rules.LevelWarning
	}
	return ""
}

// levelNamed returns the level of a name that loggers have for one, which may be
// cut to three or four letters.
func levelNamed(word []byte) rules.Level {
	var buf [11]byte
	if len(word) < 3 || len(word) > len(buf) {
		return ""
	}
	for i, c := range word {
		buf[i] = c | 0x20
	}
	switch string(buf[:len(word)]) {
	case "trace", "trac", "trc", "trce", "finest", "finer":
		return rules.LevelTrace
	case "debug", "debu", "dbug", "dbg", "verbose":
		return rules.LevelDebug
	case "info", "information", "inf", "notice":
		return rules.LevelInfo
	case "warn", "warning", "wrn", "error", "erro", "err", "eror", "fatal", "fatl", "ftl", "critical", "crit", "severe", "fail", "panic", "alert", "emerg":
		return rules.LevelWarning
	}
	return ""
}

func capitals(word []byte) bool {
	for _, c := range word {
		if c > 'Z' {
			return false
		}
	}
	return true
}

// valueOfLevel tells whether the value of a key for the level begins at
// line[start:]: level=debug, "level": "debug", severity="debug".
func valueOfLevel(line []byte, start int) bool {
	key := bytes.TrimRight(line[:start], "\"' ")
	if !bytes.HasSuffix(key, []byte("=")) && !bytes.HasSuffix(key, []byte(":")) {
		return false
	}
	key = bytes.TrimRight(key[:len(key)-1], "\"' ")
	for _, name := range [...]string{"level", "lvl", "severity", "levelname", "@l"} {
		if n := len(key) - len(name); n >= 0 && equalFold(key[n:], []byte(name)) {
			return true
		}
	}
	return false
}

// marksLevel tells whether line[start:end] stands in brackets or between bars or
// tabs, or begins the line and ends with a colon: [debug], |debug|, dbug: …
func marksLevel(line []byte, start, end int) bool {
	next := byte(' ')
	if end < len(line) {
		next = line[end]
	}
	if start == 0 {
		return next == ':' || next == '[' || next == '\t'
	}
	switch line[start-1] {
	case '[', '<', '|', '\t':
		return bytes.IndexByte([]byte("]>|\t: ["), next) >= 0
	}
	return false
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
