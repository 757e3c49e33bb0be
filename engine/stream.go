package engine

import (
	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/text"
)

// Programs break one error over several records, and the container runtime cuts
// lines at 16 KB. A stream is the memory of one container's output that puts
// them together again. Every bound here is small; an error that exceeds one is
// counted with what is known of it by then.
const (
	// scanStreams is how many streams one scan follows at once.
	scanStreams = 4
	// joinMax is the most text of one error that is put together, in bytes.
	joinMax = 4 << 10
	// joinRecords is how many further records one error may take.
	joinRecords = 8
)

// streamKind tells what a stream puts together.
type streamKind uint64

const (
	streamLines streamKind = iota + 1 // records of one container and source
	streamParts                       // parts of one line, cut by the runtime
)

// A stream is what is remembered of one sequence of records. Nothing in it is
// borrowed.
type stream struct {
	key     uint64 // 0: free
	kind    streamKind
	tagHash uint64

	// waiting says that text holds what a later record may complete: for
	// streamLines an unfinished match, for streamParts the end of the last part.
	waiting bool
	matched bool // text holds an unfinished match
	rule    int  // of that match
	at      int64
	records int // further records taken
	origin  originText
	n       int
	text    [joinMax]byte
	cut     bool // text is the end of a longer one

	last lastEvent // counted by this scan, or by that of the chunk before
	aged bool      // was in the waiting room, with this text, when it was last aged
}

// A lastEvent is the failure of a stream that was counted last: where, so that it can be
// uncounted, and what distinguishes a further line of the same error from another failure.
type lastEvent struct {
	at          int64   // event time, ns
	key         uint64  // of its group
	request     uint64  // hash of its request ID, or 0
	indented    uint64  // hash of what its line says if that is indented, else 0
	end         int     // where in the chunk the last line of its error ends
	rule        int32   // in the matcher
	start       [4]byte // the first bytes of its line
	group, cell uint16  // in the Counts
	message     bool    // its line is the program's own message about the error, not the exception
	counted     bool    // there is one
	detailed    bool    // its line says which action failed

	// elsewhere says that the scan of the chunk before counted it, so that it cannot be taken
	// back; link is that of what stood behind it there.
	elsewhere bool
	link      extract.Link
}

// repeatedEvent stands for the failure f at event time at that was counted before: neither
// it nor the further lines of its error are counted again.
func repeatedEvent(f *found, at int64) lastEvent {
	return lastEvent{at: at, rule: int32(f.Rule), message: f.line == extract.HeadLine, start: f.start(), counted: true, detailed: true}
}

// uncount takes the event out of c, which holds it.
func (t *lastEvent) uncount(c *Counts) {
	c.groups[t.group].events--
	c.cells[t.cell].events--
	c.Stats.Matches--
}

func (st *stream) free() {
	st.key, st.waiting, st.matched, st.cut, st.n, st.records = 0, false, false, false, 0, 0
}

// keep remembers t, or its end, as the text to continue. cut says that something
// stood before t.
func (st *stream) keep(t []byte, cut bool) {
	st.n = copy(st.text[:], t[max(0, len(t)-joinMax):])
	st.cut = cut || len(t) > joinMax
	st.aged = false
}

// resetStreams forgets the streams of the previous scan.
func (sc *scan) resetStreams() {
	for i := range sc.streams {
		sc.streams[i].free()
	}
}

// lineStream returns the stream of the current record: one container's stdout
// or stderr.
func (sc *scan) lineStream() *stream { return sc.stream(sc.lineKey(&sc.fields), streamLines) }

func (sc *scan) lineKey(f *fields) uint64 {
	return hashBytes(hashBytes(sc.tagHash, f.containerID), f.source) | 1 // never 0, which means free
}

// partStream returns the stream of the line that the current record is part of.
func (sc *scan) partStream() *stream {
	return sc.stream(hashBytes(sc.tagHash^uint64(streamParts), sc.fields.partialID)|1, streamParts)
}

// stream returns the stream with key. A new one takes the place of the next in turn that
// waits for nothing or, if all wait, of the next in turn.
func (sc *scan) stream(key uint64, kind streamKind) *stream {
	for i := range sc.streams {
		if sc.streams[i].key == key {
			return &sc.streams[i]
		}
	}
	i := sc.nextStream
	for n := 0; n < scanStreams && sc.streams[i].waiting; n++ {
		i = (i + 1) % scanStreams
	}
	st := &sc.streams[i]
	sc.nextStream = (i + 1) % scanStreams
	if st.waiting {
		sc.c.Stats.StreamsLost++
		sc.settle(st)
	}
	st.free()
	st.key, st.kind, st.tagHash, st.last = key, kind, sc.tagHash, lastEvent{}
	sc.recall(st)
	return st
}

// hold keeps an unfinished match of the current record for the next record of
// its stream to complete.
func (sc *scan) hold(st *stream, f *found, at int64) {
	st.keep(f.sample())
	st.waiting, st.matched = true, true
	st.rule, st.at, st.records = f.Rule, at, 0
	st.origin.set(sc.originOf())
	sc.awaiting++
}

// continueWith offers the text t of a further record to a waiting stream, and
// reports whether it was part of the same error.
func (sc *scan) continueWith(st *stream, t []byte) bool {
	if !extract.Continues(t) || st.n+1+len(t) > joinMax {
		sc.settle(st)
		return false
	}
	st.text[st.n] = '\n'
	st.n += 1 + copy(st.text[st.n+1:], t)
	st.records++
	st.aged = false
	extract.Identify(st.text[:st.n], &sc.id)
	if !sc.id.Unfinished || st.records == joinRecords {
		sc.settle(st)
		st.last.end = sc.record.End
	}
	return true
}

// settle counts what a stream is holding; the current record is not part of it.
func (sc *scan) settle(st *stream) {
	if st.kind == streamLines && st.waiting {
		sc.awaiting--
	}
	sc.Scanner.settleIn(st, sc.c)
	st.last.end = sc.record.Start
}

// settleIn counts the unfinished match that st holds, with what is known of it. What was
// found out about the scan's current record, if there is one, stays as it is.
func (s *Scanner) settleIn(st *stream, c *Counts) {
	st.waiting = false
	if !st.matched {
		return
	}
	st.matched = false
	f, ok := found{text: st.text[:st.n], cut: st.cut, more: st.kind == streamParts}, false
	g := &c.working().settling
	defer g.Whole(nil)
	// Put together, the text may carry the signature of a more specific rule.
	if f.Match, ok = s.matcher.MatchIn(g, f.text); !ok {
		f.Rule, f.End = st.rule, len(f.text)
	}
	var id extract.Identity
	extract.Identify(f.text, &id)
	f.line = extract.LineOf(f.text, &id)
	if s.isRepeated(&id, f.Rule, st.at) {
		c.Stats.Duplicates++
		st.last = repeatedEvent(&f, st.at)
		return
	}
	o := st.origin.origin()
	st.last = s.count(c, &o, st.origin.scope, &id, &f, st.at)
}

// visitPart reads a part of a line that the runtime cut at 16 KB, together with the
// end of the part before, so that what the cut went through is found too.
func (sc *scan) visitPart() {
	st := sc.partStream()
	joined := append(sc.flat[:0], st.text[:st.n]...)
	joined = append(joined, sc.fields.value...)
	last := string(sc.fields.partialLast) == "true"
	at := nanoseconds(&sc.record)

	if !st.last.counted && sc.finder.Find(joined, 0) >= 0 {
		sc.c.Stats.Candidates++
		f, ok := found{text: text.Normalise(sc.norm[:0], joined), cut: st.cut, more: !last}, false
		if f.Match, ok = sc.matcher.MatchIn(&sc.gist, f.text); ok {
			extract.Identify(f.text, &sc.id)
			f.line = extract.LineOf(f.text, &sc.id)
		}
		switch {
		case ok && sc.id.Unfinished && !last:
			st.matched, st.rule, st.at = true, f.Rule, at
			st.origin.set(sc.originOf())
		case ok:
			st.matched = false
			sc.countOnce(st, &f, at)
			st.last.counted = true // once for each line, whatever became of it
		}
	}
	if last {
		sc.settle(st)
		st.free()
		return
	}
	st.keep(joined, st.cut)
	st.waiting = true
}
