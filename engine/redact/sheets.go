package redact

import (
	"regexp"
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// sheetMarks are what separates the cells of a sheet, of which one is in each.
var sheetMarks = []string{",", ";", "\t", "  "}

// gaps are blanks that separate columns.
var gaps = lazy.Compile(` {2,}`)

// heading is the name of a column.
var heading = lazy.Compile(`^["']?[A-Za-z_][\w.-]{0,40}["']?$`)

// sheets removes secrets from the columns of what has no line under their names: CSV, with
// tabs or semicolons too, and columns that blanks make. A sheet ends at the first line that
// has another number of cells.
//
//	user,password,host       user   password   host
//	ada,…,db                 ada    …          db
func sheets(s string) string {
	r := remover{text: s}
	var sheet sheet
	for at := 0; at < len(s); {
		line, _, _ := strings.Cut(s[at:], "\n")
		if cells := sheet.cellsOf(at, line); len(sheet.secret) > 0 && len(cells) == sheet.columns {
			for _, i := range sheet.secret {
				sheet.remove(&r, cells[i])
			}
		} else {
			sheet = sheetOf(s, at, line)
		}
		at += len(line) + 1
	}
	return r.result()
}

// A sheet is what the names of the columns tell of the lines below.
type sheet struct {
	gap     *regexp.Regexp // between two cells, or
	mark    string         // this
	columns int
	secret  []int
}

// sheetOf returns the sheet whose names are the line that begins at s[at:], or none. A
// logger's time and level may stand before the first name.
func sheetOf(s string, at int, line string) sheet {
	for _, mark := range sheetMarks {
		if !strings.Contains(line, mark) {
			continue
		}
		t, names := sheet{mark: mark}, line
		switch mark {
		case "  ":
			t = sheet{gap: gaps()}
		case ",", ";":
			names = line[strings.LastIndexByte(strings.TrimRight(line, " \r"), ' ')+1:]
		}
		cells := t.cellsOf(at+len(line)-len(names), names)
		for i, cell := range cells {
			name := s[cell.from:cell.to]
			if i == 0 {
				name = name[strings.LastIndexByte(name, ' ')+1:]
			}
			if !heading().MatchString(name) {
				t.secret = nil
				break
			}
			if columnName().MatchString(strings.Trim(name, `"'`)) {
				t.secret = append(t.secret, i)
			}
		}
		if t.columns = len(cells); t.columns > 1 && len(t.secret) > 0 {
			return t
		}
	}
	return sheet{}
}

// cellsOf returns the cells of a line that begins at at.
func (t sheet) cellsOf(at int, line string) (cells []span) {
	line = strings.TrimRight(line, " \r")
	from := 0
	for from <= len(line) {
		end, next := len(line), len(line)+1
		if t.gap != nil {
			if m := t.gap.FindStringIndex(line[from:]); m != nil {
				end, next = from+m[0], from+m[1]
			}
		} else if i := strings.Index(line[from:], t.mark); t.mark != "" && i >= 0 {
			end, next = from+i, from+i+len(t.mark)
		}
		cells = append(cells, span{at + from, at + end})
		from = next
	}
	return cells
}

func (t sheet) remove(r *remover, cell span) {
	if v := r.text[cell.from:cell.to]; !harmless().MatchString(v) && v != mark {
		r.remove(cell.from, cell.to)
	}
}
