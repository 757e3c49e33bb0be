package extract

import (
	"bytes"
	"unicode/utf8"
)

// minWidth is the least width, in characters, at which a terminal or a table
// column breaks lines in the middle of words.
const minWidth = 60

// unwrap joins lines that a terminal broke at a fixed width, in the middle of
// words if need be, and removes the bars that Terraform draws. A text that is
// not broken so is returned as it is.
func unwrap(text []byte) []byte {
	if bytes.IndexByte(text, '\n') < 0 {
		return text
	}
	if contains(text, bar) {
		text = bytes.ReplaceAll(text, []byte(bar), []byte(" "))
	}
	lines := bytes.Split(text, []byte("\n"))
	if dropMargins(lines) {
		text = bytes.Join(lines, []byte("\n"))
	}
	for i, line := range lines {
		lines[i] = bytes.TrimRight(line, " \r")
	}
	width := brokenAt(lines)
	if width == 0 {
		return text
	}
	out := make([]byte, 0, len(text))
	for i, line := range lines {
		if i > 0 {
			if utf8.RuneCount(lines[i-1]) < width || startsSentence(line) {
				out = append(out, '\n')
			} else if hasPrefix(line, "  ") {
				line = bytes.TrimLeft(line, " ") // a table's column, not a blank of the text
			}
		}
		out = append(out, line...)
	}
	return out
}

// brokenAt returns the width at which lines were broken, 0 if they were not. A
// broken text has many lines of the same, greatest width, and a word that goes
// on behind one of them. The first line may be longer, by what a logger put in
// front of it; the last, which nothing follows, does not count.
func brokenAt(lines [][]byte) int {
	last := len(lines) - 1
	width, full, goesOn := 0, 0, false
	for _, line := range lines[1:last] {
		width = max(width, utf8.RuneCount(line))
	}
	for i, line := range lines[:last] {
		n := utf8.RuneCount(line)
		if n == width {
			full++
		}
		next := bytes.TrimLeft(lines[i+1], " ")
		goesOn = goesOn || n >= width && n > 0 && len(next) > 0 &&
			isAlnum(line[len(line)-1]) && isAlnum(next[0]) && !startsSentence(next)
	}
	if width < minWidth || full < 2 || 3*full < len(lines) || !goesOn {
		return 0
	}
	return width
}

// dropMargins takes the bar off lines that were set behind one, of which there
// are at least two in a row, and tells whether there were any:
//
//   - | Error decrypting key: …
//     | AccessDeniedException: User:
func dropMargins(lines [][]byte) (dropped bool) {
	behind := func(line []byte) []byte {
		rest := bytes.TrimLeft(line, " -")
		if len(rest) == len(line) || !hasPrefix(rest, "| ") {
			return nil
		}
		return rest[len("| "):]
	}
	for i := 0; i+1 < len(lines); i++ {
		first := behind(lines[i])
		if first == nil || behind(lines[i+1]) == nil {
			continue
		}
		for ; i < len(lines) && behind(lines[i]) != nil; i++ {
			lines[i] = behind(lines[i])
		}
		dropped = true
	}
	return dropped
}
