package match

import (
	"bytes"

	"github.com/authlens/authlens/engine/literal"
	"github.com/authlens/authlens/rules"
)

// levelOf returns the level at which the evidence was logged, "" when the text
// does not say.
//
// The message itself may tell: at the head of the line that the evidence is in, or of
// a line above that this one continues. Otherwise the record around the message does,
// before it or behind it.
func levelOf(text []byte, where span) rules.Level {
	text = text[:min(len(text), where.end+maxContext)]
	start := max(0, where.start-maxContext)
	message := messageStart(text, where)
	for end := where.end; end > message; {
		line := message + bytes.LastIndexByte(text[message:end], '\n') + 1
		if l := firstLevel(text[line:end]); l != "" {
			return l
		}
		end = line - 1
	}
	if l := lastLevel(text[start:max(start, message)]); l != "" {
		return l
	}
	return levelBehind(text[where.end:])
}

// firstLevel returns the first level that stands in line.
func firstLevel(line []byte) rules.Level {
	for start, end := nextWord(line, 0); start < end; start, end = nextWord(line, end) {
		if l := levelAt(line, start, end); l != "" {
			return l
		}
	}
	return ""
}

// lastLevel returns the last level that stands in text.
func lastLevel(text []byte) rules.Level {
	for end := len(text); end > 0; {
		start := end
		for start > 0 && letter(text[start-1]) {
			start--
		}
		if start < end {
			if l := levelAt(text, start, end); l != "" {
				return l
			}
		}
		end = min(start, end-1)
	}
	return ""
}

// levelBehind returns the level that a key behind the evidence gives: in the same line,
// or anywhere in a JSON object.
func levelBehind(text []byte) rules.Level {
	line := text
	if end := bytes.IndexByte(text, '\n'); end >= 0 {
		line = text[:end]
	}
	for start, end := nextWord(text, 0); start < end; start, end = nextWord(text, end) {
		l := levelNamed(text[start:end])
		if l != "" && hasLevelKey(text, start) && (start < len(line) || text[start-1] == '"') {
			return l
		}
	}
	return ""
}

// nextWord returns the next run of letters at or after from, an empty one at the
// end.
func nextWord(text []byte, from int) (start, end int) {
	for from < len(text) && !letter(text[from]) {
		from++
	}
	for end = from; end < len(text) && letter(text[end]); {
		end++
	}
	return from, end
}

// levelAt returns the level that the word text[start:end] means where it stands, or "".
func levelAt(text []byte, start, end int) rules.Level {
	if end-start == 1 {
		return initialLevel(text, start)
	}
	l := levelNamed(text[start:end])
	if l != "" && (hasLevelKey(text, start) || enclosed(text, start, end) || apart(text, start, end) && (capitals(text[start:end]) || leads(text, start, end))) {
		return l
	}
	return ""
}

// initialLevel returns the level whose initial text[i] is, as glog and Ruby write
// it: E0203 04:05:06.789 …   E, [2031-02-03T04:05:06.789 #7] ERROR …
func initialLevel(text []byte, i int) rules.Level {
	rest := text[i+1:]
	glog := len(rest) > 4 && digits(rest[:4]) && rest[4] == ' ' && (i == 0 || !wordByte(text[i-1]))
	ruby := len(rest) > 3 && bytes.HasPrefix(rest, []byte(", [")) && digits(rest[3:4]) && (i == 0 || text[i-1] == '"' || text[i-1] == '\n')
	if !glog && !ruby {
		return ""
	}
	switch text[i] {
	case 'D':
		return rules.LevelDebug
	case 'I':
		return rules.LevelInfo
	case 'W', 'E', 'F':
		return levelAbove
	}
	return ""
}

// levelAbove stands for the levels at which something is amiss.
const levelAbove rules.Level = "warning"

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
		return levelAbove
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

// hasLevelKey tells whether the value of a key for the level begins at
// text[start:]: level=debug, "level": "debug", severity="debug".
func hasLevelKey(text []byte, start int) bool {
	key := bytes.TrimRight(text[:start], "\"' ")
	if !bytes.HasSuffix(key, []byte("=")) && !bytes.HasSuffix(key, []byte(":")) {
		return false
	}
	key = bytes.TrimRight(key[:len(key)-1], "\"' ")
	for _, name := range [...]string{"level", "lvl", "severity", "severity_text", "levelname", "level_name", "@l"} {
		if n := len(key) - len(name); n >= 0 && literal.HasPrefixFold(key[n:], []byte(name)) {
			return true
		}
	}
	return false
}

// enclosed tells whether text[start:end] stands alone in brackets or between bars
// or tabs: [debug], [ warn], |debug|.
func enclosed(text []byte, start, end int) bool {
	before, behind := bytes.TrimRight(text[:start], " "), bytes.TrimLeft(text[end:], " ")
	if len(before) == 0 || len(behind) == 0 {
		return false
	}
	switch before[len(before)-1] {
	case '[':
		return behind[0] == ']'
	case '<':
		return behind[0] == '>'
	case '|':
		return behind[0] == '|'
	case '\t':
		return behind[0] == '\t'
	}
	return false
}

// apart tells whether text[start:end] is a word by itself, not part of a path, a
// setting or a name such as DEBUG=1, TRACE-ID, /var/log/DEBUG.
func apart(text []byte, start, end int) bool {
	return (start == 0 || bytes.IndexByte([]byte(" \t\n[(<|*"), text[start-1]) >= 0) &&
		(end == len(text) || bytes.IndexByte([]byte(" \t\n:])>|[,*"), text[end]) >= 0)
}

// leadReach is how far into its line a level that leads it may stand, in bytes.
const leadReach = 256

// leads tells whether text[start:end], which is not in capitals, begins its line,
// apart from a time and what is in brackets: debug: …   04:05:06 debug …
func leads(text []byte, start, end int) bool {
	from := max(0, start-leadReach)
	newline := bytes.LastIndexByte(text[from:start], '\n')
	if newline < 0 && from > 0 {
		return false
	}
	before := text[from+newline+1 : start]
	if len(before) == 0 {
		return end < len(text) && bytes.IndexByte([]byte(":[\t"), text[end]) >= 0
	}
	timed, bracket := false, false
	for _, c := range before {
		switch {
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case bracket:
		case '0' <= c && c <= '9':
			timed = true
		case letter(c) && c != 'T' && c != 'Z':
			return false
		}
	}
	return timed
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
