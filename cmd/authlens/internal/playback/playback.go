// Package playback turns recorded logs back into what Fluent Bit would have
// handed to an output while they were written: chunks, in order of time.
package playback

import (
	"container/heap"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/authlens/authlens/cmd/authlens/internal/chunk"
	"github.com/authlens/authlens/cmd/authlens/internal/input"
)

// A Source is one recorded log. Its lines are in order of time.
type Source struct {
	Tag string
	io.Reader
}

// TagOf returns the tag of a recorded file: its name, without extension.
func TagOf(file string) string {
	name := filepath.Base(file)
	return strings.TrimSuffix(name, filepath.Ext(name))
}

// Stats count what was played.
type Stats struct {
	Records int64
	Untimed int64 // of them, without a time of their own: they have that of the one before
	Undated int64 // of them, before the first with a time: they have that of the start
	Cut     int64 // lines that were too long to be read whole
}

// Play plays all sources side by side, by the times of their records, and calls flush
// with every chunk and the time of the newest record so far. A line that is not a JSON
// object becomes a record with the line under "log". A record without a time has that
// of the one before it in its source, or else start.
func Play(sources []Source, start time.Time, flush func(now time.Time, tag string, chunk []byte) error) (Stats, error) {
	p := player{flush: flush}
	for _, s := range sources {
		t := &track{tag: s.Tag, lines: input.NewLines(s), time: start}
		if err := p.next(t); err != nil {
			return p.stats, err
		}
		if !t.ended {
			p.tracks = append(p.tracks, t)
		}
	}
	heap.Init(&p.tracks)
	for len(p.tracks) > 0 {
		t := p.tracks[0]
		if err := p.play(t); err != nil {
			return p.stats, err
		}
		if err := p.next(t); err != nil {
			return p.stats, err
		}
		if t.ended {
			heap.Pop(&p.tracks)
		} else {
			heap.Fix(&p.tracks, 0)
		}
	}
	return p.stats, p.flushAll()
}

type player struct {
	tracks  tracks
	stats   Stats
	flush   func(now time.Time, tag string, chunk []byte) error
	batch   chunk.Batch
	encoded []byte
}

// A track is a source being played, with the record that comes next.
type track struct {
	tag    string
	lines  *input.Lines
	record input.Record
	time   time.Time
	dated  bool // a record before had a time
	ended  bool
}

func (p *player) next(t *track) error {
	line, err := t.lines.Next()
	if errors.Is(err, io.EOF) {
		t.ended = true
		return nil
	} else if err != nil {
		return fmt.Errorf("%s: %w", t.tag, err)
	}
	p.stats.Records++
	if t.lines.Cut() {
		p.stats.Cut++
	}
	record, ok := input.ParseRecord(line)
	if !ok {
		record = input.Record{"log": string(line)}
	}
	at, ok := record.TakeTime()
	switch {
	case ok:
		t.time, t.dated = at, true
	case t.dated:
		p.stats.Untimed++
	default:
		p.stats.Undated++
	}
	t.record = record
	return nil
}

func (p *player) play(t *track) (err error) {
	if p.batch.EndsBefore(t.time) {
		if err := p.flushAll(); err != nil {
			return err
		}
	}
	if p.encoded, err = chunk.Append(p.encoded[:0], t.time, t.record); err != nil {
		return err
	}
	p.batch.Add(t.tag, t.time, p.encoded)
	return nil
}

func (p *player) flushAll() error {
	return p.batch.Flush(func(tag string, chunk []byte) error { return p.flush(p.batch.Newest(), tag, chunk) })
}

// tracks is a heap: the track with the oldest next record first.
type tracks []*track

func (h tracks) Len() int           { return len(h) }
func (h tracks) Less(i, j int) bool { return h[i].time.Before(h[j].time) }
func (h tracks) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *tracks) Push(x any)        { *h = append(*h, x.(*track)) }
func (h *tracks) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
