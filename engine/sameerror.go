package engine

import (
	"time"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/record"
)

// Bounds of what counts as one error.
const (
	// sameErrorFor is how long after a failure the further lines of its error may
	// come, in nanoseconds of event time.
	sameErrorFor = int64(time.Second)
	// sameErrorRecords is how many records, such as the frames of a deep stack, may
	// come between two of its lines that tell a failure.
	sameErrorRecords = 1024
)

// sameError reports whether f, at event time at, is one more line of the error
// that st counted last: it reads like one, does not name another request, and no
// new message began in between.
func (sc *scan) sameError(st *stream, f *found, at int64) bool {
	t := &st.last
	if !t.counted || at < t.at || at-t.at > sameErrorFor || f.line == extract.HeadLine {
		return false
	}
	if request := requestOf(&sc.id); t.request != 0 && request != 0 && request != t.request {
		return false
	}
	switch f.line {
	case extract.FurtherLine:
		// A program that indents what it logs says the same again: no error holds a line twice.
		return (t.indented == 0 || t.indented != sc.indented(f)) && sc.link(st, sc.record.Start) < extract.Broken
	case extract.ReportLine:
		// A command that fails again says the same again.
		_, scope := sc.originOf()
		return (t.start != f.start() || t.key != sc.foldFailure(scope, &sc.id, f.Rule)) && sc.link(st, sc.record.Start) < extract.Broken
	}
	// An exception: after the message that logs it, or after a traceback.
	if f.line == extract.ClassLine && t.message && int(t.rule) == f.Rule {
		return sc.link(st, sc.record.Start) < extract.Broken
	}
	if t.link == extract.Carried && !extract.HoldsTraceback(sc.chunk[t.end:sc.record.Start]) {
		return false // Fast path: what stands between is dear to read.
	}
	link := sc.link(st, sc.record.Start)
	return link == extract.Chained || t.message && link == extract.Traced
}

// indented is the hash of what the line of f says if it is an indented one, else 0.
func (sc *scan) indented(f *found) uint64 {
	if f.line != extract.FurtherLine || !extract.IsIndented(f.text) {
		return 0
	}
	return hashBytes(hashStart, sc.gist.Text())
}

// between reads the records that a sweep passed over.
type between struct {
	cursor record.Cursor
	record record.Record
	walk   record.Fields
	fields fields
}

// letGo drops what points into the chunk.
func (b *between) letGo() {
	b.cursor.Reset(nil)
	b.record, b.walk, b.fields = record.Record{}, record.Fields{}, fields{}
}

// link returns the link between the line of st that was counted last and the chunk's byte to,
// where a record starts or the chunk ends.
//
// A sweep does not see records without a literal. They are read here, where a
// failure is about to be taken for a part of another: each at most once a stream.
func (sc *scan) link(st *stream, to int) extract.Link {
	b, link := &sc.scratch.between, st.last.link
	b.cursor.Reset(sc.chunk[st.last.end:to])
	for n := 0; link < extract.Broken && b.cursor.Next(&b.record); n++ {
		if n == sameErrorRecords {
			return extract.Broken
		}
		if b.record.Group {
			continue
		}
		f := &b.fields
		sc.reader.read(b.record.Map, hit{}, &b.walk, f)
		if f.own || f.values == 0 || f.partial || sc.lineKey(f) != st.key {
			continue
		}
		if f.values > 1 {
			return extract.Broken
		}
		link = max(link, extract.LinkOf(f.value))
	}
	return link
}

// requestOf is the hash of a request's ID, or 0 if there is none or other failures share it.
func requestOf(id *extract.Identity) uint64 {
	if len(id.RequestID) == 0 || id.RequestShared {
		return 0
	}
	return hashBytes(hashStart, id.RequestID)
}
