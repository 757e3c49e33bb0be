package conf

import (
	"fmt"
	"strings"

	"github.com/authlens/authlens/engine/redact"
)

// A Problem is one option that cannot be used as it is.
type Problem struct {
	Option   string
	Expected string // "a duration from 1s to 1h, such as 60s"
	Got      string
	Why      string // more about what was given, or ""
	Meaning  string
}

// Problems is the error of Load: everything that is wrong, in the table's order.
type Problems []Problem

// maxShown bounds how much of a wrong value a message repeats, in bytes.
const maxShown = 120

// Error has a line for each problem, and below it what the option means. Since it ends up in
// logs, an address that was given with a password is shown without it.
func (p Problems) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d option", len(p))
	if len(p) != 1 {
		b.WriteByte('s')
	}
	b.WriteString(" cannot be used:")
	for _, q := range p {
		fmt.Fprintf(&b, "\n  %s: expected %s; got %q", q.Option, q.Expected, shorten(q.Got))
		if q.Why != "" {
			fmt.Fprintf(&b, " (%s)", q.Why)
		}
		fmt.Fprintf(&b, "\n      %s: %s", q.Option, q.Meaning)
	}
	return b.String()
}

// shorten returns a wrong value as a message repeats it: short, and without secrets.
func shorten(s string) string {
	s = redact.Text(s)
	if len(s) <= maxShown {
		return s
	}
	return strings.ToValidUTF8(s[:maxShown], "") + "…"
}
