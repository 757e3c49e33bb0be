package extract

import (
	"bytes"
	"unicode/utf8"
)

// minWidth is the least width, in characters, at which a terminal or a table
// column breaks lines in the middle of words.
const minWidth = 60

// unwrap joins lines that a terminal broke at a fixed width, in the middle of
// words if need be, and removes the bars that Terraform draws. It knows them by their equal, greatest width; a text that
// is not broken so is returned as it is.
func unwrap(text []byte) []byte {
	if bytes.IndexByte(text, '\n') < 0 {
		return text
	}
	if contains(text, bar) {
		text = bytes.ReplaceAll(text, []byte(bar), []byte(" "))
	}
	lines := bytes.Split(text, []byte("\n"))
	width, full := 0, 0
	for i, line := range lines {
		lines[i] = bytes.TrimRight(line, " \r")
		switch n := utf8.RuneCount(lines[i]); {
		case n > width:
			width, full = n, 1
		case n == width:
			full++
		}
	}
	if width < minWidth || full < 2 {
		return text
	}
	out := make([]byte, 0, len(text))
	for i, line := range lines {
		if i > 0 {
			previous := lines[i-1]
			if utf8.RuneCount(previous) == width {
				if len(line) > 0 && line[0] != '\t' {
					line = bytes.TrimLeft(line, " ")
				}
			} else {
				out = append(out, '\n')
			}
		}
		out = append(out, line...)
	}
	return out
}
