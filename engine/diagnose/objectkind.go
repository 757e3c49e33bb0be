package diagnose

import (
	"iter"
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// withObjectKind puts before a name the word that the text has before it, when it is
// one that form knows.
func withObjectKind(form lazy.Regexp, name, text string) string {
	for at := range placesOf(name, text) {
		kind := captured(form, strings.TrimRight(text[max(0, at-maxKind):at], "\"'`\\"))
		switch {
		case kind == "":
			continue
		case strings.HasPrefix(name, kind+" "):
			return name
		case kind == "relation":
			kind = "table"
		}
		return kind + " " + name
	}
	return name
}

// maxKind bounds where the word before a name is looked for, in bytes.
const maxKind = 32

// placesOf are the offsets at which a name stands in text, and is no part of a longer one.
func placesOf(name, text string) iter.Seq[int] {
	return func(yield func(at int) bool) {
		for from := 0; name != ""; {
			at := strings.Index(text[from:], name)
			if at < 0 {
				return
			}
			at += from
			from = at + len(name)
			longer := at > 0 && (isNameByte(text[at-1]) || text[at-1] == '.') ||
				from < len(text) && (isNameByte(text[from]) || text[from] == '.' && from+1 < len(text) && isNameByte(text[from+1]))
			if !longer && !yield(at) {
				return
			}
		}
	}
}

func isNameByte(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_' || c == '-'
}
