package engine

import (
	"bytes"
	"strings"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/match"
	"github.com/authlens/authlens/engine/redact"
)

const (
	// sampleMax is the most that is kept of one record's text, in bytes.
	sampleMax = 4 << 10
	// cutMargin is how much of a cut sample is given up at its cut ends, in
	// bytes: a secret there may have lost what identifies it as one.
	cutMargin = 256
	// leastKnown is the most bytes that a piece of a secret may have and still be too short
	// to be recognised as one.
	leastKnown = 128
)

// A found is a normalised text and the match in it.
type found struct {
	text []byte
	cut  bool // text is the end of a longer one
	more bool // text is the beginning of a longer one
	line extract.Line
	match.Match
}

// start returns the first bytes of the line.
func (f *found) start() (b [4]byte) {
	copy(b[:], f.text)
	return b
}

// sample returns the part of a text to keep: all of it, or what is around the
// evidence. cut says that something stood before it. If its end is cut off, the
// part ends after the last whole word.
func (f *found) sample() (part []byte, cut bool) {
	start := max(0, min(f.Start-sampleMax/4, len(f.text)-sampleMax))
	part = f.text[start:]
	if len(part) > sampleMax || f.more {
		part = wholeWords(part[:min(len(part), sampleMax)])
	}
	return part, f.cut || start > 0
}

// wordEnds are seldom part of a secret; mostly they are next to it.
const wordEnds = " \t\r\n\"'"

// wholeWords returns b, whose end was cut off, up to its last whole word. Of a word longer
// than cutMargin a piece stays, long enough to be recognised if it is part of a secret.
func wholeWords(b []byte) []byte {
	end := max(0, len(b)-cutMargin)
	for _, from := range [...]int{end, max(0, end-leastKnown)} {
		if i := bytes.LastIndexAny(b[from:], wordEnds); i >= 0 {
			return b[:from+i]
		}
	}
	return b[:end]
}

// redacted returns the text of a sample without secrets. A sample whose beginning was
// cut off loses its first bytes too, but only afterwards: secrets in them lack the keys
// and first letters that give them away, yet they may give away what follows.
func redacted(sample []byte, cut bool) string {
	s := redact.Text(string(sample))
	if !cut {
		return s
	}
	s = s[min(cutMargin, len(s)):]
	if i := strings.IndexAny(s, wordEnds); i >= 0 {
		return s[i:]
	}
	return ""
}
