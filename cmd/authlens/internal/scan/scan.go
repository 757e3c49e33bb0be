// Package scan finds failures in log files with the rules and the engine of the
// plugin, in windows of the records' own times.
//
// All files are sifted side by side: what holds no failure is dropped as it is
// read. The rest is put in order of time, however the files are cut and named,
// and counted as it would have been while it was written. So memory is bounded
// whatever the size, and the order of files makes no difference.
package scan

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"github.com/authlens/authlens/cmd/authlens/internal/logfile"
	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/engine"
	"github.com/authlens/authlens/engine/explain"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/plugin/instance"
	"github.com/authlens/authlens/rules"
)

// workersMax bounds the files that are read at once: each takes some megabytes.
const workersMax = 8

// Options say what is scanned, and how.
type Options struct {
	Paths     []string // files, folders, patterns; - is Stdin
	Stdin     io.Reader
	Config    conf.Config // window, threshold and the like; nothing about delivery
	Explainer *explain.Explainer
	// Begin is called with the number of bytes to read, -1 if that is unknown, and
	// Progress, by many goroutines, with how many were. Both may be nil.
	Begin    func(total int64)
	Progress func(n int)
}

// A Result is what a scan found.
type Result struct {
	Findings    []Finding // the worst first
	Omitted     int       // findings beyond findingsMax
	Seldom      []Finding // failures that never passed the threshold, as if one were enough
	Timeline    *Timeline
	Files       []File // in the order they were given
	First, Last time.Time
	Bytes       int64 // read, after decompression
	Records     int64
	Events      int64 // failures counted
	Lost        int64 // of them, counted in no finding of their own because there was no room
	Own         int64 // findings of ours among the records
	Interrupted bool  // not everything was read
	Took        time.Duration
}

// A File is what became of one file.
type File struct {
	Name    string
	Format  string
	Tag     string
	Stats   logfile.Stats
	Skipped string // why it is no log; no error
	Err     error  // what was read before it counts
	own     int64
}

// NoFiles is why a folder without files is skipped.
const NoFiles = "no files in this folder"

// Untimed reports whether the file's records have no time.
func (f *File) Untimed() bool { return f.Err == nil && f.Stats.Records > 0 && f.Stats.First.IsZero() }

// Run scans. If ctx ends, the result is that of what was read by then. An error is
// our own, not that of a file.
func Run(ctx context.Context, opt Options) (*Result, error) {
	began := time.Now()
	paths := expand(opt.Paths)
	if opt.Begin != nil {
		opt.Begin(totalSize(paths))
	}
	s := &scanner{Options: opt, spool: newSpool(), files: make([]File, len(paths))}
	defer s.spool.close()
	for i := range paths {
		s.files[i].Name = paths[i].name
	}
	var err error
	s.engine, err = engine.NewScanner(opt.Explainer.Matcher(), engine.ScannerOptions{
		Window: opt.Config.Window, ScanKeys: opt.Config.ScanKeys,
		Defaults: engine.Scope{Cluster: opt.Config.Cluster, Family: opt.Config.Family},
	})
	if err != nil {
		return nil, err
	}
	if err := s.read(ctx, paths); err != nil {
		return nil, err
	}
	r, err := s.judge()
	if err != nil {
		return nil, err
	}
	r.Interrupted = ctx.Err() != nil
	r.Took = time.Since(began)
	return r, nil
}

func totalSize(paths []path) (total int64) {
	for _, p := range paths {
		switch {
		case p.prose, p.bare:
			continue
		case p.size == 0 && p.err == nil:
			return -1
		}
		total += p.size
	}
	return total
}

type scanner struct {
	Options
	engine *engine.Scanner // counts; the workers have their own like it
	spool  *spool
	files  []File
}

// read sifts all files, some at a time.
func (s *scanner) read(ctx context.Context, paths []path) error {
	next := make(chan int)
	broken := make(chan error, workersMax)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), workersMax, len(paths)) {
		w := &worker{s, newSift(s.engine.Fresh(), s.spool)}
		all.Go(func() {
			for i := range next {
				if err := w.file(ctx, i, paths[i]); err != nil {
					broken <- err
					stop()
					return
				}
			}
		})
	}
feed:
	for i := range paths {
		select {
		case next <- i:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	all.Wait()
	select {
	case err := <-broken:
		return err
	default:
		return nil
	}
}

// A worker reads one file at a time.
type worker struct {
	*scanner
	sift *sift
}

// file sifts one file. Its error ends the scan; the file's own are noted.
func (w *worker) file(ctx context.Context, i int, p path) error {
	report := &w.files[i]
	defer func() {
		if cause := recover(); cause != nil {
			report.Err = fmt.Errorf("bug: panic: %v\n%s", cause, debug.Stack())
		}
	}()
	if report.Err = p.err; p.err != nil {
		return nil
	}
	switch {
	case p.bare:
		report.Skipped = NoFiles
		return nil
	case p.prose:
		report.Skipped = "a document by its name, not a log"
		return nil
	}
	f, err := logfile.Open(ctx, p.name, w.Stdin, w.Progress)
	switch {
	case errors.Is(err, logfile.ErrEmpty), errors.Is(err, logfile.ErrWriteTest), errors.Is(err, logfile.ErrBinary) && !p.named:
		report.Skipped = err.Error()
		return nil
	case err != nil:
		report.Err = err
		return nil
	}
	defer f.Close()
	w.sift.begin(i, f.Modified())
	err = f.Read(w.sift)
	report.Format, report.Tag, report.Stats, report.own = f.Format, f.Tag, f.Stats(), w.sift.own
	if errors.As(err, new(*spoolError)) {
		return err
	}
	if err != nil && ctx.Err() == nil {
		report.Err = err
	}
	return nil
}

// judge counts what was kept, in order of time.
func (s *scanner) judge() (*Result, error) {
	r := &Result{Files: s.files, Timeline: newTimeline(s.Config.Window)}
	for i := range s.files {
		f := &s.files[i]
		r.Bytes += f.Stats.Bytes
		r.Records += f.Stats.Records
		r.Own += f.own
		if t := f.Stats.First; !t.IsZero() && (r.First.IsZero() || t.Before(r.First)) {
			r.First = t
		}
		r.Last = latest(r.Last, f.Stats.Last)
	}
	found, seldom := newFindings(), newFindings()
	opt := instance.AggregatorOptions(&s.Config)
	opt.Metrics = true
	// Only the last snapshot of an episode is kept.
	opt.Policy.UpdateAfter, opt.Policy.RepeatAfter = never, never
	j := &judge{
		scanner:    s.engine,
		aggregator: engine.NewAggregator(s.Explainer, opt),
		seldom:     engine.NewAggregator(s.Explainer, ofEachFailure(opt)),
		window:     s.Config.Window,
		told:       found.take,
		toldSeldom: seldom.take,
		counted: func(a *engine.Aggregator) {
			points, _ := a.Metrics()
			for i := range points {
				r.Timeline.add(&points[i])
			}
		},
		counts: engine.NewCounts(),
	}
	if err := s.spool.each(j.take); err != nil {
		return nil, err
	}
	j.end(r.Last)
	r.Findings, r.Omitted = found.list()
	if r.Omitted == 0 {
		r.Seldom = seldom.without(found)
	}
	stats := j.aggregator.Stats()
	r.Events = stats.Events
	r.Lost = stats.Grouped + stats.Lost + j.scanned.Grouped + j.scanned.Lost
	return r, nil
}

// never is longer than any log goes on.
const never = 100 * 365 * 24 * time.Hour

// ofEachFailure returns the options of an aggregator that tells every kind of failure
// once, and again at the end with its total.
func ofEachFailure(opt engine.AggregatorOptions) engine.AggregatorOptions {
	opt.Threshold, opt.OnlyThreshold = rules.Threshold{Events: 1, Windows: 1}, true
	opt.Policy = finding.Policy{UpdateAfter: never, RepeatAfter: never, ResolveAfter: never}
	opt.Metrics = false
	return opt
}
