package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"time"

	"github.com/authlens/authlens/cmd/authlens/internal/input"
	"github.com/authlens/authlens/cmd/authlens/internal/logfile"
	"github.com/authlens/authlens/cmd/authlens/internal/look"
	"github.com/authlens/authlens/cmd/authlens/internal/playback"
	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/plugin/instance"
	"github.com/authlens/authlens/plugin/sink"
)

type replayCommand struct {
	ruleFlags
	optionFlags
	Format string   `enum:"text,jsonl" default:"text" help:"text: the last snapshot of every finding, for people; jsonl: every snapshot as it comes, as the plugin's stdout sink prints it."`
	Files  []string `arg:"" name:"file" help:"Recorded logs, plain, gzip or zstd, each one container's and named by its tag; - is stdin."`
}

func (replayCommand) Help() string {
	return `A line is a record: JSON with its time under one of ` + strings.Join(input.TimeKeys, ", ") + ` (RFC 3339, or seconds or milliseconds since 1970), or plain text, whose times are not read. All files are played side by side by these times; a record without a time gets that of the record before it, or else the present time. For plain text that has times, use scan.`
}

func (c *replayCommand) Run(here place) error {
	cfg, err := c.config(c.ruleFlags)
	if err != nil {
		return err
	}
	var sources []playback.Source
	for _, name := range c.Files {
		file, err := logfile.OpenText(name, here.stdin)
		if err != nil {
			return err
		}
		defer file.Close()
		sources = append(sources, playback.Source{Tag: playback.TagOf(logfile.Unpacked(name)), Reader: file})
	}

	last := map[string]finding.Finding{}
	told := func(f finding.Finding) error {
		last[f.Fingerprint] = f
		return nil
	}
	if c.Format == "jsonl" {
		told = func(f finding.Finding) error { return printLine(here.stdout, f) }
	}
	stats, err := replay(cfg, sources, told, here)
	if err != nil {
		return err
	}
	for _, odd := range []struct {
		n          int64
		noun, what string
	}{
		{stats.Undated, "record", "before any with a time: given the present time (a time in plain text is not read here; authlens scan reads it)"},
		{stats.Untimed, "record", "without a time of its own: given that of the record before"},
		{stats.Cut, "line", "longer than 64 MiB: cut"},
	} {
		if odd.n > 0 {
			fmt.Fprintf(here.stderr, "authlens: %s %s\n", look.Number(odd.n, odd.noun), odd.what)
		}
	}
	if c.Format == "jsonl" {
		return nil
	}
	page := look.New(here.stdout)
	showLast(page, last)
	return page.Flush()
}

// printLine prints a snapshot as the plugin's stdout sink does.
func printLine(w io.Writer, f finding.Finding) error {
	line, err := sink.JSON(f, nil)
	if err != nil {
		return err
	}
	_, err = w.Write(append(line, '\n'))
	return err
}

// replay plays sources through one instance of the plugin, and hands on every snapshot
// that it tells, in order. An error of told ends it.
func replay(cfg conf.Config, sources []playback.Source, told func(finding.Finding) error, here place) (playback.Stats, error) {
	// The dispatcher of the sink asks for the time too.
	var clock atomic.Pointer[time.Time]
	start := time.Now()
	clock.Store(&start)
	var kept keeper
	plugin, err := instance.New(cfg, instance.Env{
		Stdout: here.stdout,
		Stderr: here.stderr,
		Now:    func() time.Time { return *clock.Load() },
		Sinks:  []sink.Sink{&kept},
		Replay: true,
	})
	if err != nil {
		return playback.Stats{}, err
	}
	stats, err := playback.Play(sources, start, func(now time.Time, tag string, chunk []byte) error {
		clock.Store(&now)
		plugin.Flush(tag, chunk)
		return kept.handOn(told)
	})
	plugin.Close()
	if err == nil {
		err = kept.handOn(told)
	}
	return stats, err
}

// A keeper is a sink that keeps what is delivered until it is handed on. In a replay
// everything is delivered by the time that Flush or Close returns, so whoever reads the
// command's output may take their time.
type keeper struct {
	snapshots []finding.Finding
}

var _ sink.Sink = (*keeper)(nil)

// Name is "replay".
func (k *keeper) Name() string { return "replay" }

// Deliver keeps the batch.
func (k *keeper) Deliver(_ context.Context, batch []finding.Finding) error {
	k.snapshots = append(k.snapshots, batch...)
	return nil
}

// Close does nothing.
func (k *keeper) Close() error { return nil }

// handOn hands on what was kept.
func (k *keeper) handOn(told func(finding.Finding) error) error {
	for _, f := range k.snapshots {
		if err := told(f); err != nil {
			return err
		}
	}
	k.snapshots = k.snapshots[:0]
	return nil
}
