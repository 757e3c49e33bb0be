// Package look writes everything that authlens shows to people: with the same
// words, colours and order in every command.
package look

import (
	"bufio"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"
)

// Widths of a page, in characters. Wider lines tire the eye; narrower ones
// break ARNs into pieces.
const (
	widthMin     = 60
	widthMax     = 110
	widthDefault = 100 // not a terminal
)

// A Page writes text for people. Colours are used on a terminal only, and never
// where NO_COLOR is set (https://no-color.org).
type Page struct {
	w      *bufio.Writer
	colour bool
	width  int
	indent int // of labelled texts
}

// New returns a Page on w. Flush it. It is as wide as the terminal; elsewhere, such as
// in a pipe to a pager, as COLUMNS says.
func New(w io.Writer) *Page {
	p := &Page{w: bufio.NewWriter(w), width: widthDefault}
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		columns, _ := strconv.Atoi(os.Getenv("COLUMNS"))
		p.fit(columns)
		return p
	}
	p.colour = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	if width, _, err := term.GetSize(int(f.Fd())); err == nil {
		p.fit(width)
	}
	return p
}

// fit makes the page as wide as there are columns, if that is known.
func (p *Page) fit(columns int) {
	if columns > 0 {
		p.width = max(widthMin, min(columns, widthMax))
	}
}

// Flush writes what is buffered and returns the first error of any write.
func (p *Page) Flush() error { return p.w.Flush() }

// Line writes one line as it is.
func (p *Page) Line(parts ...string) {
	for _, s := range parts {
		p.w.WriteString(s)
	}
	p.w.WriteByte('\n')
}

// Styles, as the parameters of an SGR escape sequence.
const (
	bold      = "1"
	dim       = "2"
	underline = "4;1"
	green     = "32"
)

func (p *Page) styled(style, s string) string {
	if !p.colour || style == "" || s == "" {
		return s
	}
	return "\x1b[" + style + "m" + s + "\x1b[0m"
}

// Bold returns s in bold.
func (p *Page) Bold(s string) string { return p.styled(bold, s) }

func (p *Page) dim(s string) string  { return p.styled(dim, s) }
func (p *Page) good(s string) string { return p.styled(green, s) }

// badge returns a severity as it is written before a title.
func (p *Page) badge(severity string) string {
	style := map[string]string{
		"critical": "1;97;41",
		"high":     "1;7;31",
		"elevated": "1;30;43",
		"low":      "1;30;46",
	}[severity]
	return p.styled(style, " "+strings.ToUpper(printed(severity))+" ")
}

// labelWidth is the width of the column of labels, the margin included.
const labelWidth = 11

// Field writes a labelled text, wrapped to the page's width. An empty text is
// left out.
func (p *Page) Field(label, text string) {
	if text != "" {
		p.block(label, "", text, wholeWords)
	}
}

// items writes a labelled list.
func (p *Page) items(label string, items []string, numbered bool) {
	for i, item := range items {
		bullet := ""
		if numbered {
			bullet = string('1'+rune(i)) + ". "
			if i > 8 {
				bullet = "·  "
			}
		}
		p.block(label, bullet, item, wholeWords)
		label = ""
	}
}

// verbatim writes labelled lines without wrapping them.
func (p *Page) verbatim(label, text string) {
	for line := range strings.Lines(text) {
		p.margin(label)
		p.Line(strings.TrimRight(line, "\n"))
		label = ""
	}
}

// command writes a labelled command so that it still runs when it is copied: a long one is
// continued on further lines, before its options, as shells allow.
func (p *Page) command(label, command string) {
	width := p.width - p.indent - labelWidth - len(continued)
	var line string
	for i, part := range strings.SplitAfter(printed(command), " --") {
		option := "--"
		if i == 0 {
			option = ""
		}
		part = option + strings.TrimSuffix(part, "--")
		if line != "" && len(line)+len(part) > width {
			p.verbatim(label, strings.TrimRight(line, " ")+continued)
			label, line = "", "  "
		}
		line += part
	}
	p.verbatim(label, line)
}

// continued ends a line of a command that goes on in the next.
const continued = ` \`

// excerpt writes a labelled piece of a log, wrapped to the page's width, within words if need
// be: JSON may have no blanks.
func (p *Page) excerpt(label, text string) { p.block(label, "", text, brokenWords) }

func (p *Page) block(label, bullet, text string, long breaking) {
	indent := strings.Repeat(" ", utf8.RuneCountInString(bullet))
	for _, line := range wrapped(text, p.width-p.indent-labelWidth-len(indent), long) {
		p.margin(label)
		p.Line(bullet, line)
		label, bullet = "", indent
	}
}

func (p *Page) margin(label string) {
	p.w.WriteString(strings.Repeat(" ", p.indent))
	p.w.WriteString(p.styled(dim, "  "+label) + strings.Repeat(" ", max(1, labelWidth-2-len(label))))
}

// paragraph writes text wrapped to the page's width, in a style.
func (p *Page) paragraph(style, text string) {
	for _, line := range wrapped(text, p.width-1, wholeWords) {
		p.Line(" ", p.styled(style, line))
	}
}

// wrapped returns the lines of text, none longer than width characters, unless a
// longer word is to stay whole.
func wrapped(text string, width int, long breaking) []string {
	runes := printable(text)
	whole := runes
	if long == wholeWords {
		whole = unbroken(runes)
	}
	var lines []string
	for _, s := range wrap(whole, width, long) {
		lines = append(lines, string(runes[s.from:s.to]))
	}
	return lines
}

// unbroken returns text without the blanks between backquotes, so that it is not broken
// there: a command to be copied is on one line.
func unbroken(text []rune) []rune {
	joined := slices.Clone(text)
	opened := -1
	for i, r := range joined {
		switch {
		case r == '\n':
			opened = -1
		case r != '`':
		case opened < 0:
			opened = i
		default:
			for j := opened; j < i; j++ {
				if joined[j] == ' ' {
					joined[j] = '_'
				}
			}
			opened = -1
		}
	}
	return joined
}

// A span is a part of a text, in characters.
type span struct{ from, to int }

// breaking says whether a word that is longer than a line is broken: an ARN or a link in
// two pieces cannot be copied.
type breaking bool

const (
	wholeWords  breaking = false
	brokenWords breaking = true
)

// wrap returns the lines that text is to be shown in: broken at its own line
// breaks, and between words where a line would be longer than width.
func wrap(text []rune, width int, long breaking) []span {
	var lines []span
	for from := 0; from < len(text); {
		end := len(text)
		if i := slices.Index(text[from:], '\n'); i >= 0 {
			end = from + i
		}
		begin := from
		for end-from > width {
			cut, next := cutLine(text[from:end], width, long)
			lines = append(lines, span{from, from + cut})
			from += next
		}
		if from < end || from == begin {
			lines = append(lines, span{from, end})
		}
		from = end + 1
	}
	return lines
}

// cutLine returns where to cut a line that is longer than width, and where the next one
// begins.
func cutLine(line []rune, width int, long breaking) (cut, next int) {
	for cut = width; cut > 0; cut-- {
		if line[cut] == ' ' {
			return cut, cut + 1
		}
	}
	if long == brokenWords {
		return width, width
	}
	if cut = slices.Index(line, ' '); cut < 0 {
		return len(line), len(line)
	}
	return cut, cut + 1
}

// printable returns the characters of s, replacing those that would control the
// terminal it is shown on. Line breaks stay.
func printable(s string) []rune {
	runes := []rune(strings.TrimRight(s, "\r\n"))
	for i, r := range runes {
		switch {
		case r == '\n':
		case r == '\t':
			runes[i] = ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError:
			runes[i] = '·'
		}
	}
	return runes
}

// printed returns s as it can be shown safely within a line.
func printed(s string) string { return strings.ReplaceAll(string(printable(s)), "\n", " ") }
