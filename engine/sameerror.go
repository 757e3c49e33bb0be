package engine

import (
	"time"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/record"
)

// Bounds of what is taken for one error.
const (
	// sameErrorFor is how long after a failure the further lines of its error may
	// come, in nanoseconds of event time.
	sameErrorFor = int64(time.Second)
	// sameErrorRecords is how many records may stand between two of its lines that
	// tell a failure: the frames of a deep stack.
	sameErrorRecords = 1024
)

// sameError reports whether f, at event time at, is one more line of the error
// that st counted last: it reads like one, does not name another request, and no
// new message began in between.
func (sc *scan) sameError(st *stream, f *found, at int64) bool {
	t := &st.told
	if !t.counted || at < t.at || at-t.at > sameErrorFor || f.line == extract.HeadLine {
		return false
	}
	if request := requestOf(&sc.id); t.request != 0 && request != 0 && request != t.request {
		return false
	}
	switch f.line {
	case extract.FurtherLine:
		return sc.gap(st) != newMessage
	case extract.ReportLine:
		// A command that fails again says the same again, as it did before.
		_, scope := sc.originOf()
		return (t.start != f.start() || t.key != sc.foldFailure(scope, &sc.id, f.Rule)) && sc.gap(st) != newMessage
	}
	// An exception: behind the message that logs it, or behind a traceback.
	if f.line == extract.ClassLine && t.message && int(t.rule) == f.Rule {
		return sc.gap(st) != newMessage
	}
	if !extract.HoldsTraceback(sc.chunk[t.end:sc.record.Start]) {
		return false // Fast path: a gap is dear to read.
	}
	gap := sc.gap(st)
	return gap == chained || t.message && gap == traceback
}

// A gap says what stands between two lines of a stream.
type gap int

const (
	nothing    gap = iota // nothing, or further lines of an error
	traceback             // one begins
	chained               // and is linked to the one before
	newMessage            // or so much that none is looked for
)

// between reads the records that a sweep passed over.
type between struct {
	cursor record.Cursor
	record record.Record
	walk   record.Fields
	fields fields
}

// gap returns what stands between the line of st that was counted last and the
// record at hand.
//
// A sweep does not see records without a literal. They are read here, where a
// failure is about to be taken for a part of another: each at most once a stream.
func (sc *scan) gap(st *stream) gap {
	b := &sc.scratch.between
	b.cursor.Reset(sc.chunk[st.told.end:sc.record.Start])
	found := nothing
	for n := 0; b.cursor.Next(&b.record); n++ {
		if n == sameErrorRecords {
			return newMessage
		}
		if b.record.Group {
			continue
		}
		f := &b.fields
		sc.reader.read(b.record.Map, -1, &b.walk, f)
		if f.own || f.values == 0 || f.partial || sc.lineKey(f) != st.key {
			continue
		}
		switch line := f.value; {
		case f.values > 1:
			return newMessage
		case len(line) == 0, extract.Continues(line), extract.Reports(line):
		case extract.Traces(line):
			found = max(found, traceback)
		case extract.Chains(line):
			found = chained
		default:
			return newMessage
		}
	}
	return found
}

// requestOf is the hash of a request's ID, 0 where there is none, or one that other
// failures share.
func requestOf(id *extract.Identity) uint64 {
	if len(id.RequestID) == 0 || id.RequestShared {
		return 0
	}
	return hashBytes(hashStart, id.RequestID)
}
