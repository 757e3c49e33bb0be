package instance

import (
	"fmt"
	"io"
	"time"

	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/engine/redact"
)

// A level orders log lines, the most important first.
type level int

const (
	levelError level = iota
	levelWarn
	levelInfo
	levelDebug
)

var levelNames = [...]string{"error", "warn", "info", "debug"}

func levelOf(verbosity string) level {
	switch verbosity {
	case conf.VerbosityError:
		return levelError
	case conf.VerbosityWarn:
		return levelWarn
	case conf.VerbosityDebug:
		return levelDebug
	}
	return levelInfo
}

// A logger writes lines in the form of Fluent Bit's own log:
//
//	[2026/11/21 10:00:00] [ info] [output:authlens:authlens.0] text
//
// It is never used in a flush, because whoever reads stderr may have stopped.
type logger struct {
	out   io.Writer
	now   func() time.Time
	where string // who is speaking, as Fluent Bit names it
	most  level  // the least important that is printed
}

func newLogger(out io.Writer, now func() time.Time, name string, most level) *logger {
	where := "output:authlens"
	if name != "" {
		where += ":" + name
	}
	return &logger{out, now, where, most}
}

func (l *logger) errorf(format string, args ...any) { l.print(levelError, format, args) }
func (l *logger) warnf(format string, args ...any)  { l.print(levelWarn, format, args) }
func (l *logger) infof(format string, args ...any)  { l.print(levelInfo, format, args) }
func (l *logger) debugf(format string, args ...any) { l.print(levelDebug, format, args) }

// print writes one line in a single write, so that lines are not mixed. Warnings and
// errors repeat what others say, which may hold a secret: AWS answers a wrong signature
// with everything that should have been signed.
func (l *logger) print(lv level, format string, args []any) {
	if lv > l.most {
		return
	}
	line := fmt.Appendf(nil, "[%s] [%5s] [%s] ", l.now().Format("2006/01/02 15:04:05"), levelNames[lv], l.where)
	text := fmt.Sprintf(format, args...)
	if lv <= levelWarn {
		text = redact.Text(text)
	}
	line = append(line, text...)
	l.out.Write(append(line, '\n'))
}
