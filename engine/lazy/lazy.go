// Package lazy holds regular expressions that are compiled when they are first
// needed. The engine has hundreds, most of them for failures that a process never
// sees; compiled at its start they cost megabytes and milliseconds.
package lazy

import (
	"regexp"
	"sync"
	"testing"
)

// A Regexp returns an expression, compiled at the first call.
type Regexp func() *regexp.Regexp

// Compile returns the Regexp of expr, which must be RE2. In tests it compiles at
// once: a wrong expression fails every test of its package.
func Compile(expr string) Regexp {
	compiled := sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
	if testing.Testing() {
		compiled()
	}
	return compiled
}
