package main

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// A progress shows on a terminal how far a command has got; elsewhere it is silent.
type progress struct {
	w   io.Writer // nil: silent
	bar *progressbar.ProgressBar
}

func newProgress(w io.Writer, quiet bool) *progress {
	if f, ok := w.(*os.File); quiet || !ok || !term.IsTerminal(int(f.Fd())) || os.Getenv("TERM") == "dumb" {
		w = nil
	}
	return &progress{w: w}
}

// begin shows the bar. Total is in bytes; -1: unknown.
func (p *progress) begin(total int64) {
	if p.w == nil {
		return
	}
	p.bar = progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(p.w),
		progressbar.OptionSetDescription("reading"),
		progressbar.OptionShowBytes(true),
		progressbar.OptionShowTotalBytes(true),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionFullWidth(),
		progressbar.OptionClearOnFinish(),
	)
}

// add moves the bar on by n bytes. Many may add at once.
func (p *progress) add(n int) {
	if p.bar != nil {
		p.bar.Add(n) // its errors are the terminal's
	}
}

// end takes the bar away.
func (p *progress) end() {
	if p.bar != nil {
		p.bar.Clear()
		p.bar.Close()
	}
}
