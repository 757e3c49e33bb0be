package main

import (
	"context"
	"fmt"
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
	"github.com/authlens/authlens/plugin/sink/stdout"
)

type replayCommand struct {
	ruleFlags
	optionFlags
	Format string   `enum:"text,jsonl" default:"text" help:"text: the last snapshot of every finding, for people; jsonl: every snapshot as it comes, as the plugin's stdout sink prints it."`
	Files  []string `arg:"" name:"file" help:"Recorded logs, plain, gzip or zstd, each one container's and named by its tag; - is stdin."`
}

func (replayCommand) Help() string {
	return `A line is a record: JSON with its time under one of ` + strings.Join(input.TimeKeys, ", ") + ` (RFC 3339, or seconds or milliseconds since 1970), or plain text, whose times are not read. All files are played side by side by these times; a record without one has that of the record before it, or else the present time. For text with times of its own, use scan.`
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

	last := &lastSnapshots{byFingerprint: map[string]finding.Finding{}}
	findings := sink.Sink(last)
	if c.Format == "jsonl" {
		findings = stdout.New(here.stdout)
	}
	stats, err := replay(cfg, sources, findings, here)
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
			fmt.Fprintf(here.stderr, "authlens: %s %s\n", count(int(odd.n), odd.noun), odd.what)
		}
	}
	if c.Format == "jsonl" {
		return nil
	}
	page := look.New(here.stdout)
	showLast(page, last.byFingerprint)
	return page.Flush()
}

// replay plays sources through one instance of the plugin whose findings go to
// the sink.
func replay(cfg conf.Config, sources []playback.Source, findings sink.Sink, here place) (playback.Stats, error) {
	// The dispatcher of the sink asks for the time too.
	var clock atomic.Pointer[time.Time]
	start := time.Now()
	clock.Store(&start)
	plugin, err := instance.New(cfg, instance.Env{
		Stdout: here.stdout,
		Stderr: here.stderr,
		Now:    func() time.Time { return *clock.Load() },
		Sinks:  []sink.Sink{findings},
		Replay: true,
	})
	if err != nil {
		return playback.Stats{}, err
	}
	defer plugin.Close()
	return playback.Play(sources, start, func(now time.Time, chunks []playback.Chunk) error {
		clock.Store(&now)
		for _, chunk := range chunks {
			plugin.Flush(chunk.Tag, chunk.Bytes)
		}
		return nil
	})
}

// lastSnapshots is a sink that keeps the last snapshot of every finding.
type lastSnapshots struct {
	byFingerprint map[string]finding.Finding
}

var _ sink.Sink = (*lastSnapshots)(nil)

// Name is "show".
func (s *lastSnapshots) Name() string { return "show" }

// Deliver keeps the batch.
func (s *lastSnapshots) Deliver(_ context.Context, batch []finding.Finding) error {
	for _, f := range batch {
		s.byFingerprint[f.Fingerprint] = f
	}
	return nil
}

// Close does nothing.
func (s *lastSnapshots) Close() error { return nil }
