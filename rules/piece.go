package rules

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// MinLiteral is the length in bytes of the shortest literal worth searching for.
// Shorter ones stand in every log line.
const MinLiteral = 4

// minAfterEscape is how many bytes must follow an escaped = to be worth searching for:
// the escape alone is everywhere in the output of such a writer.
const minAfterEscape = 2

// A Piece is a part of a text that is worth searching for.
type Piece struct {
	Text  string // lower case
	Start int    // distance from the start of the text; 0 where that is an expression's
}

// Pieces returns parts of text of which at least one is found byte for byte in
// any record that holds text, however the record was written. JSON writers
// escape quotes, backslashes, control characters, <, >, &, + and everything beyond
// ASCII; some put a backslash before a slash, and some write = as \u003d. So a
// piece has none of the former, a slash only at its start, and one with = comes
// with a second piece, for the other way to write it.
//
// A piece beyond ASCII is taken only if the text has too little else: доступ
// запрещён. Writers that escape everything beyond ASCII hide it; searching for
// their escapes too would slow down every search.
func Pieces(text string) []Piece {
	best := narrow(text)
	if len(best[0].Text) >= MinLiteral {
		return best
	}
	if beyond := wide(text); beyond != nil {
		return beyond
	}
	return best
}

// narrow returns pieces within ASCII.
func narrow(text string) []Piece {
	text = Lower(text)
	best := longest(text, "=")
	before, after, escapable := strings.Cut(best.Text, "=")
	if !escapable {
		return []Piece{best}
	}
	after, _, _ = strings.Cut(after, "=")
	if len(after) < minAfterEscape {
		return []Piece{longest(text, "")}
	}
	return []Piece{best, {"u003d" + after, best.Start + len(before)}}
}

// wide returns the longest piece with characters beyond ASCII, or none if it is
// too short.
func wide(text string) []Piece {
	best, from := Piece{}, 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && (plain(text[i]) || text[i] >= utf8.RuneSelf) {
			continue
		}
		if i-from > len(best.Text) {
			best = Piece{Lower(text[from:i]), from}
		}
		from = i + 1
	}
	best.Text = truncated(best.Text)
	if len(best.Text) < MinLiteral {
		return nil
	}
	return []Piece{best}
}

// maxPiece is how many bytes of a long piece are enough to search for.
const maxPiece = 48

// truncated returns the start of text, cut between characters.
func truncated(text string) string {
	if len(text) <= maxPiece {
		return text
	}
	end := maxPiece
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

// longest returns the piece of a text, in lower case, that is worth most. It consists
// of plain characters and those of also.
func longest(text, also string) Piece {
	best, from := Piece{}, 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && (plain(text[i]) || strings.IndexByte(also, text[i]) >= 0) {
			continue
		}
		if piece := (Piece{text[from:i], from}); piece.worth() >= best.worth() {
			best = piece
		}
		from = i + 1
		if i < len(text) && text[i] == '/' {
			from = i
		}
	}
	best.Text = truncated(best.Text)
	return best
}

// worth orders the pieces of one text: longer ones are rarer, everyday words of
// log lines are not.
func (p Piece) worth() int {
	if slices.Contains(everyday, p.Text) {
		return MinLiteral
	}
	return len(p.Text)
}

var everyday = []string{
	"access", "client", "code", "credential", "credentials", "error", "error code", "error: ", "exception",
	"failed", "http", "message", "password", "permission", "request", "response", "result", "retries",
	"server", "status", "status code", "statuscode", "status_code", "user", "username", "username ",
}

// Lower returns text with the letters A to Z in lower case. Beyond ASCII, case
// is told apart: texts are compared byte for byte.
func Lower(text string) string {
	isUpper := func(c rune) bool { return 'A' <= c && c <= 'Z' }
	first := strings.IndexFunc(text, isUpper)
	if first < 0 {
		return text
	}
	b := []byte(text)
	for i := first; i < len(b); i++ {
		if isUpper(rune(b[i])) {
			b[i] += 'a' - 'A'
		}
	}
	return string(b)
}

// plain tells whether no writer of logs escapes c.
func plain(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte(" .:-_()[],;|#@%!?*~^${}", c) >= 0
}
