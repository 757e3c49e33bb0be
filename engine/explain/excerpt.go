package explain

import (
	"strings"
	"unicode/utf8"

	"github.com/authlens/authlens/engine/redact"
)

// An excerpt is the part of a text around the evidence, text[from:to], with a margin
// before and behind it where the text goes on.
type excerpt struct {
	text     []byte
	from, to int
}

// excerptOf returns at most excerptMax bytes of t around t[start:end], and their
// margins.
func excerptOf(t []byte, start, end int) excerpt {
	if len(t) <= excerptMax {
		return excerpt{t, 0, len(t)}
	}
	from := max(0, min((start+end-excerptMax)/2, len(t)-excerptMax))
	to := from + excerptMax
	for from < start && !utf8.RuneStart(t[from]) {
		from++
	}
	for to > end && to < len(t) && !utf8.RuneStart(t[to]) {
		to--
	}
	first := max(0, from-cutMargin)
	return excerpt{t[first:min(len(t), to+cutMargin)], from - first, to - first}
}

// core returns the excerpt without its margins.
func (x *excerpt) core() []byte { return x.text[x.from:x.to] }

// redacted returns the excerpt without secrets. They are taken out first, then the
// margins are cut off, but never any of the evidence.
func (x *excerpt) redacted(evidence string) string {
	s := redact.Text(string(x.text))
	from, to := x.from, len(s)-(len(x.text)-x.to)
	if at := strings.LastIndex(s, evidence); at >= 0 {
		from, to = min(from, at), max(to, strings.Index(s, evidence)+len(evidence))
	}
	from = min(from, len(s))
	return strings.ToValidUTF8(s[from:max(from, to)], "")
}
