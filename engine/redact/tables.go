package redact

import (
	"strings"
	"sync"

	"github.com/authlens/authlens/engine/lazy"
)

// columnName is the name of a column that holds secrets.
var columnName = lazy.Compile(`(?i)^["` + "`" + `]?` + secretName + `(?:_?hash)?["` + "`" + `]?$`)

// tableRules are what rule has at least.
var tableRules = []string{"--", "──", "━━", "══"}

// rule is the line under the names of a table's columns, and around the table.
var rule = lazy.Compile(`^[|+:\s-]*--[|+:\s-]*$`)

// lines replaces what boxes are drawn with by what rules and cells are known by, in as many
// bytes.
var lines = sync.OnceValue(func() *strings.Replacer {
	var pairs []string
	for _, c := range "─━═" {
		pairs = append(pairs, string(c), "---")
	}
	for _, c := range "│┃║" {
		pairs = append(pairs, string(c), "  |")
	}
	for _, c := range "┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╞╪╡" {
		pairs = append(pairs, string(c), "  +")
	}
	return strings.NewReplacer(pairs...)
})

// tables removes secrets from the columns of such tables as clients of databases print,
// and from the lines into which psql writes a wide row.
//
//	 id | password        +----+----------+       -[ RECORD 1 ]---
//	----+----------       | id | password |       id       | 1
//	  1 | …               +----+----------+       password | …
func tables(s string) string {
	r := remover{text: s}
	t := table{expanded: strings.Contains(s, "-[ RECORD ")}
	plain := lines().Replace(s)
	for at := 0; at < len(s); {
		line, _, _ := strings.Cut(plain[at:], "\n")
		t.line(&r, at, line)
		at += len(line) + 1
	}
	return r.result()
}

// A table is what is known of the lines before.
type table struct {
	expanded bool
	before   []span // the cells of the line before; of the first line, the names
	secret   []int  // columns, once the line under their names was there
	columns  int
}

// line removes the secrets from the line that begins at r.text[at:].
func (t *table) line(r *remover, at int, line string) {
	cells := cellsOf(at, line)
	switch {
	case rule().MatchString(line):
		if n := len(strings.FieldsFunc(line, func(c rune) bool { return c != '-' })); n > 0 && n < len(t.before) {
			t.before = t.before[len(t.before)-n:] // A logger's time and level stand before the first name.
		}
		if len(t.before) > 0 {
			t.secret, t.columns = t.secretOf(r.text), len(t.before)
		}
		t.before = nil
		return
	case t.expanded && len(cells) == 2 && t.isSecret(r.text, cells[0]):
		t.remove(r, cells[1])
	case len(cells) > 0 && len(cells) == t.columns:
		for _, i := range t.secret {
			t.remove(r, cells[i])
		}
		return
	default:
		t.secret, t.columns = nil, 0
	}
	t.before = cells
}

// secretOf returns the columns whose names, in the line before, are those of secrets.
func (t *table) secretOf(text string) (columns []int) {
	for i, cell := range t.before {
		if t.isSecret(text, cell) {
			columns = append(columns, i)
		}
	}
	return columns
}

func (t *table) isSecret(text string, cell span) bool {
	return columnName().MatchString(text[cell.from:cell.to])
}

func (t *table) remove(r *remover, cell span) {
	if v := r.text[cell.from:cell.to]; !harmless().MatchString(v) && v != mark {
		r.remove(cell.from, cell.to)
	}
}

// cellsOf returns the cells of a line that begins at at, without the blanks around them.
// Without bars it is none of a table, unless it is one word behind a blank: that is how psql
// writes a table of one column.
func cellsOf(at int, line string) (cells []span) {
	bare := strings.TrimSuffix(strings.TrimRight(line, " \t\r"), "|")
	inner := strings.TrimLeft(bare, " \t")
	at += len(bare) - len(inner)
	if !strings.Contains(line, "|") && (inner == bare || strings.Contains(inner, " ")) {
		return nil
	}
	if rest, framed := strings.CutPrefix(inner, "|"); framed {
		inner, at = rest, at+1
	}
	for cell := range strings.SplitSeq(inner, "|") {
		from := at + len(cell) - len(strings.TrimLeft(cell, " \t"))
		cells = append(cells, span{from, max(from, at+len(strings.TrimRight(cell, " \t")))})
		at += len(cell) + 1
	}
	return cells
}
