package engine

import (
	"fmt"
	"time"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/gist"
	"github.com/authlens/authlens/engine/literal"
	"github.com/authlens/authlens/engine/match"
	"github.com/authlens/authlens/engine/record"
	"github.com/authlens/authlens/engine/text"
	"github.com/authlens/authlens/engine/window"
)

// A Marker is a field that tells our own findings from other records. Its value
// is drawn at random by each process, so that no application can hide behind it.
type Marker struct{ Key, Value string }

// ScannerOptions say how chunks are read. The zero value of every field but
// Window is useful.
type ScannerOptions struct {
	Window   time.Duration // width of a window of event time
	ScanKeys []string      // top-level keys whose values are searched; none: all
	Marker   Marker        // a record that carries it is one of ours, and not searched
	Defaults Scope         // where a record comes from when it does not say
	// WalkFirst visits every record, searches its values and judges each anew,
	// instead of searching the chunk and visiting only records with a candidate.
	// It is the plain order, kept as the oracle of the fast one.
	WalkFirst bool
}

// A Scanner counts the failures in chunks. Apart from its bounded memory of errors that
// may go on, of requests already counted and of records that failed it is immutable; many
// scans may run at once, each with its own Counts.
type Scanner struct {
	opt     ScannerOptions
	matcher *match.Matcher
	finder  *literal.Finder
	reader  fieldReader
	rules   []uint64 // by rule: the hash of its name, its part of a fingerprint
	waiting waitingRoom
	seen    seenRequests
	copies  seenRecords
	recent  recentRoom
}

// NewScanner returns a Scanner of the rules in m. It fails when their literals
// are more than a Finder can look for.
func NewScanner(m *match.Matcher, opt ScannerOptions) (*Scanner, error) {
	// The parts of a line that the runtime cut are candidates too. One finder
	// for both chunks and texts takes less of the processor's cache.
	finder, err := m.Finder().With(keyPartial)
	if err != nil {
		return nil, fmt.Errorf("engine: %w", err)
	}
	s := &Scanner{opt: opt, matcher: m.Using(finder), finder: finder}
	s.reader = fieldReader{finder: s.finder, marker: opt.Marker}
	for _, k := range opt.ScanKeys {
		s.reader.scanKeys = append(s.reader.scanKeys, []byte(k))
	}
	for i := range m.Len() {
		s.rules = append(s.rules, hashBytes(hashStart, []byte(m.Rule(i).Name)))
	}
	return s, nil
}

// Fresh returns a Scanner of the same rules and options that remembers nothing
// of what s saw. It costs little; making a Scanner anew takes a good part of a
// second.
func (s *Scanner) Fresh() *Scanner {
	return &Scanner{opt: s.opt, matcher: s.matcher, finder: s.finder, reader: s.reader, rules: s.rules}
}

// Matcher returns the matcher of the scanner's rules.
func (s *Scanner) Matcher() *match.Matcher { return s.matcher }

// Finder returns what s searches chunks with: a record in which it finds no candidate
// is not looked at.
func (s *Scanner) Finder() *literal.Finder { return s.finder }

// scratch is the working memory of one scan.
type scratch struct {
	search     literal.Search
	gathered   gathered
	record     record.Record
	walk       record.Fields
	fields     fields
	id         extract.Identity
	gist       gist.Gist
	settling   gist.Gist // of a stream that is settled
	ids        [32]int32 // the literals at a place of the search
	memory     memory
	tags       tagHabits
	streams    [scanStreams]stream
	nextStream int // the one to give up next
	recents    [scanStreams]recent
	nRecent    int
	between    between
	norm       [excerptMax + joinMax]byte // one value, normalised
	flat       [excerptMax + joinMax]byte // several values as one text; the parts of a line joined
}

// working returns the working memory of scans into c.
func (c *Counts) working() *scratch {
	if c.scratch == nil {
		c.scratch = new(scratch)
	}
	return c.scratch
}

// Scan reads one chunk and adds what it finds to c.
//
// Scan borrows chunk and tag: after it returns, nothing reachable from s or c
// points into either. It allocates only at the first use of c and of a rule's
// regular expression. Many calls may run at once, each with its own Counts.
func (s *Scanner) Scan(tag string, chunk []byte, c *Counts) {
	c.Stats.Chunks++
	c.Stats.Bytes += int64(len(chunk))
	if len(chunk) == 0 {
		return
	}
	sc := scan{Scanner: s, c: c, tag: tag, scratch: c.working()}
	sc.begin(chunk)
	if s.opt.WalkFirst {
		sc.walkAll()
	} else {
		sc.sweep(chunk)
	}
	sc.end()
	sc.cursor.Reset(nil)
	sc.scratch.letGo()
}

// letGo drops all that points into the chunk, which is Fluent Bit's again.
func (m *scratch) letGo() {
	m.record, m.walk, m.fields = record.Record{}, record.Fields{}, fields{}
	m.id = extract.Identity{}
	m.between.letGo()
	m.gist.Whole(nil)
	m.search.Reset(nil, nil)
}

// A scan is one call of Scan.
type scan struct {
	*Scanner
	*scratch
	*habits
	c        *Counts
	tag      string
	tagHash  uint64
	chunk    []byte
	awaiting int  // streams that wait for a record
	narrow   bool // what is searched is gathered, not the chunk
	wide     int  // where the search of the chunk began, when narrow ended
	last     lastOrigin
	hit      hit
}

func (sc *scan) begin(chunk []byte) {
	sc.tagHash, sc.chunk = hashBytes(hashStart, viewString(sc.tag)), chunk
	sc.resetStreams()
	sc.memory.serve(sc.matcher)
	sc.tags.serve(sc.Scanner)
	sc.habits = sc.tags.habits(sc.tagHash)
	sc.habits.bytes += len(chunk)
	sc.cursor.Reset(chunk)
	sc.record = record.Record{}
	sc.awaiting = sc.waiting.take(sc.tagHash, &sc.streams)
	sc.nRecent = sc.recent.take(sc.tagHash, &sc.recents)
}

// walkAll visits every record.
//
// Slow path: the oracle of sweep.
func (sc *scan) walkAll() {
	for sc.cursor.Next(&sc.record) {
		sc.observe()
		sc.visit()
	}
}

// sweep searches the chunk and visits the records that hold a candidate, and those
// that follow an error waiting for its next record. In a chunk without any, the first
// record is read for its time, which moves the clock.
func (sc *scan) sweep(chunk []byte) {
	sc.search.Reset(sc.finder, chunk)
	if sc.narrow = sc.habits.bytes >= leastNarrow; sc.narrow {
		sc.gathered.reset()
	}
	for from := 0; ; from = sc.record.End {
		sc.hit = hit{}
		if storm := sc.isStorm(from); storm || sc.awaiting > 0 {
			if !sc.cursor.SkipTo(from, &sc.record) {
				return
			}
			if storm && sc.visitKnown() {
				continue
			}
		} else {
			at := sc.find(from)
			if at < 0 {
				break
			}
			if !sc.cursor.SkipTo(at, &sc.record) {
				return
			}
			start := sc.record.End - len(sc.record.Map)
			begin, end := sc.search.Found()
			sc.hit = hit{at - start, begin + sc.shift() - start, end + sc.shift() - start}
		}
		sc.observe()
		sc.visit()
	}
	if sc.record.End == 0 && sc.cursor.Next(&sc.record) {
		sc.observe()
	}
}

// observe notes the newest time seen in this chunk.
func (sc *scan) observe() {
	if !sc.record.Group {
		sc.c.newest = max(sc.c.newest, nanoseconds(&sc.record))
	}
}

// end keeps what waits for a record of a later chunk, and counts what could not be
// read.
func (sc *scan) end() {
	sc.c.Stats.Odd += int64(sc.cursor.Odd())
	if sc.cursor.Err() != nil {
		sc.c.Stats.Broken++
		sc.c.Stats.BrokenBytes += int64(sc.cursor.Rest())
	}
	sc.run.endChunk(len(sc.chunk))
	for i := range sc.streams {
		st := &sc.streams[i]
		switch {
		case st.key == 0:
		case !st.waiting:
			sc.keepRecent(st)
		case !sc.waiting.put(st):
			sc.c.Stats.StreamsLost++
			sc.settle(st)
		}
	}
}

// visit reads the current record and counts the failure in it, if any.
func (sc *scan) visit() {
	if sc.record.Group {
		return
	}
	f := &sc.fields
	sc.read(f)
	if f.own {
		sc.c.Stats.Own++
		return
	}
	if f.values == 0 {
		return
	}
	if f.partial && f.values == 1 && len(f.value) <= excerptMax {
		sc.visitPart()
		return
	}
	if sc.awaiting > 0 {
		if st := sc.lineStream(); st.waiting && sc.continueWith(st, sc.text()) {
			return
		}
	}
	if f.candidate {
		sc.visitCandidate()
	}
}

// read reads the current record into f.
//
// Fast path: it differs from one that was read before only in the one value that is
// searched.
func (sc *scan) read(f *fields) {
	r := &sc.record
	if sc.framed.isSingle(r.Frame) {
		sc.framed.read(r, f)
		sc.reader.readValue(r.Map, r.From, r.To, sc.hit, f)
		return
	}
	sc.reader.read(r.Map, sc.hit, &sc.walk, f)
	sc.framed.keep(r, f)
}

// text returns the normalised text of the current record; of a long value, the
// part around its first candidate.
func (sc *scan) text() []byte {
	fr, f := &sc.reader, &sc.fields
	if f.values == 1 && f.numbers == 0 {
		return text.Normalise(sc.norm[:0], fr.excerpt(f.value))
	}
	return fr.flatten(sc.record.Map, &sc.walk, sc.flat[:0], sc.norm[:0])
}

// visitCandidate judges the candidate in the current record.
func (sc *scan) visitCandidate() {
	sc.c.Stats.Candidates++
	f := found{text: sc.text()}
	if sc.isNearMiss(f.text) {
		return
	}
	ok := sc.judge(&f, sc.firstIn(f.text))
	if !ok && sc.fields.long != nil {
		f, ok = sc.searchLong(sc.fields.long)
	}
	if !ok {
		if f.Bounded {
			sc.c.Stats.Unjudged++
		}
		return
	}
	if sc.fields.long != nil {
		f.line = sc.longLine()
	}
	sc.conclude(&f)
}

// longLine returns what kind of line the current record is if it holds more than is looked
// at, so that its text may begin anywhere.
func (sc *scan) longLine() extract.Line {
	f := &sc.fields
	if f.values > 1 || f.numbers > 0 {
		return extract.HeadLine
	}
	return extract.LineOf(text.Normalise(sc.flat[:0], f.long[:lineStart]), &sc.id)
}

// lineStart is how much of a line shows which kind it is, in bytes.
const lineStart = 1 << 10

// conclude counts the match f of the current record or, if the error goes on in the next
// record, holds it until then.
func (sc *scan) conclude(f *found) {
	st, at := sc.lineStream(), nanoseconds(&sc.record)
	if sc.id.Unfinished && !sc.isCopy(f, at) {
		sc.hold(st, f, at)
		return
	}
	sc.countOnce(st, f, at)
}

// judge fills f, in whose text there is no literal before from, with the match in it, and
// sc.id with who was refused what. It reports whether there is a match.
func (sc *scan) judge(f *found, from int) bool {
	g, v := &sc.gist, sc.memory.blank()
	if sc.opt.WalkFirst {
		sc.matcher.Gist(g, f.text)
	} else {
		v = sc.memory.recall(g, f.text)
	}
	if g.Short() {
		from = 0
	}
	known := v.known
	if !known {
		v.judge(sc.matcher, g.Text(), from, &sc.id)
	}
	f.Bounded = v.match.Bounded
	if v.matched {
		if known {
			sc.met()
		}
		v.fill(g, f, &sc.id)
	}
	return v.matched
}

// firstIn returns a place in the text t of the current record before which
// there is no literal.
func (sc *scan) firstIn(t []byte) int {
	if sc.isValue(t) {
		return sc.fields.first
	}
	return 0
}

// isValue tells whether the text t of the current record is the value itself.
func (sc *scan) isValue(t []byte) bool {
	f := &sc.fields
	return f.values == 1 && len(t) > 0 && len(t) == len(f.value) && &t[0] == &f.value[0]
}

// longPieces is how many pieces of a long value, each of excerptMax bytes, are judged at
// most: one that is full of candidates takes milliseconds.
const longPieces = 16

// searchLong looks for a match in a value that is longer than excerptMax, piece by
// piece, and fills sc.id with who was refused what.
func (sc *scan) searchLong(value []byte) (f found, ok bool) {
	bounded := false
	for from, pieces := 0, 0; from < len(value); pieces++ {
		at := sc.finder.Find(value, from)
		if at < 0 {
			break
		}
		if pieces == longPieces {
			bounded = true
			break
		}
		start := max(from, at-excerptBefore)
		end := min(len(value), start+excerptMax)
		f = found{text: text.Normalise(sc.norm[:0], value[start:end]), cut: start > 0, more: end < len(value)}
		if f.Match, ok = sc.matcher.MatchIn(&sc.gist, f.text); ok {
			extract.Identify(f.text, &sc.id)
			f.line = extract.LineOf(f.text, &sc.id)
			return f, true
		}
		bounded = bounded || f.Bounded
		if end == len(value) {
			break // every later piece is part of this one
		}
		// The next piece overlaps, so that a failure cut by this one's end is
		// seen whole; it always moves on.
		from = max(at+1, end-excerptBefore)
	}
	return found{Match: match.Match{Bounded: bounded}}, false
}

// countOnce counts a finished failure, unless it was counted before: the same
// request told twice, a copy, or one more line of the error just counted.
func (sc *scan) countOnce(st *stream, f *found, at int64) {
	repeated := sc.isRepeated(&sc.id, f.Rule, at) || sc.isCopy(f, at)
	saysMore := !st.last.detailed && len(sc.id.Action) > 0
	if sc.sameError(st, f, at) && !(saysMore && st.last.elsewhere) {
		sc.c.Stats.Duplicates++
		st.last.end, st.last.link = sc.record.End, extract.Carried
		if !saysMore {
			return
		}
		st.last.uncount(sc.c) // this line is counted instead
	} else if repeated {
		sc.c.Stats.Duplicates++
		st.last = repeatedEvent(f, at)
		st.last.end = sc.record.End
		return
	}
	o, scope := sc.originOf()
	st.last = sc.count(sc.c, o, scope, &sc.id, f, at)
	st.last.end, st.last.indented = sc.record.End, sc.indented(f)
}

// count adds one event to its group. The group's key is the fingerprint of its
// finding: rule, scope, principal, action, and what holds the resource. scope is
// the hash of o's.
func (s *Scanner) count(c *Counts, o *origin, scope uint64, id *extract.Identity, f *found, at int64) lastEvent {
	key := s.foldFailure(scope, id, f.Rule)
	c.Stats.Matches++
	g, isNew := c.group(key, scope, int32(f.Rule))
	if g == noPlace {
		c.Stats.Lost++
		return lastEvent{}
	}
	gc := &c.groups[g]
	if gc.key != key {
		c.Stats.Grouped++
	}
	if isNew {
		gc.first, gc.last = at, at
		gc.scope = c.keepOrigin(o, scope)
		part, cut := f.sample()
		gc.sample, gc.cut = c.keepSample(part), cut
	}
	gc.events++
	gc.first, gc.last = min(gc.first, at), max(gc.last, at)
	cell := c.cell(g, window.IndexOf(at, s.opt.Window))
	c.cells[cell].events++
	if len(o.task) > 0 {
		c.mark(cell, markTask, hashBytes(hashStart, o.task))
	}
	if len(id.Resource) > 0 {
		c.mark(cell, markResource, hashBytes(hashStart, id.Resource))
	}
	return lastEvent{
		at: at, group: g, cell: cell, key: key, rule: int32(f.Rule), message: f.line == extract.HeadLine, start: f.start(),
		counted: true, detailed: len(id.Action) > 0, request: requestOf(id),
	}
}

// foldFailure folds into h who was refused what, by which rule.
func (s *Scanner) foldFailure(h uint64, id *extract.Identity, rule int) uint64 {
	h = hashFold(hashInt(h, s.rules[rule]), id.Principal)
	h = hashFold(h, id.Action)
	return hashBytes(h, id.Holder)
}

// nanoseconds returns a record's time as Unix nanoseconds, cut to what 63 bits
// hold (the year 2255); later times are not believed anyway.
func nanoseconds(r *record.Record) int64 {
	const maxSec = 9_000_000_000
	return min(r.Sec, maxSec)*int64(time.Second) + int64(r.Nsec)
}
